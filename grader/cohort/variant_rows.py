"""Which variant a hand-in counts for, and whether it answers another one: for those who ask who."""

from collections.abc import Callable

from grader.cohort.graded import VariantRow
from grader.errors import SubmissionError
from grader.exercise.record import Exercise
from grader.report import Report
from grader.submission.variant import Whose, expected_number

_OTHERS = "wrong-variant"


def variant_row(
    report: Report, exercise: Exercise, whose: Whose | None, again: Callable[[], Report | None]
) -> VariantRow | None:
    """Return the variant of a hand-in; None where everybody has the same exercise.

    `again` grades it once more by the variant that it names itself, which is looked at only where
    that is not the student's.
    """
    if exercise.variant is None:
        return None
    used = report.exercise.variant if report.exercise is not None else None
    if used is not None and used.number is not None:
        return VariantRow(used.number, used.chosen_by, None)
    try:
        number, by = expected_number(exercise, whose or Whose())
    except SubmissionError:
        return VariantRow(None, "nobody", None)
    is_others = report.error is not None and report.error.code == _OTHERS
    other = again() if is_others and number is not None else None
    return VariantRow(number, by, _right_for(other))


def _right_for(report: Report | None) -> int | None:
    """Return the number of the variant that a report gives full marks for."""
    if report is None or report.score is None or report.score != report.max_score:
        return None
    variant = report.exercise.variant if report.exercise is not None else None
    return None if variant is None else variant.number
