"""The right answers of an exercise in the generic case: what each free unit has to do.

Theory of operation. Take the output bias and the fixed units off the target; what is left over is
the work of the free units. In the generic case each breakpoint of it, at t with slope change d, is
the work of one free unit, which is active either right of t and adds d*(x - t) there, or left of t
and adds -d*(x - t) there. Both are a line cut off at t: a *task*. If every unit were active on the
right, the line left of all breakpoints would be left over as well; each unit that is active on the
left instead takes -d*(x - t) off it. So a choice of sides is right if and only if that line
becomes 0, or if a further unit can draw it: active on the whole domain, or, where the line is 0 at
a breakpoint, active on the left of it, while the unit on its right takes the rest, as in |x|. Two
further units, one of each sign, can draw any line. All other units are idle. A unit of output
weight v does the task slope*x + intercept with w = slope/v and b = intercept/v, provided that v has
the task's sign; a fixed w or b has to be that very number.

Up to EXACT_UP_TO free units every such answer is found. Beyond, the units active on the left are
those of the leftmost breakpoints, or those that `sides` finds for a submission, and tasks go to
units in one order. Not generic, and not found here: units that do one task together, or whose bends
cancel where the target has no breakpoint. `keeping` finds these beside what a submission has right.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import compress, product

from grader.exact.network import ZERO, Network, Unit, UnitSpec
from grader.exact.piecewise import Breakpoint, PiecewiseLinear, Segment
from grader.named import NamedTuple

EXACT_UP_TO = 6


class Task(NamedTuple):
    """What one unit has to add where it is active: slope*x + intercept, cut off where that is 0.

    `x` is the breakpoint that the unit makes, None if it is active on the whole domain; `sign`, 1
    or -1, that of the output weights that can do it.
    """

    x: Fraction | None
    slope: Fraction
    intercept: Fraction
    sign: int

    @property
    def bend(self) -> Fraction:
        """The slope change at x, which is v*|w| of the unit that makes it."""
        return self.sign * abs(self.slope)


Plan = tuple[Task, ...]


def leftover(target: PiecewiseLinear, units: Sequence[UnitSpec], bias: Fraction) -> PiecewiseLinear:
    """Return the target less the output bias and the fixed units."""
    fixed = tuple(Unit(w, b, v) for w, b, v in units if w is not None and b is not None)
    return target - Network(fixed, bias).as_piecewise(*target.domain)


def plans(rest: PiecewiseLinear, free: int) -> Iterator[Plan]:
    """Yield every list of tasks that add up to `rest` and need at most `free` units.

    Tasks are listed from left to right, a line last. Plans with one task a breakpoint come first,
    and the more units are active on the right, from the left on, the earlier.
    """
    turns = rest.breakpoints
    if len(turns) > free:
        return
    larger: list[Plan] = []
    for lefts, slope, intercept in _sides(rest, exact=free <= EXACT_UP_TO):
        if slope == intercept == 0:
            yield tasks_of(turns, lefts)
        elif len(turns) < free and not (larger and free > EXACT_UP_TO):
            plan = with_line(turns, lefts, (slope, intercept), rest.domain)
            if plan:
                larger.append(plan)
    yield from larger
    if len(turns) + 1 < free:
        yield from _with_two_lines(rest)


def _sides(
    rest: PiecewiseLinear, *, exact: bool
) -> Iterator[tuple[Collection[int], Fraction, Fraction]]:
    """Yield choices of whose unit is active on the left, and the line that each leaves over."""
    turns = rest.breakpoints
    if not exact:
        # With the leftmost n active on the left, the line left over is segment n's own.
        for n, segment in enumerate(rest.segments):
            yield range(n), segment.slope, segment.intercept
        return
    for chosen in product((False, True), repeat=len(turns)):
        lefts = tuple(compress(range(len(turns)), chosen))
        yield lefts, *line_left_over(rest.segments[0], turns, lefts)


def line_left_over(
    first: Segment, turns: Sequence[Breakpoint], lefts: Collection[int]
) -> tuple[Fraction, Fraction]:
    """Return what is left over of the first line if these breakpoints are made on the left."""
    _, _, slope, intercept = first
    for index in lefts:
        x, change = turns[index]
        slope += change
        intercept -= change * x
    return slope, intercept


def tasks_of(turns: Sequence[Breakpoint], lefts: Collection[int]) -> Plan:
    """Return the tasks of one unit a breakpoint, with these breakpoints made on the left."""
    return tuple(
        _turn(x, -change if index in lefts else change, 1 if change > 0 else -1)
        for index, (x, change) in enumerate(turns)
    )


def _turn(x: Fraction, slope: Fraction, sign: int) -> Task:
    return Task(x, slope, -slope * x, sign)


def with_line(
    turns: Sequence[Breakpoint],
    lefts: Collection[int],
    line: tuple[Fraction, Fraction],
    domain: tuple[Fraction, Fraction],
) -> Plan | None:
    """Return the tasks and the line left over: as a unit of its own, or cut in two at a breakpoint.

    A line that is 0 at a breakpoint adds to the unit on the right of it and needs one on the left.
    """
    slope, intercept = line
    ends = [slope * x + intercept for x in domain]
    if not min(ends) < 0 < max(ends):
        return (*tasks_of(turns, lefts), Task(None, slope, intercept, 1 if max(ends) > 0 else -1))
    x = -intercept / slope
    index = bisect_left(turns, (x,))
    if index == len(turns) or turns[index].x != x or index in lefts:
        return None
    both = turns[index].slope_change + slope
    if not both:
        return None  # one unit, active on the left, does it: another choice of sides
    tasks = tasks_of(turns, lefts)
    pair = (_turn(x, slope, -1 if slope > 0 else 1), _turn(x, both, 1 if both > 0 else -1))
    return (*tasks[:index], *pair, *tasks[index + 1 :])


def _with_two_lines(rest: PiecewiseLinear) -> Iterator[Plan]:
    """Yield the tasks of units active on the right, and the line left over as two of one sign each.

    A line that is 0 inside the domain is no unit's, but the sum of one that adds and one that takes
    away: a parallel that stays over 0, and a constant.
    """
    _, _, slope, intercept = rest.segments[0]
    ends = [slope * x + intercept for x in rest.domain]
    if min(ends) < 0 < max(ends):
        up = 1 - min(ends)
        lines = (Task(None, slope, intercept + up, 1), Task(None, ZERO, -up, -1))
        yield (*tasks_of(rest.breakpoints, ()), *lines)


def doing(spec: UnitSpec, task: Task) -> Unit | None:
    """Return the free unit as it does the task, None if it cannot."""
    w, b, v = spec
    if v * task.sign <= 0:
        return None
    unit = Unit(task.slope / v, task.intercept / v, v)
    agrees = (w is None or w == unit.w) and (b is None or b == unit.b)
    return unit if agrees else None


def idle(spec: UnitSpec, domain: tuple[Fraction, Fraction]) -> Unit | None:
    """Return the unit as it adds nothing: unset if it can be, else dead; None if it cannot."""
    w, b, v = spec
    left, right = domain
    if w is not None:
        return Unit(w, -max(w * left, w * right), v)
    if b is None or b <= 0 or v == 0:
        return Unit(ZERO, ZERO if b is None else b, v)
    if left > 0:
        return Unit(-b / left, b, v)
    return Unit(-b / right, b, v) if right < 0 else None


def shares(
    plan: Plan, units: Sequence[UnitSpec], domain: tuple[Fraction, Fraction]
) -> Iterator[tuple[Unit, ...]]:
    """Yield every way in which the free units can share the plan's tasks, at most EXACT_UP_TO.

    The earlier a unit, the more to the left its task; who is left without one is idle.
    """
    if not units:
        if not plan:
            yield ()
        return
    first, others = units[0], units[1:]
    if len(plan) > len(units):
        return
    choices = [(doing(first, task), plan[:k] + plan[k + 1 :]) for k, task in enumerate(plan)]
    for unit, left_over in (*choices, (idle(first, domain), plan)):
        if unit:
            for rest in shares(left_over, others, domain):
                yield (unit, *rest)


def in_order(
    plan: Plan, units: Sequence[UnitSpec], order: Sequence[int]
) -> tuple[Task | None, ...] | None:
    """Return each unit's task if tasks, from left to right, go to units in this order.

    A task goes to the first unit that can do it, one with a fixed parameter before one that is
    wholly free. None if nobody is left for a task.
    """
    waiting: dict[tuple[int, Fraction | None, Fraction | None], deque[int]] = {}
    for k in order:
        w, b, v = units[k]
        sign = (v > 0) - (v < 0)
        key = (sign, None if w is None else v * w, None if b is None else v * b)
        waiting.setdefault(key, deque()).append(k)
    given: list[Task | None] = [None] * len(units)
    for task in plan:
        sign, slope, intercept = task.sign, task.slope, task.intercept
        keys = ((sign, slope, None), (sign, None, intercept), (sign, None, None))
        queue = next((waiting[key] for key in keys if waiting.get(key)), None)
        if queue is None:
            return None
        given[queue.popleft()] = task
    return tuple(given)


def right_answers(
    target: PiecewiseLinear, units: Sequence[UnitSpec], bias: Fraction
) -> Iterator[tuple[Unit, ...]]:
    """Yield the right answers, as all units of the network; beyond EXACT_UP_TO at most one."""
    places = [k for k, (w, b, _) in enumerate(units) if w is None or b is None]
    free = [units[k] for k in places]
    for plan in plans(leftover(target, units, bias), len(free)):
        for share in _shares(plan, free, target.domain):
            chosen = dict(zip(places, share, strict=True))
            yield tuple(
                chosen[k] if k in chosen else Unit(w or ZERO, b or ZERO, v)
                for k, (w, b, v) in enumerate(units)
            )
            if len(free) > EXACT_UP_TO:
                return


def _shares(
    plan: Plan, free: Sequence[UnitSpec], domain: tuple[Fraction, Fraction]
) -> Iterator[tuple[Unit, ...]]:
    if len(free) <= EXACT_UP_TO:
        yield from shares(plan, free, domain)
        return
    tasks = in_order(plan, free, range(len(free)))
    if tasks is None:
        return
    units = [
        doing(spec, task) if task else idle(spec, domain)
        for spec, task in zip(free, tasks, strict=True)
    ]
    found = tuple(unit for unit in units if unit)
    if len(found) == len(free):
        yield found
