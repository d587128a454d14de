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

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.blamed import (
    Assigned,
    Blamed,
    FitColumn,
    Looked,
    Meant,
    PairTable,
    of_rows,
)
from grader.cohort.columns.decimals import Column, Mask, as_decimals
from grader.cohort.columns.pairs import grid_of
from grader.cohort.columns.unit_columns import (
    CODES,
    NOBODY,
    Codes,
    UnitColumn,
    away,
    explained,
    is_right,
)
from grader.exact.network import ZERO
from grader.exact.rational import from_double
from grader.exercise.record import Exercise
from grader.mistakes.answers import EXACT_UP_TO, plans
from grader.mistakes.cases import Answer
from grader.mistakes.reading import Reading
from grader.mistakes.wrong_units import diagnose

_MANY = 200  # assignments; of more each row is read by itself
_EDGES = 8  # as in mistakes.reading: of more ends of segments not all are compared
_LARGEST = 2.0**23  # a sum of squares of twelve differences stays below 2**53
_DIGITS = (3, 6)
_REMEMBERED = 100_000
_PAIR = 2
_NONE: Column = np.zeros(())
_NOBODYS: NDArray[np.int8] = np.zeros((), np.int8)


class Blame:
    """Names the mistakes of rows below full marks."""

    def __init__(self, exercise: Exercise) -> None:
        """List the right answers once."""
        self.exercise = exercise
        self._known: dict[bytes, list[int]] = {}
        self._tables: dict[tuple[int, int], PairTable] = {}
        self.read_alone = 0
        blank = exercise.network(dict.fromkeys(exercise.free, ZERO))
        reading = Reading(exercise, blank, rough=True)
        self.units = tuple(reading.places)
        self.meant: list[list[Meant]] = []
        self.ways: list[tuple[int, ...]] = []
        self.has_spare = len(self.units) > len(reading.rest.breakpoints)
        self._turns = reading.rest.breakpoints
        if self._suits(reading):
            self._list(reading)

    def _suits(self, reading: Reading) -> bool:
        wholly = all(reading.is_wholly_free(n) for n in range(len(self.units)))
        return (
            len(self.units) <= EXACT_UP_TO
            and len(reading.edges) <= _EDGES
            and all(spec.v for spec in reading.specs)
            and (wholly or not self.has_spare)
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
                    Meant(task, answer, case.right if case else Answer(), case and case.turn)
                )
            self.meant.append(row)
        self.ways = [way for way in ways if all(self.meant[n][t].answer for n, t in enumerate(way))]

    def named(self, columns: Sequence[Column]) -> Blamed:
        """Return the mistakes of rows, all of which are below full marks."""
        codes, _, known = self._by_columns(columns, keeping=True)
        self._alone(columns, np.flatnonzero(~known), codes)
        return Blamed(self.units, codes)

    def assigned(self, columns: Sequence[Column]) -> Assigned:
        """Return what is known of rows below full marks in which no unit keeps what it does."""
        return self._by_columns(columns, keeping=False)

    def _by_columns(self, columns: Sequence[Column], *, keeping: bool) -> Assigned:
        """Return what columns say; with `keeping` also where units keep what they do."""
        shape = (len(self.units), len(columns[0]))
        found = Assigned(
            np.full(shape, NOBODY, np.int8),
            np.zeros(shape, np.int64),
            np.zeros(shape[1], np.bool_),
        )
        left = np.arange(shape[1])
        for digits in _DIGITS if self.ways else ():
            chosen = tuple(column[left] for column in columns)
            scale = self.scale(digits)
            times = scale // 10**digits
            whole = as_decimals(chosen, digits, _LARGEST // times)
            fit = np.flatnonzero(whole.fit)
            if len(fit):
                values = [each[fit] * float(times) for each in whole.columns]
                named = self._named(values, scale, keeping=keeping)
                found.codes[:, left[fit]] = named.codes
                found.tasks[:, left[fit]] = named.tasks
                found.known[left[fit]] = named.known
                left = np.concatenate([left[~whole.fit], left[fit[~named.known]]])
        return found

    def scale(self, digits: int) -> int:
        """Return the scale of numbers of so many decimals: a multiple of all that is compared."""
        exercise = self.exercise
        numbers = [x for row in self.meant for m in row if m.answer for x in m.answer[:2]]
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

    def _named(self, values: Sequence[Column], scale: int, *, keeping: bool) -> Assigned:
        """Return what rows that are whole numbers show; some of them are left open."""
        pairs = self._pairs(values, scale)
        tables = [self._table(n, pair, scale) for n, pair in enumerate(pairs)]
        fits = [
            self.fits(n, pair, scale) if table is None else of_rows(table)
            for n, (pair, table) in enumerate(zip(pairs, tables, strict=True))
        ]
        way, open_ = self.way(fits)
        codes = np.full((len(pairs), len(values[0])), NOBODY, np.int8)
        chosen = np.array(self.ways, np.int64).T[:, way]
        for n, row in enumerate(fits):
            for t, fit in enumerate(row):
                if fit is None:
                    continue
                meant = chosen[n] == t
                if not keeping:
                    open_ = open_ | (meant & fit.keeps)
                rows = np.flatnonzero(meant & (fit.kept == 0))
                if len(rows):
                    codes[n, rows] = _first_codes(fit, tables[n], t, rows)
        return Assigned(codes, chosen, ~(open_ | (codes == NOBODY).all(axis=0)))

    def _table(self, n: int, pair: tuple[Column, Column], scale: int) -> Looked | None:
        """Return what is known of the n-th free unit's pairs; None if they are too many."""
        known = self._tables.get((n, scale))
        places = None if known is None else known.grid.places(*pair)
        if known is not None and places is not None:
            return Looked(known, places)
        grid = None if self.has_spare else grid_of(*pair, known and known.grid)
        places = None if grid is None else grid.places(*pair)
        if grid is None or places is None:
            return None
        fits = tuple(self.fits(n, grid.pairs(), scale))
        known = PairTable(grid, fits, tuple(fit and fit.unit.first_codes() for fit in fits))
        self._tables[n, scale] = known
        return Looked(known, places)

    def fits(self, n: int, pair: tuple[Column, Column], scale: int) -> list[FitColumn | None]:
        """Return how well the n-th free unit does each task; None where it cannot."""
        exercise = self.exercise
        v = exercise.units[self.units[n]].v
        tolerance, domain = exercise.rules.tolerance, exercise.domain
        row: list[FitColumn | None] = []
        for meant in self.meant[n]:
            if meant.answer is None:
                row.append(None)
                continue
            unit = UnitColumn(*pair, scale, v, tolerance, domain, meant.right, meant.turn)
            right = is_right(unit, None if meant.task is None else meant.answer)
            exact = np.equal(unit.w, float(meant.answer.w * scale))
            row.append(
                FitColumn(
                    unit,
                    right,
                    np.where(right, np.int16(len(self.units) + 1), explained(unit)),
                    away(unit, meant.answer, idle=meant.task is None),
                    keeps := exact & unit.place_is_right & ~right,
                    np.add(right, keeps, dtype=np.int8),
                )
            )
        return row

    def way(self, fits: Sequence[Sequence[FitColumn | None]]) -> tuple[NDArray[np.int64], Mask]:
        """Return the index of the assignment that counts in each row, and where that is open.

        Units may keep what they do, and be right in more than any assignment has right. Without
        units to spare that takes one that turns within tolerance of its breakpoint and bends there
        exactly as needed: any other would leave the rest more breakpoints than there are units. Of
        two units the other one's task is then fixed.
        """
        ways = [[fits[n][t] for n, t in enumerate(way)] for way in self.ways]
        chosen = [[fit for fit in way if fit is not None] for way in ways]
        ranks = [sum((fit.rank for fit in way), _NOBODYS) for way in chosen]
        far = [sum((fit.away for fit in way), _NONE) for way in chosen]
        best: NDArray[np.int64] = np.zeros(np.shape(ranks[0]), np.int64)
        top, least = ranks[0], far[0]
        for index in range(1, len(chosen)):
            better = (ranks[index] > top) | ((ranks[index] == top) & (far[index] < least))
            best = np.where(better, index, best)
            top, least = np.where(better, ranks[index], top), np.where(better, far[index], least)
        right = top // (len(self.units) + 1)
        count, several = right, np.zeros(np.shape(best), np.bool_)
        for index, way in enumerate(chosen):
            kept = sum((fit.kept for fit in way), _NOBODYS)
            several = (several & (kept <= count)) | ((kept == count) & (count > right))
            best = np.where(kept > count, index, best)
            count = np.maximum(count, kept)
        unsure = several if len(self.units) <= _PAIR else count > right
        return best, unsure | self._spares(fits)

    def _spares(self, fits: Sequence[Sequence[FitColumn | None]]) -> Mask:
        """Tell where a unit that is to spare, or makes one spare, does anything."""
        found: Mask = np.zeros((), np.bool_)
        if self.has_spare:
            for row in fits:
                unit = next(fit.unit for fit in row if fit is not None)
                found = found | ~unit.is_dead
                for turn in self._turns:
                    found = found | unit._replace(turn=turn).place_is_right
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


def _first_codes(fit: FitColumn, table: Looked | None, t: int, rows: NDArray[np.intp]) -> Codes:
    """Return which code counts in each of some rows, in which the unit is meant to do task t."""
    codes = None if table is None else table.known.codes[t]
    if table is not None and codes is not None:
        return codes[table.places[rows]]
    return fit.unit._replace(w=fit.unit.w[rows], b=fit.unit.b[rows]).first_codes()


def sorted_ways(options: Sequence[int], order: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the distinct arrangements of options, as if counted up by their places in `order`."""
    places = [order.index(option) for option in options]
    return [tuple(order[p] for p in way) for way in sorted(set(permutations(places)))]
