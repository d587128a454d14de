"""Exact linear programs, small ones: the largest c x over x >= 0 with A x = b, if there is any x.

Theory of operation. The simplex method in two phases with Bland's rule, which never cycles. The
tableau holds integers over one common denominator, the last pivot; a pivot multiplies crosswise
and divides by the one before, and that division leaves no remainder (Edmonds and Bareiss), so
numbers stay exact and small. A row is divided by nothing else. Systems here have at most a few
dozen rows and columns.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from grader.exact.network import ZERO


class LinearRow(NamedTuple):
    """One equation: the coefficients of the variables, by index, add up to `right`."""

    coefficients: dict[int, Fraction]
    right: Fraction


class Optimum(NamedTuple):
    """The largest value of the objective, and an x where it is reached."""

    value: Fraction
    x: tuple[Fraction, ...]


def maximum(rows: Sequence[LinearRow], size: int, objective: dict[int, Fraction]) -> Optimum | None:
    """Return the largest objective over x >= 0 under the rows; None if no x satisfies them.

    Raises: ValueError if the objective has no bound.
    """
    tableau = _Tableau(rows, size)
    if not tableau.is_feasible():
        return None
    tableau.maximise(objective)
    x = tableau.solution()
    return Optimum(sum((c * x[j] for j, c in objective.items()), ZERO), x)


class _Tableau:
    """Rows of integers over the denominator `over`: size columns, then the right side."""

    def __init__(self, rows: Sequence[LinearRow], size: int) -> None:
        self.size = size
        self.over = 1
        self.table = [_integers(row, size) for row in rows]
        # Row i starts with an artificial variable of its own, which has no column: once it has
        # left the basis it never comes back.
        self.basis = [size + i for i in range(len(rows))]

    def is_feasible(self) -> bool:
        """Drive the artificial variables out; tell whether that was possible."""
        # What the artificial variables' rows add up to: a last row, pivoted like every other.
        self.table.append([sum(column) for column in zip(*self.table, strict=True)])
        while self.table[-1][-1]:
            costs = self.table[-1]
            column = next((j for j in range(self.size) if costs[j] > 0), None)
            if column is None:
                return False
            self._pivot(self._leaving(column), column)
        self.table.pop()
        for i, row in enumerate(self.table):
            if self.basis[i] >= self.size:
                column = next((j for j in range(self.size) if row[j]), None)
                if column is not None:
                    self._pivot(i, column)
        keep = [i for i, variable in enumerate(self.basis) if variable < self.size]
        self.table = [self.table[i] for i in keep]
        self.basis = [self.basis[i] for i in keep]
        return True

    def maximise(self, objective: dict[int, Fraction]) -> None:
        scale = lcm(*(c.denominator for c in objective.values()))
        wanted = [0] * self.size
        for j, c in objective.items():
            wanted[j] = c.numerator * (scale // c.denominator)
        while True:
            column = self._improving(wanted)
            if column is None:
                return
            self._pivot(self._leaving(column), column)

    def solution(self) -> tuple[Fraction, ...]:
        x = [ZERO] * self.size
        for variable, row in zip(self.basis, self.table, strict=True):
            if variable < self.size:
                x[variable] = Fraction(row[-1], self.over)
        return tuple(x)

    def _improving(self, wanted: list[int]) -> int | None:
        """Return the first column that makes the objective larger."""
        priced = [
            (wanted[variable], row)
            for variable, row in zip(self.basis, self.table, strict=True)
            if wanted[variable]
        ]
        for j in range(self.size):
            gain = wanted[j] * self.over - sum(price * row[j] for price, row in priced)
            if gain > 0:
                return j
        return None

    def _leaving(self, column: int) -> int:
        """Return the row whose right side reaches 0 first; of several the first variable's."""
        candidates = [i for i in range(len(self.basis)) if self.table[i][column] > 0]
        if not candidates:
            raise ValueError("the objective has no bound")
        first = candidates[0]
        for i in candidates[1:]:
            row, least = self.table[i], self.table[first]
            further = row[-1] * least[column] - least[-1] * row[column]
            if further < 0 or (not further and self.basis[i] < self.basis[first]):
                first = i
        return first

    def _pivot(self, at: int, column: int) -> None:
        pivot_row = self.table[at]
        pivot = pivot_row[column]
        if pivot < 0:  # only for an artificial variable at 0: its sign is free
            pivot_row = self.table[at] = [-value for value in pivot_row]
            pivot = -pivot
        over = self.over
        for i, row in enumerate(self.table):
            if i != at:
                factor = row[column]
                self.table[i] = [
                    (value * pivot - factor * other) // over
                    for value, other in zip(row, pivot_row, strict=True)
                ]
        self.over = pivot
        self.basis[at] = column


def _integers(row: LinearRow, size: int) -> list[int]:
    """Return the row as integers with a right side of 0 or more."""
    scale = lcm(row.right.denominator, *(c.denominator for c in row.coefficients.values()))
    if row.right < 0:
        scale = -scale
    values = [0] * (size + 1)
    for j, c in row.coefficients.items():
        values[j] = c.numerator * (scale // c.denominator)
    values[-1] = row.right.numerator * (scale // row.right.denominator)
    return values
