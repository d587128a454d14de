"""Which units of a submitted network are wrong, and by which mistakes.

Theory of operation. Of all right answers the one counts that leaves most units right; among these
the one with most units explained by a mistake that predicts numbers; then the nearest; then the
order of the units. Wrong are the units outside tolerance of that answer or, if there are none,
those that are not exactly it. Where no right answer is known, what a unit shows by itself is still
said: where it turns, by how much, whether it is dead or always on.
"""

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from grader.exact.network import ZERO, Knot, Network, Unit
from grader.exact.piecewise import Breakpoint
from grader.exercise.checks import Tolerance, within
from grader.exercise.record import Exercise
from grader.mistakes.answers import EXACT_UP_TO, Plan, Task, doing, idle, leftover, plans
from grader.mistakes.cases import KNOT, NUMBERS, Answer, Case, Point, in_parts, window
from grader.mistakes.matching import Assignment, Fit, best_assignment, by_knots
from grader.mistakes.naming import codes, predictions


class WrongUnit(NamedTuple):
    """What is wrong with unit k: the case, and the codes that explain it, the first counts.

    `answer` is the unit as it would be right, None where no right answer is known.
    """

    k: int
    case: Case
    codes: tuple[str, ...]
    answer: Unit | None = None


class Diagnosed(NamedTuple):
    """The wrong units, in order, and whether right ones do each other's work."""

    findings: tuple[WrongUnit, ...]
    permuted: tuple[tuple[int, Fraction], ...] = ()


# So many ends of segments are all compared; of more, those next to the unit's knot.
_FEW = 8


class _Reading:
    """A submitted network read against the right answers of its exercise."""

    def __init__(self, exercise: Exercise, network: Network) -> None:
        self.exercise = exercise
        self.places = sorted(exercise.free_units)
        self.templates = [exercise.units[k] for k in self.places]
        self.submitted = [network.units[k] for k in self.places]
        tolerance = exercise.rules.tolerance
        self.close = [window(unit, tolerance) for unit in self.submitted]
        self.rest = leftover(exercise.target, exercise.units, exercise.bias)
        self.edges = [exercise.domain[0], *(segment.right for segment in exercise.segments)]
        self.assignment: Assignment | None = self._assign()

    def _assign(self) -> Assignment | None:
        every = plans(self.rest, len(self.places))
        if len(self.places) <= EXACT_UP_TO:
            listed = list(every)
            return best_assignment(listed, len(self.places), self._fits(listed))
        for plan in every:
            found = by_knots(plan, self.templates, self.submitted, self.is_doing)
            if found is not None:
                return found
        return None

    def answer(self, n: int, task: Task | None) -> Unit | None:
        """Return the n-th free unit as it does the task, or nothing; None if it cannot."""
        if task is None:
            return idle(self.templates[n], self.exercise.domain)
        return doing(self.templates[n], task)

    def _fits(self, every: Sequence[Plan]) -> dict[Task | None, list[Fit | None]]:
        """Return how well each free unit, as submitted, does each task of the plans, or nothing."""
        tasks = dict.fromkeys(task for plan in every for task in (*plan, None))
        answers = {task: [self.answer(n, task) for n in range(len(self.places))] for task in tasks}
        rows: list[Sequence[Unit | None]] = [self.submitted, *answers.values()]
        units = [unit for row in rows for unit in row if unit]
        numbers = [*self.exercise.domain, *(x for w, b, _ in units for x in (w, b))]
        parts = lcm(*{x.denominator for x in numbers})
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
        if task is None:
            # Any dead unit is as right as the one that `idle` gives.
            away = min(_away(unit, answer, parts), in_parts(self._peak(unit), parts**2) ** 2)
        else:
            away = _away(unit, answer, parts)
        if self._is_right(n, task, answer):
            return Fit(1, 0, away)
        key = answer.v if len(self.edges) <= _FEW else n
        if key not in predicted:
            rows = predictions(self.case(n, task, answer).right)
            predicted[key] = [point for _, points in rows for point in points]
        shows = self.close[n].shows
        return Fit(0, int(any(shows(w, b) for w, b in predicted[key])), away)

    def _elsewhere(self, x: Fraction, knot: Fraction) -> tuple[Fraction, ...]:
        """Return the ends of segments next to the knot, save x; others cannot explain it."""
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
        return unit == answer if exactly else self.close[n].shows(answer.w, answer.b)

    def is_wholly_free(self, n: int) -> bool:
        """Tell whether both weight and bias of the n-th free unit are."""
        w, b, _ = self.templates[n]
        return w is None and b is None

    def case(self, n: int, task: Task | None, answer: Unit) -> Case:
        """Return the n-th free unit beside its right answer."""
        exercise = self.exercise
        turn = None
        if task is None:
            right = Answer()
        elif task.x is None:
            right = Answer(NUMBERS, *answer)
        else:
            turn = Breakpoint(task.x, task.bend)
            before, after = exercise.target.beside(task.x)
            _, _, s, c = after if answer.w > 0 else before
            elsewhere = self._elsewhere(task.x, -self.submitted[n].b / answer.w)
            right = Answer(KNOT, *answer, task.x, s, c, elsewhere)
        return Case(
            self.submitted[n],
            self.close[n],
            right,
            turn,
            exercise.domain,
            exercise.rules.tolerance,
        )


