"""Shares of a class, their differences, and how far off each may be by chance."""

from math import sqrt
from typing import NamedTuple

Z95 = 1.959963984540054  # the normal distribution has 95 % within so many standard deviations
FEW, SOME = 5, 20  # hand-ins from which a share has an interval, and is a percentage


class Interval(NamedTuple):
    """What is likely, at 95 %: an estimate between two ends."""

    estimate: float
    low: float
    high: float


def wilson(successes: float, n: int, z: float = Z95) -> Interval:
    """Return a share with its score interval.

    `successes` may be a sum of credits from 0 to 1: their variance is at most that of a share of
    the same mean, so the interval is safe for it.

    Source: E. B. Wilson, JASA 22 (1927) 209; Brown, Cai, DasGupta, Stat. Sci. 16 (2001) 101.
    """
    share = successes / n
    square = z * z / n
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * sqrt(share * (1 - share) / n + square / (4 * n))
    low = middle - half if successes else 0.0  # exactly, where rounding leaves a little
    high = middle + half if successes < n else 1.0
    return Interval(share, max(0.0, low), min(1.0, high))


def newcombe(one: tuple[float, int], other: tuple[float, int], z: float = Z95) -> Interval:
    """Return by how much one share (successes, n) is above another, with its interval.

    Of two shares of the same hand-ins that go along with each other it is wider than it had to be.

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873, method 10.
    """
    first, second = wilson(*one, z), wilson(*other, z)
    difference = first.estimate - second.estimate
    below = sqrt((first.estimate - first.low) ** 2 + (second.high - second.estimate) ** 2)
    above = sqrt((first.high - first.estimate) ** 2 + (second.estimate - second.low) ** 2)
    return Interval(difference, difference - below, difference + above)


def excludes_zero(interval: Interval) -> bool:
    """Tell whether a difference can be seen at all."""
    return interval.low > 0 or interval.high < 0
