"""A roster's file to a header and rows: CSV with any usual delimiter, in any usual encoding."""

import csv
import re
from io import StringIO

from grader.cohort.holding import CollectionError
from grader.text.inert import inert
from grader.text.unicode import EncodingError, utf8

_MOST = 1 << 24
_MOST_COLUMNS = 1000
_DELIMITERS = ",;\t|"
_SAID = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)  # Excel's own first line


def read_table(path: str) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows with anything in them. Raises: CollectionError, OSError."""
    shown = inert(path)
    with open(path, "rb") as file:
        data = file.read(_MOST + 1)
    if len(data) > _MOST:
        raise CollectionError(f"{shown} is larger than {_MOST >> 20} MiB; keep ids and names only")
    if data.startswith(b"PK\x03\x04"):
        raise CollectionError(
            f"{shown} is an Excel workbook or an archive; export it as CSV (UTF-8)"
        )
    try:
        data = utf8(data)
    except EncodingError as error:
        raise CollectionError(f"{shown} {error}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    said = _SAID.match(text)
    text = text[said.end() :] if said else text
    first = text.partition("\n")[0]
    delimiter = said[1] if said else max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise CollectionError(f"{shown} is not a CSV file: {inert(str(error), 100)}") from None
    rows = _below_titles([row for row in rows if any(cell.strip() for cell in row)])
    if len(rows) < 2:
        raise CollectionError(
            f"{shown} holds no rows; a roster has a header and a row for each student"
        )
    if len(rows[0]) > _MOST_COLUMNS:
        raise CollectionError(
            f"{shown} has {len(rows[0]):,} columns; keep those with ids and names"
        )
    return [cell.strip() for cell in rows[0]], rows[1:]


def _below_titles(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows from the header on: below lines with one cell, as a course's title has."""
    full = [sum(bool(cell.strip()) for cell in row) > 1 for row in rows]
    return rows[full.index(True) :] if True in full else rows
