"""A text table cut into chunks of whole lines: the same for the same bytes, whoever asks."""

import codecs
import os
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from grader.cohort.tables.table_rows import TableError

SIZE = 4 << 20
_LARGEST = 64 << 20  # to the end of a record that quotes line breaks, or of one huge line
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


class Chunk(NamedTuple):
    """A run of a table: bytes of text or rows of Parquet, and the number of its first line."""

    n: int
    start: int
    end: int
    first: int


def beginning(file: BinaryIO, shown: str) -> int:
    """Return where the text begins, after its mark. Raises: TableError if it is not UTF-8."""
    start = file.read(4)
    if start.startswith(_MARKS):
        raise TableError(f"{shown} is UTF-16 or UTF-32 text; save the table as UTF-8")
    return len(codecs.BOM_UTF8) if start.startswith(codecs.BOM_UTF8) else 0


def first_line(file: BinaryIO, start: int, shown: str) -> bytes:
    """Return the first line, of at most so many bytes as a chunk has. Raises: TableError."""
    file.seek(start)
    line = file.readline(SIZE + 1)
    if len(line) > SIZE:
        raise TableError(f"{shown}: the first line is longer than 4 MiB; a table has a line a row")
    return line


def chunks(
    file: BinaryIO, start: int, line: int, *, quoted: bool, size: int = SIZE
) -> Iterator[Chunk]:
    """Yield the chunks from a byte on, which begins the line of this number.

    With `quoted` a chunk ends only where its quotation marks come in pairs.
    """
    file.seek(0, os.SEEK_END)
    total, n = file.tell(), 0
    while start < total:
        file.seek(start)
        data = file.read(size)
        end = start + len(data)
        count, marks = data.count(b"\n"), data.count(b'"')
        while end < total and (data[-1:] != b"\n" or (quoted and marks % 2)):
            data = file.readline(_LARGEST)
            end += len(data)
            count, marks = count + data.count(b"\n"), marks + data.count(b'"')
            if end - start > _LARGEST:
                break
        yield Chunk(n, start, end, line)
        start, line, n = end, line + count, n + 1
