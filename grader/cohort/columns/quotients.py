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
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.scaled import Ratio

WHOLE = 2.0**53
_CROSS = 2.0**52


class Quotient(NamedTuple):
    """above / below, both whole numbers, below > 0, and the nearest double.

    `open` is where they are not under 2**53, or where it is not known which of two this is.
    """

    above: Column
    below: Column
    nearest: Column
    open: Mask


def quotient(above: Column, below: Column) -> Quotient:
    """Return a quotient; where a part reaches 2**53 it may be rounded and is open."""
    return Quotient(above, below, above / below, np.maximum(np.abs(above), below) >= WHOLE)


def number(value: int, rows: int) -> Quotient:
    """Return the same whole number for every row."""
    same = np.full(rows, float(value))
    return Quotient(same, np.ones(rows), same, np.zeros(rows, np.bool_))


def unknown(rows: int) -> Quotient:
    """Return quotients of which nothing is known."""
    return number(1, rows)._replace(open=np.ones(rows, np.bool_))


def larger(one: Quotient, other: Quotient) -> Quotient:
    """Return the larger of each two."""
    return _one_of(one, other, one.nearest >= other.nearest)


def smaller(one: Quotient, other: Quotient) -> Quotient:
    """Return the smaller of each two."""
    return _one_of(one, other, one.nearest <= other.nearest)


def _one_of(one: Quotient, other: Quotient, first: Mask) -> Quotient:
    return where(first, one, other)._replace(open=one.open | other.open | undecided(one, other))


def undecided(one: Quotient, other: Quotient) -> Mask:
    """Tell where it is open which of the two is larger, or whether they are equal."""
    equal: Mask = one.nearest == other.nearest
    equal &= (one.above != other.above) | (one.below != other.below)
    if equal.any():
        crossed = np.maximum(np.abs(one.above) * other.below, np.abs(other.above) * one.below)
        equal &= crossed >= _CROSS
    return equal


def where(mask: Mask, one: Quotient, other: Quotient) -> Quotient:
    """Return the one where the mask says so, else the other."""
    return Quotient(
        np.where(mask, one.above, other.above),
        np.where(mask, one.below, other.below),
        np.where(mask, one.nearest, other.nearest),
        np.where(mask, one.open, other.open),
    )


def of_rows(one: Quotient, rows: NDArray[np.intp]) -> Quotient:
    """Return the quotients of some rows."""
    return Quotient(one.above[rows], one.below[rows], one.nearest[rows], one.open[rows])


def faded(off: Quotient, full: Ratio, gone: Ratio) -> Quotient:
    """Return the credit for being off, which falls in a straight line from full to gone.

    What is within full or gone altogether has the credit 1 or 0.
    """
    limit, least = Fraction(*gone), Fraction(*full)
    within = off.above * float(full.below) <= off.below * float(full.above)
    if limit == least:
        credit = np.where(within, 1.0, 0.0)
        return Quotient(credit, np.ones_like(credit), credit, off.open)
    top, slope = limit / (limit - least), 1 / (limit - least)
    below = lcm(top.denominator, slope.denominator)
    high, fall = off.below * float(top * below), off.above * float(slope * below)
    part = np.where(within, 1.0, np.maximum(high - fall, 0.0))
    whole = np.where(within | (part == 0), 1.0, off.below * float(below))
    credit_ = quotient(part, whole)
    return credit_._replace(open=credit_.open | off.open | (np.maximum(high, fall) >= WHOLE))
