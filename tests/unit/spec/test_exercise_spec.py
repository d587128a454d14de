"""What a spec says is read exactly, whatever its form."""

from fractions import Fraction as F
from hashlib import sha256

import pytest

from grader.exercise.record import Sliders
from grader.specs.exercise import is_id
from spec_text import NUMBER, SPEC, changed, problems, read

SCALAR_KEYS = {"description", "format", "id", "title"}


def test_everything_is_read_exactly() -> None:
    exercise = read(SPEC)
    assert (exercise.id, exercise.title, exercise.description) == ("hat", "A hat", "Draw it.")
    assert exercise.digest == sha256(SPEC.encode()).hexdigest()
    assert exercise.rules.tolerance == (F(1, 20), F(1, 20), F(1, 20))
    assert exercise.sliders == Sliders(F(-4), F(4), F(1, 10))
    assert (exercise.points, exercise.rules.fade, exercise.reveal) == (100, (8, 4, 4), "hints")
    assert list(exercise.free) == ["w1", "b1", "w2", "b2"]
    assert [u.v for u in exercise.units] == [1, 1, 1]


def test_what_is_optional_has_its_default() -> None:
    text = "".join(
        line
        for line in SPEC.splitlines(keepends=True)
        if not line.startswith(("scoring", "feedback", "sliders", "description", "  output"))
    )
    full, short = read(SPEC), read(text)
    assert short == full._replace(description="", sliders=None, digest=short.digest)


def test_what_is_not_a_default_is_read_too() -> None:
    exercise = read(
        changed(
            ("weights: [1, 1, 1], bias: 0", "weights: [1, -1/3, 0.5], bias: 1e-1"),
            ("weights: {}", "weights: {segment-2: 3, breakpoint-1: 1/2}"),
            ("points: 100", "points: 7"),
            ("value: 8, x: 4", "x: 1"),
            ("1/2", "0"),
            ("reveal: hints", "reveal: answers"),
            ("messages: {}", "messages: {bias-sign: no, dead-unit: 1.10}"),
            ("title: A hat", "title: on"),
        )
    )
    assert [u.v for u in exercise.units] == [1, F(-1, 3), F(1, 2)]
    assert exercise.bias == F(1, 10)
    assert exercise.title == "on"
    assert exercise.messages == {"bias-sign": "no", "dead-unit": "1.10"}
    assert (exercise.points, exercise.rules.fade, exercise.rules.position_credit) == (
        7,
        (8, 1, 4),
        0,
    )
    assert exercise.checks[1].share == F(6, 13)


def test_points_draw_the_same_target_as_segments() -> None:
    start, end = SPEC.index("  segments:"), SPEC.index("network:")
    points = SPEC[:start] + "  points: [[0, 2], [1, 0], [2, 1], [3, 4]]\n" + SPEC[end:]
    assert read(points).target == read(SPEC).target
    assert read(points).checks == read(SPEC).checks
    assert problems(points.replace("[1, 0]", "[0, 0]").replace("[3, 4]", "[1, 4]")) == [
        "7: target.points[1]: x must increase, but 0 follows 0",
        "7: target.points[3]: x must increase, but 1 follows 2",
    ]
    assert problems(points.replace("[1, 0]", "[1, a]")) == [
        f'7: target.points[1][1]: "a" is not a number; it must be {NUMBER}'
    ]
    assert problems(points.replace("[[0, 2], [1, 0], [2, 1], [3, 4]]", "[[0, 2]]")) == [
        "7: target.points: has 1 items; it needs 2 to 10001"
    ]
    assert problems(points.replace("[0, 2]", "[0]")) == [
        "7: target.points[0]: has 1 items; it must be two numbers, x and y"
    ]


def test_json_means_the_same() -> None:
    text = (
        '{"format": 1,\r\n\t"id": "hat", "title": "Caf\\u00e9 \\ud83d\\ude00 \\\\ud83d a\\/b",'
        '"domain":[0,3],"target":{"points":[[0,2],[1,0],[2,1],[3,4]]},'
        '"network":{"units":[{"w":"free","b":"free"},{"w":"1/3","b":"free"}]},'
        '"tolerance":{"value":1e-1,"x":"1/30","slope":0.1}}'
    )
    exercise = read(text, "hat.json")
    assert exercise.title == "Café 😀 \\ud83d a/b"
    assert exercise.rules.tolerance.x == F(1, 30)
    assert exercise.units[1].w == F(1, 3)
    assert problems(text.replace("[0,3]", "[0,null]"), "hat.json") == [
        f'2: domain[1]: "null" is not a number; it must be {NUMBER}'
    ]
    assert problems(text.replace("1e-1", "null"), "hat.json") == [
        "2: tolerance.value: is empty; give it a value or delete it"
    ]


def test_a_spec_without_a_file_name_may_have_any_id() -> None:
    assert read(SPEC.replace("id: hat", "id: cap"), stem=None).id == "cap"


@pytest.mark.parametrize(
    ("text", "right"),
    [("a-1", True), ("A", True), ("é", False), ("a_b", False), ("../a", False), ("a" * 101, False), ("", False)],
)  # fmt: skip
def test_ids(text: str, right: bool) -> None:  # noqa: FBT001 - a row of a table
    assert is_id(text) is right


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_byte_order_marks_and_line_ends_of_any_system(newline: str, mark: str) -> None:
    assert read(mark + SPEC.replace("\n", newline)).checks == read(SPEC).checks
    assert problems(mark + changed(("step: 0.1", "step: 0")).replace("\n", newline)) == [
        "20: sliders.step: must be over 0"
    ]


def test_how_much_a_page_with_sliders_says() -> None:
    assert read(SPEC).live == "full"
    assert read(changed(("reveal: hints", "live: checks"))).live == "checks"
