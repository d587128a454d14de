"""Reading of plain values out of a spec's tree; what is wrong is noted, and reading goes on."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import lcm

from grader.errors import Problem
from grader.exact.rational import from_text
from grader.specs.tree import Entry, Mapping, Node, Scalar, Sequence
from grader.text.inert import inert
from grader.text.lists import did_you_mean

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import TypeVar

    Word = TypeVar("Word", bound=str)

# More are neither read by a person nor compared with a misspelt one in time.
_KEYS_AT_MOST = 30
_HINTED = 1_000  # problems: nobody reads that many, and to look for likely names takes long
# Sums have the common denominator; with 1,000 primes of 36 digits one grading takes minutes.
_MOST_BITS = 20_000
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


class Reader:
    """Collects problems. Each method returns None (or less) where it has noted one."""

    def __init__(self) -> None:
        """Start without problems."""
        self.problems: list[Problem] = []
        self._denominator = 1  # of all numbers together

    def note(self, line: int, key: str, message: str, code: str = "spec") -> None:
        """Note a problem: the key's path, what was found, what is allowed."""
        self.problems.append(Problem(line, key, message, code))

    def mapping(
        self,
        node: Node,
        path: str,
        required: Iterable[str],
        optional: Iterable[str] = (),
        unknown: str = "spec",
    ) -> dict[str, Entry]:
        """Return the entries by key; unknown, missing and empty ones are noted and left out.

        `unknown` is the code of the problem that an unknown key is.
        """
        required = tuple(required)
        allowed = (*required, *optional)
        known = frozenset(allowed)
        if not isinstance(node, Mapping):
            self.note(
                node.line,
                path,
                f"is {kind(node)}; it must be keys and values: {_keys(allowed)}",
            )
            return {}
        entries: dict[str, Entry] = {}
        for entry in node.entries:
            if entry.key not in known:
                self._unknown(entry, path, allowed, unknown)
            elif is_empty(entry.value):
                self.note(
                    entry.line, join(path, entry.key), "is empty; give it a value or delete it"
                )
            else:
                entries[entry.key] = entry
        given = {entry.key for entry in node.entries}
        for key in required:
            if key not in given:
                self.note(node.line, join(path, key), "is missing")
        return entries

    def _unknown(self, entry: Entry, path: str, allowed: tuple[str, ...], code: str) -> None:
        hint = ""
        if len(self.problems) < _HINTED:
            hint = did_you_mean(entry.key, allowed[:_KEYS_AT_MOST], otherwise="")
        message = f"unknown key{hint}{' Allowed' if hint else '; allowed'} are: {_keys(allowed)}"
        self.note(entry.line, join(path, inert(entry.key, 40)), message, code)

    def items(self, node: Node, path: str, what: str) -> tuple[Node, ...] | None:
        """Return the items of a list."""
        if isinstance(node, Sequence):
            return node.items
        self.note(node.line, path, f"is {kind(node)}; it must be a list of {what}")
        return None

    def text(self, node: Node, path: str) -> str | None:
        """Return text as it was written, whatever it looks like."""
        if isinstance(node, Scalar):
            return node.text
        self.note(node.line, path, f"is {kind(node)}; it must be text")
        return None

    def choice(self, node: Node, path: str, allowed: "tuple[Word, ...]") -> "Word | None":
        """Return one of the allowed words."""
        text = self.text(node, path)
        if text is None or text in allowed:
            return next((word for word in allowed if word == text), None)
        self.note(node.line, path, f'is "{inert(text, 40)}"; allowed are: {", ".join(allowed)}')
        return None

    def number(
        self,
        node: Node,
        path: str,
        is_allowed: Callable[[Fraction], bool] = lambda _: True,
        allowed: str = "a number such as 2, -0.5 or 1/3",
    ) -> Fraction | None:
        """Return a number, exactly as written. Quotes make text of it, but for a ratio."""
        if not isinstance(node, Scalar):
            self.note(node.line, path, f"is {kind(node)}; it must be {allowed}")
            return None
        shown = f'"{inert(node.text, 40)}"'
        if not node.plain and "/" not in node.text:
            self.note(node.line, path, f"{shown} is text in quotes; it must be {allowed}")
            return None
        try:
            number = from_text(node.text)
        except ValueError as error:
            self.note(node.line, path, f"{shown} {error}; it must be {allowed}")
            return None
        if self._is_too_much(number):
            self.note(
                node.line,
                path,
                f"{shown} and the ratios before it have no common "
                "denominator of reasonable size; use decimals or fewer different denominators",
            )
            return None
        if is_allowed(number):
            return number
        self.note(node.line, path, f"{shown} is not allowed; it must be {allowed}")
        return None

    def _is_too_much(self, number: Fraction) -> bool:
        """Tell whether this number makes sums of all so far too long to compute with."""
        if self._denominator % number.denominator:
            together = lcm(self._denominator, number.denominator)
            if together.bit_length() > _MOST_BITS:
                return True
            self._denominator = together
        return False

    def pair(self, node: Node, path: str, what: str) -> tuple[Fraction, Fraction] | None:
        """Return a list of two numbers."""
        items = self.items(node, path, f"two numbers, {what}")
        if items is None:
            return None
        if len(items) != 2:  # a pair
            self.note(node.line, path, f"has {len(items)} items; it must be two numbers, {what}")
            return None
        first, second = (self.number(item, f"{path}[{i}]") for i, item in enumerate(items))
        return None if first is None or second is None else (first, second)


def is_empty(node: Node) -> bool:
    """Tell whether a value was left out: nothing, ~ or null, or quotes around nothing."""
    if not isinstance(node, Scalar):
        return False
    return node.text in _EMPTY if node.plain else not node.text.strip()


def _keys(keys: tuple[str, ...]) -> str:
    shown, more = ", ".join(keys[:_KEYS_AT_MOST]), len(keys) - _KEYS_AT_MOST
    return f"{shown} and {more} more" if more > 0 else shown


def kind(node: Node) -> str:
    """Return what a node is, for a message."""
    if isinstance(node, Scalar):
        return f'the text "{inert(node.text, 40)}"'
    return "a list" if isinstance(node, Sequence) else "a mapping"


def join(path: str, key: str) -> str:
    """Return the path of a key inside a mapping."""
    return f"{path}.{key}" if path else key
