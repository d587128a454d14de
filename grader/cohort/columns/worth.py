"""From the credits of a block's rows to their scores and points, each the nearest double.

Theory of operation. Where every credit is 0 or 1 the rows with the same ones share one result,
which is counted once in fractions. Else what is earned is a sum of credits times worths, and the
score is that times (the goals' shares + the sum of the guards' shares times their credits), as
both parts of the score have the factor earned. So nothing is ever subtracted, and the bound of
`doubled` holds.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.doubled import Doubled, constant, nearest, plus, quotient, times
from grader.cohort.columns.quotients import Quotient
from grader.cohort.columns.segment_columns import Earned
from grader.exact.rational import to_double
from grader.exercise.record import Check

_BITS = 16  # up to so many checks a table of all that they can come to is small
ZERO, ONE = Fraction(0), Fraction(1)


class Points(NamedTuple):
    """Scores, and the points of each check, of a block's rows; `open` where one is not certain."""

    score: Column
    points: Column  # a row for each check
    open: Mask


def counted(
    checks: Sequence[Check], credits_: Sequence[Fraction]
) -> tuple[list[Fraction], Fraction]:
    """Return the points of each check and the score, exactly, for credits since the blank's."""
    pairs = list(zip(checks, credits_, strict=True))
    earned = sum((check.worth * credit for check, credit in pairs), ZERO)
    points = [
        check.worth * credit if check.role == "goal" else -earned * check.share * (1 - credit)
        for check, credit in pairs
    ]
    return points, sum(points, ZERO)


class Worth:
    """Counts the points of an exercise; what was counted once is known."""

    def __init__(self, checks: Sequence[Check]) -> None:
        """Know nothing yet."""
        self._checks = checks
        self._known: dict[bytes, int] = {}
        self._table: list[list[float]] = []

    def points(self, earned: Sequence[Earned]) -> Points:
        """Return the points of a block; credits count from the blank's."""
        rows = len(earned[0].full)
        found = self._all_or_nothing([each.full for each in earned])
        open_ = np.zeros(rows, np.bool_)
        partial = np.zeros(rows, np.bool_)
        for each in earned:
            partial[each.part.rows] = True
        some = np.flatnonzero(partial)
        if some.size:
            counted_ = self._partly(earned, some)
            found[:, some] = np.vstack([counted_.score, counted_.points])
            open_[some] = counted_.open
        return Points(found[0], found[1:], open_)

    def _all_or_nothing(self, full: Sequence[Mask]) -> Column:
        """Return score and points where every credit is taken for 0 or 1."""
        if len(full) <= _BITS:
            keys = np.zeros(len(full[0]), np.uint16)
            for bit, mask in enumerate(full):
                keys |= mask.view(np.uint8).astype(np.uint16) << bit
            present = np.flatnonzero(np.bincount(keys))
            which = np.zeros(int(present[-1]) + 1, np.intp)
            which[present] = [self._place(key.to_bytes(2, "little")) for key in present.tolist()]
            places = which[keys]
        else:
            packed = np.packbits(full, axis=0, bitorder="little").T
            rows = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1])))
            distinct, inverse = np.unique(rows.ravel(), return_inverse=True)
            places = np.array([self._place(key.tobytes()) for key in distinct])[inverse]
        return np.array([np.take(column, places) for column in np.array(self._table).T.copy()])

    def _place(self, key: bytes) -> int:
        """Return where in the table the result for these bits is."""
        if key not in self._known:
            bits = np.unpackbits(np.frombuffer(key, np.uint8), bitorder="little")
            credits_ = [ONE if bit else ZERO for bit in bits[: len(self._checks)]]
            points, score = counted(self._checks, credits_)
            self._known[key] = len(self._table)
            self._table.append([to_double(number) or 0.0 for number in (score, *points)])
        return self._known[key]

    def _partly(self, earned: Sequence[Earned], some: NDArray[np.intp]) -> Points:
        """Return the points of the rows with credits between 0 and 1."""
        credits_ = [spread(each, some) for each in earned]
        total = kept = constant(ZERO)
        open_ = np.zeros(len(some), np.bool_)
        points: list[Doubled] = []
        for check, credit in zip(self._checks, credits_, strict=True):
            open_ |= credit.open
            if check.role == "goal":
                points.append(times(constant(check.worth), quotient(credit.above, credit.below)))
                total = plus(total, points[-1])
                kept = plus(kept, constant(check.share))
            else:
                share = constant(check.share)
                kept = plus(kept, times(share, quotient(credit.above, credit.below)))
                points.append(times(share, quotient(credit.below - credit.above, credit.below)))
        steps = 4 * len(self._checks) + 40
        score, certain = nearest(times(total, kept), steps)
        rows = []
        for check, each in zip(self._checks, points, strict=True):
            goal = check.role == "goal"
            value, is_certain = nearest(each if goal else times(total, each), steps)
            certain &= is_certain
            rows.append(value if goal else 0.0 - value)
        return Points(score, np.array(rows), open_ | ~certain)


def since(blank: Fraction, credit: Quotient) -> Quotient:
    """Return credits counted from the blank's, at least 0."""
    if not blank:
        return credit
    above = credit.above * float(blank.denominator) - credit.below * float(blank.numerator)
    below = credit.below * float(blank.denominator - blank.numerator)
    exact = credit.below * float(blank.denominator) < 2.0**53
    above = np.maximum(above, 0.0)
    return Quotient(above, below, above / below, credit.open | ~exact)


def spread(earned: Earned, some: NDArray[np.intp]) -> Quotient:
    """Return the credit on one check of every row in `some`."""
    above = earned.full[some].astype(np.float64)
    found = Quotient(above, np.ones(len(some)), above.copy(), np.zeros(len(some), np.bool_))
    at = np.searchsorted(some, earned.part.rows)
    for whole, part in zip(found, earned.part.credit, strict=True):
        whole[at] = part
    return found
