"""Which mistakes the settings of an exercise's sliders show, from tables of one unit each."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.blamed import FitColumn
from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.slider_grid import SliderGrid
from grader.cohort.columns.unit_columns import CODES, NOBODY, Codes
from grader.cohort.columns.wrong_columns import Blame

_DIGITS = (3, 6)
_LARGEST = 2**23  # as in wrong_columns


class _Table(NamedTuple):
    """A unit's own settings, how well each fits each task, and the code where it does not."""

    columns: tuple[Column, ...]
    fits: tuple[FitColumn | None, ...]
    codes: tuple[Codes, ...]


def shown(
    given: SliderGrid, passed: Sequence[tuple[float, ...]], share: tuple[int, int] = (0, 1)
) -> Counter[str] | None:
    """Return in how many settings some unit is called so, of a share of them.

    `passed` are all settings with full marks. None where that cannot be told from tables: with
    units to spare, or numbers that are no short decimals.
    """
    blame = Blame(given.exercise)
    tables = _tables(blame, given)
    return None if tables is None else _Showing(blame, tables, passed).counted(share)


def _tables(blame: Blame, given: SliderGrid) -> list[_Table] | None:
    if not blame.ways or blame.has_spare:
        return None
    exact = [Fraction(repr(value)) for value in given.values]
    for digits in _DIGITS:
        scale = blame.scale(digits)
        most = max(abs(value) for value in exact) * scale
        if all((value * scale).denominator == 1 for value in exact) and most <= _LARGEST:
            return [_table(blame, given, n, scale) for n in range(len(blame.units))]
    return None


def _table(blame: Blame, given: SliderGrid, n: int, scale: int) -> _Table:
    w, b, _ = given.exercise.units[blame.units[n]]
    grid = np.array(given.values)
    own: tuple[Column, ...] = (grid,)
    if w is None and b is None:
        own = (np.repeat(grid, len(grid)), np.tile(grid, len(grid)))
    whole = iter([np.rint(column * scale) for column in own])
    ws = next(whole) if w is None else np.full(len(grid), float(w * scale))
    bs = next(whole) if b is None else np.full(len(grid), float(b * scale))
    fits = blame.fits(n, (ws, bs), scale)
    nobody = np.full(len(own[0]), NOBODY)
    codes = tuple(
        nobody if fit is None else np.where(fit.right | fit.keeps, NOBODY, fit.unit.first_codes())
        for fit in fits
    )
    return _Table(own, tuple(fits), codes)


class _Showing:
    def __init__(
        self, blame: Blame, tables: list[_Table], passed: Sequence[tuple[float, ...]]
    ) -> None:
        self._blame = blame
        self._tables = tables
        self._passed = set(passed)
        self._heads = {row[: -len(tables[-1].columns)] for row in passed}
        self._joint = np.zeros((len(CODES) + 1) ** len(tables), np.int64)
        self._open: list[tuple[float, ...]] = []

    def counted(self, share: tuple[int, int]) -> Counter[str]:
        part, parts = share
        sizes = [range(len(table.columns[0])) for table in self._tables[:-1]]
        for number, head in enumerate(product(*sizes)):
            if number % parts == part:
                self._one(head)
        counts = self._by_code()
        if self._open:
            columns = [np.array(column) for column in zip(*self._open, strict=True)]
            found = self._blame.named(columns)
            for row in found.codes.T:
                counts.update({CODES[code] for code in row if code != NOBODY})
        return counts

    def _one(self, head: tuple[int, ...]) -> None:
        """Count the settings of the last unit beside these of the others."""
        *others, last = self._tables
        fits = [
            [fit and _at(fit, place) for fit in table.fits]
            for table, place in zip(others, head, strict=True)
        ]
        way, open_ = self._blame.way([*fits, last.fits])
        joint = np.zeros(len(last.columns[0]), np.int64)
        for n, table in enumerate(self._tables):
            here = [table.codes[tasks[n]] for tasks in self._blame.ways]
            if n < len(head):
                here = [np.asarray(codes[head[n]]) for codes in here]
            codes = here[0]
            for index, other in enumerate(here[1:], 1):
                codes = np.where(way == index, other, codes)
            joint = joint * (len(CODES) + 1) + (codes + 1)
        left = self._left(head, joint, open_)
        self._joint += np.bincount(
            joint if left is None else joint[left], minlength=len(self._joint)
        )

    def _left(self, head: tuple[int, ...], joint: NDArray[np.int64], open_: Mask) -> Mask | None:
        """Return which settings are counted here: not those with full marks or left open."""
        values = tuple(
            float(column[place])
            for table, place in zip(self._tables, head, strict=False)
            for column in table.columns
        )
        odd = np.flatnonzero((joint == 0) | open_)
        passed = values in self._heads
        if not len(odd) and not passed:
            return None
        left: Mask = np.ones(len(joint), np.bool_)
        left[odd] = False
        tail = self._tables[-1].columns
        for place in range(len(joint)) if passed else odd.tolist():
            row = (*values, *(float(column[place]) for column in tail))
            if row in self._passed:
                left[place] = False
            elif not left[place]:
                self._open.append(row)
        return left

    def _by_code(self) -> Counter[str]:
        """Return how many settings show a code in some unit, from the counts of combinations."""
        base = len(CODES) + 1
        counts: Counter[str] = Counter()
        for index in np.flatnonzero(self._joint).tolist():
            codes, rest = set(), index
            for _ in self._tables:
                rest, code = divmod(rest, base)
                codes |= {CODES[code - 1]} if code else set()
            for name in codes:
                counts[name] += int(self._joint[index])
        return counts


def _at(fit: FitColumn, place: int) -> FitColumn:
    unit, right, rank, away, keeps, kept = fit
    return FitColumn(
        unit,
        np.asarray(right[place]),
        np.asarray(rank[place]),
        np.asarray(away[place]),
        np.asarray(keeps[place]),
        np.asarray(kept[place]),
    )
