"""Points for platforms that know only whole numbers: shares by largest remainder, never above."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor


def whole(shares: Sequence[Fraction], total: int) -> list[int]:
    """Return whole numbers that add up to `total`, each the share's floor or one more.

    The shares are 0 or more and add up to `total`.
    """
    floors = [floor(share) for share in shares]
    left = total - sum(floors)
    by_remainder = sorted(range(len(shares)), key=lambda k: floors[k] - shares[k])
    for k in by_remainder[:left]:
        floors[k] += 1
    return floors


def whole_within(shares: Sequence[Fraction], limits: Sequence[int]) -> list[int]:
    """Return whole numbers that add up to the floor of the shares' sum, none over its limit.

    What the floors leave over goes to the largest remainders; a line that it would fill although
    its share does not comes last. The limits must leave room for the sum.
    """
    given = [min(floor(share), limit) for share, limit in zip(shares, limits, strict=True)]
    left = floor(sum(shares, Fraction(0))) - sum(given)

    def order(k: int) -> tuple[bool, Fraction]:
        return given[k] + 1 >= limits[k] and ceil(shares[k]) > floor(shares[k]), given[k] - shares[
            k
        ]

    while left > 0:
        room = sorted((k for k, limit in enumerate(limits) if given[k] < limit), key=order)
        for k in room[:left]:
            given[k] += 1
        left -= len(room[:left])
    return given
