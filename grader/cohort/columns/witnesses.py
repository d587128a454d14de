"""Where the network of a row is most off the target, exactly: what a sentence on a mistake shows.

Theory of operation. The error is straight between two neighbours of the places and the free units'
knots, so it is largest at one of these. At a place it is N, at a knot N / a (in `scaled`), both
whole numbers in one unit. Of equal errors the leftmost x counts, as in `PiecewiseLinear.max_abs`.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from grader.cohort.columns.decimals import Column
from grader.cohort.columns.scaled import Scaled
from grader.cohort.columns.sighted import Sight
from grader.exact.ratio import Ratio


class _KnotList(NamedTuple):
    """A free unit's knots: a, N, and which places are left of each, None of those outside."""

    a: list[int]
    error: list[int]
    beyond: list[list[bool]]


class Witnesses:
    """Finds the worst x of rows that are whole numbers at a scale."""

    def __init__(self, at: Scaled, sight: Sight) -> None:
        """Take what the rows show."""
        self.xs: list[Fraction] = [Ratio(place.x, at.parts) for place in at.places]
        self._errors = [_whole(column) for column in sight.errors]
        self._knots = [
            _KnotList(_whole(knot.a), _whole(knot.error), np.array(knot.beyond).T.tolist())
            for knot in sight.knots
        ]

    def worst(
        self, row: int, ends: tuple[int, int], knots: Sequence[Fraction | None]
    ) -> Fraction | None:
        """Return where a row is most off between two places; None if it is not off at all.

        `knots` are where the row's free units turn.
        """
        first, last = ends
        above, below, x = 0, 1, None
        for place in range(first, last + 1):
            error = self._errors[place][row]
            if error > above:
                above, x = error, self.xs[place]
        for knot, place_of in zip(self._knots, knots, strict=True):
            beyond = knot.beyond[row]
            if place_of is None or not beyond[first] or beyond[last]:
                continue
            error, a = knot.error[row], knot.a[row]
            more = error * below - above * a
            if more > 0 or (not more and x is not None and place_of < x):
                above, below, x = error, a, place_of
        return x


def _whole(column: Column) -> list[int]:
    whole: list[int] = column.astype(np.int64).tolist()
    return whole
