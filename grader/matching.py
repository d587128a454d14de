"""Which right answer a submission is meant to be: who is doing which task, as far as it shows."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.answers import Plan, Task, Template, in_order
from grader.network import ZERO, Unit


class Fit(NamedTuple):
    """How well a unit does a task; compared from left to right, more is better.

    `right` and `explained`, by a named mistake, are 0 or 1 for one unit; `nearness` is minus the
    sum of the squared differences of the parameters.
    """

    right: int
    explained: int
    nearness: Fraction

    def plus(self, other: "Fit") -> "Fit":
        """Return how well two units do two tasks."""
        return Fit(
            self.right + other.right,
            self.explained + other.explained,
            self.nearness + other.nearness,
        )


NOTHING = Fit(0, 0, ZERO)

# Tasks in the order of the free units, None for one that is idle.
Assignment = tuple[Task | None, ...]
# How well free unit k does a task, or is idle; None if it cannot.
Fits = Callable[[int, Task | None], Fit | None]


def best_assignment(plans: Iterable[Plan], count: int, fits: Fits) -> Assignment | None:
    """Return the assignment of the best fit, the first of several; None if there is none.

    All are compared, up to EXACT_UP_TO units, save those that cannot beat the best so far.
    """
    search = _Search(count, fits)
    for plan in plans:
        search.over(plan)
    return search.assignment


class _Search:
    """Branch and bound over who does what, unit by unit."""

    def __init__(self, count: int, fits: Fits) -> None:
        self.count = count
        self.fits = fits
        self.best: Fit | None = None
        self.assignment: Assignment | None = None
        self._known: dict[tuple[int, Task | None], Fit | None] = {}

    def over(self, plan: Plan) -> None:
        """Compare every assignment of the plan's tasks with the best so far."""
        options: list[list[tuple[int, Fit]]] = []
        tasks = (*plan, None)
        for k in range(self.count):
            able = [(n, self._fit(k, task)) for n, task in enumerate(tasks)]
            options.append([(n, fit) for n, fit in able if fit is not None])
        # The most that unit k and all after it can reach: no later choice can add more.
        ceilings = [NOTHING]
        for choices in reversed(options):
            if not choices:
                return
            ceilings.append(ceilings[-1].plus(max(fit for _, fit in choices)))
        ceilings.reverse()
        self._extend(tasks, options, ceilings, (), NOTHING)

    def _fit(self, k: int, task: Task | None) -> Fit | None:
        key = (k, task)
        if key not in self._known:
            self._known[key] = self.fits(k, task)
        return self._known[key]

    def _extend(
        self,
        tasks: tuple[Task | None, ...],
        options: list[list[tuple[int, Fit]]],
        ceilings: list[Fit],
        taken: tuple[int, ...],
        fit: Fit,
    ) -> None:
        """Give the next unit each task that is not taken; the last of `tasks` is to be idle."""
        k, spare = len(taken), len(tasks) - 1
        if self.best is not None and fit.plus(ceilings[k]) <= self.best:
            return
        if k == self.count:
            self.best, self.assignment = fit, tuple(tasks[n] for n in taken)
            return
        idle_left = self.count - spare - taken.count(spare)
        for n, own in options[k]:
            if idle_left > 0 if n == spare else n not in taken:
                self._extend(tasks, options, ceilings, (*taken, n), fit.plus(own))


def by_knots(
    plan: Plan,
    templates: Sequence[Template],
    submitted: Sequence[Unit],
    is_doing: Callable[[int, Task | None], bool],
) -> Assignment | None:
    """Return an assignment for more than EXACT_UP_TO units: who is right stays, the rest by knots.

    A unit that does a task at its knot rightly keeps it; the other tasks go, from left to right, to
    the other units by their knots. None if that leaves a task to nobody.
    """
    claimed = _claims(plan, submitted, is_doing)
    others = sorted(set(range(len(submitted))) - set(claimed), key=lambda k: _place(submitted[k]))
    taken = set(claimed.values())
    rest = in_order(tuple(t for n, t in enumerate(plan) if n not in taken), templates, others)
    if rest is None:
        return None
    return tuple(plan[claimed[k]] if k in claimed else task for k, task in enumerate(rest))


def _claims(
    plan: Plan, submitted: Sequence[Unit], is_doing: Callable[[int, Task | None], bool]
) -> dict[int, int]:
    """Return which units do a task of the plan rightly: unit -> the task's number."""
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
