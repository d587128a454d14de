"""What a network earns on one segment and at one breakpoint of the target, by exact comparison.

Theory of operation. Within a tolerance credit is full; beyond it credit fades in a straight line
and is gone at so many tolerances. So near the right answer a change of a parameter by a hair costs
a hair: a step from full to half credit would let 0.0001 decide over a quarter of the points.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from fractions import Fraction

from grader.exact.network import ZERO, Knot
from grader.exact.piecewise import PiecewiseLinear, largest, length_within
from grader.exact.ratio import Ratio
from grader.named import NamedTuple
from grader.text.codes import Basis

FULL, HALF = Ratio(1), Ratio(1, 2)
_FEW = 2


class Tolerance(NamedTuple):
    """Closed tolerances: of values, of a knot's x, and of a slope change."""

    value: Fraction
    x: Fraction
    slope: Fraction


class Fade(NamedTuple):
    """At how many tolerances credit has fallen to 0: for values, a knot's x, a slope change."""

    value: Fraction = Ratio(8)
    x: Fraction = Ratio(4)
    slope: Fraction = Ratio(4)


class Rules(NamedTuple):
    """What is right and how credit fades beyond it; the same for every check of an exercise."""

    tolerance: Tolerance
    fade: Fade = Fade()
    position_credit: Fraction = HALF


def faded(off: Fraction, tolerance: Fraction, times: Fraction) -> Fraction:
    """Return the credit for being `off`: 1 within tolerance, 0 from `times` tolerances on.

    In between it falls in a straight line; where there is no between, it is 0 beyond the tolerance.
    """
    if off <= tolerance:
        return FULL
    gone = times * tolerance
    if off >= gone:
        return ZERO
    return (gone - off) / (gone - tolerance)


class SegmentFinding(NamedTuple):
    """What a segment earned before the blank's share is taken off, and the largest error on it."""

    credit: Fraction
    basis: Basis
    max_error: Fraction
    worst_x: Fraction
    coverage: Fraction


class Nearness(NamedTuple):
    """How near the nearest turns are: their distance, and how far off they bend together."""

    credit: Fraction
    distance: Fraction
    difference: Fraction


class BreakpointFinding(NamedTuple):
    """What a breakpoint earned before the blank's share is taken off, and the bends found there."""

    credit: Fraction
    basis: Basis
    found: Fraction
    near: Nearness | None = None


def check_segment(
    error: PiecewiseLinear, left: Fraction, right: Fraction, rules: Rules
) -> SegmentFinding:
    """Compare the error, network minus target, with the tolerance on [left, right]."""
    bound = rules.tolerance.value
    pieces = error.clipped(left, right)
    worst, x = largest(pieces)
    if worst <= bound:
        return SegmentFinding(FULL, "full", worst, x, FULL)
    coverage = length_within(pieces, bound) / (right - left)
    credit = faded(worst, bound, rules.fade.value)
    return SegmentFinding(credit, "near" if credit else "none", worst, x, coverage)


def check_breakpoint(
    knots: Sequence[Knot],
    free: Collection[int],
    x: Fraction,
    slope_change: Fraction,
    rules: Rules,
) -> BreakpointFinding:
    """Compare the bends near x with the target's slope change there.

    `knots` are the network's, sorted; `free` holds the indices of the units that are not fixed.
    The rules are in the order in which the first that holds counts; `near` and `position` give
    the larger of the two.
    """
    radius, slack = rules.tolerance.x, rules.tolerance.slope
    there = within(knots, x, radius)
    found = sum((knot.bend for knot in there), ZERO)
    mine = [knot for knot in there if knot.unit in free]
    needed = slope_change - sum((knot.bend for knot in there if knot.unit not in free), ZERO)
    if abs(found - slope_change) <= slack:
        return BreakpointFinding(FULL, "full", found)
    # Two: a unit that is right keeps its credit when one other strays there. With more, some sum
    # would be right by chance.
    if len(mine) <= _FEW and any(abs(knot.bend - needed) <= slack for knot in mine):
        return BreakpointFinding(FULL, "own-unit", found)
    reach = rules.fade.x * radius
    around = [knot for knot in within(knots, x, reach) if knot.unit in free]
    near = _nearness(around, x, needed, rules)
    position = rules.position_credit * _likeness([knot.bend for knot in mine], needed)
    if near and near.credit and near.credit >= position:
        return BreakpointFinding(near.credit, "near", found, near)
    if position:
        return BreakpointFinding(position, "position", found)
    return BreakpointFinding(ZERO, "none", found)


def within(knots: Sequence[Knot], x: Fraction, radius: Fraction) -> Sequence[Knot]:
    """Return the knots at most radius away from x; `knots` is sorted by x."""
    first = bisect_left(knots, x - radius, key=_position)
    return knots[first : bisect_right(knots, x + radius, lo=first, key=_position)]


def _position(knot: Knot) -> Fraction:
    return knot.x


def _nearness(
    around: Sequence[Knot], x: Fraction, needed: Fraction, rules: Rules
) -> Nearness | None:
    """Return the credit for knots near x: all of them together and, of at most two, each alone."""
    groups = [around, *([knot] for knot in around if len(around) == _FEW)] if around else []
    return max(
        (_together(group, x, needed, rules) for group in groups),
        key=lambda near: near.credit,
        default=None,
    )


def _together(group: Sequence[Knot], x: Fraction, needed: Fraction, rules: Rules) -> Nearness:
    distance = max(abs(knot.x - x) for knot in group)
    difference = abs(sum((knot.bend for knot in group), -needed))
    credit = min(
        faded(distance, rules.tolerance.x, rules.fade.x),
        faded(difference, rules.tolerance.slope, rules.fade.slope),
    )
    return Nearness(credit, distance, difference)


def _likeness(bends: Sequence[Fraction], needed: Fraction) -> Fraction:
    """Return how near the best bend comes to what is needed: 0 to 1."""
    return max((min(d / needed, needed / d) for d in bends if d * needed > 0), default=ZERO)
