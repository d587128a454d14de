"""Which unit of a file is which unit of the exercise.

In order, unit k is unit k. In any order, the given units choose before the free ones, all of them
at once, so that the following are as small as can be, the first one first:

1. how many fully given units (w and b) the file does not have, within the rounding of its dtype;
2. their distances from the file's units that they get, squared and added up;
3. and 4. the same of half-given units (w or b), by the number that is given;
5. how far units are moved: where nothing else decides, the file's order stays.

So a fully given unit never loses its own unit of the file to another, and a half-given one gets
what is left. The free units follow in the file's order, each to the first place whose output weight
it can take on; a unit that the output layer multiplies by 0 can take any place, and chooses last.
"""

from collections.abc import Sequence
from fractions import Fraction

from grader.exact.network import ZERO, UnitSpec
from grader.named import NamedTuple
from grader.submission.weights.assignment import cheapest


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
    units: Sequence[FileUnit], specs: Sequence[UnitSpec], slack: Fraction, *, in_any_order: bool
) -> tuple[int, ...]:
    """Return for each unit of the exercise which one of the file it is.

    `slack` is by which part of itself a given number may differ from the file's.
    """
    if not in_any_order:
        return tuple(range(len(specs)))
    given = [k for k, spec in enumerate(specs) if spec.w is not None or spec.b is not None]
    costs = [[_cost(unit, specs[k], k - at, slack) for at, unit in enumerate(units)] for k in given]
    chosen = dict(zip(given, cheapest(costs), strict=True))
    _place_the_others(units, specs, chosen, set(range(len(units))).difference(chosen.values()))
    return tuple(chosen[k] for k in range(len(specs)))


def is_there(number: Fraction, given: Fraction | None, slack: Fraction) -> bool:
    """Tell whether the file's number is the given one, within its rounding."""
    return given is None or abs(number - given) <= slack * abs(given)


_Cost = tuple[int, Fraction, int, Fraction, int]


def _cost(unit: FileUnit, spec: UnitSpec, moved: int, slack: Fraction) -> _Cost:
    """Return what it costs that a given unit is this one of the file, in the order that counts."""
    absent, away = _distance(unit, spec, slack)
    if spec.w is not None and spec.b is not None:
        return (absent, away, 0, ZERO, moved * moved)
    return (0, ZERO, absent, away, moved * moved)


def _distance(unit: FileUnit, spec: UnitSpec, slack: Fraction) -> tuple[int, Fraction]:
    """Return 0 where the unit is the given one, 1 where not, 2 where it cannot be, and how far."""
    factor = scale(unit, spec.v)
    if factor is None:
        return 2, ZERO
    w, b = unit.w * factor, unit.b * factor
    dw = ZERO if spec.w is None else w - spec.w
    db = ZERO if spec.b is None else b - spec.b
    there = is_there(w, spec.w, slack) and is_there(b, spec.b, slack)
    return (0 if there else 1), dw * dw + db * db


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
