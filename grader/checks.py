"""What a network earns on one segment and at one breakpoint of the target, by exact comparison."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.network import ZERO, Knot
from grader.piecewise import PiecewiseLinear

FULL, HALF = Fraction(1), Fraction(1, 2)


class Tolerance(NamedTuple):
    """Closed tolerances: of values, of a knot's x, and of a slope change."""

    value: Fraction
    x: Fraction
    slope: Fraction


class Rules(NamedTuple):
    """What counts as right and as almost right; the same for every check of an exercise."""

    tolerance: Tolerance
    near: Fraction = Fraction(2)
    position_credit: Fraction = HALF


class SegmentFinding(NamedTuple):
    """What a segment earned before the blank's share is taken off, and the largest error on it."""

    credit: Fraction
    basis: str
    max_error: Fraction
    worst_x: Fraction
    coverage: Fraction


class BreakpointFinding(NamedTuple):
    """What a breakpoint earned before the blank's share is taken off, and the bends found there."""

    credit: Fraction
    basis: str
    found: Fraction


def check_segment(
    error: PiecewiseLinear, left: Fraction, right: Fraction, rules: Rules
) -> SegmentFinding:
    """Compare the error, network minus target, with the tolerance on [left, right]."""
    bound = rules.tolerance.value
    worst, x = error.max_abs(left, right)
    if worst <= bound:
        return SegmentFinding(FULL, "full", worst, x, FULL)
    coverage = error.share_within(bound, left, right)
    if worst <= rules.near * bound:
        return SegmentFinding(HALF, "near", worst, x, coverage)
    return SegmentFinding(ZERO, "none", worst, x, coverage)


def check_breakpoint(
    knots: Sequence[Knot],
    free: Collection[int],
    x: Fraction,
    slope_change: Fraction,
    rules: Rules,
) -> BreakpointFinding:
    """Compare the bends near x with the target's slope change there.

    `knots` are the network's, sorted; `free` holds the indices of the units that are not fixed.
    The rules stand in the order in which the first that holds counts.
    """
    _, radius, slack = rules.tolerance
    there = within(knots, x, radius)
    found = sum((knot.bend for knot in there), ZERO)
    basis = _right(there, free, slope_change, slack)
    if basis:
        return BreakpointFinding(FULL, basis, found)
    for_position = rules.position_credit * _likeness(there, free, slope_change)
    almost = _right(within(knots, x, rules.near * radius), free, slope_change, rules.near * slack)
    if almost and for_position <= HALF:
        return BreakpointFinding(HALF, "near", found)
    if for_position:
        return BreakpointFinding(for_position, "position", found)
    return BreakpointFinding(ZERO, "none", found)


def within(knots: Sequence[Knot], x: Fraction, radius: Fraction) -> Sequence[Knot]:
    """Return the knots at most radius away from x; `knots` is sorted by x."""
    first = bisect_left(knots, x - radius, key=_position)
    return knots[first : bisect_right(knots, x + radius, lo=first, key=_position)]


def _position(knot: Knot) -> Fraction:
    return knot.x


def _right(
    there: Sequence[Knot], free: Collection[int], slope_change: Fraction, slack: Fraction
) -> str | None:
    """Return on which basis the bends add up to the slope change, None if they do not."""
    if abs(sum((knot.bend for knot in there), ZERO) - slope_change) <= slack:
        return "full"
    bends, needed = _free_bends(there, free, slope_change)
    # Two: a unit that is right keeps its credit when one other strays there. With more, some sum
    # would be right by chance.
    if len(bends) <= 2 and any(abs(bend - needed) <= slack for bend in bends):  # noqa: PLR2004
        return "own-unit"
    return None


def _likeness(there: Sequence[Knot], free: Collection[int], slope_change: Fraction) -> Fraction:
    """Return how near the best free unit's bend comes to what is needed: 0 to 1."""
    bends, needed = _free_bends(there, free, slope_change)
    return max((min(d / needed, needed / d) for d in bends if d * needed > 0), default=ZERO)


def _free_bends(
    there: Sequence[Knot], free: Collection[int], slope_change: Fraction
) -> tuple[list[Fraction], Fraction]:
    """Return the bends of the free units, and what they need to add up to."""
    bends = [knot.bend for knot in there if knot.unit in free]
    fixed = sum((knot.bend for knot in there if knot.unit not in free), ZERO)
    return bends, slope_change - fixed
