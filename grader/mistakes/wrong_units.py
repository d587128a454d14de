"""Which units of a submitted network are wrong, and by which mistakes.

Theory of operation. Of all right answers the one counts that leaves most units right; among these
the one with most units explained by a mistake that predicts numbers; then the nearest; then the
order of the units. Besides the answers with one unit at each breakpoint, those count in which some
units keep what they do and the others do what is left over, if that leaves more units right.
Wrong are the units outside tolerance of the answer or, if there are none, those that are not
exactly it, apart from rounding if that is not all. Where no right answer is known, what a unit
shows by itself is still said: where it turns, by how much, whether it is dead or always on.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache

from grader.exact.network import ZERO, Knot, Network, Unit
from grader.exact.piecewise import Breakpoint
from grader.exercise.checks import Tolerance, within
from grader.exercise.record import Exercise
from grader.mistakes.answers import Task, leftover
from grader.mistakes.cases import NOTHING, NUMBERS, Case, window
from grader.mistakes.keeping import KEPT_UP_TO, Kept, keepings
from grader.mistakes.matching import Assignment
from grader.mistakes.naming import codes
from grader.mistakes.reading import Reading
from grader.named import NamedTuple

# Less than one part in so many is rounding.
_ROUNDING = 10**9


class WrongUnit(NamedTuple):
    """What is wrong with unit k: the case, and the codes that explain it, the first counts.

    `answer` is the unit as it would be right, None where no right answer is known.
    """

    k: int
    case: Case
    codes: tuple[str, ...]
    answer: Unit | None = None

    @property
    def is_rounded(self) -> bool:
        """Whether weight and bias differ from the right ones by rounding only.

        A number that should be 0 is compared with the other one.
        """
        if self.answer is None:
            return False
        unit, (w, b, _) = self.case.unit, self.answer
        most = max(abs(w), abs(b))
        return abs(unit.w - w) * _ROUNDING <= (abs(w) or most) and abs(unit.b - b) * _ROUNDING <= (
            abs(b) or most
        )


class Diagnosed(NamedTuple):
    """The wrong units, in order, and whether right ones do each other's work."""

    findings: tuple[WrongUnit, ...]
    permuted: tuple[tuple[int, Fraction], ...] = ()


def diagnose(exercise: Exercise, network: Network, *, passed: bool) -> Diagnosed:
    """Return the wrong units of a network; none if it passed every check."""
    reading = Reading(exercise, network)
    if not passed:
        reading = _sparing(_keeping(reading, exercise, network), exercise, network)
    assignment = reading.assignment
    if assignment is None:
        return Diagnosed(() if passed else _without_answer(reading, network))
    return Diagnosed(() if passed else _wrong(reading, assignment), _permuted(reading, assignment))


def _keeping(plain: Reading, exercise: Exercise, network: Network) -> Reading:
    """Return the reading in which most units are right; some keep what they do if that is more."""
    count = len(plain.places)
    right = plain.right()
    if count > KEPT_UP_TO or right == count:
        return plain
    best: Mapping[int, Kept] | None = None
    for most, kept in _hopeful(plain, exercise, network):
        if most <= right:
            break
        found = Reading(exercise, network, kept, rough=True).right()
        if found > right:
            best, right = kept, found
    return Reading(exercise, network, best) if best else plain


def _sparing(best: Reading, exercise: Exercise, network: Network) -> Reading:
    """Return the reading with fewer wrong units, if some that are partly given do it together."""
    units = [exercise.units[k] for k in exercise.free_units]
    turns = leftover(exercise.target, exercise.units, exercise.bias).breakpoints
    wholly = all(unit.w is None and unit.b is None for unit in units)
    wrong = len(units) - max(best.right(), 0)
    if wholly or len(units) <= len(turns) or wrong <= 1:
        return best
    from grader.mistakes.fewest import fewest

    kept = fewest(exercise, network, turns, wrong)
    return Reading(exercise, network, kept) if kept else best


def _hopeful(
    plain: Reading, exercise: Exercise, network: Network
) -> list[tuple[int, Mapping[int, Kept]]]:
    """Return the choices of units that keep what they do, and how many can be right at most.

    Those with the highest bound come first.
    """
    near = cache(lambda k, x: _is_near(network.units[k], x, exercise))
    alone = {k for k in plain.places if _may_be_idle(network.units[k], exercise)}
    found = []
    for kept, turns in keepings(exercise, network, plain.rest.breakpoints):
        others = [k for k in plain.places if k not in kept]
        turning = [k for k in others if k not in alone]
        # A breakpoint is the work of one unit, except one that a line left over cuts in two.
        there = sum(any(near(k, x) for k in turning) for x in turns) + (len(others) > len(turns))
        here = sum(any(near(k, x) for x in turns) for k in turning)
        most = len(others) - len(turning) + min(here, there)
        found.append((most + sum(part.is_in_place for part in kept.values()), kept))
    return sorted(found, key=lambda choice: -choice[0])


def _may_be_idle(unit: Unit, exercise: Exercise) -> bool:
    """Tell whether the unit may be right without a turn inside the domain."""
    knot, (value, _, slope) = unit.knot, exercise.rules.tolerance
    left, right = exercise.domain
    if knot is None or not left < knot < right:
        return True
    return abs(unit.v) * max(unit.a(left), unit.a(right)) <= value + slope * (right - left)


