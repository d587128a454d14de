"""A table's rows as the hand-ins of a class, with all that a class can have: a roster, due times.

A row is then read as a file is, by itself. All rows are in memory at once, so a table of a class
has at most as many as an archive has files; without who-is-who a table may be of any length.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unicodedata import normalize

from grader.cohort.deadlines import handed_in_at
from grader.cohort.gathering import natural
from grader.cohort.holding import MAX_MEMBERS
from grader.cohort.manifest import HandIn, Manifest, Whereabouts, whole
from grader.cohort.roster import Matched, against
from grader.cohort.tables import csv_rows, parquet_rows
from grader.cohort.tables.chunks import Chunk
from grader.cohort.tables.json_lines import student_of
from grader.cohort.tables.recognised_table import TITLES, Table, in_utf8, passed_over, table_chunks
from grader.cohort.tables.table_rows import Hard, TableError, TableRows
from grader.desk.intake import Received, taken
from grader.errors import SubmissionError
from grader.submission.record import MAX_BYTES
from grader.text.inert import inert

_NAME = "row.json"  # what a row is read as
_MOST_BYTES = 1 << 28


class _Row(NamedTuple):
    """A row: where it is, whose, when; its bytes as JSON, or why it has none."""

    line: int
    student: str
    name: str
    time: str
    data: bytes
    fault: str = ""


def manifest(table: Table, free: Sequence[str], roster: str | None, asked: str) -> Manifest:
    """Return who handed in what; `asked` are the options for whose sake all rows are read.

    Raises: TableError, CollectionError, OSError.
    """
    rows: list[_Row] = []
    size = 0
    with TemporaryDirectory() as place, in_utf8(table, place) as plain:
        for row in _rows(plain, free):
            rows.append(row)
            size += len(row.data)
            if len(rows) > MAX_MEMBERS or size > _MOST_BYTES:
                raise _too_long(table, asked)
    entries = _hand_ins(table, rows)
    matched = Matched(tuple(entries)) if roster is None else against(roster, entries)
    passed = passed_over(table)
    notes = (*((f"{passed}.",) if passed else ()), *matched.notes)
    layout = f"{TITLES[table.kind]}, a submission a row"
    return Manifest(layout, matched.entries, (), matched.missing, notes)


def _too_long(table: Table, asked: str) -> TableError:
    return TableError(
        f"{inert(table.path)} has more than {MAX_MEMBERS:,} rows or {_MOST_BYTES >> 20} MiB of "
        f"them, too many for {asked}, with which all rows are in memory at once; leave that out, "
        "or cut the table into several"
    )


def read(entry: HandIn) -> Received:
    """Return what a row holds, as if it were a file's. Raises: SubmissionError."""
    (data,), name, _, fault = entry.place
    if fault:
        raise SubmissionError("not-an-object", fault)
    return taken(bytes(data) if isinstance(data, bytes) else b"", name)


def _hand_ins(table: Table, rows: Sequence[_Row]) -> list[HandIn]:
    """Return the rows as hand-ins, by student and in order of time, else of the rows."""
    word = "line" if table.kind == "jsonl" else "row"
    names: dict[str, str] = {}
    for row in rows:
        names[row.student] = names.get(row.student) or row.name
    order = sorted(rows, key=lambda row: (natural(row.student), row.student, _instant(row.time)))
    count: Counter[str] = Counter()
    found = []
    for row in order:
        count[row.student] += 1
        place = Whereabouts((row.data,), _NAME, "file", row.fault)
        found.append(
            HandIn(
                whole(row.student),
                inert(names[row.student]),
                count[row.student],
                inert(row.time),
                late=False,
                source=whole(f"{word} {row.line}"),
                place=place,
            )
        )
    return found


def _instant(time: str) -> tuple[float, str]:
    """Return what times are sorted by; those that cannot be read come first, as they are."""
    at = handed_in_at(time, UTC)
    return (float("-inf"), time) if at is None else (at.timestamp(), "")


def _rows(table: Table, free: Sequence[str]) -> Iterator[_Row]:
    if table.kind == "jsonl":
        yield from _lines(table)
        return
    for chunk in table_chunks(table):
        read_rows = _parquet if table.kind == "parquet" else _csv
        rows = read_rows(table, free, chunk)
        hard = {each.row: each for each in rows.hard}
        plain = range(len(rows.students)) if rows.plain is None else rows.plain
        place = {n: k for k, n in enumerate(plain)}
        columns = [column.tolist() for column in rows.columns]
        for n, student in enumerate(rows.students):
            if n in hard:
                data, fault = _of_hard(hard[n])
            else:
                numbers = dict(zip(free, (column[place[n]] for column in columns), strict=True))
                data, fault = json.dumps(numbers).encode(), ""
            line = chunk.first + n
            who = normalize("NFC", student.strip()) or f"row {line}"
            yield _Row(line, who, _at(rows.names, n), _at(rows.times, n), data, fault)


def _csv(table: Table, free: Sequence[str], chunk: Chunk) -> TableRows:
    with open(table.path, "rb") as file:
        file.seek(chunk.start)
        data = file.read(chunk.end - chunk.start)
    return csv_rows.rows(data, table.heading, free, chunk.first)


def _parquet(table: Table, free: Sequence[str], chunk: Chunk) -> TableRows:
    return parquet_rows.rows(table.path, table.heading, free, (chunk.start, chunk.end))


def _of_hard(row: Hard) -> tuple[bytes, str]:
    return (b"", str(row.data)) if isinstance(row.data, SubmissionError) else (row.data, "")


def _at(texts: Sequence[str] | None, n: int) -> str:
    return "" if texts is None else normalize("NFC", texts[n].strip())


def _lines(table: Table) -> Iterator[_Row]:
    with open(table.path, "rb") as file:
        file.seek(table.start)
        line = 0
        while data := file.readline(MAX_BYTES + 2):
            line += 1
            while data[-1:] != b"\n" and (more := file.readline(MAX_BYTES)):
                data = data[: MAX_BYTES + 1] + more[-1:]  # too long: its end is not needed
            data = data.removesuffix(b"\n")
            yield _Row(line, student_of(data) or f"line {line}", "", "", data)
