"""Numbers as the sum of two doubles, some 106 bits: what sums of credits are counted in.

Every operation below is off by at most 2**-102 of its result as long as nothing is subtracted; here
nothing is. Source: T. J. Dekker, A floating-point technique for extending the available precision,
1971; M. Joldes et al., Tight and rigorous error bounds for basic building blocks of double-word
arithmetic, 2017 (sum of positive numbers 3 * 2**-106, product 7 * 2**-106).
"""

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from grader.cohort.columns.decimals import Column, Mask

_SPLIT = float(2**27 + 1)
_STEP = 2.0**-102


class Doubled(NamedTuple):
    """high + low, with |low| at most half a unit in high's last place."""

    high: Column
    low: Column


def constant(number: Fraction) -> Doubled:
    """Return an exact number, off by at most 2**-106 of it."""
    high = number.numerator / number.denominator
    rest = number - Fraction(high)
    return Doubled(np.float64(high), np.float64(rest.numerator / rest.denominator))  # type: ignore[arg-type]


def quotient(above: Column, below: Column) -> Doubled:
    """Return the quotient of whole numbers under 2**53."""
    high = above / below
    product, error = _product(high, below)
    return _tidy(high, ((above - product) - error) / below)


def times(one: Doubled, other: Doubled) -> Doubled:
    """Return the product."""
    high, low = _product(one.high, other.high)
    return _tidy(high, low + (one.high * other.low + one.low * other.high))


def plus(one: Doubled, other: Doubled) -> Doubled:
    """Return the sum of numbers that are not negative."""
    high, low = _sum(one.high, other.high)
    return _tidy(high, low + (one.low + other.low))


def nearest(number: Doubled, steps: int) -> tuple[Column, Mask]:
    """Return the nearest doubles of results of so many operations, and which are certain."""
    hair = np.abs(number.high) * (steps * _STEP)
    below, above = number.high + (number.low - hair), number.high + (number.low + hair)
    return below, below == above


def _tidy(high: Column, low: Column) -> Doubled:
    total = high + low
    return Doubled(total, low - (total - high))


def _sum(one: Column, other: Column) -> tuple[Column, Column]:
    total = one + other
    part = total - one
    return total, (one - (total - part)) + (other - part)


def _product(one: Column, other: Column) -> tuple[Column, Column]:
    product = one * other
    a, b = _halves(one)
    c, d = _halves(other)
    return product, ((a * c - product) + a * d + b * c) + b * d


def _halves(number: Column) -> tuple[Column, Column]:
    part = _SPLIT * number
    high = part - (part - number)
    return high, number - high
