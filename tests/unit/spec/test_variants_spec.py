"""The key `variants`: what it makes of a spec, and every problem to the letter."""

import pickle
from fractions import Fraction as F
from itertools import product

import pytest

from grader.errors import SpecError
from grader.exercise.record import Exercise
from grader.specs.exercise import read_exercise
from varied import COUNT, varied


def read(text: str) -> Exercise:
    return read_exercise(text.encode(), "varied.yaml", "varied")


def problems(*pairs: tuple[str, str]) -> list[str]:
    with pytest.raises(SpecError) as caught:
        read(varied(*pairs))
    return [line.removeprefix("varied.yaml:") for line in caught.value.lines()]


def own(number: int) -> Exercise:
    variant = read(varied()).variant
    assert variant is not None
    assert variant.make is not None
    return variant.make(number)


def test_all_combinations_that_meet_the_conditions_in_the_order_of_writing() -> None:
    turns = product((F(1), F(3, 2), F(2)), (F(5, 2), F(3)), (F(1), F(2)), (F(1, 2), F(1), F(3, 2)))
    expected = [row for row in turns if row[1] - row[0] >= 1 and row[2] != row[3]]
    assert len(expected) == COUNT
    for number, row in enumerate(expected):
        exercise = own(number)
        variant = exercise.variant
        assert variant is not None
        assert (variant.number, variant.of) == (number, COUNT)
        assert tuple(variant.values.values()) == row
        t1, t2, s1, s2 = row
        assert [s.left for s in exercise.segments] == [0, t1, t2]
        assert [s.slope for s in exercise.segments] == [0, s1, s1 + s2]


def test_without_a_choice_it_shows_the_first_and_says_that_none_is_chosen() -> None:
    exercise = read(varied())
    assert exercise.variant is not None
    assert exercise.variant.number is None
    assert exercise.segments == own(0).segments
    assert repr(exercise) == (
        "<Exercise varied: 3 segments, 2 units, 4 free, no variant chosen of 25 variants>"
    )


def test_texts_show_the_numbers_of_the_variant() -> None:
    exercise = own(5)
    assert exercise.title == "Turn at x = 1"
    assert exercise.description == "Up to 1 it is 0, then 1x - 1; a brace is {.\n"


def test_a_variant_of_an_exercise_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(own(3))).segments == own(3).segments  # noqa: S301 - our own


@pytest.mark.parametrize("number", [0, 7, 24])
def test_the_spec_of_one_variant_is_that_variant(number: int) -> None:
    exercise = own(number)
    assert exercise.variant is not None
    assert exercise.variant.spec is not None
    alone = read(exercise.variant.spec(number))
    assert alone.variant is not None
    stamp = (alone.variant.number, alone.variant.of, alone.variant.digest)
    assert stamp == (number, COUNT, exercise.variant.digest)
    nothing = {"digest": "", "variant": None}
    assert alone._replace(**nothing) == exercise._replace(**nothing)


NONE = "choices and conditions leave no variant; at least two are needed: loosen a condition"
ONE = "choices and conditions leave a single variant; at least two are needed: loosen a condition"
DIGEST = read(varied()).variant.digest  # type: ignore[union-attr]

