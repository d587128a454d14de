"""Grids of weights and biases, as sliders and people choose among few pairs.

What is known of a unit by its two numbers alone is worked out once for each place of a grid, and
then looked up.
"""

from math import gcd
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column

Places = NDArray[np.intp]
_ROOM = 1 << 17  # places: of more, and of more than four to a row, tables take too long
_TO_A_ROW = 4


class Axis(NamedTuple):
    """Whole numbers from the least one on, by equal steps."""

    least: int
    step: int
    size: int

    def places(self, column: Column) -> Places | None:
        """Return where on it the numbers are; None if one is not."""
        steps = (column - self.least) / self.step
        places = steps.astype(np.intp)
        if places.min() < 0 or places.max() >= self.size or (places != steps).any():
            return None
        return places


class PairGrid(NamedTuple):
    """All pairs of a weight and a bias from two axes."""

    w: Axis
    b: Axis

    def places(self, w: Column, b: Column) -> Places | None:
        """Return where on it the pairs are; None if one is not."""
        rows, columns = self.w.places(w), self.b.places(b)
        return None if rows is None or columns is None else rows * self.b.size + columns

    def pairs(self) -> tuple[Column, Column]:
        """Return weights and biases of all places, in order."""
        w = np.arange(self.w.size) * float(self.w.step) + self.w.least
        b = np.arange(self.b.size) * float(self.b.step) + self.b.least
        return np.repeat(w, self.b.size), np.tile(b, self.w.size)


def grid_of(w: Column, b: Column, before: PairGrid | None) -> PairGrid | None:
    """Return a grid that holds these pairs and another grid; None if it is too large for them."""
    found = PairGrid(_axis(w, before and before.w), _axis(b, before and before.b))
    count = found.w.size * found.b.size
    return found if count <= min(_ROOM, _TO_A_ROW * len(w)) else None


def _axis(column: Column, before: Axis | None) -> Axis:
    least, most = int(column.min()), int(column.max())
    step = int(np.gcd.reduce((column - least).astype(np.int64)))
    if before is not None:
        end = before.least + (before.size - 1) * before.step
        step = gcd(step, before.step, least - before.least)
        least, most = min(least, before.least), max(most, end)
    step = step or 1
    return Axis(least, step, (most - least) // step + 1)
