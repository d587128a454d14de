"""A roster against the hand-ins: who of it handed nothing in, and whose hand-in it does not know.

Any CSV file with a header will do: a gradebook's export as well. Which column holds the ids is told
by the hand-ins, since it is the one that most of their ids stand in; its header decides only where
none does. Nothing is invented: an id that is not found is listed.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from grader.cohort.holding import CollectionError
from grader.cohort.manifest import Enrolled, HandIn, whole
from grader.text.inert import inert
from grader.text.lists import listed
from grader.text.unicode import EncodingError, utf8

_MOST = 1 << 24
_MOST_COLUMNS = 1000
_DELIMITERS = ",;\t|"
_ID = re.compile(
    r"(?:student |user |sis user |sis login |school |orgdefined|id |matric\w* ?)?"
    r"(?:id|ids|number|nr|no|identifier|username|user|login|sid|netid|student|email|e-mail)"
    r"(?: address)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:full |student |display )?name|student", re.IGNORECASE)
_FIRST = re.compile(r"(?:first|given) ?name|vorname", re.IGNORECASE)
_LAST = re.compile(r"(?:last|family) ?name|surname|nachname", re.IGNORECASE)
_PREFIXED = re.compile(r"[^\W\d][^\d]*?(\d+)")  # "Participant 4711", in any language


class Matched(NamedTuple):
    """Those of the roster without a hand-in, and remarks."""

    missing: tuple[Enrolled, ...] = ()
    notes: tuple[str, ...] = ()


def against(path: str, entries: Sequence[HandIn]) -> Matched:
    """Return what the roster at the path says about the hand-ins.

    Raises: CollectionError, OSError.
    """
    header, rows = _table(path)
    handed = {str(entry.student) for entry in entries}
    column = _id_column(path, header, rows, handed)
    names = _name_columns(header, column)
    missing: dict[str, str] = {}
    known: set[str] = set()
    for row in rows:
        cell = row[column].strip() if column < len(row) else ""
        ids = _ids(cell)
        if not cell:
            continue
        known |= ids & handed
        if not ids & handed:
            missing[cell] = " ".join(filter(None, (_cell(row, each) for each in names)))
    people = tuple(Enrolled(whole(cell), inert(name)) for cell, name in missing.items())
    unknown = sorted(handed - known)
    return Matched(people, _notes(unknown))


def _notes(unknown: Sequence[str]) -> tuple[str, ...]:
    if not unknown:
        return ()
    are = "is" if len(unknown) == 1 else "are"
    told = listed((inert(each, 40) for each in unknown), most=10)
    return (f"{told} {are} not in the roster; what they handed in is graded all the same.",)


def _table(path: str) -> tuple[list[str], list[list[str]]]:
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
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
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


def _id_column(
    path: str, header: Sequence[str], rows: Sequence[Sequence[str]], handed: set[str]
) -> int:
    hits = [
        sum(not handed.isdisjoint(_ids(_cell(row, column))) for row in rows)
        for column in range(len(header))
    ]
    if max(hits):
        return hits.index(max(hits))
    named = [k for k, title in enumerate(header) if _ID.fullmatch(title)]
    if not named:
        raise CollectionError(
            f"{inert(path)}: no column holds the ids that were handed in with, and none is called "
            f"id; its columns are {listed(inert(each, 30) for each in header)}"
        )
    return named[0]


def _name_columns(header: Sequence[str], column: int) -> tuple[int, ...]:
    for wanted in ((_NAME,), (_FIRST, _LAST)):
        found = [
            next((k for k, t in enumerate(header) if k != column and each.fullmatch(t)), None)
            for each in wanted
        ]
        if any(each is not None for each in found):
            return tuple(each for each in found if each is not None)
    return ()


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _ids(cell: str) -> set[str]:
    """Return what a cell's id may be as the platform writes it into names of files."""
    cell = normalize("NFC", cell.strip())
    prefixed = _PREFIXED.fullmatch(cell)
    found: Iterable[str] = (cell, cell.removeprefix("#"), prefixed[1] if prefixed else "")
    return {str(whole(each)) for each in found if each}
