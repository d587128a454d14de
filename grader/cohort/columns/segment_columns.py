"""What every row of a block earns on each segment of the target."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Mask
from grader.cohort.columns.doubt import Comparison
from grader.cohort.columns.quotients import Quotient, faded, larger, quotient, unknown, where
from grader.cohort.columns.scaled import Scaled
from grader.cohort.columns.sighted import Sight


class PartCredit(NamedTuple):
    """Credits between 0 and 1: the rows that have one, by number, and how much."""

    rows: NDArray[np.intp]
    credit: Quotient


class Earned(NamedTuple):
    """What the rows earn on one check: where all of it, and the credits between.

    `own` is where a breakpoint has its credit for that, and `position` where a part is for that.
    """

    full: Mask
    part: PartCredit
    own: Mask | None = None
    position: Mask | None = None


def segments(at: Scaled, sight: Sight, compare: Comparison) -> list[Earned]:
    """Return what the rows earn on each segment; where it is open, `compare` knows."""
    found = []
    for ends, (good, none) in zip(at.segments, verdicts(at, sight, compare), strict=True):
        rows = np.flatnonzero(~(good | none))
        credit = _credit(at, sight, ends, rows) if compare.is_exact else unknown(len(rows))
        found.append(Earned(good, PartCredit(rows, credit)))
    return found


def verdicts(at: Scaled, sight: Sight, compare: Comparison) -> list[tuple[Mask, Mask]]:
    """Return, for each segment, where it has full credit and where it has none."""
    full, gone = at.error
    fine = [compare.error_at_place(error, full) for error in sight.errors]
    lost = [compare.lost_at_place(error, gone) for error in sight.errors]
    over, away = [], []
    for knot in sight.knots:
        over.append(knot.inside & ~compare.error_at_knot(knot.error, full, knot.a))
        away.append(knot.inside & compare.lost_at_knot(knot.error, gone, knot.a))
    found = []
    for first, last in at.segments:
        good = np.logical_and.reduce(fine[first : last + 1])
        none = np.logical_or.reduce(lost[first : last + 1])
        for knot, is_over, is_away in zip(sight.knots, over, away, strict=True):
            here = knot.beyond[first] & ~knot.beyond[last]
            good = good & ~(is_over & here)
            none = none | (is_away & here)
        found.append((good, none))
    return found


def _credit(at: Scaled, sight: Sight, ends: tuple[int, int], rows: NDArray[np.intp]) -> Quotient:
    """Return the credit for the largest error between two places."""
    first, last = ends
    at_places = [sight.errors[place][rows] for place in range(first, last + 1)]
    largest = np.maximum.reduce(at_places)
    worst = quotient(largest, np.ones_like(largest))
    for knot in sight.knots:
        here = (knot.beyond[first] & ~knot.beyond[last] & knot.inside)[rows]
        error = quotient(knot.error[rows], np.where(here, knot.a[rows], 1.0))
        worst = where(here, larger(worst, error), worst)
    return faded(worst, *at.error)
