"""A roster against the hand-ins: who of it handed nothing in, and whose hand-in it does not know.

Any CSV file with a header will do: a gradebook's export as well. Which column holds the ids is told
by the hand-ins, since it is the one that most of their ids stand in; its header decides only where
none does. Nothing is invented: an id that is not found is listed. In a roster with groups, what a
group of some name or id handed in is a submission of each of its members.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from grader.cohort.alike_ids import Person, look_alike, nearly
from grader.cohort.cells import TEXT_FOR_EXCEL
from grader.cohort.gathering import natural
from grader.cohort.holding import CollectionError
from grader.cohort.manifest import Enrolled, HandIn, whole
from grader.cohort.rosterfile import read_table
from grader.text.inert import inert
from grader.text.lists import listed

_ID = re.compile(
    r"(?:student |user |sis user |sis login |school |orgdefined|id |member |github |matric\w* ?)*"
    r"(?:id|ids|number|nr|no|identifier|username|user|login|sid|netid|student|email|e-mail)"
    r"(?: address)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:full |student |display |member )?name|student", re.IGNORECASE)
_FIRST = re.compile(r"(?:first|given) ?name|vorname", re.IGNORECASE)
_LAST = re.compile(r"(?:last|family) ?name|surname|nachname", re.IGNORECASE)
_GROUP = re.compile(r"groups?(?: name)?|teams?(?: name)?|gruppen?", re.IGNORECASE)
# "Participant 4711", in any language: the number of a database, so without zeros in front.
_PREFIXED = re.compile(r"([^\W\d][^\d]*?)([1-9]\d*)")
_SHORTEST_WORD = 5  # of a language with letters; s4711 is an id as it is


class People(NamedTuple):
    """A roster's header and everybody in it."""

    header: Sequence[str]
    persons: tuple[Person, ...]


class Matched(NamedTuple):
    """The hand-ins with groups' members, those of the roster without one, and remarks."""

    entries: tuple[HandIn, ...]
    missing: tuple[Enrolled, ...] = ()
    notes: tuple[str, ...] = ()


def against(path: str, entries: Sequence[HandIn]) -> Matched:
    """Return what the roster at the path says about the hand-ins.

    Raises: CollectionError, OSError.
    """
    people = people_of(path, {str(entry.student) for entry in entries})
    known = {person.student for person in people.persons}
    entries = _of_members(entries, _groups(people), known)
    handed = {str(entry.student) for entry in entries}
    missing = {p.student: p.name for p in people.persons if p.student not in handed}
    return Matched(
        tuple(entries),
        tuple(Enrolled(whole(student), inert(name)) for student, name in missing.items()),
        (*_notes(sorted(handed - known, key=natural), people), *_sentences(people)),
    )


def people_of(path: str, handed: set[str]) -> People:
    """Return everybody of the roster at the path, by the ids that were handed in with.

    Raises: CollectionError, OSError.
    """
    header, rows = read_table(path)
    column = _id_column(path, header, rows, handed)
    names = _name_columns(header, column)
    cells = [cell_of(row, column) for row in rows]
    student = _as_platforms_write([cell for cell in cells if cell], handed)
    persons = (
        Person(
            student(cell),
            " ".join(filter(None, (cell_of(row, each) for each in names))),
            row,
            cell,
        )
        for cell, row in zip(cells, rows, strict=True)
        if cell
    )
    return People(header, tuple(persons))


def column_of(path: str, header: Sequence[str], title: str) -> int:
    """Return the one column of this title. Raises: CollectionError."""
    found = [
        k for k, each in enumerate(header) if normalize("NFC", each) == normalize("NFC", title)
    ]
    if len(found) == 1:
        return found[0]
    how = "several columns are" if found else "no column is"
    raise CollectionError(
        f'{inert(path)}: {how} called "{inert(title, 40)}"; its columns are '
        f"{listed(inert(each, 30) for each in header)}"
    )


