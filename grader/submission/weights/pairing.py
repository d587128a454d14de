"""Which unit of a file is which unit of the exercise.

In order, unit k is unit k. In any order, the given units choose first: of all pairs of a given unit
and one of the file the nearest, then the nearest of those that are left, and so on. The other units
follow in the file's order, each to the first place whose output weight it can take on; a unit that
the output layer multiplies by 0 can take any place, and chooses last.
"""

from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop

from grader.exact.network import ZERO, UnitSpec
from grader.named import NamedTuple


class FileUnit(NamedTuple):
    """A unit of the file: weight, bias, and its output weight; None where no layer follows."""

    w: Fraction
    b: Fraction
    u: Fraction | None


def scale(unit: FileUnit, v: Fraction) -> Fraction | None:
    """Return what puts the file's output weight into the unit, so that v is left over.

    None where that cannot be: u*relu(z) = v*relu(z*u/v) needs a u/v that is positive, or 0.
    """
    if unit.u is None or unit.u == v:
        return Fraction(1)
    if not unit.u:
        return ZERO
    return unit.u / v if v and unit.u / v > 0 else None


def paired(
    units: Sequence[FileUnit], specs: Sequence[UnitSpec], *, in_any_order: bool
) -> tuple[int, ...]:
    """Return for each unit of the exercise which one of the file it is."""
    if not in_any_order:
        return tuple(range(len(specs)))
    chosen: dict[int, int] = {}
    left = set(range(len(units)))
    queue = _distances(units, specs)
    heapify(queue)
    while queue:
        _, k, at = heappop(queue)
        if k not in chosen and at in left:
            chosen[k] = at
            left.discard(at)
    _place_the_others(units, specs, chosen, left)
    return tuple(chosen[k] for k in range(len(specs)))


def _distances(
    units: Sequence[FileUnit], specs: Sequence[UnitSpec]
) -> list[tuple[Fraction, int, int]]:
    """Return how far each unit of the file is from each given one, and which they are."""
    found: list[tuple[Fraction, int, int]] = []
    for k, spec in enumerate(specs):
        if spec.w is None and spec.b is None:
            continue
        for at, unit in enumerate(units):
            factor = scale(unit, spec.v)
            if factor is not None:
                found.append((_distance(unit, factor, spec), k, at))
    return found


def _distance(unit: FileUnit, factor: Fraction, spec: UnitSpec) -> Fraction:
    dw = ZERO if spec.w is None else unit.w * factor - spec.w
    db = ZERO if spec.b is None else unit.b * factor - spec.b
    return dw * dw + db * db


def _place_the_others(
    units: Sequence[FileUnit], specs: Sequence[UnitSpec], chosen: dict[int, int], left: set[int]
) -> None:
    """Fill the places that are left, those of another sign than every unit's last of all."""
    open_places = [k for k in range(len(specs)) if k not in chosen]
    for at in sorted(left, key=lambda each: (units[each].u == 0, each)):
        fitting = (k for k in open_places if scale(units[at], specs[k].v) is not None)
        k = next(fitting, None)
        if k is not None:
            chosen[k] = at
            open_places.remove(k)
            left.discard(at)
    chosen.update(zip(open_places, sorted(left), strict=True))
