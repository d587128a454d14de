"""Which right answer a submission is meant to be: who is doing which task, as far as it shows."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from grader.exact.network import ZERO, Unit, UnitSpec
from grader.mistakes.answers import Plan, Task, in_order
from grader.named import NamedTuple


class Fit(NamedTuple):
    """How well a unit does a task: more of `right` counts first, then of `explained`.

    `right` and `explained`, by a named mistake, are 0 or 1; `away` is the sum of the squared
    differences of the parameters, in a unit that all fits share.
    """

    right: int
    explained: int
    away: int


# Tasks in the order of the free units, None for one that is idle.
Assignment = tuple[Task | None, ...]
# How well each free unit does a task, or is idle; None where it cannot.
Fits = Mapping[Task | None, Sequence[Fit | None]]
# What a sum of fits is worth as one number; None for what cannot be.
Rank = int | None


def best_assignment(plans: Sequence[Plan], count: int, fits: Fits) -> Assignment | None:
    """Return the assignment of the best fit, the first of several; None if none exists.

    All are compared, up to EXACT_UP_TO units, except the plans that cannot beat the best so far.
    """
    ranks = _ranks(fits, count)
    best: Rank = None
    assignment: Assignment | None = None
    for plan in plans:
        rows = [[ranks[task][k] for task in (*plan, None)] for k in range(count)]
        able = [max((rank for rank in row if rank is not None), default=None) for row in rows]
        if None in able or (best is not None and sum(filter(None, able)) <= best):
            continue
        rank, chosen = _Sharing(rows, len(plan)).best(0, 0)
        if rank is not None and (best is None or rank > best):
            best = rank
            assignment = tuple(plan[n] if n < len(plan) else None for n in chosen)
    return assignment


def _ranks(fits: Fits, count: int) -> dict[Task | None, list[Rank]]:
    """Return each fit as one whole number: sums compare as sums of the fits' parts, in order."""
    furthest = max((fit.away for row in fits.values() for fit in row if fit), default=0)
    step = count * furthest + 1
    return {
        task: [fit and (fit.right * (count + 1) + fit.explained) * step - fit.away for fit in row]
        for task, row in fits.items()
    }


class _Sharing:
    """Who does what, unit by unit: what is best for the rest depends only on the tasks taken."""

    def __init__(self, rows: Sequence[Sequence[Rank]], spare: int) -> None:
        """Take the rank of each unit for each task; column `spare`, the last, is for the idle."""
        self.rows = rows
        self.spare = spare
        self._known: dict[tuple[int, int], tuple[Rank, tuple[int, ...]]] = {}

    def best(self, k: int, taken: int) -> tuple[Rank, tuple[int, ...]]:
        """Return the best sum for unit k and all after it, and their tasks; bits are `taken`."""
        if k == len(self.rows):
            return 0, ()
        if (k, taken) not in self._known:
            self._known[k, taken] = self._search(k, taken)
        return self._known[k, taken]

    def _search(self, k: int, taken: int) -> tuple[Rank, tuple[int, ...]]:
        best: Rank = None
        chosen: tuple[int, ...] = ()
        idle_left = len(self.rows) - self.spare - (k - taken.bit_count())
        for n, own in enumerate(self.rows[k]):
            if own is None or (idle_left <= 0 if n == self.spare else taken >> n & 1):
                continue
            rest, others = self.best(k + 1, taken if n == self.spare else taken | 1 << n)
            if rest is not None and (best is None or own + rest > best):
                best, chosen = own + rest, (n, *others)
        return best, chosen


def by_knots(
    plan: Plan,
    specs: Sequence[UnitSpec],
    submitted: Sequence[Unit],
    is_doing: Callable[[int, Task | None], bool],
) -> Assignment | None:
    """Return an assignment for more than EXACT_UP_TO units: who is right stays, the rest by knots.

    A unit that does the task at its knot keeps it; the other tasks go, from left to right, to
    the other units by their knots. None if that leaves a task to nobody.
    """
    claimed = _claims(plan, submitted, is_doing)
    others = [k for k in range(len(submitted)) if k not in claimed]
    others.sort(key=lambda k: _place(submitted[k]))
    taken = set(claimed.values())
    rest = in_order(tuple(t for n, t in enumerate(plan) if n not in taken), specs, others)
    if rest is None:
        return None
    return tuple(plan[claimed[k]] if k in claimed else task for k, task in enumerate(rest))


def _claims(
    plan: Plan, submitted: Sequence[Unit], is_doing: Callable[[int, Task | None], bool]
) -> dict[int, int]:
    """Return which units already do a task of the plan: unit -> the task's number."""
    xs = [task.x for task in plan if task.x is not None]
    claimed: dict[int, int] = {}
    taken: set[int] = set()
    for k, unit in enumerate(submitted):
        nearest = bisect_left(xs, unit.knot) if unit.knot is not None else len(xs)
        for n in (nearest - 1, nearest, nearest + 1, len(plan) - 1):
            if 0 <= n < len(plan) and n not in taken and is_doing(k, plan[n]):
                claimed[k] = n
                taken.add(n)
                break
    return claimed


def _place(unit: Unit) -> tuple[bool, Fraction]:
    """Return what to sort units by: the knot, those without one last."""
    return (unit.knot is None, unit.knot or ZERO)
