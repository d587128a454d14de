"""A roster against the hand-ins: who of it handed nothing in, and whose hand-in it does not know.

Any CSV file with a header will do: a gradebook's export as well. Which column holds the ids is told
by the hand-ins, since it is the one that most of their ids stand in; its header decides only where
none does. Nothing is invented: an id that is not found is listed. In a roster with groups, what a
group of some name or id handed in is a submission of each of its members.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import NamedTuple
from unicodedata import normalize

from grader.cohort.gathering import natural
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
_GROUP = re.compile(r"groups?(?: name)?|teams?(?: name)?|gruppen?", re.IGNORECASE)
_PREFIXED = re.compile(r"[^\W\d][^\d]*?(\d+)")  # "Participant 4711", in any language


Person = tuple[str, str, Sequence[str]]  # the cell with the id, the name, the row


class Matched(NamedTuple):
    """The hand-ins with groups' members, those of the roster without one, and remarks."""

    entries: tuple[HandIn, ...]
    missing: tuple[Enrolled, ...] = ()
    notes: tuple[str, ...] = ()


def against(path: str, entries: Sequence[HandIn]) -> Matched:
    """Return what the roster at the path says about the hand-ins.

    Raises: CollectionError, OSError.
    """
    header, rows = _table(path)
    column = _id_column(path, header, rows, {str(entry.student) for entry in entries})
    names = _name_columns(header, column)
    people = [
        (cell, " ".join(filter(None, (_cell(row, each) for each in names))), row)
        for row in rows
        if (cell := _cell(row, column))
    ]
    entries = _of_members(entries, _groups(header, people), {i for p in people for i in _ids(p[0])})
    handed = {str(entry.student) for entry in entries}
    known = {each for cell, _, _ in people for each in _ids(cell)}
    missing = {cell: name for cell, name, _ in people if handed.isdisjoint(_ids(cell))}
    return Matched(
        tuple(entries),
        tuple(Enrolled(whole(cell), inert(name)) for cell, name in missing.items()),
        _notes(sorted(handed - known, key=natural)),
    )


def _groups(header: Sequence[str], people: Iterable[Person]) -> dict[str, list[Enrolled]]:
    """Return the members by the group's name as it is shown, where there is a column of groups."""
    column = next((k for k, title in enumerate(header) if _GROUP.fullmatch(title)), None)
    groups: dict[str, list[Enrolled]] = defaultdict(list)
    for cell, name, row in people:
        group = "" if column is None else _cell(row, column)
        if group:
            prefixed = _PREFIXED.fullmatch(cell)
            student = prefixed[1] if prefixed else cell.removeprefix("#")
            member = Enrolled(whole(normalize("NFC", student)), inert(name))
            groups[str(inert(normalize("NFC", group)))].append(member)
    return groups


def _of_members(
    entries: Sequence[HandIn], groups: Mapping[str, Sequence[Enrolled]], known: set[str]
) -> Sequence[HandIn]:
    """Return the hand-ins with one for each member of a group, the attempts counted anew."""
    if not groups:
        return entries
    made: list[HandIn] = []
    for entry in entries:
        members = () if entry.student in known else groups.get(entry.name or entry.student, ())
        made += [entry._replace(student=each.student, name=each.name) for each in members] or [
            entry
        ]
    made.sort(key=lambda e: (natural(e.student), e.student, e.submitted, e.attempt))
    count: Counter[str] = Counter()
    for k, entry in enumerate(made):
        count[entry.student] += 1
        made[k] = entry._replace(attempt=count[entry.student])
    return made


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
