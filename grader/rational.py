"""Text and doubles to exact rationals and back, with the limits that are checked at the door."""

import re
from decimal import Decimal
from fractions import Fraction

MAX_MAGNITUDE = 10**9
MAX_TEXT = 40
# 10 ** 400 is built in microseconds; without a limit 1e-999999999 would fill the memory.
MAX_EXPONENT = 400

_RATIO = re.compile(r"([+-]?)(0|[1-9][0-9]*)/([1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(
    r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?", re.ASCII
)


def from_text(text: str) -> Fraction:
    """Return the number that a spec writes: an integer, a decimal, an exponent, or a ratio.

    Raises: ValueError with what is wrong, if it is none of these or beyond the limits.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"is longer than {MAX_TEXT} characters")
    ratio = _RATIO.fullmatch(text)
    if ratio:
        number = Fraction(int(ratio[1] + ratio[2]), int(ratio[3]))
    else:
        decimal = _DECIMAL.fullmatch(text)
        if not decimal:
            raise ValueError("is not a number")
        if decimal[1] and abs(int(decimal[1])) > MAX_EXPONENT:
            raise ValueError(f"has an exponent beyond {MAX_EXPONENT}")
        number = Fraction(Decimal(text))
    if abs(number) > MAX_MAGNITUDE:
        raise ValueError("is over 1e9 in magnitude")
    return number


def from_double(double: float) -> Fraction:
    """Return the shortest decimal that reads back as this finite double: 0.1 is 1/10.

    Raises: ValueError if it is over 1e9 in magnitude, infinite or NaN.
    """
    if not abs(double) <= MAX_MAGNITUDE:
        raise ValueError("is over 1e9 in magnitude")
    if double.is_integer():
        return Fraction(int(double))
    return Fraction(Decimal(repr(double)))


def to_double(number: Fraction) -> float | None:
    """Return the nearest double, None if the number exceeds the largest one."""
    try:
        return number.numerator / number.denominator
    except OverflowError:
        return None
