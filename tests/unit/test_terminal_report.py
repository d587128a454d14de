from fractions import Fraction
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import Report, grade, load_exercise
from grader.grading import invalid
from grader.report import Diagnosis, Failure, Sentences
from grader.reports import Layout
from grader.reports.terminal import render
from grader.submission.origin import Origin
from samples import EXERCISES

LAB = load_exercise(EXERCISES / "relu-three-segments.yaml")


def graded(w1: float, b1: float, w2: float, b2: float) -> Report:
    return grade(LAB, {"w1": w1, "b1": b1, "w2": w2, "b2": b2})


def text(report: Report, width: int = 80) -> str:
    return render(report, Layout(width))


def found(*messages: str) -> tuple[Diagnosis, ...]:
    said = [(message, Sentences(message, "", "", "", "", "")) for message in messages]
    return tuple(Diagnosis(1, "dead-unit", message, parts=parts) for message, parts in said)


EXAMPLE = "\nAn example of this: grader explain dead-unit\n"


def test_diagnoses_are_what_to_look_at_next() -> None:
    report = graded(0, 0, 2, -4)._replace(diagnoses=found("Unit 1 is off.", "Unit 2 is odd."))
    next_ = "\n\nLook at this next:\n  - Unit 1 is off.\n  - Unit 2 is odd.\n"
    assert text(report).endswith(next_ + EXAMPLE)


def test_an_authors_own_text_is_said_of_a_unit() -> None:
    own = [Diagnosis(1, "dead-unit", message) for message in ("Think of v1.", "Unit 1 is off.")]
    report = graded(0, 0, 2, -4)._replace(diagnoses=tuple(own))
    assert "\n  - Unit 1: Think of v1.\n  - Unit 1 is off.\n" in text(report)


def test_of_many_diagnoses_the_first_three() -> None:
    report = graded(0, 0, 2, -4)._replace(diagnoses=found("a", "b", "c", "d", "e"))
    assert text(report).endswith(":\n  - a\n  - b\n  - c\n  and 2 more after these\n" + EXAMPLE)


def test_a_long_one_of_several_hangs_on_its_bullet() -> None:
    report = graded(0, 0, 2, -4)._replace(diagnoses=found("to be " * 8, "or not"))
    assert text(report, 30).endswith(
        ":\n  - to be to be to be to be to\n    be to be to be to be\n  - or not\n"
        "\nAn example of this: grader\nexplain dead-unit\n"
    )


def test_an_observation_follows_the_praise() -> None:
    report = graded(2, -4, 1, -1)
    report = report._replace(diagnoses=(Diagnosis(None, "units-permuted", "They are swapped."),))
    assert text(report).endswith(
        "\n\nEverything is right, on the whole interval.\n  They are swapped.\n"
    )


def test_earned_and_lost_add_up_as_shown() -> None:
    shown = text(graded(1, -1, 3, -6))
    assert "Score 58.33 of 100  (-41.67)\n" in shown
    assert "~  Breakpoint 2  8.33/25  -16.67  x = 2: expected slope change 2, found 3\n" in shown


def test_a_loss_too_small_to_show_is_not_shown_as_none() -> None:
    report = graded(1, -1, 2, -4)
    third = Fraction(100, 3)
    almost = report.checks[1]._replace(
        max_points=third, points=third - Fraction(1, 10**6), credit=Fraction(99, 100)
    )
    shown = text(report._replace(checks=(report.checks[0], almost)))
    assert "~  Segment 2  33.32/33.33  -0.01  exact\n" in shown


def test_full_points_with_other_units_in_the_way_are_not_shown_as_right() -> None:
    shown = text(graded(1, -1, 2, -2))
    assert "\n~  Breakpoint 1   25/25        x = 1: expected slope change 3, found 5; one" in shown
    assert "Look at this next:\n  Unit 2 turns at x = 1, " in shown


@pytest.mark.parametrize(
    ("where", "place"),
    [("line 3", ", line 3"), ("w1", ""), (None, ""), ("\x1b[2J", ", \\x1b[2J")],
)
def test_where_is_shown_unless_the_message_says_it(where: str | None, place: str) -> None:
    failure = Failure("not-a-number", '"w1" must be a number', where)
    shown = text(invalid(LAB, Origin("a.json"), failure))
    assert f"a parameter is not a number (not-a-number{place}).\n  " in shown


@pytest.mark.parametrize("width", [40, 44, 60])
def test_a_code_is_never_broken_at_its_hyphen(width: int) -> None:
    failure = Failure("unknown-parameter", "is no key of relu-three-segments")
    shown = text(invalid(LAB, Origin("a.json"), failure), width)
    assert "(unknown-parameter)" in shown
    assert "relu-three-segments" in shown


def test_nothing_from_outside_moves_the_cursor() -> None:
    origin = Origin("\x1b[2Jx.json", "\u202eeve\r\nScore 100")
    shown = text(graded(0, 0, 0, 0)._replace(origin=origin))
    assert "\n\\x1b[2Jx.json, \\u202eeve\\r\\nScore 100\n" in shown
    assert shown.isascii()


def test_huge_numbers_fit_below_the_name() -> None:
    shown = text(graded(1e9, -1e9, -1e9, 5e8), 40)
    assert max(map(len, shown.splitlines())) <= 40


@given(st.lists(st.text("ab-é.", min_size=1, max_size=20), max_size=30), st.integers(30, 60))
def test_lines_break_where_textwrap_breaks_them(words: list[str], width: int) -> None:
    report = graded(0, 0, 0, 0)._replace(diagnoses=found(" ".join(["x", *words])))
    message = wrap(
        " ".join(["x", *words]),
        width,
        initial_indent="  ",
        subsequent_indent="  ",
        break_on_hyphens=False,
    )
    assert "\n".join(["Look at this next:", *message, ""]) in text(report, width)
