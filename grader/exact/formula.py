"""Formulas over named numbers: + - * /, brackets and comparison, computed exactly; no code.

Theory of operation. A formula is read once, by recursive descent, into steps for a stack of
numbers, so to compute it runs nothing but the five operations below. Names start with a letter;
`$name` is the same name. What is too long to read is refused before it is looked at.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne

from grader.exact.rational import from_text
from grader.named import NamedTuple

MAX_FORMULA = 200  # characters
_MAX_DEPTH = 20  # of brackets
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|(?P<name>\$?[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<sign><=|>=|==|!=|[-+*/()<>=]))"
)
# A number as numerator and denominator, which is over 0: to compute a list of variants so takes a
# third of what it takes with Fraction, which shortens every number on the way.
Ratio = tuple[int, int]


def _over(a: Ratio, b: Ratio) -> Ratio:
    if not b[0]:
        raise ZeroDivisionError
    sign = 1 if b[0] > 0 else -1
    return a[0] * b[1] * sign, a[1] * abs(b[0])


_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "==": eq,
    "!=": ne,
}
_COMPUTE: dict[str, Callable[[Ratio, Ratio], Ratio]] = {
    "+": lambda a, b: (a[0] * b[1] + b[0] * a[1], a[1] * b[1]),
    "-": lambda a, b: (a[0] * b[1] - b[0] * a[1], a[1] * b[1]),
    "*": lambda a, b: (a[0] * b[0], a[1] * b[1]),
    "/": _over,
}
COMPARISONS = tuple(_COMPARE)
_NEGATED = "negated"


class _Step(NamedTuple):
    """One step: a number or a name to put on the stack, or a sign to compute with."""

    sign: str = ""
    name: str = ""
    number: Ratio | None = None


class Formula(NamedTuple):
    """A formula as it was written, and its steps."""

    text: str
    steps: tuple[_Step, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it, each once, in the order of writing."""
        return tuple(dict.fromkeys(step.name for step in self.steps if step.name))

    def value(self, values: Mapping[str, Fraction]) -> Fraction:
        """Return the number that it is. Raises: ZeroDivisionError; KeyError for a name."""
        return Fraction(*self.ratio(ratios(values)))

    def ratio(self, values: Mapping[str, Ratio]) -> Ratio:
        """Return the number, not shortened. Raises: ZeroDivisionError; KeyError for a name."""
        stack: list[Ratio] = []
        for sign, name, number in self.steps:
            if number is not None:
                stack.append(number)
            elif name:
                stack.append(values[name])
            elif sign == _NEGATED:
                numerator, denominator = stack.pop()
                stack.append((-numerator, denominator))
            else:
                right = stack.pop()
                stack.append(_COMPUTE[sign](stack.pop(), right))
        return stack.pop()


class Constraint(NamedTuple):
    """Formulas with signs of comparison between them: a < b, or a < b < c."""

    text: str
    sides: tuple[Formula, ...]
    signs: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it, each once, in the order of writing."""
        return tuple(dict.fromkeys(name for side in self.sides for name in side.names))

    def holds(self, values: Mapping[str, Fraction]) -> bool:
        """Tell whether it is true of these numbers. Raises: ZeroDivisionError."""
        return self.holds_of(ratios(values))

    def holds_of(self, values: Mapping[str, Ratio]) -> bool:
        """Tell whether it is true of these numbers. Raises: ZeroDivisionError."""
        numbers = [side.ratio(values) for side in self.sides]
        pairs = zip(numbers, self.signs, numbers[1:], strict=False)
        return all(_COMPARE[sign](a[0] * b[1], b[0] * a[1]) for a, sign, b in pairs)


def ratios(values: Mapping[str, Fraction]) -> dict[str, Ratio]:
    """Return the numbers as ratios."""
    return {name: value.as_integer_ratio() for name, value in values.items()}


def formula(text: str) -> Formula:
    """Return the formula that the text is.

    Raises: ValueError with what is wrong and what is allowed.
    """
    reading = _Reading(text)
    steps = tuple(reading.total(0))
    reading.end()
    return Formula(text.strip(), steps)


def condition(text: str) -> Constraint:
    """Return the comparison that the text is.

    Raises: ValueError with what is wrong and what is allowed.
    """
    reading = _Reading(text)
    sides = [tuple(reading.total(0))]
    signs = []
    while reading.next in _COMPARE:
        signs.append(reading.take())
        sides.append(tuple(reading.total(0)))
    if reading.next == "=":
        raise ValueError("has a single =; write == for equal")
    reading.end()
    if not signs:
        raise ValueError("compares nothing; write a comparison such as a < b or a != b")
    return Constraint(text.strip(), tuple(Formula("", side) for side in sides), tuple(signs))


class _Reading:
    """The tokens of a text, one after the other."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_FORMULA:
            raise ValueError(f"is longer than {MAX_FORMULA} characters")
        self.tokens = _tokens(text)
        self.next = next(self.tokens, "")

    def take(self) -> str:
        taken, self.next = self.next, next(self.tokens, "")
        return taken

    def end(self) -> None:
        if self.next:
            raise ValueError(f'has "{self.next}" where + - * / or the end would follow')

    def total(self, depth: int) -> Iterator[_Step]:
        yield from self.product(depth)
        while self.next in ("+", "-"):
            sign = self.take()
            yield from self.product(depth)
            yield _Step(sign)

    def product(self, depth: int) -> Iterator[_Step]:
        yield from self.factor(depth)
        while self.next in ("*", "/"):
            sign = self.take()
            yield from self.factor(depth)
            yield _Step(sign)

    def factor(self, depth: int) -> Iterator[_Step]:
        if depth > _MAX_DEPTH:
            raise ValueError(f"has more than {_MAX_DEPTH} brackets or signs inside each other")
        taken = self.take()
        if taken in ("+", "-"):
            yield from self.factor(depth + 1)
            if taken == "-":
                yield _Step(_NEGATED)
        elif taken == "(":
            yield from self.total(depth + 1)
            if self.take() != ")":
                raise ValueError("has a bracket that is not closed")
        elif taken.lstrip("$")[:1].isalpha():
            yield _Step(name=taken.lstrip("$"))
        elif taken[:1].isdigit() or taken[:1] == ".":
            yield _Step(number=_number(taken))
        else:
            found = f'has "{taken}"' if taken else "ends"
            raise ValueError(f"{found} where a number, a name or a bracket would follow")


def _number(text: str) -> Ratio:
    try:
        return from_text(text).as_integer_ratio()
    except ValueError as error:
        raise ValueError(f'has "{text}", which {error}') from None


def _tokens(text: str) -> Iterator[str]:
    place, text = 0, text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found:
            odd = text[place:].lstrip()[:1]
            raise ValueError(
                f'has "{odd}"; only names, numbers, + - * /, brackets and comparison are allowed'
            )
        yield found.group(found.lastgroup or 0)
        place = found.end()
