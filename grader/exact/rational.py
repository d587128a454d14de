"""Text and doubles to exact rationals and back, with the limits that are checked at the door."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from grader.exact.ratio import Ratio

MAX_MAGNITUDE = 10**9
MAX_TEXT = 40
# 10 ** 400 is built in microseconds; without a limit 1e-999999999 would fill the memory.
MAX_EXPONENT = 400

_CHARACTERS = frozenset("0123456789+-.eE/")


def from_text(text: str) -> Fraction:
    """Return the number that a spec writes: an integer, a decimal, an exponent, or a ratio.

    Raises: ValueError with what is wrong, if it is none of these or beyond the limits.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"is longer than {MAX_TEXT} characters")
    numerator, slash, denominator = text.partition("/")
    if not _CHARACTERS.issuperset(text) or _is_octal(numerator) or _is_octal(denominator):
        raise ValueError("is not a number")
    number = _ratio(numerator, denominator) if slash else _decimal(text)
    if abs(number) > MAX_MAGNITUDE:
        raise ValueError("is over 1e9 in magnitude")
    return number


def _is_octal(text: str) -> bool:
    """Tell whether digits follow a leading 0, which some read as octal."""
    digits = _unsigned(text)
    return digits[:1] == "0" and digits[1:2].isdigit()


def _unsigned(text: str) -> str:
    return text[1:] if text[:1] in {"+", "-"} else text


def _ratio(numerator: str, denominator: str) -> Fraction:
    if not (_unsigned(numerator).isdigit() and denominator.isdigit() and int(denominator)):
        raise ValueError("is not a ratio of two whole numbers")
    return Ratio(int(numerator), int(denominator))


def _decimal(text: str) -> Fraction:
    _, _, exponent = text.lower().partition("e")
    if _unsigned(exponent).isdigit() and abs(int(exponent)) > MAX_EXPONENT:
        raise ValueError(f"has an exponent beyond {MAX_EXPONENT}")
    try:
        return Ratio(Decimal(text))
    except InvalidOperation:
        raise ValueError("is not a number") from None


def from_double(double: float) -> Fraction:
    """Return the shortest decimal that reads back as this finite double: 0.1 is 1/10.

    Raises: ValueError if it is over 1e9 in magnitude, infinite or NaN.
    """
    if not abs(double) <= MAX_MAGNITUDE:
        raise ValueError("is over 1e9 in magnitude")
    if double.is_integer():
        return Ratio(int(double))
    return Ratio(Decimal(repr(double)))


def to_double(number: Fraction) -> float | None:
    """Return the nearest double, None if the number exceeds the largest one."""
    try:
        return number.numerator / number.denominator
    except OverflowError:
        return None
