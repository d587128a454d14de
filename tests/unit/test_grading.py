from fractions import Fraction as F

import pytest

from grader import SubmissionError, grade
from grader.grading import failed, invalid, lower
from grader.report import Failure, Misfit, UnitResult
from grader.submission.origin import Origin
from grader.submission.record import Submission
from lab import lab

RIGHT = {"w1": F(1), "b1": F(-1), "w2": F(2), "b2": F(-4)}


def test_a_right_answer() -> None:
    report = grade(lab(), Submission(RIGHT, Origin("a.json", "ada", "d1")))
    assert (report.status, report.score, report.max_score) == ("graded", 100, 100)
    assert report.origin == Origin("a.json", "ada", "d1")
    assert all(check.passed and check.credit == 1 for check in report.checks)
    assert [check.points for check in report.checks] == [0, 25, 25, 25, 25]
    assert report.units == (
        UnitResult(0, True, F(-2), F(2), F(1), F(1), (F(0), F(1))),  # noqa: FBT003
        UnitResult(1, False, F(1), F(-1), F(1), F(1), (F(1), F(3))),  # noqa: FBT003
        UnitResult(2, False, F(2), F(-4), F(1), F(2), (F(2), F(3))),  # noqa: FBT003
    )
    assert report.error is None


def test_a_guard_takes_off_a_share_of_what_is_earned() -> None:
    report = grade(lab(), {"w1": -1, "b1": 1, "w2": 2, "b2": -4})
    guard = report.checks[0]
    assert (guard.role, guard.passed, guard.credit, guard.points, guard.max_points) == (
        "guard",
        False,
        0,
        -10,
        0,
    )
    assert guard.misfit == Misfit(F(0), F(2), F(3), F(1))
    assert report.score == sum(check.points for check in report.checks) == 40


def test_a_breakpoint_passes_on_basis_full_alone() -> None:
    report = grade(lab(), {"w1": 1, "b1": -1, "w2": 3, "b2": -3})
    turn = report.checks[3]
    assert (turn.basis, turn.credit, turn.passed) == ("own-unit", 1, False)
    assert (turn.expected, turn.found) == (3, 6)


def test_parameters_may_be_any_numbers_by_name() -> None:
    assert grade(lab(), {"w1": 1, "b1": -1.0, "w2": F(2), "b2": -4}).score == 100
    with pytest.raises(SubmissionError, match=r"^w1, b1, w2 and b2 are missing"):
        grade(lab(), {})


def test_reveal_can_only_lower_what_the_exercise_allows() -> None:
    assert lower("hints", None) == "hints"
    assert lower("hints", "answers") == "hints"
    assert lower("answers", "verdict") == "verdict"
    report = grade(lab(), RIGHT, reveal="verdict")
    assert report.reveal == "verdict"
    assert {(check.expected, check.found) for check in report.checks} == {(None, None)}


def test_a_level_of_reveal_that_there_is_not() -> None:
    with pytest.raises(ValueError, match=r"^reveal must be one of verdict, hints, answers, not"):
        grade(lab(), {"w1": 1, "b1": -1, "w2": 2, "b2": -4}, reveal="hint")


def test_blank_credit_counts_nothing() -> None:
    """With a wide tolerance the blank is almost right on the segments that it starts with."""
    exercise = lab(bias=F(1, 10))
    assert exercise.checks[0].blank == F(6, 7)
    report = grade(exercise, dict.fromkeys(RIGHT, 0))
    assert report.score == 0
    assert report.checks[0].credit == 0
    assert report.checks[0].basis == "near"
    assert grade(exercise, {"w1": 99, "b1": 99, "w2": 0, "b2": 0}).checks[0].credit == 0


def test_what_could_not_be_graded() -> None:
    error = Failure("not-json", "is not JSON", "line 1")
    report = invalid(lab(), Origin("x"), error)
    assert (report.status, report.score, report.max_score) == ("invalid", 0, 100)
    assert report.error == error
    report = failed(None, Origin("x"), error)
    assert (report.status, report.score, report.max_score) == ("failed", None, None)