def _away(unit: Unit, other: Unit, parts: int) -> int:
    """Return the sum of the squared differences of w and b, in units of parts**-4."""
    w = in_parts(unit.w, parts) - in_parts(other.w, parts)
    b = in_parts(unit.b, parts) - in_parts(other.b, parts)
    return (w * w + b * b) * parts * parts


def diagnose(exercise: Exercise, network: Network, *, passed: bool) -> Diagnosed:
    """Return the wrong units of a network; none if it passed every check."""
    reading = _Reading(exercise, network)
    assignment = reading.assignment
    if assignment is None:
        return Diagnosed(() if passed else _without_answer(reading, network))
    return Diagnosed(() if passed else _wrong(reading, assignment), _permuted(reading, assignment))


def _wrong(reading: _Reading, assignment: Assignment) -> tuple[WrongUnit, ...]:
    """Return the units outside tolerance of their answer, or else those that are not exact."""
    far = _other_than(reading, assignment, exactly=False)
    return far or _other_than(reading, assignment, exactly=True)


def _other_than(
    reading: _Reading, assignment: Assignment, *, exactly: bool
) -> tuple[WrongUnit, ...]:
    """Return the units that do not do what they are assigned, within tolerance or exactly."""
    findings = []
    for n, task in enumerate(assignment):
        answer = reading.answer(n, task)
        if answer and not reading.is_doing(n, task, exactly=exactly):
            case = reading.case(n, task, answer)
            findings.append(WrongUnit(reading.places[n], case, codes(case), answer))
    return tuple(findings)


def _without_answer(reading: _Reading, network: Network) -> tuple[WrongUnit, ...]:
    """Return what can be said of units where no right answer is known: place, bend, dead, on."""
    exercise = reading.exercise
    tolerance = exercise.rules.tolerance
    bends = [knot for knot in network.knots(*exercise.domain) if knot.unit in exercise.free_units]
    findings = []
    turns = reading.rest.breakpoints
    for k, unit, close in zip(reading.places, reading.submitted, reading.close, strict=True):
        turn = _nearest(unit, turns)
        case = Case(unit, close, Answer(), turn, exercise.domain, tolerance)
        if unit.v != 0 and not (turn and case.is_in_place and _is_made(turn, bends, tolerance)):
            findings.append(WrongUnit(k, case, codes(case)))
    return tuple(findings)


def _nearest(unit: Unit, turns: Sequence[Breakpoint]) -> Breakpoint | None:
    """Return the breakpoint nearest to the knot, the left one of two; None if there is none."""
    knot = unit.knot
    if knot is None:
        return None
    n = bisect_left(turns, (knot,))
    return min(turns[max(n - 1, 0) : n + 1], key=lambda turn: abs(turn.x - knot), default=None)


def _is_made(turn: Breakpoint, bends: Sequence[Knot], tolerance: Tolerance) -> bool:
    """Tell whether the free units together bend as they should at the breakpoint."""
    there = sum((knot.bend for knot in within(bends, turn.x, tolerance.x)), ZERO)
    return abs(there - turn.slope_change) <= tolerance.slope


def _permuted(reading: _Reading, assignment: Assignment) -> tuple[tuple[int, Fraction], ...]:
    """Return the units, with their breakpoints, that are not in order from left to right.

    Only wholly free units whose output weights have one sign can do each other's work. None, unless
    one of them is right: a wrong one is told which breakpoint is meant anyway.
    """
    found: list[tuple[int, Fraction]] = []
    any_right = False
    for sign in (1, -1):
        group = [
            (n, task, task.x)
            for n, task in enumerate(assignment)
            if task and task.x is not None and task.sign == sign and reading.is_wholly_free(n)
        ]
        ordered = sorted(x for _, _, x in group)
        moved = [one for one, x in zip(group, ordered, strict=True) if one[2] != x]
        any_right = any_right or any(reading.is_doing(n, task) for n, task, _ in moved)
        found += [(reading.places[n], x) for n, _, x in moved]
    return tuple(sorted(found)) if any_right else ()
