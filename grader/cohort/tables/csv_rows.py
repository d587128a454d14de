"""CSV: the header once, then chunks of whole records, read by the standard library's reader.

Whose numbers are all plain is turned into columns at once; any other row is put as an object, so
that what is wrong with it is said as of a file.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence

import numpy as np

from grader.cohort.manifest_lines import plural
from grader.cohort.tables.table_rows import (
    NAME,
    TIMES,
    WHO,
    Hard,
    Heading,
    TableError,
    TableRows,
    in_range,
    number,
)
from grader.errors import SubmissionError
from grader.exact.rational import MAX_MAGNITUDE
from grader.text.inert import inert
from grader.text.lists import did_you_mean, listed

MOST_COLUMNS = 10_000
_DIGITS = str.maketrans("", "", "0123456789+-.eE")
_DELIMITERS = (",", ";", "\t", "|")


def heading(line: str, free: Sequence[str], shown: str) -> Heading:
    """Return what is where by the first line. Raises: TableError."""
    if "\0" in line:
        raise TableError(
            f"{shown} holds NUL characters, as UTF-16 without a mark does; save the table as UTF-8"
        )
    delimiter = max(_DELIMITERS, key=line.count)
    try:
        names = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter))]
    except (csv.Error, StopIteration):
        names = []
    if len(names) > MOST_COLUMNS:
        raise TableError(
            f"{shown} has {len(names):,} columns; a table has at most {MOST_COLUMNS:,}"
        )
    return placed(tuple(names), free, shown)._replace(delimiter=delimiter)


def placed(names: tuple[str, ...], free: Sequence[str], shown: str) -> Heading:
    """Return where the parameters and the students are. Raises: TableError."""
    missing = [name for name in free if name not in names]
    if missing:
        others = [name for name in names if name not in free]
        hint = did_you_mean(missing[0], others, 3, 0.5)
        raise TableError(
            f"{shown} has no column {listed([inert(m, 40) for m in missing])}{hint} Each free "
            f"parameter has a column: {listed(free)}. Found: "
            f"{listed([inert(name, 40) for name in names], most=8)}"
        )
    twice = [name for name in (*free, *WHO, NAME) if names.count(name) > 1]
    if twice:
        raise TableError(f"{shown} has the column {twice[0]} twice; keep the one that you mean")
    who = next((name for name in WHO if name in names), None)
    time = next((name for name in TIMES if name in names and name not in free), None)
    used = {*free, who, NAME, time}
    return Heading(
        names,
        tuple(names.index(name) for name in free),
        None if who is None else names.index(who),
        names.index(NAME) if NAME in names else None,
        tuple(name for name in names if name not in used),
        time=None if time is None else names.index(time),
    )


def rows(data: bytes, at: Heading, free: Sequence[str], first: int) -> TableRows:
    """Return the rows in whole records, the first of which is in the line of this number."""
    records = list(_records(data.decode(at.encoding, "replace"), at))
    width = len(at.names)
    whole = [n for n, record in enumerate(records) if len(record) == width]
    students = _texts(records, whole, at.student) or [""] * len(records)
    students = [who or f"row {first + n}" for n, who in enumerate(students)]
    columns, plain = _numbers(records, whole, at)
    is_plain = set(plain)
    hard = tuple(
        _hard(n, record, at, free) for n, record in enumerate(records) if n not in is_plain
    )
    names = _texts(records, whole, at.name)
    return TableRows(students, names, plain, columns, hard, _texts(records, whole, at.time))


def _records(text: str, at: Heading) -> Iterator[list[str]]:
    """Yield the records with anything in them.

    A quotation mark that nobody closed takes the lines after it for its own cell. So where a record
    of several lines has not as many cells as the header, and one of its lines alone has, each line
    is a record: a broken line costs itself.
    """
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines, delimiter=at.delimiter)
    width, before = len(at.names), 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell of more than 128 KiB
            record = [""]
        if len(record) != width and reader.line_num > before + 1:
            alone = [_alone(line, at) for line in lines[before : reader.line_num]]
            if any(len(each) == width for each in alone):
                yield from filter(None, alone)
                record = []
        before = reader.line_num
        if record:
            yield record


def _alone(line: str, at: Heading) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=at.delimiter), [])
    except csv.Error:
        return [""]


def _texts(records: list[list[str]], whole: list[int], place: int | None) -> list[str] | None:
    """Return the cells in a column, "" where a record is not whole; None without that column."""
    if place is None:
        return None
    if len(whole) == len(records):
        return [record[place].strip() for record in records]
    texts = [""] * len(records)
    for n in whole:
        texts[n] = records[n][place].strip()
    return texts


def _numbers(
    records: list[list[str]], whole: list[int], at: Heading
) -> tuple[tuple[np.ndarray, ...], list[int]]:
    """Return columns of the rows that hold nothing but numbers, and which rows these are."""
    cells = [[records[n][place] for n in whole] for place in at.parameters]
    if all(column and not "".join(column).translate(_DIGITS) for column in cells):
        try:
            columns = tuple(np.array([float(cell) for cell in column]) for column in cells)
        except ValueError:
            pass
        else:
            fine = in_range(columns)
            if fine.all():
                return columns, whole
    comma = at.delimiter != ","
    parsed = [[number(cell, comma=comma) for cell in column] for column in cells]
    kept = [p for p in range(len(whole)) if all(_is_plain(column[p]) for column in parsed)]
    columns = tuple(np.array([column[place] for place in kept], np.float64) for column in parsed)
    return columns, [whole[place] for place in kept]


def _is_plain(cell: float | str | None) -> bool:
    return isinstance(cell, float) and abs(cell) <= MAX_MAGNITUDE


def _hard(n: int, record: list[str], at: Heading, free: Sequence[str]) -> Hard:
    if len(record) != len(at.names):
        return Hard(
            n,
            SubmissionError(
                "not-an-object",
                f"the row has {plural(len(record), 'cell')}, but the header has {len(at.names)}; "
                "quote cells that hold the delimiter or a line break",
            ),
        )
    comma = at.delimiter != ","
    values = {
        name: number(record[p], comma=comma) for name, p in zip(free, at.parameters, strict=True)
    }
    given = {name: value for name, value in values.items() if value is not None}
    return Hard(n, json.dumps(given).replace("Infinity", "1e999").encode())
