"""Text from outside made harmless to show: nothing in it can move a cursor or turn a line round.

A record that holds text from outside has a field of type Inert or InertLines, and only `inert` and
`inert_lines` make these, so the type checker finds every way by which raw text could get into a
record. A record's constructor calls them itself, `_replace` included. Whoever shows a record has
nothing left to repair: only to cut, and to escape what markup reads.
"""

import unicodedata
from collections.abc import Iterable

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import NewType, TypeVar

    Inert = NewType("Inert", str)  # one line
    InertLines = NewType("InertLines", str)
    Record = TypeVar("Record")
else:

    class Inert(str):
        """Names a type in annotations; a text stays the text that it is."""

        __slots__ = ()

        def __new__(cls, text: str) -> str:
            """Return the text."""
            return text

    class InertLines(Inert):
        """The same, of several lines."""

        __slots__ = ()


def constructed(record: "type[Record]") -> "type[Record]":
    """Let `_make`, and so `_replace`, of a named tuple go through the constructor as well."""

    def _make(cls: "type[Record]", values: Iterable[object]) -> "Record":
        return cls(*values)

    record._make = classmethod(_make)  # type: ignore[attr-defined]
    return record


# Cc control, Cf format (bidi, zero width), Cs surrogate, Co private, Cn unassigned, Zl/Zp breaks.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# More marks on one letter than any language uses paint over the neighbouring lines.
_MAX_MARKS = 4


def inert(text: str, limit: int = 200) -> Inert:
    r"""Return the text on one line, cut after `limit` characters, the unprintable spelled out.

    A control, format or surrogate character becomes its escape, as in \x1b or \u202e; a longer
    text ends in an ellipsis.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return Inert(text)
    shown: list[str] = []
    length = marks = 0
    for character in text[: limit + 1]:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > _MAX_MARKS:
            continue
        piece = _escaped(character) if category in _UNSAFE else character
        length += len(piece)
        if length > limit:
            shown.append("…")
            break
        shown.append(piece)
    return Inert("".join(shown))


def shortened(text: str, limit: int) -> str:
    """Return what is inert already, cut after `limit` characters."""
    return text if len(text) <= limit else text[:limit] + "…"


def inert_lines(text: str, limit: int = 10_000) -> InertLines:
    """Return a longer text with its line breaks, each line inert, cut after `limit` characters."""
    shown: list[str] = []
    left = limit
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if left <= 0:
            shown.append("…")
            break
        shown.append(inert(line.expandtabs(4), left))
        left -= len(shown[-1]) + 1
    return InertLines("\n".join(shown))


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
