"""Grading in a notebook's test cell: one line gives partial credit, as nbgrader and otter expect.

nbgrader (0.9.6, utils.determine_grade) takes the value of a cell's last expression as its points:
a number that float() reads, not above the cell's maximum; whatever is written to standard error
makes it 0. otter (7.0.0) and every other runner of tests that pass or fail want an exception.
Both read in November 2026. The student's code shares the process here, so nothing keeps it from
changing the grader: where that matters, hand in files.

Where `otter assign` made the notebook it has a variable `grader`, an object with a method `check`,
which `import grader` puts this package in the place of: import `check` by another name there.
"""

from fractions import Fraction
from math import floor

from grader.desk.assess import Chosen, attempt, blamed, shown
from grader.desk.catalogue import NotFound, load_exercise
from grader.errors import GraderError
from grader.exercise.record import Exercise
from grader.handover.feedback import scaled, text
from grader.library import grade
from grader.report import Failure, Report
from grader.submission.origin import Origin
from grader.words.wording import points as in_words

_DECIMALS = 10**6


class _TakenForOtter(NotFound):
    """Otter's check was meant, and ours was called."""

    def __str__(self) -> str:
        return (
            f"{super().__str__()}, and no parameters were given. If otter's grader.check was "
            'meant: "import grader" has replaced the variable grader that otter made. Write '
            '"from grader import check as check_relu" instead, and run the cell with '
            "otter.Notebook again"
        )


def check(
    exercise: str,
    *,
    points: float | None = None,
    at_least: float | None = None,
    **parameters: object,
) -> float:
    """Grade the parameters, print what is right and what is missing, and return the points.

    `exercise` is an id or a path, `points` are full marks (by default the exercise's). With
    `at_least` nothing is printed: fewer points than that are an AssertionError with the feedback.
    What is not a number gets 0 points and a reason, as in a file.

    Units: points, rounded down to six decimals; full marks for full marks alone.

    Raises: NotFound, SpecError, OSError if there is no such exercise; GraderError if the grader
    itself failed, which must not become a number of points; AssertionError.
    """
    loaded = _exercise(exercise, parameters)
    report, words = shown(_report(loaded, parameters), text, "")
    if report.status == "failed":
        raise GraderError(report.error.message if report.error else "the grader failed")
    full = None if points is None else Fraction(str(points))
    earned = scaled(report, full)
    if at_least is None:
        print(words)
    elif earned < Fraction(str(at_least)):
        needed = in_words(Fraction(str(at_least)))
        raise AssertionError(f"{in_words(earned)} points; {needed} are needed\n{words}")
    return floor(earned * _DECIMALS) / _DECIMALS


def _exercise(name: str, parameters: dict[str, object]) -> Exercise:
    try:
        return load_exercise(name)
    except NotFound as error:
        if parameters.keys() <= {"global_env"}:  # all that otter's own check takes beside a name
            raise _TakenForOtter(name) from error
        raise


def _report(exercise: Exercise, parameters: dict[str, object]) -> Report:
    report = attempt(lambda: grade(exercise, parameters))
    if isinstance(report, Failure):
        return blamed(report, Origin("notebook"), Chosen(exercise))
    return report
