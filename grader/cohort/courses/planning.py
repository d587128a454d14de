"""What each part of a course is made of, found out before anything is graded."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.collection import Empty, manifest
from grader.cohort.courses.people import Known, known_by, united, unknown
from grader.cohort.courses.record import NAME, CoursePart, CourseSpec, Roster
from grader.cohort.courses.selecting import Selection, selected
from grader.cohort.deadlines import Deadline
from grader.cohort.folders import Folder
from grader.cohort.holding import CollectionError
from grader.cohort.manifest import Enrolled, Manifest
from grader.desk.catalogue import is_path
from grader.exercise.record import Exercise
from grader.platforms import left_by_tools
from grader.text.inert import inert
from grader.text.lists import listed

_RENUMBERED = "Moodle"


class Planned(NamedTuple):
    """A part: its exercise, where its hand-ins are and which they are; None if none are there."""

    part: CoursePart
    exercise: Exercise
    selection: Selection
    found: Manifest | None
    people: Mapping[str, str]
    deadline: Deadline
    excused: frozenset[str]

    @property
    def most(self) -> Fraction:
        """What the part is worth."""
        return self.part.points or self.exercise.points


class CoursePlan(NamedTuple):
    """All parts, everybody of the course, and what is to be said."""

    parts: tuple[Planned, ...]
    students: tuple[Enrolled, ...]
    notes: tuple[str, ...]


def planned(place: str, course: CourseSpec, exercises: Sequence[Exercise]) -> CoursePlan:
    """Return what is to be graded of the course in this folder; one exercise for each part.

    Raises: CollectionError; OSError.
    """
    selections = [selected(place, part.files) for part in course.parts]
    left = _left(place, course, selections)
    found = [
        _manifest(place, part, course.roster, selection)
        for part, selection in zip(course.parts, selections, strict=True)
    ]
    _check_apart(course, selections, found)
    known = _known(place, course, found)
    parts = tuple(
        Planned(part, exercise, selection, each, who.people, *_of_some(course, part, each, who))
        for part, exercise, selection, each, who in zip(
            course.parts, exercises, selections, found, known, strict=True
        )
    )
    students = united(student for each in known for student in each.students)
    notes = (*left, *unknown(course.exemptions, students), *_renumbered(course, found))
    return CoursePlan(parts, students, notes)


def roster_of(part: CoursePart, course: Roster | None) -> Roster | None:
    """Return the roster that says who handed in a part."""
    return part.roster or course


def _manifest(
    place: str, part: CoursePart, course: Roster | None, selection: Selection
) -> Manifest | None:
    roster = roster_of(part, course)
    path = None if roster is None else os.path.join(place, roster.file)
    try:
        return manifest(selection.path, names=part.names, roster=path, only=selection.only)
    except Empty:
        return None
    except CollectionError as error:
        raise CollectionError(f"{part.id}: {error}") from error


def _check_apart(
    course: CourseSpec, selections: Sequence[Selection], found: Sequence[Manifest | None]
) -> None:
    """Refuse a hand-in of one archive in two parts. Raises: CollectionError."""
    first: dict[tuple[str, str], str] = {}
    for part, selection, each in zip(course.parts, selections, found, strict=True):
        for entry in each.entries if each is not None else ():
            before = first.setdefault((selection.path, entry.source), part.id)
            if before != part.id:
                raise _of_two(f"{selection.below}/{entry.source}", (before, part.id))


def _of_two(path: str, ids: Iterable[str]) -> CollectionError:
    return CollectionError(
        f"{inert(path)} is among the files of {listed(ids)}; let each file belong to one exercise "
        f"in {NAME}"
    )


def _known(place: str, course: CourseSpec, found: Sequence[Manifest | None]) -> list[Known]:
    """Return who each part's hand-ins are of; parts that share a roster are looked at together."""
    together: dict[Roster | None, list[int]] = defaultdict(list)
    for k, part in enumerate(course.parts):
        together[roster_of(part, course.roster)].append(k)
    known = [Known({}, ())] * len(found)
    for roster, parts in together.items():
        who = known_by(place, roster, [each for k in parts if (each := found[k]) is not None])
        for k in parts:
            known[k] = who
    return known


def _of_some(
    course: CourseSpec, part: CoursePart, found: Manifest | None, who: Known
) -> tuple[Deadline, frozenset[str]]:
    """Return when the part is due, for some at another time, and who is excused."""
    own = [each for each in course.exemptions if each.exercise == part.id]
    times = {each.student: each.due for each in own if each.due is not None}
    handed = {str(entry.student) for entry in found.entries} if found else set()
    due = {
        student: times[named]
        for student in handed
        if (named := who.people.get(student, student)) in times
    }
    deadline = Deadline(part.due, part.grace, part.late, due)
    return deadline, frozenset(each.student for each in own if each.excused)


def _left(place: str, course: CourseSpec, selections: Sequence[Selection]) -> tuple[str, ...]:
    """Say which files of the folder are no part's. Raises: CollectionError if one is two parts'."""
    own = {NAME, *(part.exercise for part in course.parts if is_path(part.exercise))}
    own |= {os.path.normpath(course.secret)} if course.secret is not None else set()
    rosters = (course.roster, *(part.roster for part in course.parts))
    own |= {roster.file for roster in rosters if roster is not None}
    nobodys = []
    for member in Folder(place).listing.members:
        takers = [
            (part.id, each)
            for part, each in zip(course.parts, selections, strict=True)
            if each.takes(member.path)
        ]
        # Parts of one archive have each patterns of their own for what is in it.
        in_archive = all(each.below == member.path and each.only for _, each in takers)
        if len(takers) > 1 and not in_archive:
            raise _of_two(member.path, (name for name, _ in takers))
        if not takers and member.path not in own and not left_by_tools(member.path):
            nobodys.append(member.path)
    return tuple(_unknown_ones(nobodys))


def _unknown_ones(nobodys: Sequence[str]) -> Iterator[str]:
    if nobodys:
        some = listed((inert(path, 60) for path in nobodys), most=5)
        yield f"of no exercise, so not looked at: {some}"


def _renumbered(course: CourseSpec, found: Sequence[Manifest | None]) -> Iterator[str]:
    """Say that Moodle's numbers of participants tie no two exercises together."""
    numbered = [
        part.id
        for part, each in zip(course.parts, found, strict=True)
        if each is not None and each.layout.startswith(_RENUMBERED)
        if (roster := roster_of(part, course.roster)) is None or roster.student is None
    ]
    if len(numbered) > 1:
        yield (
            f"Moodle numbers people anew for each assignment, so those of {listed(numbered)} are "
            "different students here; give each its worksheet, as in roster: {file: week1.csv, "
            "student: Email address}"
        )
