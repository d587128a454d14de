"""Every setting of an exercise's sliders, scored: how many earn what, and which mistakes they show.

Theory of operation. The last free unit's settings are a column; the others' are gone through one by
one, so that most of what is computed is one number for a whole column. Nearly all settings earn
nothing, which the verdicts alone say; the others are graded as rows. Where the last two free units
do the same with the same numbers, one order of two settings stands for both. How well a unit fits a
task depends on its own two numbers, so mistakes are looked up in tables of one unit each.
"""

from collections import Counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.marks import Grader
from grader.cohort.columns.penniless import earning
from grader.cohort.columns.slider_grid import SliderGrid, head_settings, tail_columns

_ROWS = 32_768


class Scores(NamedTuple):
    """How many settings earn each score, as its nearest double."""

    counts: Counter[float]
    passed: tuple[tuple[float, ...], ...]  # settings with full credit in every check


def scores(given: SliderGrid, share: tuple[int, int] = (0, 1)) -> Scores:
    """Return what the settings earn, or a share of them: the k-th of n."""
    return _Scoring(given).scores(share)


class _Scoring:
    def __init__(self, given: SliderGrid) -> None:
        self._given = given
        self._tail = tail_columns(given)
        self._grader = Grader(given.exercise)
        self._earning = earning(given)
        self._counts: Counter[float] = Counter()
        self._passed: list[tuple[float, ...]] = []
        self._rows: list[tuple[list[NDArray[np.float64]], NDArray[np.int64]]] = []
        self._waiting = 0

    def scores(self, share: tuple[int, int]) -> Scores:
        size = len(self._tail[0])
        for number, head in head_settings(self._given, share):
            first = number % size if self._given.alike else 0
            rows = np.arange(first, size)
            if self._earning is not None:
                some = self._earning(head, first)
                self._counts[0.0] += self._weight(len(rows)) - self._weights(rows[some], number)
                rows = rows[some]
            if len(rows):
                weights = np.full(len(rows), 1 + self._given.alike)
                weights[rows == number % size] = 1
                columns = [np.full(len(rows), value) for value in head]
                self._rows.append(([*columns, *(c[rows] for c in self._tail)], weights))
                self._waiting += len(rows)
            if self._waiting >= _ROWS:
                self._grade()
        self._grade()
        return Scores(self._counts, tuple(self._passed))

    def _weight(self, rows: int) -> int:
        """Return how many settings the rest of a column stands for."""
        return 2 * rows - 1 if self._given.alike else rows

    def _weights(self, rows: NDArray[np.intp], number: int) -> int:
        if not self._given.alike:
            return len(rows)
        return 2 * len(rows) - int((rows == number % len(self._tail[0])).any())

    def _grade(self) -> None:
        """Grade the rows that wait."""
        if not self._rows:
            return
        columns = [
            np.concatenate(parts) for parts in zip(*(row for row, _ in self._rows), strict=True)
        ]
        weights = np.concatenate([weight for _, weight in self._rows])
        self._rows.clear()
        self._waiting = 0
        marks = self._grader.marks(columns)
        distinct, inverse = np.unique(marks.score, return_inverse=True)
        for score, count in zip(distinct.tolist(), np.bincount(inverse, weights), strict=True):
            self._counts[score] += int(count)
        for row in np.flatnonzero(marks.passed).tolist():
            self._keep(tuple(float(column[row]) for column in columns))

    def _keep(self, row: tuple[float, ...]) -> None:
        self._passed.append(row)
        if self._given.alike and row[-4:-2] != row[-2:]:
            self._passed.append((*row[:-4], *row[-2:], *row[-4:-2]))
