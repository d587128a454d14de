"""Findings about `submission: {order: any}`: where it says nothing, and where it cannot be told."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from grader.authoring.linting.subject import INFORMATION, WARNING, LintRow, Subject
from grader.exact.network import UnitSpec


def changes_nothing(known: Subject) -> Iterator[str]:
    """Yield where every order of a network's units is the same network."""
    units = known.exercise.units
    if not known.exercise.any_order or len({_pattern(unit) for unit in units}) > 1:
        return
    yield (
        "order: any changes nothing here, since all units have the same given numbers and output "
        "weight: in every order they add up to the same; leave it out"
    )


def is_ambiguous(known: Subject) -> Iterator[str]:
    """Yield two given units that one unit of a trained network can both be."""
    if not known.exercise.any_order:
        return
    for (j, one), (k, other) in combinations(enumerate(known.exercise.units), 2):
        if _may_be_one(one, other):
            yield (
                f"under order: any one unit of a trained network can be unit {j} as well as unit "
                f"{k}, by the numbers that are given of them; give w and b of both, or other "
                "numbers, or write order: listed"
            )


def _may_be_one(one: UnitSpec, other: UnitSpec) -> bool:
    """Tell whether a unit has the given numbers of both, and it matters which of them it is."""
    are_given = all((unit.w, unit.b) != (None, None) for unit in (one, other))
    if not are_given or one.v * other.v <= 0 or _pattern(one) == _pattern(other):
        return False
    return all(
        a is None or b is None or a * one.v == b * other.v
        for a, b in ((one.w, other.w), (one.b, other.b))
    )


def _pattern(unit: UnitSpec) -> tuple[Fraction | None, Fraction | None, Fraction]:
    return (unit.w, unit.b, unit.v)


ROWS = (
    LintRow(
        "order-ambiguous",
        WARNING,
        "submission.order",
        "one unit of a trained network can be each of two given units",
        is_ambiguous,
    ),
    LintRow(
        "order-changes-nothing",
        INFORMATION,
        "submission.order",
        "`order: any`, and every order is the same",
        changes_nothing,
    ),
)
