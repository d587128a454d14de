"""Which mistakes a block's rows show: the answers of `mistakes.wrong_units`, row for row.

Theory of operation. Up to EXACT_UP_TO free units every right answer is one of few assignments of
tasks to units. How well a unit fits a task depends on its own two numbers alone; so each pair of a
unit and a task is a column, and an assignment's fit is a sum of columns. The first assignment of
the best fit counts, as in `mistakes.matching`. What is rare or has more to it is left to
`diagnose`, once for each distinct row: numbers that are no short decimals, units that may keep what
they do, rows in which no unit is outside tolerance, exercises without a known answer.
"""

from collections.abc import Sequence
from itertools import permutations
from math import lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column, Mask, as_decimals
from grader.cohort.columns.unit_columns import (
    CODES,
    NOBODY,
    Codes,
    UnitColumn,
    away,
    explained,
    is_right,
)
from grader.exact.network import ZERO, Unit
from grader.exact.piecewise import Breakpoint
from grader.exact.rational import from_double
from grader.exercise.record import Exercise
from grader.mistakes.answers import EXACT_UP_TO, Task, plans
from grader.mistakes.cases import Answer
from grader.mistakes.reading import Reading
from grader.mistakes.wrong_units import diagnose

_MANY = 200  # assignments; of more each row is read by itself
_EDGES = 8  # as in mistakes.reading: of more ends of segments not all are compared
_LARGEST = 2.0**23  # a sum of squares of twelve differences stays below 2**53
_DIGITS = (3, 6)
_REMEMBERED = 100_000


class _Meant(NamedTuple):
    """A free unit as it does a task, None if it cannot, and what formulas need to know of it."""

    task: Task | None
    answer: Unit | None
    right: Answer
    turn: Breakpoint | None


class Blamed(NamedTuple):
    """For each free unit the code that counts in each row, by its index in CODES; -1: not wrong."""

    units: tuple[int, ...]
    codes: NDArray[np.int8]  # a row for each unit

    def first(self) -> tuple[NDArray[np.int64], Codes]:
        """Return the first wrong unit's number and code in each row; -1 where there is none."""
        wrong = self.codes != NOBODY
        place = np.argmax(wrong, axis=0)
        codes = np.take_along_axis(self.codes, place[np.newaxis], axis=0)[0]
        unit = np.where(codes == NOBODY, -1, np.array(self.units)[place])
        return unit, codes


