"""Slider settings: how many get full marks, and how near the nearest wrong one comes, by reasoning.

Theory of operation. A setting that gets full marks is within tolerance.value of the target at every
x, so at a few sampled ones; these conditions are checked in whole numbers. Settings of one unit
that draw the same function (dead ones) count as one with a multiplicity. With output weights of one
sign no unit may go beyond the target by more than the tolerance, which bounds its bias for each
weight. All units but the last are combined; the last has to supply what is missing, which a table
by its values at the first few x finds at once. What is left is examined exactly. For the gap the
same with the error of the best known wrong setting for a tolerance.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm, prod
from typing import NamedTuple

from grader.authoring.solving.residual import Residual, residual
from grader.exact.network import Unit, UnitSpec
from grader.exercise.evidence import examine
from grader.exercise.record import Exercise, Sliders

# Beyond these an author would wait too long; the finding says that it was not counted.
MOST_SETTINGS = 100_000  # of one unit and of another, added up
MOST_COMBINED = 150_000  # lookups in the table
MOST_EXAMINED = 10_000  # candidates looked at one by one
GAP_UNITS = 2
_TOO_MANY = "there are too many combinations to go through"

Parameters = Mapping[str, Fraction]


class Survey(NamedTuple):
    """What the sliders can reach.

    `total` settings there are; `full` of them get full marks, None if that was not counted, then
    `why_not` says why. `gap` is the smallest largest error of a setting that is not exactly right,
    `gap_at` such a setting; of those near a right answer if the settings were not counted.
    """

    total: int
    full: int | None = None
    why_not: str = ""
    gap: Fraction | None = None
    gap_at: Parameters | None = None


class _Choice(NamedTuple):
    """One setting of a unit, or all that are dead: how many, and v*relu at the samples, scaled."""

    unit: Unit
    many: int
    values: tuple[int, ...]


def values(sliders: Sliders) -> list[Fraction]:
    """Return what one slider can be set to."""
    steps = floor((sliders.max - sliders.min) / sliders.step)
    return [sliders.min + i * sliders.step for i in range(steps + 1)]


def size(sliders: Sliders) -> int:
    """Return to how many values one slider can be set."""
    return floor((sliders.max - sliders.min) / sliders.step) + 1


def on_grid(sliders: Sliders, value: Fraction) -> bool:
    """Tell whether a slider can be set to exactly this value."""
    inside = sliders.min <= value <= sliders.max
    return inside and ((value - sliders.min) / sliders.step).denominator == 1


def nearest_on_grid(sliders: Sliders, value: Fraction) -> Fraction:
    """Return the slider value nearest to this one."""
    index = floor((value - sliders.min) / sliders.step + Fraction(1, 2))
    return sliders.min + max(0, min(index, size(sliders) - 1)) * sliders.step


def survey(exercise: Exercise, answers: list[Parameters]) -> Survey | None:
    """Return what the sliders can reach, None if there are no sliders; `answers` are right ones."""
    sliders = exercise.sliders
    if sliders is None:
        return None
    per_unit = [
        size(sliders) ** ((unit.w is None) + (unit.b is None))
        for unit in exercise.units
        if not unit.fixed
    ]
    total = prod(per_unit)
    if sum(per_unit) > MOST_SETTINGS:
        return Survey(total, why_not=f"the units have more than {MOST_SETTINGS:,} settings to try")
    rest = residual(exercise)
    if len(rest.able) < len(rest.free):
        return Survey(total, why_not="a free unit has the output weight 0")
    return _Count(exercise, rest, sliders, answers).survey(total)


class _Count:
    """Counts the settings of one exercise."""

    def __init__(
        self, exercise: Exercise, rest: Residual, sliders: Sliders, answers: list[Parameters]
    ) -> None:
        self.exercise, self.rest, self.sliders = exercise, rest, sliders
        self.samples = _samples(rest)
        self.grid = values(sliders)
        self.scale = self._scale()
        self.needed = [int(rest.function.value(x) * self.scale) for x in self.samples]
        self.combined = 0
        self.gap: Fraction | None = None
        self.gap_at: Parameters | None = None
        if len(rest.free) <= GAP_UNITS:
            for parameters in self._near(answers):
                self._note_gap(parameters)

    def _scale(self) -> int:
        """Return a factor that makes a whole number of everything that is compared."""
        numbers = [self.sliders.min, self.sliders.step]
        numbers += [n for unit in self.rest.units for n in unit[:2] if n is not None]
        units = lcm(*(n.denominator for n in numbers))
        units *= lcm(*(unit.v.denominator for unit in self.rest.units))
        units *= lcm(*(x.denominator for x in self.samples))
        return lcm(units, *(self.rest.function.value(x).denominator for x in self.samples))

    def survey(self, total: int) -> Survey:
        bound = self._bound()
        full = 0
        for number, (units, count) in enumerate(self._candidates(bound)):
            error = self._error(units)
            parameters = self._parameters(units)
            if len(self.rest.free) <= GAP_UNITS and error and (not self.gap or error < self.gap):
                self.gap, self.gap_at = error, parameters
            if error <= self.exercise.rules.tolerance.value:
                full += count * self._is_full(parameters)
            if number > MOST_EXAMINED:
                return Survey(total, None, _TOO_MANY, self.gap, self.gap_at)
        if self.combined > MOST_COMBINED:
            return Survey(total, None, _TOO_MANY, self.gap, self.gap_at)
        return Survey(total, full, "", self.gap, self.gap_at)

    def _bound(self) -> int:
        """Return the largest scaled error at a sample that is of interest."""
        bound = floor(self.exercise.rules.tolerance.value * self.scale)
        return bound if self.gap is None else max(bound, ceil(self.gap * self.scale) - 1)

    def _near(self, answers: list[Parameters]) -> Iterator[Parameters]:
        """Yield settings one step away from the right answers, as the sliders reach them."""
        for answer in answers:
            at = {name: nearest_on_grid(self.sliders, answer[name]) for name in self.exercise.free}
            yield at
            for name, value in at.items():
                for moved in (value - self.sliders.step, value + self.sliders.step):
                    if self.sliders.min <= moved <= self.grid[-1]:
                        yield {**at, name: moved}

    def _note_gap(self, parameters: Parameters) -> None:
        units = self.exercise.network(parameters).units
        error = self._error([units[k] for k in self.rest.free])
        if error and (self.gap is None or error < self.gap):
            self.gap, self.gap_at = error, parameters

    def _error(self, units: list[Unit]) -> Fraction:
        """Return the largest error of free units: it is at a knot, a breakpoint or an end."""
        left, right = self.rest.left, self.rest.right
        xs = {left, right, *(c.x for c in self.rest.changes)}
        xs |= {unit.knot for unit in units if unit.knot is not None and left < unit.knot < right}
        function = self.rest.function
        return max(abs(sum((u.v * u.a(x) for u in units), -function.value(x))) for x in xs)

    def _parameters(self, units: list[Unit]) -> Parameters:
        found = dict(zip(self.rest.free, units, strict=True))
        return {
            name: found[k].w if letter == "w" else found[k].b
            for name, (k, letter) in self.exercise.free.items()
        }

    def _is_full(self, parameters: Parameters) -> bool:
        findings = examine(self.exercise, self.exercise.checks, self.exercise.network(parameters))
        return all(finding.credit == 1 for finding in findings)

    def _candidates(self, bound: int) -> Iterator[tuple[list[Unit], int]]:
        """Yield the settings whose error at every sample is within the bound."""
        choices = [self._choices(self.rest.units[k], bound) for k in self.rest.free]
        table = _Table(choices[-1], bound, _keys(len(self.samples)))
        one_sign = len({self.rest.units[k].v > 0 for k in self.rest.free}) == 1
        limits = [bound + abs(n) for n in self.needed] if one_sign else None
        for some, missing in self._combined(choices[:-1], self.needed, limits):
            self.combined += 1
            if self.combined > MOST_COMBINED:
                return
            for last in table.supplying(missing):
                chosen = [*some, last]
                yield [choice.unit for choice in chosen], prod(c.many for c in chosen)

    def _combined(
        self, choices: list[list[_Choice]], needed: list[int], limits: list[int] | None
    ) -> Iterator[tuple[list[_Choice], list[int]]]:
        """Yield one choice for each unit, and what is missing then at the samples."""
        if not choices:
            yield [], needed
            return
        for some, before in self._combined(choices[:-1], needed, limits):
            for choice in choices[-1]:
                missing = [n - value for n, value in zip(before, choice.values, strict=True)]
                if limits is None or all(map(_not_beyond, missing, self.needed, limits)):
                    yield [*some, choice], missing

    def _choices(self, unit: UnitSpec, bound: int) -> list[_Choice]:
        """Return the settings of one unit that can be part of a candidate, the dead ones as one."""
        left, right = self.rest.left, self.rest.right
        found: list[_Choice] = []
        dead: list[Unit] = []
        one_sign = len({self.rest.units[k].v > 0 for k in self.rest.free}) == 1
        roof = self._roof(unit, bound) if one_sign else None
        for w in self.grid if unit.w is None else [unit.w]:
            floor_ = -max(w * left, w * right)
            ceiling = None if roof is None else min(y - w * x for x, y in roof)
            for b in self.grid if unit.b is None else [unit.b]:
                if b <= floor_:
                    dead.append(Unit(w, b, unit.v))
                elif ceiling is not None and b > ceiling:
                    break
                else:
                    found.append(self._choice(Unit(w, b, unit.v)))
        if dead:
            plainest = min(dead, key=lambda one: abs(one.w) + abs(one.b))
            found.append(_Choice(plainest, len(dead), (0,) * len(self.samples)))
        return found

    def _roof(self, unit: UnitSpec, bound: int) -> list[tuple[Fraction, Fraction]]:
        """Return at each sample the most that w*x + b may be."""
        sign = 1 if unit.v > 0 else -1
        return [
            (x, max(Fraction(0), Fraction(n * sign + bound, self.scale) / abs(unit.v)))
            for x, n in zip(self.samples, self.needed, strict=True)
        ]

    def _choice(self, unit: Unit) -> _Choice:
        w, b, v = (unit.w * unit.v, unit.b * unit.v, unit.v)
        slope, offset = int(w * self.scale), int(b * self.scale)
        values_ = []
        for x in self.samples:
            z = slope * x.numerator // x.denominator + offset
            values_.append(z if (z > 0) == (v > 0) else 0)
        return _Choice(unit, 1, tuple(values_))


def _not_beyond(missing: int, needed: int, limit: int) -> bool:
    """Tell whether units of one sign have not gone beyond what is needed by more than allowed."""
    return abs(needed - missing) <= limit


class _Table:
    """Choices by their values at a few samples, in cells as wide as the allowed error."""

    def __init__(self, choices: list[_Choice], bound: int, keys: tuple[int, ...]) -> None:
        self.bound, self.keys, self.width = bound, keys, 2 * bound + 1
        self.cells: dict[tuple[int, ...], list[_Choice]] = {}
        for choice in choices:
            cell = tuple(choice.values[i] // self.width for i in keys)
            self.cells.setdefault(cell, []).append(choice)

    def supplying(self, missing: list[int]) -> Iterator[_Choice]:
        """Yield the choices that are within the bound of what is missing."""
        bound = self.bound
        cells: list[tuple[int, ...]] = [()]
        for i in self.keys:
            low = (missing[i] - bound) // self.width
            high = (missing[i] + bound) // self.width
            cells = [(*cell, n) for cell in cells for n in range(low, high + 1)]
        for cell in cells:
            for choice in self.cells.get(cell, ()):
                if all(
                    -bound <= n - value <= bound
                    for n, value in zip(missing, choice.values, strict=True)
                ):
                    yield choice


def _samples(rest: Residual) -> list[Fraction]:
    """Return the ends, the breakpoints and what lies a third and two thirds between them."""
    marks = sorted({rest.left, rest.right, *(c.x for c in rest.changes[:8])})
    between = [a + (b - a) * Fraction(n, 4) for a, b in pairwise(marks) for n in (1, 2, 3)]
    return [*marks, *between]


def _keys(count: int) -> tuple[int, ...]:
    """Return the indices of three samples, or of as many as there are."""
    return tuple(range(min(4, count)))
