"""Median and quartiles as scores that somebody has."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from math import ceil

QUARTERS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))


def reached_by(scores: Iterable[Fraction], share: Fraction) -> Fraction:
    """Return the highest score that at least this share of all have or pass.

    A mean of two scores in the middle would be one that nobody has.
    """
    count = Counter(scores)  # of a hundred thousand scores few are different
    left = ceil(share * count.total())
    for score in sorted(count, reverse=True):
        left -= count[score]
        if left <= 0:
            return score
    raise ValueError("of no scores none is reached")
