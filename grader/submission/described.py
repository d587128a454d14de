"""What is found where a number should be, in a student's words."""

from decimal import Decimal
from fractions import Fraction

from grader.exact.rational import MAX_MAGNITUDE
from grader.submission.record import Pairs, Unnumber, nearest
from grader.text.inert import inert


def describe(value: object) -> str:
    """Return what a value is, in a student's words, with its content where that is short."""
    match value:
        case Unnumber(kind=kind):
            return kind
        case None | bool():
            return "null" if value is None else f"the boolean {str(value).lower()}"
        case str():
            return f'the text "{inert(value, 40)}"'
        case int() | float() | Fraction() | Decimal():
            return _number(value)
        case list() | tuple():
            return "an object" if isinstance(value, Pairs) else "a list"
        case _:
            return f"a {inert(type(value).__name__, 40)}"


def _number(value: float | Fraction | Decimal) -> str:
    double = nearest(value)
    if double is None:
        return "NaN"
    if abs(double) > MAX_MAGNITUDE:  # the digits of an int can be millions: seconds to write
        return "a very large number"
    return str(int(double) if double.is_integer() else double)
