"""Which rows of the table explain a case, and in which order.

Theory of operation. Numbers that match exactly win over numbers that match within tolerance, and
looks come after both; among equals the earlier row counts. A row whose numbers are the right answer
itself names no mistake.
"""

from grader.mistakes.cases import Answer, Case, Point
from grader.mistakes.table import MISTAKES, UNRECOGNISED


def codes(case: Case) -> tuple[str, ...]:
    """Return the codes of all mistakes that explain the unit, the one that counts first."""
    looks = tuple(row.code for row in MISTAKES if row.looks is not None and row.looks(case))
    return (*by_numbers(case), *looks) or (UNRECOGNISED,)


def by_numbers(case: Case) -> tuple[str, ...]:
    """Return the codes whose numbers the unit has: exactly, or failing that within tolerance."""
    own = (case.unit.w, case.unit.b)
    rows = predictions(case.right)
    exact = tuple(code for code, points in rows if own in points)
    return exact or tuple(
        code for code, points in rows if any(case.close.shows(*point) for point in points)
    )


def predictions(right: Answer) -> list[tuple[str, list[Point]]]:
    """Return the numbers that each mistake about this answer produces, save the answer itself."""
    is_right = (right.w, right.b) if right.known else None
    return [
        (row.code, [point for point in row.numbers(right) if point != is_right])
        for row in MISTAKES
        if row.numbers is not None and row.needs <= right.known
    ]
