"""Numbers as short as a picture needs them, at its axes and beside its marks."""

from collections.abc import Sequence
from fractions import Fraction

from grader.exact.rational import to_double
from grader.words.wording import number

_SHORT = 7  # characters


def label(value: Fraction, digits: int = 4) -> str:
    """Return a number as short as a picture needs it: 2.5, 1/3, ≈0.1429, 1e9.

    What is longer than that is rounded to so many digits.
    """
    text = number(value)
    if len(text) <= (_SHORT if digits > 1 else 4):
        return text
    double = to_double(value)
    if double is None:
        return "∞"
    text = _power(f"{double:.{digits}g}")
    return text if Fraction(text) == value else f"≈{text}"


def tick_labels(values: Sequence[Fraction]) -> list[str]:
    """Return the numbers at an axis, short where that still tells them apart."""
    short = [label(value) for value in values]
    if len(set(short)) == len(short) and not any(text.startswith("≈") for text in short):
        return short
    return [number(value).replace("about ", "") for value in values]


def _power(text: str) -> str:
    """Return 1e+09 as 1e9."""
    digits, mark, exponent = text.partition("e")
    return f"{digits}e{int(exponent)}" if mark else text
