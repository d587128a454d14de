"""A table in UTF-16 or UTF-32, as spreadsheets save one: graded from a copy in UTF-8."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

# The marks of UTF-32 come first, since one begins as one of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE = 1 << 20  # characters


def wide_encoding(path: str) -> str:
    """Return the encoding that a file's mark says; "" without one of UTF-16 or UTF-32.

    Raises: OSError.
    """
    with open(path, "rb") as file:
        start = file.read(4)
    return next((name for mark, name in _MARKS if start.startswith(mark)), "")


@contextmanager
def wide_text(path: str, encoding: str) -> Iterator[TextIO]:
    """Open wide text, without its mark; lines end only in line feeds, and stay as they are."""
    with open(path, encoding=encoding, errors="replace", newline="\n") as file:
        yield file


def copied(path: str, encoding: str, copy: str) -> None:
    """Write a copy in UTF-8, piece by piece. Raises: OSError."""
    with wide_text(path, encoding) as wide, open(copy, "wb") as plain:
        while piece := wide.read(_PIECE):
            plain.write(piece.encode("utf-8", "replace"))
