"""Exact numbers and parameters as authors and students read and type them."""

from collections.abc import Mapping
from fractions import Fraction

_DECIMALS = 10**6


def exact(value: Fraction) -> str:
    """Return the exact number: as a decimal where that is short, else as a ratio."""
    scaled = value * _DECIMALS
    if scaled.denominator != 1 or abs(scaled) > 10**15:
        return str(value)
    whole, rest = divmod(abs(scaled.numerator), _DECIMALS)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}" + (f".{rest:06}".rstrip("0") if rest else "")


def assignments(values: Mapping[str, Fraction]) -> str:
    """Return w1 = 1, b1 = -1 in the order given."""
    return ", ".join(f"{name} = {exact(value)}" for name, value in values.items())
