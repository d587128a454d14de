"""Who is who in a course: the platforms' ids of each exercise, and one student of the course."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from grader.cohort.courses.record import Exemption, Roster
from grader.cohort.holding import CollectionError
from grader.cohort.manifest import Enrolled, Manifest, whole
from grader.cohort.roster import cell_of, column_of, people_of
from grader.text.inert import inert
from grader.text.lists import listed


class Known(NamedTuple):
    """The student of the course by the platform's id, and everybody there is."""

    people: Mapping[str, str]
    students: tuple[Enrolled, ...]


def known_by(place: str, roster: Roster | None, manifests: Sequence[Manifest]) -> Known:
    """Return who a roster in the course's folder says the hand-ins are of.

    Without a roster, or one without a column for it, students are the platform's ids.

    Raises: CollectionError; OSError.
    """
    handed = {str(entry.student): entry.name for found in manifests for entry in found.entries}
    own = tuple(Enrolled(whole(student), name) for student, name in handed.items())
    if roster is None:
        return Known({}, own)
    path = os.path.join(place, roster.file)
    people = people_of(path, set(handed))
    column = None if roster.student is None else column_of(path, people.header, roster.student)
    mapping: dict[str, str] = {}
    names: dict[str, str] = {}
    for person in people.persons:
        cell = person.student if column is None else cell_of(person.row, column)
        student = str(whole(normalize("NFC", cell)))
        if student:
            mapping[person.student] = student
            names[student] = person.name
    _check_alone(path, mapping)
    everybody = tuple(Enrolled(whole(student), inert(name)) for student, name in names.items())
    return Known(mapping, (*everybody, *(each for each in own if each.student not in mapping)))


def united(every: Iterable[Enrolled]) -> tuple[Enrolled, ...]:
    """Return each student once, by the first name that is not empty."""
    found: dict[str, Enrolled] = {}
    for each in every:
        before = found.get(each.student)
        if before is None or not before.name:
            found[each.student] = each
    return tuple(found.values())


def unknown(exemptions: Iterable[Exemption], students: Iterable[Enrolled]) -> tuple[str, ...]:
    """Say whom course.yaml makes an exception for and nobody is."""
    there = {str(each.student) for each in students}
    nobody = {each.student: None for each in exemptions if each.student not in there}
    if not nobody:
        return ()
    names = listed((inert(each, 40) for each in nobody), most=10)
    return (f"overrides: no student of the course is called {names}",)


def _check_alone(path: str, mapping: Mapping[str, str]) -> None:
    """Refuse a roster in which two ids are one student's. Raises: CollectionError."""
    first: dict[str, str] = {}
    for student, named in mapping.items():
        if first.setdefault(named, student) != student:
            raise CollectionError(
                f'{inert(path)}: "{inert(named, 40)}" belongs to both {inert(first[named], 40)} '
                f"and {inert(student, 40)}; name a column that tells all people apart"
            )
