"""An exercise in whole numbers: its target, windows and bends at one scale, and how far that goes.

Theory of operation. A parameter is W / scale. What the free units have to add up to (the target
less the output bias and the fixed units) is `rest`. Its slopes and intercepts and the free units'
output weights are whole numbers of 1 / slopes, and the places where it turns or a segment ends are
X / parts. A point is x = X / a: a place has a = parts; the knot of a unit is X = -B and a = W, both
with W's sign. The error there is N / (slopes * scale * parts * a), where

    N = parts * (sum of V * relu(W*X + B*a))
        - scale * (parts * (M*X + K*a) + sum of change * max(parts*X - place*a, 0))

with the line M, K left of all turns; at a place the factor parts is left out above and below. A
bend is V*|W| / (slopes * scale). Every comparison of the checks multiplies out to one of whole
numbers. `reach` bounds each product and sum in them by the parameters' size, with Python's own
whole numbers, and so says how large these may be.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, lcm
from typing import NamedTuple

from grader.exact.network import ZERO, Knot, Network, Unit
from grader.exercise.checks import within
from grader.exercise.record import Exercise
from grader.mistakes.answers import leftover

_WHOLE = 2**53
_LONGEST = 40  # binary digits of a scale that are any use


class FreeUnit(NamedTuple):
    """A unit of which something is free: given W and B, None where a column is, and V."""

    k: int
    w: int | None
    b: int | None
    v: int


class Ratio(NamedTuple):
    """A limit above / below that a quotient is compared with by multiplying out."""

    above: int
    below: int


class Landmark(NamedTuple):
    """A place X / parts: what the units have to add up to there and how the slope changes."""

    x: int
    rest: int
    change: int


class Turn(NamedTuple):
    """A breakpoint that is checked: the index of its place, and what the free units' bends need."""

    place: int
    needed: int


class Scaled(NamedTuple):
    """An exercise at one scale.

    Limits come in pairs: the most for full credit, and the least where it is gone.
    """

    scale: int
    parts: int
    slopes: int
    units: tuple[FreeUnit, ...]
    line: tuple[int, int]
    places: tuple[Landmark, ...]
    segments: tuple[tuple[int, int], ...]  # the indices of the places at their ends
    turns: tuple[Turn, ...]
    bend: int  # what a bend V*|W| is multiplied by so that all `needed` are whole
    error: tuple[Ratio, Ratio]  # of N / a
    distance: tuple[Ratio, Ratio]  # of |parts*X - place*a| / a
    slack: tuple[Ratio, Ratio]  # of the bends' difference


def scaled(exercise: Exercise, power: int) -> Scaled:
    """Return the exercise at a scale that is a multiple of `power` and of what is given."""
    free = [(k, unit) for k, unit in enumerate(exercise.units) if not unit.fixed]
    given = [x for _, unit in free for x in (unit.w, unit.b) if x is not None]
    scale = lcm(power, *(x.denominator for x in given))
    rest = leftover(exercise.target, exercise.units, exercise.bias)
    inner = [segment.left for segment in exercise.segments[1:]]
    xs = sorted({*exercise.domain, *inner, *(turn.x for turn in rest.breakpoints)})
    changes = {turn.x: turn.slope_change for turn in rest.breakpoints}
    lines = [x for s in rest.segments for x in (s.slope, s.intercept)]
    slopes = lcm(*(x.denominator for x in lines), *(unit.v.denominator for _, unit in free))
    values = {x: rest.value(x) * slopes for x in xs}
    parts = lcm(*(x.denominator for x in xs), *(y.denominator for y in values.values()))
    needed = [need * slopes * scale for need in _needed(exercise)]
    bend = lcm(*(need.denominator for need in needed))
    tolerance, fade = exercise.rules.tolerance, exercise.rules.fade
    first = rest.segments[0]
    return Scaled(
        scale,
        parts,
        slopes,
        tuple(
            FreeUnit(k, _whole(u.w, scale), _whole(u.b, scale), int(u.v * slopes)) for k, u in free
        ),
        (int(first.slope * slopes), int(first.intercept * slopes)),
        tuple(
            Landmark(int(x * parts), int(values[x] * parts), int(changes.get(x, ZERO) * slopes))
            for x in xs
        ),
        tuple((xs.index(s.left), xs.index(s.right)) for s in exercise.segments),
        tuple(Turn(xs.index(x), int(need * bend)) for x, need in zip(inner, needed, strict=True)),
        bend,
        _pair(tolerance.value * slopes * scale * parts, fade.value),
        _pair(tolerance.x * parts, fade.x),
        _pair(tolerance.slope * slopes * scale * bend, fade.slope),
    )


def _whole(number: Fraction | None, scale: int) -> int | None:
    return None if number is None else int(number * scale)


def _pair(limit: Fraction, fade: Fraction) -> tuple[Ratio, Ratio]:
    gone = limit * fade
    return Ratio(*limit.as_integer_ratio()), Ratio(*gone.as_integer_ratio())


def _needed(exercise: Exercise) -> Iterator[Fraction]:
    """Yield what is needed of the free units' bends at each breakpoint."""
    fixed = Network(
        tuple(Unit(u.w, u.b, u.v) for u in exercise.units if u.w is not None and u.b is not None),
        exercise.bias,
    )
    knots: list[Knot] = fixed.knots(*exercise.domain)
    for check in exercise.checks:
        if check.kind == "breakpoint":
            there = within(knots, check.left, exercise.rules.tolerance.x)
            yield check.slope_change - sum((knot.bend for knot in there), ZERO)


def reach(at: Scaled) -> int:
    """Return the largest |W| and |B| of free parameters at which all comparisons are exact.

    -1: not even 0.
    """
    low, high = -1, 1 << _LONGEST
    while low < high:
        middle = (low + high + 1) // 2
        if largest(at, middle) < _WHOLE:
            low = middle
        else:
            high = middle - 1
    return low


def largest(at: Scaled, most: int) -> int:
    """Return a bound on everything that is computed of parameters up to `most`."""
    ws = [most if unit.w is None else abs(unit.w) for unit in at.units]
    bs = [most if unit.b is None else abs(unit.b) for unit in at.units]
    top = max(*ws, *bs)  # of a knot's X and a
    vs = [abs(unit.v) for unit in at.units]
    far = max(abs(place.x) for place in at.places)
    at_place = sum(
        v * (w * far + b * at.parts) for v, w, b in zip(vs, ws, bs, strict=True)
    ) + at.scale * max(abs(place.rest) for place in at.places)
    beside = (at.parts + far) * top
    slope, intercept = at.line
    needs = at.parts * (abs(slope) + abs(intercept)) * top
    needs += sum(abs(place.change) for place in at.places) * beside
    at_knot = at.parts * sum(v * (w + b) * top for v, w, b in zip(vs, ws, bs, strict=True))
    at_knot += at.scale * needs
    bends = at.bend * sum(v * w for v, w in zip(vs, ws, strict=True))
    bends += max((abs(turn.needed) for turn in at.turns), default=0)
    return max(
        at.scale,
        at_place,
        bends,
        *(ceil(Fraction(*ratio)) for ratio in (*at.error, *at.slack)),
        *(max(at_knot * ratio.below, ratio.above * top) for ratio in at.error),
        *(max(beside * ratio.below, ratio.above * top) for ratio in at.distance),
    )
