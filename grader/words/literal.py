"""Exact numbers and parameters as authors and students read and type them."""

from collections.abc import Mapping
from fractions import Fraction

from grader.words.wording import decimal

_DECIMALS = 6


def exact(value: Fraction) -> str:
    """Return the exact number: as a decimal where that is short, else as a ratio."""
    scaled = value * 10**_DECIMALS
    if scaled.denominator != 1 or abs(scaled) > 10**15:
        return str(value)
    return decimal(scaled.numerator, _DECIMALS)


def assignments(values: Mapping[str, Fraction]) -> str:
    """Return w1 = 1, b1 = -1 in the order given."""
    return ", ".join(f"{name} = {exact(value)}" for name, value in values.items())
