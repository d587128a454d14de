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
                f"{k}, since the number that is given of them, times the output weight, is the "
                "same; give another number, or both w and b, or write order: listed"
            )


def _may_be_one(one: UnitSpec, other: UnitSpec) -> bool:
    """Tell whether half-given units fit the same units of a file, and it matters which gets which.

    Where one is fully given, or one's w and the other's b, a file that has them all fits one way.
    """
    if one.v * other.v <= 0 or _pattern(one) == _pattern(other):
        return False
    if one.w is not None and one.b is None and other.w is not None and other.b is None:
        return one.w * one.v == other.w * other.v
    if one.b is not None and one.w is None and other.b is not None and other.w is None:
        return one.b * one.v == other.b * other.v
    return False


def _pattern(unit: UnitSpec) -> tuple[Fraction | None, Fraction | None, Fraction]:
    return (unit.w, unit.b, unit.v)


ROWS = (
    LintRow(
        "order-ambiguous",
        WARNING,
        "submission.order",
        "one unit of a trained network can be each of two half-given units",
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
