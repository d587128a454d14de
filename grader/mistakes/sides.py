"""Right answers near a submission of more units than are compared in full: on which sides they are.

Theory of operation. With many units there are too many choices of who is active on the left. Which
side a unit is on, the submission shows: its own sides are tried first, then those with one unit on
the other side, then, by sums of halves that meet in the middle, all that leave no line over.
"""

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from grader.exact.network import ZERO
from grader.exact.piecewise import Breakpoint, PiecewiseLinear
from grader.mistakes.answers import Plan, line_left_over, tasks_of, with_line

# Of so many breakpoints, all choices of sides that leave no line over are found.
BALANCED_UP_TO = 16


def sided_plans(rest: PiecewiseLinear, lefts: Collection[int], free: int) -> Iterator[Plan]:
    """Yield the plans in which these breakpoints, or all of them but one, are made on the left.

    `lefts` are indices of breakpoints.
    """
    turns = rest.breakpoints
    if len(turns) > free:
        return
    line = line_left_over(rest.segments[0], turns, lefts)
    for index in (None, *range(len(turns))):
        if _line_after(line, turns, lefts, index) == (ZERO, ZERO):
            yield tasks_of(turns, _other_side(lefts, index))
    if len(turns) == free:
        return
    for index in (None, *range(len(turns) if len(turns) <= BALANCED_UP_TO else 0)):
        left_over = _line_after(line, turns, lefts, index)
        plan = with_line(turns, _other_side(lefts, index), left_over, rest.domain)
        if plan:
            yield plan


def _other_side(lefts: Collection[int], index: int | None) -> Collection[int]:
    """Return the breakpoints on the left if one of them, or none, changes its side."""
    return lefts if index is None else {index}.symmetric_difference(lefts)


def _line_after(
    line: tuple[Fraction, Fraction],
    turns: Sequence[Breakpoint],
    lefts: Collection[int],
    index: int | None,
) -> tuple[Fraction, Fraction]:
    """Return the line left over after the breakpoint of this index has changed its side."""
    if index is None:
        return line
    x, change = turns[index]
    by = -change if index in lefts else change
    return line[0] + by, line[1] - by * x


def balanced_plans(rest: PiecewiseLinear, lefts: Collection[int], free: int) -> Iterator[Plan]:
    """Yield the plans of one unit a breakpoint, those with sides most like `lefts` first."""
    turns = rest.breakpoints
    if len(turns) > min(free, BALANCED_UP_TO):
        return
    half = len(turns) // 2  # the sums of halves meet in the middle
    firsts: dict[tuple[Fraction, Fraction], list[tuple[int, ...]]] = {}
    for chosen, slope, moment in _sums(turns, range(half)):
        firsts.setdefault((slope, moment), []).append(chosen)
    _, _, slope, intercept = rest.segments[0]
    found = [
        {*first, *chosen}
        for chosen, by, moment in _sums(turns, range(half, len(turns)))
        for first in firsts.get((-slope - by, intercept - moment), ())
    ]
    for sides in sorted(found, key=lambda sides: len(sides.symmetric_difference(lefts))):
        yield tasks_of(turns, sides)


def _sums(
    turns: Sequence[Breakpoint], among: Sequence[int]
) -> list[tuple[tuple[int, ...], Fraction, Fraction]]:
    """Return every choice of breakpoints, with the sums of slope changes and of these times x."""
    sums: list[tuple[tuple[int, ...], Fraction, Fraction]] = [((), ZERO, ZERO)]
    for index in among:
        x, change = turns[index]
        sums += [((*chosen, index), by + change, m + change * x) for chosen, by, m in sums]
    return sums
