"""What is kept while a block's mistakes are named: tasks, fits, and the codes that come of them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.pairs import PairGrid, Places
from grader.cohort.columns.unit_columns import NOBODY, Codes, UnitColumn
from grader.exact.network import Unit
from grader.exact.piecewise import Breakpoint
from grader.mistakes.answers import Task
from grader.mistakes.cases import Answer


class Meant(NamedTuple):
    """A free unit as it does a task, None if it cannot, and what formulas need to know of it."""

    task: Task | None
    answer: Unit | None
    right: Answer
    turn: Breakpoint | None


class FitColumn(NamedTuple):
    """How well a unit does a task in each row, as in `mistakes.matching.Fit`.

    `rank` is what right and explained come to; `keeps` is where the unit is not right by its
    numbers, but turns within tolerance of the breakpoint and bends there exactly as needed; `kept`
    is 1 where it is one of both.
    """

    unit: UnitColumn
    right: Mask
    rank: NDArray[np.int16]
    away: Column
    keeps: Mask
    kept: NDArray[np.int8]


class PairTable(NamedTuple):
    """How well a unit does each task at each place of a grid, and which code counts if it does not.

    Both are None for a task that it cannot do.
    """

    grid: PairGrid
    fits: tuple[FitColumn | None, ...]
    codes: tuple[Codes | None, ...]


class Looked(NamedTuple):
    """A table, and the place of each row in it."""

    known: PairTable
    places: Places


def of_rows(found: Looked) -> list[FitColumn | None]:
    """Return what a table says of the rows; units stay those of the table."""
    at = found.places
    return [
        fit
        and FitColumn(
            fit.unit, fit.right[at], fit.rank[at], fit.away[at], fit.keeps[at], fit.kept[at]
        )
        for fit in found.known.fits
    ]


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


class Assigned(NamedTuple):
    """Codes, and which task of `Blame.meant` each unit is meant to do, a row for each unit.

    `known` is where both are; every other row is for `diagnose`.
    """

    codes: Codes
    tasks: NDArray[np.int64]
    known: Mask
