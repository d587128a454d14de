"""What a network earns on one segment and at one breakpoint of the target, by exact comparison."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.exact.network import ZERO, Knot
from grader.exact.piecewise import PiecewiseLinear, largest, length_within

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
    pieces = error.clipped(left, right)
    worst, x = largest(pieces)
    if worst <= bound:
        return SegmentFinding(FULL, "full", worst, x, FULL)
    coverage = length_within(pieces, bound) / (right - left)
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
    bends, needed = _bends(knots, free, x, radius, slope_change)
    found = sum(bends, slope_change - needed)
    basis = _right(bends, needed, slack)
    if basis:
        return BreakpointFinding(FULL, basis, found)
    for_position = rules.position_credit * _likeness(bends, needed)
    wider = _bends(knots, free, x, rules.near * radius, slope_change)
    if for_position <= HALF and _right(*wider, rules.near * slack):
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


def _bends(
    knots: Sequence[Knot], free: Collection[int], x: Fraction, radius: Fraction, change: Fraction
) -> tuple[list[Fraction], Fraction]:
    """Return the bends of the free units near x, and what they need to add up to there."""
    bends, needed = [], change
    for knot in within(knots, x, radius):
        if knot.unit in free:
            bends.append(knot.bend)
        else:
            needed -= knot.bend
    return bends, needed


def _right(bends: Sequence[Fraction], needed: Fraction, slack: Fraction) -> str | None:
    """Return on which basis the bends are what is needed, None if they are not."""
    if abs(sum(bends, -needed)) <= slack:
        return "full"
    # Two: a unit that is right keeps its credit when one other strays there. With more, some sum
    # would be right by chance.
    if len(bends) <= 2 and any(abs(bend - needed) <= slack for bend in bends):  # noqa: PLR2004
        return "own-unit"
    return None


def _likeness(bends: Sequence[Fraction], needed: Fraction) -> Fraction:
    """Return how near the best bend comes to what is needed: 0 to 1."""
    return max((min(d / needed, needed / d) for d in bends if d * needed > 0), default=ZERO)