def _is_near(unit: Unit, x: Fraction, exercise: Exercise) -> bool:
    """Tell whether the unit may be right if it has to turn at x."""
    knot, (value, around, slope) = unit.knot, exercise.rules.tolerance
    # Weight and bias within tolerance leave a knot no further from its turn than this.
    return knot is not None and (
        abs(knot - x) <= around or abs(unit.bend * (knot - x)) <= value + slope * abs(x)
    )


def _wrong(reading: Reading, assignment: Assignment) -> tuple[WrongUnit, ...]:
    """Return the units outside tolerance of their answer, or else those that are not exact."""
    far = _other_than(reading, assignment, exactly=False)
    if far:
        return far
    inexact = _other_than(reading, assignment, exactly=True)
    return tuple(wrong for wrong in inexact if not wrong.is_rounded) or inexact


def _other_than(
    reading: Reading, assignment: Assignment, *, exactly: bool
) -> tuple[WrongUnit, ...]:
    """Return the units that do not do what they are assigned, within tolerance or exactly."""
    findings = []
    for n, task in enumerate(assignment):
        answer = reading.answer(n, task)
        if answer and not reading.is_doing(n, task, exactly=exactly):
            case = reading.case(n, task, answer)
            findings.append(WrongUnit(reading.places[n], case, codes(case), answer))
    for k, part in reading.kept.items():
        if part.is_exact if exactly else part.is_in_place:
            continue
        close = window(part.unit, reading.exercise.rules.tolerance)
        known = NUMBERS if part.answer.active(*reading.exercise.domain) else NOTHING
        case = reading.beside(k, part.unit, close, part.turn, part.answer, known)
        findings.append(WrongUnit(k, case, codes(case), part.answer))
    return tuple(sorted(findings, key=lambda finding: finding.k))


def _without_answer(reading: Reading, network: Network) -> tuple[WrongUnit, ...]:
    """Return what can be said of units where no right answer is known: place, bend, dead, on."""
    exercise = reading.exercise
    tolerance = exercise.rules.tolerance
    bends = [knot for knot in network.knots(*exercise.domain) if knot.unit in exercise.free_units]
    findings = []
    turns = reading.rest.breakpoints
    for k, unit, close in zip(reading.places, reading.submitted, reading.close, strict=True):
        turn = _nearest(unit, turns)
        case = Case(unit, close, reading.nothing_known(k), turn, exercise.domain, tolerance)
        if unit.v != 0 and not (turn and case.is_in_place and _is_made(turn, bends, tolerance)):
            findings.append(WrongUnit(k, case, codes(case)))
    return tuple(findings)


def _nearest(unit: Unit, turns: Sequence[Breakpoint]) -> Breakpoint | None:
    """Return the breakpoint nearest to the knot, the left one of two, or None."""
    knot = unit.knot
    if knot is None:
        return None
    n = bisect_left(turns, (knot,))
    return min(turns[max(n - 1, 0) : n + 1], key=lambda turn: abs(turn.x - knot), default=None)


def _is_made(turn: Breakpoint, bends: Sequence[Knot], tolerance: Tolerance) -> bool:
    """Tell whether the free units together bend as they should at the breakpoint."""
    there = sum((knot.bend for knot in within(bends, turn.x, tolerance.x)), ZERO)
    return abs(there - turn.slope_change) <= tolerance.slope


def _permuted(reading: Reading, assignment: Assignment) -> tuple[tuple[int, Fraction], ...]:
    """Return the units, with their knots, that are not in order from left to right.

    Only wholly free units whose output weights have one sign can do each other's work, and only if
    all who do it in turn are right: of a wrong one the report says which breakpoint is meant
    anyway.
    """
    found: list[tuple[int, Fraction]] = []
    for sign in (1, -1):
        group = [
            (n, task, task.x)
            for n, task in enumerate(assignment)
            if task and task.x is not None and task.sign == sign and reading.is_wholly_free(n)
        ]
        knots = [_right_knot(reading, n, task) for n, task, _ in group]
        # The unit at each place in order does the work of the one at the other place.
        work = [0] * len(group)
        for rank, place in enumerate(sorted(range(len(group)), key=lambda p: group[p][2])):
            work[place] = rank
        found += [
            (reading.places[n], knot)
            for place, ((n, _, _), knot) in enumerate(zip(group, knots, strict=True))
            if knot is not None
            and work[place] != place
            and all(knots[other] is not None for other in _round(work, place))
        ]
    return tuple(sorted(found))


def _right_knot(reading: Reading, n: int, task: Task) -> Fraction | None:
    """Return where the n-th free unit turns; None if it does not do its task there."""
    knot, around = reading.submitted[n].knot, reading.exercise.rules.tolerance.x
    if knot is None or task.x is None or abs(knot - task.x) > around:
        return None
    return knot if reading.is_doing(n, task) else None


def _round(work: Sequence[int], start: int) -> list[int]:
    """Return who does the work of whom, from one place on until it comes round to it again."""
    visited: list[int] = []
    place = start
    while place not in visited:
        visited.append(place)
        place = work[place]
    return visited