CASES = {
    "no variant": (
        [("s1 != s2", "s1 < s2 - 2")],
        [f"13: variants.conditions: {NONE}"],
    ),
    "one variant": (
        [("[1, 3/2, 2]", "[1]"), ("[5/2, 3]", "[3]"), ("s1 != s2", "s1 + s2 == 3.5")],
        [f"13: variants.conditions: {ONE}"],
    ),
    "nothing varies": (
        [("    t1: [1, 3/2, 2]\n    t2: [5/2, 3]\n    s1: [1, 2]\n    s2: [1/2, 1, 3/2]\n", "")],
        ["8: variants.choices: is empty; give it a value or delete it"],
    ),
    "empty": (
        [(varied()[varied().index("  choices") : varied().index("target")], "")],
        ["7: variants: is empty; give it a value or delete it"],
    ),
    "undefined in a number": (
        [("[$t1, 0]", "[$zz, 0]")],
        [
            '17: target.points[1][0]: "zz" is not a name under variants.choices; add it or '
            "change it"
        ],
    ),
    "undefined in a text": (
        [("x = {t1}", "x = {turn}")],
        [
            '3: title: "turn" is not a name under variants.choices; add it or change it',
        ],
    ),
    "undefined in a condition": (
        [("s1 != s2", "s1 != r9")],
        [
            '15: variants.conditions[1]: "r9" is not a name under variants.choices; add it or '
            "change it"
        ],
    ),
    "unused": (
        [("    s2:", "    u: [1, 2]\n    s2:")],
        [
            "12: variants.choices.u: is used in no number; write $u in target or network, or "
            "delete it"
        ],
    ),
    "used in text only": (
        [("    s2:", "    u: [1, 2]\n    s2:"), ("x = {t1}", "x = {t1} {u}")],
        [
            "12: variants.choices.u: is used in no number; write $u in target or network, or "
            "delete it"
        ],
    ),
    "a number twice": (
        [("[1/2, 1, 3/2]", "[1/2, 1, 0.5]")],
        ["12: variants.choices.s2[2]: is 1/2, as choice 0 is; keep one of them"],
    ),
    "no name": (
        [("    s2:", "    2s: [1, 2]\n    s2:")],
        [
            "12: variants.choices.2s: is not a name: a letter, then letters, digits or _, "
            "at most 30",
        ],
    ),
    "no number": (
        [("[1/2, 1, 3/2]", "[1/2, one]")],
        ['12: variants.choices.s2[1]: "one" is not a number; it must be a number such as 2, '
         "-0.5 or 1/3"],
    ),
    "a hundred million": (
        [("    s1: [1, 2]", f"    s1: {list(range(1, 1001))}"),
         ("[1/2, 1, 3/2]", str([n / 2 for n in range(1, 1001)])),
         ("[5/2, 3]", str([n / 4 for n in range(9, 42)]))],
        [
            "8: variants.choices: make 99,000,000 combinations; at most 1,000,000 can be gone "
            "through, of which the conditions may leave 100,000; leave some choices out"
        ],
    ),
    "a condition that compares nothing": (
        [("s1 != s2", "s1")],
        ['15: variants.conditions[1]: "s1" compares nothing; write a comparison such as a < b or '
         "a != b"],
    ),
    "a condition on nothing": (
        [("s1 != s2", "1 < 2")],
        ['15: variants.conditions[1]: "1 < 2" names no number that varies; delete it'],
    ),
    "a condition that divides by 0": (
        [("s1 != s2", "1/(s1 - 1) > 0")],
        ["13: variants.conditions: a condition divides by 0"],
    ),
    "code": (
        [("[$t1, 0]", '["$t1.real", 0]')],
        ['17: target.points[1][0]: "$t1.real" has "."; only names, numbers, + - * /, brackets and '
         "comparison are allowed"],
    ),
    "a formula elsewhere": (
        [("value: 0.05", "value: $t1")],
        ['22: tolerance.value: "$t1": numbers vary in target and network only'],
    ),
    "a lone brace": (
        [("is {{.", "is {.")],
        ['4: description: has a lone "{"; a number goes in braces such as {t1}, and a brace '
         "itself is written twice"],
    ),
    "both keys": (
        [("target:", f"variant: {{number: 1, of: 2, list: {'0' * 64}}}\ntarget:")],
        ["16: variant: one variant has no variants of its own; delete variant or variants"],
    ),
    "another digest": (
        [("  conditions", "  digest: 0123456789abcdef\n  conditions")],
        [
            '13: variants.digest: is "0123456789abcdef", but the digest of the 25 variants is '
            f"{DIGEST[:16]}: names, choices or conditions have changed, and students would get "
            "other variants. Put them back or, if nobody has a variant yet, write this digest"
        ],
    ),
    "not continuous": (
        [
            (
                "points: [[0, 0], [$t1, 0], [$t2, $s1*($t2 - $t1)], "
                "[4, $s1*(4 - $t1) + $s2*(4 - $t2)]]",
                "segments: [{on: [0, $t1], slope: 0, intercept: 0}, "
                "{on: [$t1, 4], slope: $s1, intercept: -$s2*$t2}]",
            )
        ],
        [
            "17: target.segments[1]: is -0.25 at x = 1, but the segment before ends at 0: the "
            "target must be continuous; this is in variant 0 (t1 = 1, t2 = 2.5, s1 = 1, "
            "s2 = 0.5)".replace("-0.25", "-1/4"),
        ],
    ),
    "outside the domain": (
        [("[0, 4]", "[0, 2]"), ("[4, $s1*(4 - $t1) + $s2*(4 - $t2)]", "[2, $s2]")],
        [
            "17: target.points[3]: x must increase, but 2 follows 5/2; this is in variant 0 "
            "(t1 = 1, t2 = 2.5, s1 = 1, s2 = 0.5)"
        ],
    ),
    "division by 0 in the target": (
        [("[$t1, 0]", "[$t1, 0/($s1 - 1)]")],
        [
            "1: variants: a formula divides by 0 in variant 0 (t1 = 1, t2 = 2.5, s1 = 1, "
            "s2 = 0.5); exclude that"
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_problem_is_said_with_its_line_and_what_to_do(name: str) -> None:
    pairs, expected = CASES[name]
    assert problems(*pairs) == expected


def test_a_digest_that_is_the_lists_is_accepted() -> None:
    for digits in (8, 16, 64):
        assert read(varied(("  conditions", f"  digest: {DIGEST[:digits]}\n  conditions")))
    assert len(problems(("  conditions", f"  digest: {DIGEST[:7]}\n  conditions"))) == 1


@pytest.mark.parametrize(
    ("stamp", "complaint"),
    [
        ("{number: 2, of: 2, list: L}", 'variant.number: "2" is not allowed; it must be a '
         "whole number from 0 to below variant.of"),
        ("{number: 0, of: 1, list: L}", 'variant.of: "1" is not allowed; it must be a whole '
         "number from 2 to 100,000"),
        ("{number: 0, of: 2, list: abc}", "variant.list: must be the 64 digits of a digest"),
        ("{number: 0, of: 2}", "variant.list: is missing"),
    ],
)  # fmt: skip
def test_a_variants_stamp_is_checked(stamp: str, complaint: str) -> None:
    plain = varied().replace("{t1}", "1").replace("{s1}x {+ -s1*t1}", "x - 1")
    start, end = plain.index("variants:"), plain.index("target:")
    text = plain[:start] + plain[end:]
    for name, value in (("$t1", "1"), ("$t2", "3"), ("$s1", "1"), ("$s2", "1")):
        text = text.replace(name, value)
    points = text[text.index("  points") : text.index("network")]
    text = text.replace(points, "  points: [[0, 0], [1, 0], [3, 2], [4, 4]]\n")
    with pytest.raises(SpecError) as caught:
        read(text + "variant: " + stamp.replace("L", "0" * 64) + "\n")
    assert [line.partition(": ")[2] for line in caught.value.lines()] == [complaint]
