"""Which rows of the table explain a case, and in which order.

Theory of operation. Numbers that match exactly win over numbers that match within tolerance, and
looks come after both; among equals the earlier row counts. A mistake comes first only if it
explains something wrong: one that makes the bend wrong stands after all others where the bend is
right, and likewise for the place. A unit that is not exactly unset is called so only where nothing
else is found. A row whose numbers are the right answer itself names no mistake.
"""

from grader.mistakes.cases import Answer, Case, Point
from grader.mistakes.table import BY_CODE, MISTAKES, UNRECOGNISED

UNSET = "unit-unset"


def codes(case: Case) -> tuple[str, ...]:
    """Return the codes of all mistakes that explain the unit, the one that counts first."""
    looks = tuple(row.code for row in MISTAKES if row.looks is not None and row.looks(case))
    found = (*by_numbers(case), *looks)
    return tuple(sorted(found, key=lambda code: _explains_nothing(code, case))) or (UNRECOGNISED,)


def _explains_nothing(code: str, case: Case) -> bool:
    """Tell whether the mistake makes wrong what is right in this unit."""
    if case.turn is None:
        return False
    unit, (_, x, slope) = case.unit, case.tolerance
    explains = BY_CODE[code].explains
    if explains == "bend":
        return abs(unit.bend - case.turn.slope_change) <= slope
    if explains == "place":
        return unit.knot is not None and abs(unit.knot - case.turn.x) <= x
    return False


def by_numbers(case: Case) -> tuple[str, ...]:
    """Return the codes whose numbers the unit has: exactly, or failing that within tolerance."""
    own = (case.unit.w, case.unit.b)
    rows = predictions(case.right)
    exact = tuple(code for code, points in rows if own in points)
    if exact:
        return exact
    close = tuple(
        code for code, points in rows if any(case.close.shows(*point) for point in points)
    )
    return tuple(code for code in close if code != UNSET) or close


def predictions(right: Answer) -> list[tuple[str, list[Point]]]:
    """Return the numbers that each mistake about this answer produces, save the answer itself."""
    is_right = (right.w, right.b) if right.known else None
    return [
        (row.code, [point for point in row.numbers(right) if point != is_right])
        for row in MISTAKES
        if row.numbers is not None and row.needs <= right.known
    ]
