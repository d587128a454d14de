"""One hand-in's row: what a report comes to in a gradebook, as plain data that a journal keeps.

A row is made of nothing but the hand-in's bytes and what the run asks for, so whoever makes it, and
however often the run was stopped before, it is the same.
"""

import json
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from grader.exact.ratio import Ratio
from grader.exact.rational import to_double
from grader.report import Report

Number = int | float
_REMEMBERED = 20_000  # a class's numbers are few, and each is in several files


class PointsRow(NamedTuple):
    """What a check earned, or a guard took off."""

    check: str
    points: str  # exact, as in 925/21
    credit: str
    basis: str


class MistakeRow(NamedTuple):
    """A named mistake of a unit."""

    unit: int
    code: str
    message: str


class VariantRow(NamedTuple):
    """The variant that counts for a hand-in, None where nobody can tell, and how it was chosen.

    `right_for` is another variant, which the hand-in says it is for and which it answers rightly.
    """

    number: int | None
    chosen_by: str
    right_for: int | None


class GradedRow(NamedTuple):
    """A graded, invalid or failed hand-in; scores are exact, as in 1850/21."""

    status: str
    score: str | None
    digest: str | None
    points: tuple[PointsRow, ...] = ()
    mistakes: tuple[MistakeRow, ...] = ()
    error: str = ""
    message: str = ""
    parameters: tuple[str, ...] = ()  # exact, in the order of the exercise's free parameters
    variant: VariantRow | None = None  # None: everybody has the same exercise

    @property
    def exact(self) -> Fraction | None:
        """The score; None if the grader failed."""
        return None if self.score is None else exact_of(self.score)


def row_of(report: Report) -> GradedRow:
    """Return a report's row. Its message is the error's or the first mistake's."""
    mistakes = tuple(
        MistakeRow(each.unit, each.code, each.message)
        for each in report.diagnoses
        if each.unit is not None
    )
    points = tuple(
        PointsRow(check.id, str(check.points), str(check.credit), check.basis)
        for check in report.checks
    )
    error, message = "", mistakes[0].message if mistakes else ""
    if report.error is not None:
        error, message = report.error.code, report.error.message
    score = None if report.score is None else str(report.score)
    digest = report.origin.digest
    values = tuple(str(value) for value in report.parameters.values())
    return GradedRow(report.status, score, digest, points, mistakes, error, message, values)


def packed(row: GradedRow) -> str:
    """Return the row as the journal keeps it."""
    return json.dumps(row if row.variant is not None else row[:-1], separators=(",", ":"))


def unpacked(text: str) -> GradedRow:
    """Return the row that `packed` wrote."""
    status, score, digest, points, mistakes, error, message, parameters, *more = json.loads(text)
    return GradedRow(
        status,
        score,
        digest,
        tuple(PointsRow(*each) for each in points),
        tuple(MistakeRow(*each) for each in mistakes),
        error,
        message,
        tuple(parameters),
        VariantRow(*more[0]) if more else None,
    )


def shortest(exact: Fraction | None) -> Number | None:
    """Return the nearest double, a whole number without a point."""
    double = None if exact is None else to_double(exact)
    if double is not None and double.is_integer() and abs(double) < 2**53:
        return int(double)
    return double


@lru_cache(_REMEMBERED)
def exact_of(text: str) -> Fraction:
    """Return the number that a row tells, as in 925/21."""
    return Ratio(text)


@lru_cache(_REMEMBERED)
def shortest_of(text: str) -> Number | None:
    """Return the nearest double of the number that a row tells, as `shortest` does."""
    return shortest(exact_of(text))
