"""A roster's file to a header and rows: CSV with any usual delimiter, in any usual encoding."""

import csv
from io import StringIO

from grader.cohort.holding import CollectionError
from grader.text.inert import inert
from grader.text.unicode import EncodingError, utf8

_MOST = 1 << 24
_MOST_COLUMNS = 1000
_DELIMITERS = ",;\t|"


def read_table(path: str) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows with anything in them. Raises: CollectionError, OSError."""
    shown = inert(path)
    with open(path, "rb") as file:
        data = file.read(_MOST + 1)
    if len(data) > _MOST:
        raise CollectionError(f"{shown} is larger than {_MOST >> 20} MiB; keep ids and names only")
    try:
        data = utf8(data)
    except EncodingError as error:
        raise CollectionError(f"{shown} {error}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise CollectionError(f"{shown} is not a CSV file: {inert(str(error), 100)}") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise CollectionError(f"{shown} holds no rows; a roster has a header and a row for each")
    if len(rows[0]) > _MOST_COLUMNS:
        raise CollectionError(
            f"{shown} has {len(rows[0]):,} columns; keep those with ids and names"
        )
    return [cell.strip() for cell in rows[0]], rows[1:]
