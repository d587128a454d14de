"""What JSON expects at a place of a text, from the text before it.

The parser knows, too, but how it words that, and where it says a comma too many is, changes
from one Python to the next.
"""

import re

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import Literal

    Expected = Literal["key", "colon", "value", "comma", "end", "text"]
else:
    Expected = str

# A string, which may be open to the end; a bracket, comma or colon; a number or a word.
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?$)|[{}\[\]:,]|[^\s{}\[\]:,"]++', re.DOTALL)
_BLANKS = " \t\r\n"


def expected(before: str) -> Expected:
    """Return what has to follow the text, which is the beginning of a JSON text."""
    open_brackets: list[str] = []
    state: Expected = "value"
    for piece in _PIECE.findall(before):
        if piece[0] == '"' and not _is_closed(piece):
            return "text"
        if piece in "{[":
            open_brackets.append(piece)
            state = "key" if piece == "{" else "value"
        elif piece == ":":
            state = "value"
        elif piece == ",":
            state = "key" if open_brackets[-1:] == ["{"] else "value"
        elif state == "key" and piece != "}":
            state = "colon"
        else:
            if piece in "}]":
                del open_brackets[-1:]
            state = "comma" if open_brackets else "end"
    return state


def _is_closed(piece: str) -> bool:
    return len(piece) > 1 and piece[-1] == '"' and not _ends_in_escape(piece[:-1])


def _ends_in_escape(piece: str) -> bool:
    return (len(piece) - len(piece.rstrip("\\"))) % 2 == 1


def placed(text: str, position: int) -> int:
    """Return where the parser stumbled; of a comma too many, the place of what follows it.

    CPython reports that from 3.13 on where the comma is, before that where what follows is.
    """
    if text[position : position + 1] != "," or expected(text[:position]) != "comma":
        return position
    rest = text[position + 1 :]
    return position + 1 + len(rest) - len(rest.lstrip(_BLANKS))
