"""What went wrong with random variants elsewhere, as people reported it, done here.

Each test names the project and the number of the report.
"""

import json
from pathlib import Path

import pytest

from command import grade_json, run
from grader import SpecError
from grader.exercise.record import Variant
from grader.exercise.variants import draw
from grader.specs.exercise import read_exercise
from varied import COUNT, varied

SECRET = b"one line that only you know"


def variant_of(text: str) -> Variant:
    variant = read_exercise(text.encode(), "varied.yaml", "varied").variant
    assert variant is not None
    return variant


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "varied.yaml").write_text(varied(), "utf-8")
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "secret.txt").chmod(0o600)
    return tmp_path


def test_the_same_seed_gives_other_numbers_with_another_library() -> None:
    """PrairieLearn/PrairieLearn#10683: faker was not seeded, and NumPy's version may matter.

    Here it is a digest modulo a number: there is nothing to seed.
    """
    assert draw(SECRET, "varied", "ada", 1000) == 134


def test_a_students_variant_can_be_had_again_without_stored_state(place: Path) -> None:
    """numbas/Numbas#805: reproduce what a student saw from the student's id."""
    words = ("--student", "ada", "--secret-file", place / "secret.txt")
    first = run("grader", "variant", place / "varied.yaml", *words).out
    assert first == run("grader", "variant", place / "varied.yaml", *words).out
    number = draw(SECRET, "varied", "ada", COUNT)
    assert first == run("grader", "variant", place / "varied.yaml", "--number", str(number)).out


def test_the_marker_types_the_same_id_and_sees_the_same_numbers(place: Path) -> None:
    """numbas/Numbas#925: the marker should see what the student of that id saw."""
    words = ("--student", "ada", "--secret-file", place / "secret.txt")
    assert "Variant" not in run("grader", "preview", place / "varied.yaml", *words).err
    shown = run("grader", "preview", place / "varied.yaml", *words).out
    assert shown == run("grader", "preview", place / "varied.yaml", *words).out


def test_a_draw_elsewhere_does_not_change_this_one() -> None:
    """numbas/Numbas#1131: a fixed seed is sensitive to every draw that comes before."""
    alone = draw(SECRET, "varied", "ada", COUNT)
    for other in ("bob", "cy"):
        draw(SECRET, "another", other, 7)
    assert draw(SECRET, "varied", "ada", COUNT) == alone


def test_a_printed_copy_in_advance(place: Path) -> None:
    """numbas/numbas-lti-provider#314: know before the exam which numbers a student will get."""
    words = ("--student", "ada", "--secret-file", place / "secret.txt", "-f", "svg")
    assert run("grader", "preview", place / "varied.yaml", *words).out.startswith("<svg")


def test_one_students_variant_can_be_changed_alone(place: Path) -> None:
    """openwebwork/webwork-open-problem-library#420: a bad seed could not be changed for one."""
    blank = json.loads(run("grader", "template", place / "varied.yaml", "--variant", "3").out)
    (place / "ada.json").write_text(json.dumps(blank | {"student": "ada"}), "utf-8")
    report = grade_json("-e", place / "varied.yaml", "--variant", "3", place / "ada.json").report
    assert (report["status"], report["exercise"]["variant"]["chosen_by"]) == ("graded", "command")


DIVIDED = [("[$t2, $s1*($t2 - $t1)]", "[$t2, $s1/($s1 - 2)]")]


def test_some_seed_divides_by_zero() -> None:
    """openwebwork/webwork-open-problem-library#1428, PCCMathSAC/orcca#527: one student met it."""
    made = variant_of(varied(*DIVIDED)).make
    assert made is not None
    number = next(n for n in range(COUNT) if variant_of(varied()).numbers(n)["s1"] == 2)  # type: ignore[misc]
    with pytest.raises(SpecError, match="a formula divides by 0 in variant"):
        made(number)


def test_lint_finds_it_before_a_student_does(tmp_path: Path) -> None:
    """openwebwork/webwork2#2829: a student's version divided by zero, in the middle of a test."""
    few = [("[1, 3/2, 2]", "[1]"), ("[5/2, 3]", "[3]")]
    (tmp_path / "varied.yaml").write_text(varied(*few, *DIVIDED), "utf-8")
    told = run("grader", "lint", "./varied.yaml", cwd=tmp_path)
    assert told.status == 1
    assert "error variants-broken: variants: variants 2, 3 and 4 (s1 != 2 would" in told.out


def test_variants_are_told_by_their_numbers_not_by_when_they_were_made() -> None:
    """maths/moodle-qtype_stack#723: variants counted in the order in which they were made."""
    moved = ("    t1: [1, 3/2, 2]\n    t2: [5/2, 3]\n", "    t2: [5/2, 3]\n    t1: [1, 3/2, 2]\n")
    assert variant_of(varied(moved)).digest != variant_of(varied()).digest


def test_everybody_is_shown_the_variant_that_was_drawn(place: Path) -> None:
    """HGustavs/LenaSYS#9436: whatever was drawn, the last variant was shown."""
    for student in ("ada", "bob", "cy"):
        words = ("--student", student, "--secret-file", place / "secret.txt")
        number = draw(SECRET, "varied", student, COUNT)
        text = run("grader", "variant", place / "varied.yaml", *words).out
        assert f"number: {number}\n" in text
        one = read_exercise(text.encode(), "varied.yaml", "varied")
        made = variant_of(varied()).make
        assert made is not None
        assert one.segments == made(number).segments
