"""Median and quartiles as scores that somebody has."""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

QUARTERS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))


def reached_by(scores: Iterable[Fraction], share: Fraction) -> Fraction:
    """Return the highest score that at least this share of all have or pass.

    A mean of two scores in the middle would be one that nobody has.
    """
    order = sorted(scores, reverse=True)
    return order[ceil(share * len(order)) - 1]