def _as_platforms_write(cells: Sequence[str], handed: set[str]) -> Callable[[str], str]:
    """Return what makes the platform's id of a cell: one way for all, by what was handed in."""
    ways = (_plain, _without_cross, _number)
    hits = [sum(way(cell) in handed for cell in cells) for way in ways]
    if max(hits, default=0):
        return ways[hits.index(max(hits))]
    found = [_PREFIXED.fullmatch(cell) for cell in cells]
    words = {match[1].strip() if match else "" for match in found}
    (word,) = words if len(words) == 1 else ("",)
    is_numbered = len(word) >= _SHORTEST_WORD or (bool(word) and not word.isascii())
    return _number if is_numbered else _without_cross


def _plain(cell: str) -> str:
    return str(whole(normalize("NFC", TEXT_FOR_EXCEL.sub(r"\1", cell))))


def _without_cross(cell: str) -> str:
    return _plain(cell.removeprefix("#"))


def _number(cell: str) -> str:
    prefixed = _PREFIXED.fullmatch(cell)
    return _plain(prefixed[2] if prefixed else cell)


def _groups(people: People) -> dict[str, list[Enrolled]]:
    """Return the members by the group's name as it is shown, where there is a column of groups."""
    column = next((k for k, title in enumerate(people.header) if _GROUP.fullmatch(title)), None)
    groups: dict[str, list[Enrolled]] = defaultdict(list)
    for person in people.persons:
        group = "" if column is None else cell_of(person.row, column)
        if group:
            member = Enrolled(whole(person.student), inert(person.name))
            groups[str(inert(normalize("NFC", group)))].append(member)
    return groups


def _of_members(
    entries: Sequence[HandIn], groups: Mapping[str, Sequence[Enrolled]], known: set[str]
) -> Sequence[HandIn]:
    """Return the hand-ins with one for each member of a group, the attempts counted anew."""
    if not groups:
        return entries
    times = Counter(map(_letters, groups))
    alike = {_letters(name): name for name in groups if times[_letters(name)] == 1}
    made: list[HandIn] = []
    for entry in entries:
        group = str(entry.name or entry.student)
        group = group if group in groups else alike.get(_letters(group), "")
        members = () if entry.student in known else groups.get(group, ())
        made += [entry._replace(student=each.student, name=each.name) for each in members] or [
            entry
        ]
    made.sort(key=lambda e: (natural(e.student), e.student, e.submitted, e.attempt))
    count: Counter[str] = Counter()
    for k, entry in enumerate(made):
        count[entry.student] += 1
        made[k] = entry._replace(attempt=count[entry.student])
    return made


def _letters(group: str) -> str:
    """Return what platforms leave of a group's name in the names of files: Team 1 is team1."""
    return "".join(filter(str.isalnum, group.casefold()))


def _sentences(people: People) -> tuple[str, ...]:
    return tuple(f"{said}." for said in look_alike(people.persons))


def _notes(unknown: Sequence[str], people: People) -> tuple[str, ...]:
    if not unknown:
        return ()
    are = "is" if len(unknown) == 1 else "are"
    like = {each: nearly(each, people.persons) for each in unknown}
    ids = listed(
        (
            f"{inert(each, 40)} (it has {inert(like[each], 40)})" if like[each] else inert(each, 40)
            for each in unknown
        ),
        most=10,
    )
    return (f"{ids} {are} not in the roster; what they handed in is graded all the same.",)


def _id_column(
    path: str, header: Sequence[str], rows: Sequence[Sequence[str]], handed: set[str]
) -> int:
    hits = [
        sum(not handed.isdisjoint(_ids(cell_of(row, column))) for row in rows)
        if not _GROUP.fullmatch(title)
        else 0
        for column, title in enumerate(header)
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


def cell_of(row: Sequence[str], column: int) -> str:
    """Return a cell without blanks around it, "" where the row is too short."""
    return row[column].strip() if column < len(row) else ""


def _ids(cell: str) -> set[str]:
    """Return what a cell's id may be as the platform writes it into names of files."""
    return {way(cell) for way in (_plain, _without_cross, _number)} - {""}
