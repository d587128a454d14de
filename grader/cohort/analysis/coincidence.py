"""How many pairs of equal hand-ins chance alone makes."""

from fractions import Fraction
from math import comb

SELDOM = Fraction(1, 1000)


def pairs_of(hand_ins: int) -> int:
    """Return how many pairs there are among so many."""
    return comb(hand_ins, 2)


def chance_pairs(hand_ins: int, agreeing: Fraction) -> Fraction:
    """Return how many pairs agree on average where two agree with this chance.

    Among N settings that are equally likely two agree with chance 1/N; people prefer round numbers,
    so that this is the least there is.
    """
    return pairs_of(hand_ins) * agreeing
