"""A submitted network read against the right answers of its exercise: who does which task."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain
from math import lcm

from grader.exact.network import ZERO, Network, Unit, UnitSpec
from grader.exact.piecewise import Breakpoint
from grader.exercise.record import Exercise
from grader.mistakes.answers import (
    EXACT_UP_TO,
    Plan,
    Task,
    doing,
    idle,
    leftover,
    plans,
)
from grader.mistakes.cases import (
    NOTHING,
    NUMBERS,
    Answer,
    Case,
    Point,
    Window,
    in_parts,
    right_answer,
    window,
)
from grader.mistakes.keeping import Kept
from grader.mistakes.matching import Assignment, Fit, best_assignment, by_knots
from grader.mistakes.naming import predictions
from grader.mistakes.sides import balanced_plans, sided_plans

# So many ends of segments are all compared; of more, those next to the unit's knot.
_FEW = 8


class Reading:
    """A submitted network read against the right answers of its exercise."""

    def __init__(
        self,
        exercise: Exercise,
        network: Network,
        kept: Mapping[int, Kept] | None = None,
        *,
        rough: bool = False,
    ) -> None:
        """Read the free units that are not among those that keep their part of a shared turn.

        `rough`: only how many are right counts, neither mistakes nor distances, in half the time.
        """
        self.exercise = exercise
        self.rough = rough
        self.kept = kept or {}
        self.shared = {part.turn.x for part in self.kept.values() if part.turn is not None}
        self.places = sorted(exercise.free_units.difference(self.kept))
        self.specs = [exercise.units[k] for k in self.places]
        self.submitted = [network.units[k] for k in self.places]
        tolerance = exercise.rules.tolerance
        self.close = [window(unit, tolerance) for unit in self.submitted]
        given = [
            UnitSpec(*self.kept[k].answer) if k in self.kept else unit
            for k, unit in enumerate(exercise.units)
        ]
        self.rest = leftover(exercise.target, given, exercise.bias)
        self.edges = [exercise.domain[0], *(segment.right for segment in exercise.segments)]
        self.assignment: Assignment | None = self._assign()

    def _assign(self) -> Assignment | None:
        every = plans(self.rest, len(self.places))
        if len(self.places) <= EXACT_UP_TO:
            listed = list(every)
            return best_assignment(listed, len(self.places), self._fits(listed))
        lefts, count = self._lefts(), len(self.places)
        likely = chain(
            sided_plans(self.rest, lefts, count), balanced_plans(self.rest, lefts, count)
        )
        for plan in chain(likely, every):
            found = by_knots(plan, self.specs, self.submitted, self.is_doing)
            if found is not None:
                return found
        return None

    def _lefts(self) -> set[int]:
        """Return the breakpoints whose nearest unit is active on the left."""
        knots = sorted((u.knot, u.w < 0) for u in self.submitted if u.knot is not None and u.v)
        lefts = set()
        for index, turn in enumerate(self.rest.breakpoints if knots else ()):
            n = bisect_left(knots, (turn.x,))
            near = min(knots[max(n - 1, 0) : n + 1], key=lambda knot: abs(knot[0] - turn.x))
            lefts |= {index} if near[1] else set()
        return lefts

    def right(self) -> int:
        """Return how many units are right, those that keep their part of a turn among them."""
        if self.assignment is None:
            return -1
        doing_it = sum(self.is_doing(n, task) for n, task in enumerate(self.assignment))
        return doing_it + sum(part.is_in_place for part in self.kept.values())

    def answer(self, n: int, task: Task | None) -> Unit | None:
        """Return the n-th free unit as it does the task, or nothing; None if it cannot."""
        if task is None:
            return idle(self.specs[n], self.exercise.domain)
        return doing(self.specs[n], task)

    def _fits(self, every: Sequence[Plan]) -> dict[Task | None, list[Fit | None]]:
        """Return how well each free unit, as submitted, does each task of the plans, or nothing."""
        tasks = dict.fromkeys(task for plan in every for task in (*plan, None))
        answers = {task: [self.answer(n, task) for n in range(len(self.places))] for task in tasks}
        rows: list[Sequence[Unit | None]] = [self.submitted, *answers.values()]
        units = [unit for row in rows for unit in row if unit]
        numbers = [*self.exercise.domain, *(x for w, b, _ in units for x in (w, b))]
        parts = 0 if self.rough else lcm(*{x.denominator for x in numbers})
        fits: dict[Task | None, list[Fit | None]] = {}
        for task, row in answers.items():
            predicted: dict[object, list[Point]] = {}
            fits[task] = [
                answer and self._fit(n, task, answer, parts, predicted)
                for n, answer in enumerate(row)
            ]
        return fits

    def _fit(
        self,
        n: int,
        task: Task | None,
        answer: Unit,
        parts: int,
        predicted: dict[object, list[Point]],
    ) -> Fit:
        """Return how well the n-th free unit does the task; units of one output weight share."""
        unit = self.submitted[n]
        if self.rough:
            return Fit(int(self._is_right(n, task, answer)), 0, 0)
        if task is None:
            # Any dead unit is as right as the one that `idle` gives.
            away = min(_away(unit, answer, parts), in_parts(self._peak(unit), parts**2) ** 2)
        else:
            away = _away(unit, answer, parts)
        if self._is_right(n, task, answer):
            return Fit(1, 0, away)
        key = answer.v if len(self.edges) <= _FEW and self.is_wholly_free(n) else (n,)
        if key not in predicted:
            rows = predictions(self.case(n, task, answer).right)
            predicted[key] = [point for _, points in rows for point in points]
        shows = self.close[n].shows
        return Fit(0, int(any(shows(w, b) for w, b in predicted[key])), away)

    def _elsewhere(self, x: Fraction, knot: Fraction) -> tuple[Fraction, ...]:
        """Return the ends of segments next to the knot, except x; others cannot explain it."""
        places = self.edges
        if len(places) <= _FEW:
            return tuple(place for place in places if place != x)
        n = bisect_left(places, knot)
        return tuple(place for place in places[max(n - 2, 0) : n + 2] if place != x)

    def _peak(self, unit: Unit) -> Fraction:
        """Return the unit's largest activation on the domain."""
        return max(unit.a(x) for x in self.exercise.domain)

    def is_doing(self, n: int, task: Task | None, *, exactly: bool = False) -> bool:
        """Tell whether the n-th free unit does its task, within tolerance or exactly."""
        answer = self.answer(n, task)
        return answer is not None and self._is_right(n, task, answer, exactly=exactly)

    def _is_right(self, n: int, task: Task | None, answer: Unit, *, exactly: bool = False) -> bool:
        unit = self.submitted[n]
        if unit.v == 0:
            return True
        if task is None:
            allowed = ZERO if exactly else self.exercise.rules.tolerance.value
            return abs(unit.v) * self._peak(unit) <= allowed
        if exactly:
            return unit == answer
        if task.x in self.shared and unit.knot is not None and unit.w * answer.w > 0:
            _, around, slack = self.exercise.rules.tolerance
            if abs(unit.knot - task.x) <= around and abs(unit.bend - task.bend) <= slack:
                return True
        return self.close[n].shows(answer.w, answer.b)

    def is_wholly_free(self, n: int) -> bool:
        """Tell whether both weight and bias of the n-th free unit are."""
        w, b, _ = self.specs[n]
        return w is None and b is None

    def nothing_known(self, k: int) -> Answer:
        """Return the answer of which nothing is known but which parameter is given."""
        w, b, _ = self.exercise.units[k]
        return Answer(given="w" if w is not None else "b" if b is not None else "")

    def case(self, n: int, task: Task | None, answer: Unit) -> Case:
        """Return the n-th free unit beside its right answer."""
        turn = None if task is None or task.x is None else Breakpoint(task.x, task.bend)
        known = NOTHING if task is None else NUMBERS
        return self.beside(self.places[n], self.submitted[n], self.close[n], turn, answer, known)

    def beside(  # noqa: PLR0913, PLR0917 - a case has that many parts
        self,
        k: int,
        unit: Unit,
        close: Window,
        turn: Breakpoint | None,
        answer: Unit,
        known: int,
    ) -> Case:
        """Return unit k beside its right answer, of which so much is known."""
        exercise, right = self.exercise, self.nothing_known(k)
        if turn is not None:
            elsewhere = self._elsewhere(turn.x, -unit.b / answer.w)
            right = right_answer(exercise.target, answer, turn.x, elsewhere, right.given)
        elif known:
            right = right_answer(exercise.target, answer, None, given=right.given)
        return Case(unit, close, right, turn, exercise.domain, exercise.rules.tolerance)


def _away(unit: Unit, other: Unit, parts: int) -> int:
    """Return the sum of the squared differences of w and b, in units of parts**-4."""
    w = in_parts(unit.w, parts) - in_parts(other.w, parts)
    b = in_parts(unit.b, parts) - in_parts(other.b, parts)
    return (w * w + b * b) * parts * parts
