"""What holds for the terminal report whatever it looks like."""

import re
from fractions import Fraction as F

import pytest

from grader import grade
from grader.exact.piecewise import lines_through
from grader.grading import failed, invalid
from grader.report import Failure, Report
from grader.reports import Layout
from grader.reports.terminal import render
from grader.submission.origin import Origin
from grader.submission.record import Submission
from lab import FREE, lab

ANSWERS = ["1 -1 2 -4", "-1 1 2 -4", "1 -1.1 2 -4", "0.7 -0.333333333 -2 4", "0 0 0 0"]
LEVELS = ("answers", "hints", "verdict")


def report(values: str, reveal: str = "hints", **changes: object) -> Report:
    names = ("w1", "b1", "w2", "b2")
    given = {n: F(v) for n, v in zip(names, values.split(), strict=True)}
    return grade(
        lab(reveal=reveal, **changes), Submission(given, Origin("a.json", "ada")), reveal=reveal
    )


@pytest.mark.parametrize("width", [1, 30, 40, 59, 60, 80, 100, 500])
@pytest.mark.parametrize("level", LEVELS)
def test_no_line_is_wider_than_the_terminal(width: int, level: str) -> None:
    for values in ANSWERS:
        lines = render(report(values, level), Layout(width)).splitlines()
        assert max(map(len, lines)) <= min(max(width, 30), 100)
        assert lines[0].startswith("Score ")


def test_colours_only_colour() -> None:
    for values in ANSWERS:
        plain = render(report(values), Layout())
        coloured = render(report(values), Layout(colour=True))
        assert coloured != plain
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_nothing_from_outside_can_move_the_cursor() -> None:
    shown = report("1 -1 2 -4", title="\x1b[2JLab")
    text = render(shown._replace(origin=Origin("\x1b[2J.json", "ada\n\u202e")), Layout())
    assert not set(text) & {"\x1b", "\u202e"}
    assert "\\x1b[2J" in text


@pytest.mark.parametrize("report_of", [invalid, failed])
def test_what_could_not_be_graded_says_why(report_of: object) -> None:
    error = Failure("grader-fault", "the helper died")
    for exercise in (None, lab()):
        text = render(report_of(exercise, Origin(), error), Layout())  # type: ignore[operator]
        assert "the helper died" in text
        assert text.endswith("\n")


def test_a_report_of_many_checks_ends_with_the_score_again() -> None:
    points = [(F(x), F(x % 2)) for x in range(31)]
    units = [FREE] * 30
    exercise = lab(segments=lines_through(points), units=units)
    text = render(grade(exercise, dict.fromkeys(exercise.free, 0)), Layout())
    assert text.splitlines()[-1] == text.splitlines()[0]
