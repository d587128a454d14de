"""Comparing what is computed with its limits: exactly, or with a bound on the rounding error.

Theory of operation of the bound. u = 2**-53; scale is 1, and W and B are the doubles w and b
themselves, each within a factor 1 +- u of the decimal that it means. A sum of products is off by at
most n*u times the sum of its terms' sizes, if no term has more than n factors 1 +- u from inputs,
constants and operations on its way (higher powers of u are within the slack below); relu moves no
two numbers apart. At a place x or at a knot x = X / a inside the domain, |x| <= far, the terms of
N / a (in `scaled`) sum up to at most

    size = parts * (sum of |V| * (|w|*far + |b|) + |M|*far + |K| + sum of |change| * 2*far)

and no term has more than units + places + 20 factors: w and X or a 3, V, parts, change and their
products 7, products and sums inside relu 3, the subtractions that make parts*X - place*a 3, both
sums one for each unit and place, the limit and its product 4. Where a knot is taken for one just
beside an end of its segment, it is so by at most 12*u*far, on which the error changes by at most
24*u*size. So a comparison of |N| with a limit times a is open if they are within
(units + places + 80) * u * (size + limit) * a. Distances of a knot from a place have at most 7 such
factors and bends units + 7; 20 and units + 20 are taken. Zero times anything is exact, so a knot's
side of x = 0 is never open. Products stay far from the ends of the double range, since parameters
are at most 1e9 and those under 1e-100, save 0, are left to the exact core.
"""

from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

import numpy as np

from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.scaled import Landmark, Ratio, Scaled

UNIT = 2.0**-53
_SMALL = 1e-100


class Sizes(NamedTuple):
    """What bounds the rounding errors of a block's rows."""

    error: Column  # of N / a
    bends: Column
    distance: float  # of (parts*X - place*a) / a


class Comparison:
    """Compares columns; `open` are the rows in which a comparison was closer than its error."""

    def __init__(self, rows: int, sizes: Sizes | None = None) -> None:
        """Compare exactly, or with a bound."""
        self.open: Mask = np.zeros(rows, np.bool_)
        self._sizes = sizes

    @property
    def is_exact(self) -> bool:
        """Whether everything is a whole number, so that credits are known, too."""
        return self._sizes is None

    def error_at_place(self, size: Column, limit: Ratio) -> Mask:
        """Tell where the error N at a place is within the limit."""
        if self._sizes is None:
            return at_most(size, float(floor(Fraction(*limit))))
        most = limit.above / limit.below
        return self._at_most(size, most, self._sizes.error)

    def lost_at_place(self, size: Column, limit: Ratio) -> Mask:
        """Tell where the error N at a place reaches the limit."""
        if self._sizes is None:
            return at_most(float(ceil(Fraction(*limit))), size)
        return ~self._at_most(size, limit.above / limit.below, self._sizes.error)

    def error_at_knot(self, size: Column, limit: Ratio, a: Column) -> Mask:
        """Tell where the error N / a at a knot is within the limit."""
        left, right = by(size, limit.below), by(a, limit.above)
        if self._sizes is None:
            return at_most(left, right)
        return self._at_most(left, right, self._sizes.error * a * float(limit.below))

    def lost_at_knot(self, size: Column, limit: Ratio, a: Column) -> Mask:
        """Tell where the error N / a at a knot reaches the limit."""
        left, right = by(size, limit.below), by(a, limit.above)
        if self._sizes is None:
            return at_most(right, left)
        return ~self._at_most(left, right, self._sizes.error * a * float(limit.below))

    def distance(self, size: Column, limit: Ratio, a: Column) -> Mask:
        """Tell where a knot is within the limit of a place."""
        left, right = by(size, limit.below), by(a, limit.above)
        if self._sizes is None:
            return at_most(left, right)
        hair = self._sizes.distance * float(limit.below) + 20 * UNIT * float(limit.above)
        return self._at_most(left, right, a * hair)

    def bends(self, size: Column, limit: Ratio) -> Mask:
        """Tell where a difference of bends is within the limit."""
        if self._sizes is None:
            return at_most(size, float(floor(Fraction(*limit))))
        return self._at_most(size, limit.above / limit.below, self._sizes.bends)

    def beyond(self, distance: Column, place: Landmark, a: Column) -> Mask:
        """Tell where a knot is right of a place, by parts*X - place*a."""
        found: Mask = distance > 0
        if self._sizes is not None and place.x:
            self.open |= np.abs(distance) < a * self._sizes.distance
        return found

    def _at_most(self, left: Column, right: Column | float, hair: Column) -> Mask:
        self.open |= np.abs(left - right) <= hair
        return at_most(left, right)


def at_most(left: Column | float, right: Column | float) -> Mask:
    """Tell where left is at most right."""
    return np.less_equal(left, right)


def by(column: Column, factor: int) -> Column:
    """Return the column times a whole number."""
    return column if factor == 1 else column * float(factor)


def sizes(at: Scaled, ws: tuple[Column, ...], bs: tuple[Column, ...]) -> Sizes:
    """Return what bounds the rounding errors, for rows that are not whole numbers."""
    far = max(abs(place.x) for place in at.places) / at.parts
    slope, intercept = at.line
    fixed = abs(slope) * far + abs(intercept)
    fixed += sum(abs(place.change) for place in at.places) * 2 * far
    size: Column | float = float(fixed)
    bends: Column | float = float(max((abs(turn.needed) for turn in at.turns), default=0))
    for unit, w, b in zip(at.units, ws, bs, strict=True):
        size = size + abs(unit.v) * (np.abs(w) * far + np.abs(b))
        bends = bends + abs(unit.v) * at.bend * np.abs(w)
    limit = at.error[1].above / at.error[1].below
    most = at.slack[1].above / at.slack[1].below
    factors = len(at.units) + len(at.places) + 80
    return Sizes(
        np.asarray((size * at.parts + limit) * (factors * UNIT)),
        np.asarray((bends + most) * ((len(at.units) + 20) * UNIT)),
        40 * UNIT * far * at.parts,
    )


def too_small(columns: tuple[Column, ...]) -> Mask:
    """Tell in which rows a number that is not 0 is so small that products of it may vanish."""
    found: Mask = np.zeros(len(columns[0]), np.bool_)
    for column in columns:
        found |= (np.abs(column) < _SMALL) & (column != 0)
    return found
