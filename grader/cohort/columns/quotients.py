"""Exact quotients of whole numbers as columns: which is larger, and where that cannot be told.

Dividing two whole numbers under 2**53 gives their quotient's nearest double. Rounding keeps order:
of two quotients whose doubles differ, the larger double is the larger. If the doubles are equal and
both cross products are under 2**52, so are the quotients: otherwise they would differ by at least
1 / (d1 * d2), more than two numbers with one nearest double can, because the larger is n1 / d1 and
(n1 / d1) * 2**-52 is below 1 / (d1 * d2) as n1 * d2 is under 2**52. Anything else is left open.
"""

from fractions import Fraction
from math import lcm
from typing import NamedTuple

import numpy as np

from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.scaled import Ratio

WHOLE = 2.0**53
_CROSS = 2.0**52


class Quotient(NamedTuple):
    """above / below, both whole numbers, below > 0; `open` where they are not under 2**53."""

    above: Column
    below: Column
    open: Mask

    @property
    def nearest(self) -> Column:
        """The nearest doubles."""
        return self.above / self.below


def quotient(above: Column, below: Column) -> Quotient:
    """Return a quotient; where a part reaches 2**53 it may be rounded and is open."""
    above, below = np.broadcast_arrays(above, below)
    return Quotient(above, below, (np.abs(above) >= WHOLE) | (below >= WHOLE))


def unknown(rows: int) -> Quotient:
    """Return quotients of which nothing is known."""
    return Quotient(np.ones(rows), np.ones(rows), np.ones(rows, np.bool_))


def larger(one: Quotient, other: Quotient) -> Quotient:
    """Return the larger of each two."""
    return _one_of(one, other, one.nearest >= other.nearest)


def smaller(one: Quotient, other: Quotient) -> Quotient:
    """Return the smaller of each two."""
    return _one_of(one, other, one.nearest <= other.nearest)


def _one_of(one: Quotient, other: Quotient, first: Mask) -> Quotient:
    return Quotient(
        np.where(first, one.above, other.above),
        np.where(first, one.below, other.below),
        one.open | other.open | undecided(one, other),
    )


def undecided(one: Quotient, other: Quotient) -> Mask:
    """Tell where it is open which of the two is larger, or whether they are equal."""
    found: Mask = (
        (one.nearest == other.nearest)
        & ((one.above != other.above) | (one.below != other.below))
        & ((np.abs(one.above) * other.below >= _CROSS) | (np.abs(other.above) * one.below >= _CROSS))
    )
    return found


def where(mask: Mask, one: Quotient, other: Quotient) -> Quotient:
    """Return the one where the mask says so, else the other."""
    return Quotient(
        np.where(mask, one.above, other.above),
        np.where(mask, one.below, other.below),
        np.where(mask, one.open, other.open),
    )


def faded(off: Quotient, full: Ratio, gone: Ratio) -> Quotient:
    """Return the credit for being off, which falls in a straight line from full to gone.

    What is within full or gone altogether has the credit 1 or 0.
    """
    limit, least = Fraction(*gone), Fraction(*full)
    whole = np.ones_like(off.below)
    span = limit - least
    if not span:
        is_within = off.above * float(full.below) <= off.below * float(full.above)
        credit = quotient(np.where(is_within, 1.0, 0.0), whole)
    else:
        top, slope = limit / span, 1 / span
        below = lcm(top.denominator, slope.denominator)
        high, rise = int(top * below), int(slope * below)
        credit = quotient(off.below * float(high) - off.above * float(rise), off.below * float(below))
        exact = np.maximum(off.below * float(high), off.above * float(rise)) < WHOLE
        credit = credit._replace(open=credit.open | ~exact)
        credit = where(credit.above <= 0, quotient(np.zeros_like(whole), whole), credit)
        credit = where(credit.above >= credit.below, quotient(whole, whole), credit)
    return credit._replace(open=credit.open | off.open)
