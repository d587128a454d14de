"""Which rows of the table explain a case, and in which order.

Theory of operation. Numbers that match exactly win over numbers that match within tolerance, of
which a sentence about turns or signs still has to be true, and looks come after both; among equals
the earlier row counts. A mistake comes first only if it explains something wrong: one that makes
the bend wrong comes after all others where the bend is right, and likewise for the place. A unit
that is not exactly unset is called so only where nothing else is found. A row whose numbers are
the right answer itself names no mistake. Where the weight or the bias of a unit is given, the
student made only the other number: a row that can be recognised by that one alone is compared with
that one alone.
"""

from collections.abc import Sequence
from functools import lru_cache

from grader.mistakes.cases import Answer, Case, Point
from grader.mistakes.table import BY_CODE, MISTAKES, UNRECOGNISED, Mistake

UNSET = "unit-unset"
# Of an exercise there are some answers only, and what each mistake about them gives is asked for
# in every submission; of many units there are many, which are not kept for ever.
_ANSWERS = 256


def codes(case: Case) -> tuple[str, ...]:
    """Return the codes of all mistakes that explain the unit, the one that counts first."""
    looks = tuple(row.code for row in MISTAKES if row.looks is not None and row.looks(case))
    found = (*by_numbers(case), *looks)
    if found[:-1] and found[0] == UNSET and (case.unit.w or case.unit.b):
        found = found[1:]
    return tuple(sorted(found, key=lambda code: _explains_nothing(code, case))) or (UNRECOGNISED,)


def _explains_nothing(code: str, case: Case) -> bool:
    """Tell whether the mistake makes wrong what is right in this unit."""
    if case.turn is None:
        return False
    unit, (_, x, slope) = case.unit, case.tolerance
    explains, alone = BY_CODE[code].explains, BY_CODE[code].alone
    if explains == "bend" and (case.right.given != "w" or "b" not in alone):
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
        code
        for code, points in rows
        if any(case.close.shows(*point) and _stays_true(case, point) for point in points)
    )
    return tuple(code for code in close if code != UNSET) or close


def _stays_true(case: Case, point: Point) -> bool:
    """Tell whether what is said of the mistake is true of a unit that has its numbers only nearly.

    Where tolerances are large beside the numbers, a unit may be near a mistake that turns, and not
    turn; or near a wrong sign, and have the right one.
    """
    if point[0] and not case.unit.w:
        return False
    right = case.right
    return not right.known or all(
        own * wrong > 0
        for own, wrong, needed in zip(case.unit, point, (right.w, right.b), strict=False)
        if wrong and wrong == -needed
    )


@lru_cache(_ANSWERS)
def predictions(right: Answer) -> list[tuple[str, list[Point]]]:
    """Return the numbers that each mistake about this answer produces, except the answer itself."""
    is_right = (right.w, right.b) if right.known else None
    return [
        (row.code, [point for point in _points(row, right) if point != is_right])
        for row in MISTAKES
        if row.numbers is not None and row.needs <= right.known
    ]


def _points(row: Mistake, right: Answer) -> Sequence[Point]:
    """Return the row's numbers; where one of them is given, also with that one as it is."""
    points = row.numbers(right) if row.numbers is not None else ()
    if right.given == "w" and "b" in row.alone:
        return [*points, *((right.w, b) for _, b in points)]
    if right.given == "b" and "w" in row.alone:
        return [*points, *((w, right.b) for w, _ in points)]
    return points
