"""Ids of a roster that look alike: two that are two people, and one that is written in two ways."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from grader.text.inert import inert
from grader.text.lists import listed

_SHOWN = 40  # characters of an id


class Person(NamedTuple):
    """Somebody of a roster: the id as the platform writes it, the name, the row, the id's cell."""

    student: str
    name: str
    row: Sequence[str]
    given: str


def look_alike(people: Sequence[Person]) -> tuple[str, ...]:
    """Return who differs from whom in capital letters only, and whose id has two normal forms."""
    folded: dict[str, dict[str, None]] = defaultdict(dict)
    forms: dict[str, set[str]] = defaultdict(set)
    for each in people:
        folded[each.student.casefold()][each.student] = None
        if normalize("NFC", each.given) != each.given:
            forms[each.student].add("other")
        else:
            forms[each.student].add("NFC")
    notes = [
        f"{_quoted(alike)} in the roster differ in capital letters only and are different students"
        for alike in folded.values()
        if len(alike) > 1
    ]
    twice = [student for student, found in forms.items() if len(found) > 1]
    if twice:
        notes.append(
            f"{_quoted(twice)} in the roster: written in two of Unicode's normal forms, and one "
            "student"
        )
    return tuple(notes)


def odd_ids(people: Sequence[Person]) -> tuple[str, ...]:
    """Return what is odd about the ids of a roster: variants are drawn by them as they are given.

    A normal form is no part of an id, which is taken in NFC.
    """
    times = Counter(each.student for each in people)
    notes = []
    twice = [inert(student, _SHOWN) for student, n in times.items() if n > 1]
    if twice:
        what = "stands" if len(twice) == 1 else "stand"
        notes.append(f"{listed(twice)} {what} in the roster more than once; one id, one variant")
    notes += look_alike(people)
    escaped = [student for student in times if "\\u" in student or "\\x" in student]
    if escaped:
        notes.append(
            f"{listed(inert(each, _SHOWN) for each in escaped)}: an invisible character is in the "
            "id; type it anew"
        )
    return tuple(notes)


def nearly(student: str, people: Iterable[Person]) -> str:
    """Return the roster's id that differs from this one in capital letters only; "" for none."""
    folded = student.casefold()
    return next((each.student for each in people if each.student.casefold() == folded), "")


def _quoted(ids: Iterable[str]) -> str:
    return listed(f'"{inert(each, _SHOWN)}"' for each in ids)
