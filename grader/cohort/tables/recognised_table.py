"""A table as it is recognised: its kind, what is where, and its chunks."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from grader.cohort.manifest_lines import plural
from grader.cohort.tables import csv_rows, parquet_rows
from grader.cohort.tables.chunks import SIZE, Chunk, beginning, check_length, chunks, first_line
from grader.cohort.tables.table_rows import Heading
from grader.cohort.tables.wide_text import copied, wide_encoding, wide_text
from grader.text.inert import inert
from grader.text.lists import listed

TITLES = {"jsonl": "JSON lines", "csv": "CSV", "parquet": "Parquet"}
_COPY = ".report-table"  # so called, what a killed run leaves is cleared away
_ROWS = 65_536  # of a Parquet file in a chunk


class Table(NamedTuple):
    """A table as it was recognised: its kind, where its chunks begin, what is where."""

    path: str
    kind: str
    heading: Heading
    start: int = 0
    rows: int = 0  # of Parquet
    encoding: str = ""  # UTF-16 or UTF-32, until `in_utf8` has made a copy


def recognised(path: str, kind: str, free: tuple[str, ...]) -> Table:
    """Return the table at a path. Raises: TableError, OSError."""
    shown = inert(path)
    if kind == "parquet":
        at, count = parquet_rows.opened(path, free)
        return Table(path, kind, at, rows=count)
    encoding = wide_encoding(path)
    if encoding:
        return _wide(path, kind, free, encoding)
    with open(path, "rb") as file:
        start = beginning(file)
        if kind == "jsonl":
            return Table(path, kind, Heading(()), start)
        line = first_line(file, start, shown)
    try:
        text, encoding = line.decode(), "utf-8"
    except UnicodeDecodeError:
        text, encoding = line.decode("cp1252", "replace"), "cp1252"
    at = csv_rows.heading(text, free, shown)._replace(encoding=encoding)
    return Table(path, kind, at, start + len(line))


def _wide(path: str, kind: str, free: tuple[str, ...], encoding: str) -> Table:
    if kind == "jsonl":
        return Table(path, kind, Heading(()), encoding=encoding)
    shown = inert(path)
    with wide_text(path, encoding) as file:
        line = file.readline(SIZE + 1)
    data = line.encode("utf-8", "replace")
    check_length(data, shown)
    return Table(path, kind, csv_rows.heading(line, free, shown), len(data), encoding=encoding)


@contextmanager
def in_utf8(table: Table, folder: str) -> Iterator[Table]:
    """Give the table as UTF-8, of wide text a copy in the folder that is gone afterwards.

    Raises: OSError.
    """
    if not table.encoding:
        yield table
        return
    copy = os.path.join(folder, _COPY)
    try:
        copied(table.path, table.encoding, copy)
        yield table._replace(path=copy, encoding="")
    finally:
        with suppress(FileNotFoundError):
            os.unlink(copy)


def table_chunks(table: Table) -> Iterator[Chunk]:
    """Yield the chunks, the same for the same bytes."""
    if table.kind == "parquet":
        for n, start in enumerate(range(0, table.rows, _ROWS)):
            yield Chunk(n, start, min(start + _ROWS, table.rows), start + 1)
        return
    line = 1 if table.kind == "jsonl" else 2
    with open(table.path, "rb") as file:
        yield from chunks(file, table.start, line, quoted=table.kind == "csv")


def passed_over(table: Table) -> str:
    """Say which columns are not used; "" where all are."""
    columns = table.heading.passed
    if not columns:
        return ""
    shown = listed([inert(name, 40) for name in columns], most=8)
    return f"Passed over: {plural(len(columns), 'column')}: {shown}"
