"""A text table cut into chunks of whole lines: the same for the same bytes, whoever asks."""

import codecs
import os
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from grader.cohort.tables.table_rows import TableError

SIZE = 4 << 20
_LARGEST = 64 << 20  # to the end of a record that quotes line breaks, or of one huge line
_QUOTED = 2 * SIZE  # a quotation mark that nobody closed goes on to the end


class Chunk(NamedTuple):
    """A run of a table: bytes of text or rows of Parquet, and the number of its first line."""

    n: int
    start: int
    end: int
    first: int


def beginning(file: BinaryIO) -> int:
    """Return where UTF-8 text begins, after its mark."""
    start = file.read(len(codecs.BOM_UTF8))
    return len(codecs.BOM_UTF8) if start == codecs.BOM_UTF8 else 0


def first_line(file: BinaryIO, start: int, shown: str) -> bytes:
    """Return the first line, of at most so many bytes as a chunk has. Raises: TableError."""
    file.seek(start)
    line = file.readline(SIZE + 1)
    check_length(line, shown)
    return line


def check_length(line: bytes, shown: str) -> None:
    """Refuse a first line that is longer than a chunk. Raises: TableError."""
    if len(line) > SIZE:
        raise TableError(
            f"{shown}: the first line is longer than 4 MiB; a table has one line per row"
        )


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
            if end - start > (_QUOTED if data[-1:] == b"\n" else _LARGEST):
                break
        yield Chunk(n, start, end, line)
        start, line, n = end, line + count, n + 1
