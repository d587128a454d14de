"""How near a network can come where no right answer is known: a bounded search, exact error.

Each free unit in turn tries every way at the breakpoints while the others keep theirs, until no
change helps; then turns move aside by ever smaller steps. For one choice of ways the smallest
largest error is a linear program. What is found is an upper bound, with its exact error.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from grader.authoring.solving.arrangements import Arrangement, settings
from grader.authoring.solving.linear import NOTHING, Form, constant
from grader.authoring.solving.many import MOST_PLACES
from grader.authoring.solving.residual import Residual
from grader.authoring.solving.simplex import LinearRow, maximum
from grader.authoring.solving.ways import IDLE, LINE, TURN, Way, idle, idle_setting, line, turns
from grader.exact.piecewise import Extreme
from grader.exercise.record import Exercise

MOST_PROGRAMS = 160
# A program's time grows like the cube of the places at which the error is looked at; this many
# of them cubed, over all programs, is about half a second.
_MOST_EFFORT = 400_000
_MOST_MOVED = 4  # free units; more stay idle
_MOST_PLACES = 6
_HALVINGS = 4


class Nearest(NamedTuple):
    """The best that was found: the free parameters, and where and how much it is off."""

    parameters: Mapping[str, Fraction]
    error: Extreme
    programs: int


def nearest(exercise: Exercise, rest: Residual) -> Nearest | None:
    """Return the best network that the search finds; None if a unit can neither rest nor help.

    It is not looked for, None too, where there are more than MOST_PLACES breakpoints.
    """
    if len(rest.changes) > MOST_PLACES:
        return None
    search = _Search(rest)
    ways = search.start()
    if ways is None:
        return None
    ways = search.moved(search.chosen(ways))
    found = settings(rest, Arrangement(ways), search.best[1])
    parameters = {
        name: (found[k].w if letter == "w" else found[k].b)
        for name, (k, letter) in exercise.free.items()
    }
    function = exercise.network(parameters).as_piecewise(*exercise.domain)
    error = (function - exercise.target).max_abs(*exercise.domain)
    return Nearest(parameters, error, search.programs)


class _Search:
    """Counts the linear programs and keeps the best error with its unknowns."""

    def __init__(self, rest: Residual) -> None:
        self.rest = rest
        self.programs = 0
        self.effort = 0
        self.best: tuple[Fraction, dict[str, Fraction]] = (Fraction(0), {})

    def start(self) -> tuple[Way, ...] | None:
        """Return all units idle, those that cannot be active everywhere."""
        rest, ways = self.rest, []
        for k in rest.able:
            resting = idle_setting(rest.units[k], rest.left, rest.right) is not None
            way = idle(k, rest.units[k]) if resting else line(k, rest.units[k], *_ends(rest))
            if way is None:
                return None
            ways.append(way)
        found = smallest_error(rest, tuple(ways))
        if found is None:
            return None
        self.best = found
        return tuple(ways)

    def chosen(self, ways: tuple[Way, ...]) -> tuple[Way, ...]:
        """Return the ways after each unit has tried every one of its own."""
        before = None
        while before != ways:
            before = ways
            for i, way in enumerate(ways[:_MOST_MOVED]):
                for other in _options(self.rest, way.unit):
                    ways = self._better(ways, i, other)
        return ways

    def moved(self, ways: tuple[Way, ...]) -> tuple[Way, ...]:
        """Return the ways after turns have moved aside wherever that helps."""
        step = (self.rest.right - self.rest.left) / 8
        for _ in range(_HALVINGS):
            for i, way in enumerate(ways[:_MOST_MOVED]):
                if way.role != TURN or way.x is None:
                    continue
                for x in (way.x - step, way.x + step):
                    if self.rest.left < x < self.rest.right:
                        for other in turns(way.unit, self.rest.units[way.unit], x):
                            ways = self._better(ways, i, other)
            step /= 2
        return ways

    def _better(self, ways: tuple[Way, ...], i: int, other: Way) -> tuple[Way, ...]:
        """Return the ways with one replaced, if that makes the error smaller."""
        if self.programs >= MOST_PROGRAMS or self.effort >= _MOST_EFFORT or not self.best[0]:
            return ways
        self.programs += 1
        self.effort += (len(self.rest.changes) + 2) ** 3
        tried = (*ways[:i], other, *ways[i + 1 :])
        found = smallest_error(self.rest, tried)
        if found is None or found[0] >= self.best[0]:
            return ways
        self.best = found
        return tried


def _ends(rest: Residual) -> tuple[Fraction, Fraction]:
    return rest.left, rest.right


def _options(rest: Residual, k: int) -> Iterator[Way]:
    unit = rest.units[k]
    for change in rest.changes[:_MOST_PLACES]:
        yield from turns(k, unit, change.x)
    always = line(k, unit, *_ends(rest))
    if always:
        yield always
    if idle_setting(unit, *_ends(rest)) is not None:
        yield idle(k, unit)


def smallest_error(
    rest: Residual, ways: tuple[Way, ...]
) -> tuple[Fraction, dict[str, Fraction]] | None:
    """Return the smallest largest error of units in these ways, and the unknowns that give it."""
    places = {change.x for change in rest.changes} | {way.x for way in ways if way.x is not None}
    errors = [_error(rest, ways, x) for x in sorted({*places, rest.left, rest.right})]
    zero = [form for way in ways for form in way.zero]
    names = sorted({n for form in (*errors, *zero) for n in form.coefficients})
    column = {name: j for j, name in enumerate(names)}
    bound = len(names)
    rows = [LinearRow({column[n]: c for n, c in f.coefficients.items()}, -f.constant) for f in zero]
    slack = bound + 1
    for form in errors:
        for sign in (1, -1):  # sign * error + slack = bound
            row = {column[n]: c * sign for n, c in form.coefficients.items()}
            row |= {bound: Fraction(-1), slack: Fraction(1)}
            rows.append(LinearRow(row, -form.constant * sign))
            slack += 1
    best = maximum(rows, slack, {bound: Fraction(-1)})
    if best is None:
        return None
    return -best.value, {name: best.x[j] for name, j in column.items()}


def _error(rest: Residual, ways: tuple[Way, ...], x: Fraction) -> Form:
    """Return what the units add up to at x, less what is needed there."""
    form = NOTHING
    for way in ways:
        if way.role == IDLE:
            continue
        active = way.role == LINE or (way.x is not None and (x - way.x) * way.side > 0)
        if active:
            form = form.plus(way.at(x))
    return form.plus(constant(rest.function.value(x)), -1)