class Blame:
    """Names the mistakes of rows below full marks."""

    def __init__(self, exercise: Exercise) -> None:
        """List the right answers once."""
        self.exercise = exercise
        self._known: dict[bytes, list[int]] = {}
        self.read_alone = 0
        blank = exercise.network(dict.fromkeys(exercise.free, ZERO))
        reading = Reading(exercise, blank, rough=True)
        self.units = tuple(reading.places)
        self._meant: list[list[_Meant]] = []
        self._ways: list[tuple[int, ...]] = []
        self._spare = len(self.units) > len(reading.rest.breakpoints)
        self._turns = reading.rest.breakpoints
        if self._suits(reading):
            self._list(reading)

    def _suits(self, reading: Reading) -> bool:
        wholly = all(reading.is_wholly_free(n) for n in range(len(self.units)))
        return (
            len(self.units) <= EXACT_UP_TO
            and len(reading.edges) <= _EDGES
            and all(spec.v for spec in reading.specs)
            and (wholly or not self._spare)
        )

    def _list(self, reading: Reading) -> None:
        """List what each unit may be meant to do, and the assignments in their order."""
        count = len(self.units)
        listed = list(plans(reading.rest, count))
        tasks = list(dict.fromkeys(task for plan in listed for task in (*plan, None)))
        ways = []
        for plan in listed:
            options = [*(tasks.index(t) for t in plan), *[tasks.index(None)] * (count - len(plan))]
            ways += sorted_ways(options, [*(tasks.index(t) for t in plan), tasks.index(None)])
            if len(ways) > _MANY:
                return
        for n in range(count):
            row = []
            for task in tasks:
                answer = reading.answer(n, task)
                case = answer and reading.case(n, task, answer)
                row.append(
                    _Meant(task, answer, case.right if case else Answer(), case and case.turn)
                )
            self._meant.append(row)
        self._ways = [
            way for way in ways if all(self._meant[n][t].answer for n, t in enumerate(way))
        ]

    def named(self, columns: Sequence[Column]) -> Blamed:
        """Return the mistakes of rows, all of which are below full marks."""
        codes = np.full((len(self.units), len(columns[0])), NOBODY, np.int8)
        left = np.arange(len(columns[0]))
        for digits in _DIGITS if self._ways else ():
            chosen = tuple(column[left] for column in columns)
            scale = self._scale(digits)
            times = scale // 10**digits
            whole = as_decimals(chosen, digits, _LARGEST // times)
            fit = np.flatnonzero(whole.fit)
            if len(fit):
                values = [each[fit] * float(times) for each in whole.columns]
                found, open_ = self._named(values, scale)
                codes[:, left[fit]] = found
                left = np.concatenate([left[~whole.fit], left[fit[open_]]])
        self._alone(columns, left, codes)
        return Blamed(self.units, codes)

    def _scale(self, digits: int) -> int:
        exercise = self.exercise
        numbers = [x for row in self._meant for m in row if m.answer for x in m.answer[:2]]
        given = [x for unit in exercise.units for x in unit[:2] if x is not None]
        bottoms = [x.denominator for x in (*numbers, *given)]
        return lcm(10**digits, *bottoms) * lcm(*(x.denominator for x in exercise.domain))

    def _pairs(self, values: Sequence[Column], scale: int) -> list[tuple[Column, Column]]:
        """Return weight and bias of each free unit, those that are given too."""
        names = iter(values)
        rows = len(values[0])
        found = []
        for k in self.units:
            w, b, _ = self.exercise.units[k]
            ws = next(names) if w is None else np.full(rows, float(w * scale))
            bs = next(names) if b is None else np.full(rows, float(b * scale))
            found.append((ws, bs))
        return found

    def _named(self, values: Sequence[Column], scale: int) -> tuple[Codes, Mask]:
        """Return the codes of rows that are whole numbers, and which rows are left open."""
        pairs = self._pairs(values, scale)
        units = [
            [self._beside(n, pair, meant, scale) for meant in self._meant[n]]
            for n, pair in enumerate(pairs)
        ]
        right = [
            [_fits(unit, meant) for unit, meant in zip(row, self._meant[n], strict=True)]
            for n, row in enumerate(units)
        ]
        way = self._best(units, right)
        codes = np.full((len(pairs), len(values[0])), NOBODY, np.int8)
        chosen = np.array(self._ways, np.int64).T[:, way]
        for n, row in enumerate(units):
            for t, unit in enumerate(row):
                if self._meant[n][t].answer is None:
                    continue
                rows = np.flatnonzero((chosen[n] == t) & ~right[n][t])
                if len(rows):
                    part = unit._replace(w=unit.w[rows], b=unit.b[rows])
                    codes[n, rows] = part.first_codes()
        open_ = self._may_keep(units, codes)
        return codes, open_ | (codes == NOBODY).all(axis=0)

    def _beside(self, n: int, pair: tuple[Column, Column], meant: _Meant, scale: int) -> UnitColumn:
        exercise = self.exercise
        v = exercise.units[self.units[n]].v
        tolerance, domain = exercise.rules.tolerance, exercise.domain
        return UnitColumn(*pair, scale, v, tolerance, domain, meant.right, meant.turn)

    def _best(self, units: list[list[UnitColumn]], right: list[list[Mask]]) -> NDArray[np.int64]:
        """Return the index of the assignment that counts in each row."""
        step = len(units) + 1
        worth, far = [], []
        for n, row in enumerate(units):
            ranks, distances = [], []
            for unit, meant, fits in zip(row, self._meant[n], right[n], strict=True):
                if meant.answer is None:
                    ranks.append(np.zeros(0))
                    distances.append(np.zeros(0))
                    continue
                rank = np.where(fits, float(step), explained(unit).astype(np.float64))
                ranks.append(rank)
                distances.append(away(unit, meant.answer, idle=meant.task is None))
            worth.append(ranks)
            far.append(distances)
        best = np.zeros(len(units[0][0].w), np.int64)
        top = least = np.zeros(0)
        for index, way in enumerate(self._ways):
            rank = np.add.reduce([worth[n][t] for n, t in enumerate(way)])
            distance = np.add.reduce([far[n][t] for n, t in enumerate(way)])
            if not index:
                top, least = rank, distance
                continue
            better = (rank > top) | ((rank == top) & (distance < least))
            best[better] = index
            top, least = np.where(better, rank, top), np.where(better, distance, least)
        return best

    def _may_keep(self, units: list[list[UnitColumn]], codes: Codes) -> Mask:
        """Tell where units may keep what they do, and be right in more than was found.

        Without units to spare that can only be one that was not found right, turns within tolerance
        of a breakpoint, and bends there exactly as needed: any other would leave the rest more
        breakpoints than there are units.
        """
        found: Mask = np.zeros(codes.shape[1], np.bool_)
        for row, code in zip(units, codes, strict=True):
            unit = row[0]
            if self._spare:
                found |= ~unit.is_dead
            for turn in self._turns:
                beside = unit._replace(turn=turn)
                keeps = beside.place_is_right
                if not self._spare:
                    keeps &= (code != NOBODY) & beside.bend_is_exact
                found |= keeps
        return found

    def _alone(self, columns: Sequence[Column], rows: NDArray[np.intp], codes: Codes) -> None:
        """Let `diagnose` name the mistakes of the rows that are left."""
        values = np.array([column[rows] for column in columns])
        for place, row in enumerate(rows):
            key = values[:, place].tobytes()
            if key not in self._known:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[key] = self._one(values[:, place])
            codes[:, row] = self._known[key]
        self.read_alone += len(rows)

    def _one(self, doubles: Column) -> list[int]:
        exercise = self.exercise
        parameters = {
            name: from_double(float(x)) for name, x in zip(exercise.free, doubles, strict=True)
        }
        found = diagnose(exercise, exercise.network(parameters), passed=False)
        named = {finding.k: CODES.index(finding.codes[0]) for finding in found.findings}
        return [named.get(k, -1) for k in self.units]


def _fits(unit: UnitColumn, meant: _Meant) -> Mask:
    if meant.answer is None:
        return np.zeros(len(unit.w), np.bool_)
    return is_right(unit, None if meant.task is None else meant.answer)


def sorted_ways(options: Sequence[int], order: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the distinct arrangements of options, as if counted up by their places in `order`."""
    places = [order.index(option) for option in options]
    return [tuple(order[p] for p in way) for way in sorted(set(permutations(places)))]
