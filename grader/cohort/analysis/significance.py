"""Which of two counts is really the larger, and which of several differences can be seen."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import NormalDist

from grader.cohort.analysis.shares import Interval, newcombe

LEVEL = Fraction(1, 20)
_FAR, _NEAR, _MANY = 8, 9, 10_000


def sign_test(one: int, other: int) -> Fraction:
    """Return how often chance alone makes two counts at least so unequal, exactly.

    Source: J. Arbuthnott, Phil. Trans. 27 (1710) 186; the binomial distribution of one half.
    """
    n, least = one + other, min(one, other)
    ways = tail = 1
    for k in range(1, least + 1):  # each of these numbers has up to n bits, and comb is slow there
        ways = ways * (n - k + 1) // k
        tail += ways
    return min(Fraction(1), Fraction(2 * tail, 2**n))


def is_more(one: int, other: int) -> bool:
    """Tell whether the first count is above the second by more than chance.

    Far counts are told without the test. More than sqrt(8 n) apart, chance makes them at most
    2 exp(-4) often, which is below 0.05; of ten thousand at most 1.5 sqrt(n) apart, more often.

    Source: W. Hoeffding, J. Am. Stat. Ass. 58 (1963) 13, theorem 2; for the other side the theorem
    of Berry and Esseen, with I. Shevtsova's constant below 1/2.
    """
    n, apart = one + other, one - other
    if apart > 0 and apart * apart >= _FAR * n:
        return True
    if n >= _MANY and 4 * apart * apart <= _NEAR * n:
        return False
    return one > other and sign_test(one, other) <= LEVEL


def seen_differences(
    pairs: Sequence[tuple[tuple[float, int], tuple[float, int]]],
) -> tuple[Interval | None, ...]:
    """Return the difference of each pair of shares that can be seen among so many, else None.

    The clearest is held against 0.05 / m, the next against 0.05 / (m - 1), until one cannot be
    seen; the intervals are those of one pair alone.

    Source: S. Holm, Scand. J. Stat. 6 (1979) 65, by intervals of Newcombe's at each level.
    """
    found: list[Interval | None] = [None] * len(pairs)
    order = sorted(range(len(pairs)), key=lambda k: -_clearness(pairs[k]))
    for place, k in enumerate(order):
        z = NormalDist().inv_cdf(1 - float(LEVEL) / (len(pairs) - place) / 2)
        wide = newcombe(*pairs[k], z)
        if wide.low <= 0 <= wide.high:
            break
        found[k] = newcombe(*pairs[k])
    return tuple(found)


def _clearness(pair: tuple[tuple[float, int], tuple[float, int]]) -> float:
    """Return how far a difference is from 0, in halves of its interval."""
    interval = newcombe(*pair)
    half = interval.low if interval.estimate > 0 else interval.high
    return abs(interval.estimate) / max(abs(interval.estimate - half), 1e-12)
