"""A class's variants: whose is which, as a table, and what their folders are called."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import NamedTuple

from grader.cohort.manifest import Enrolled
from grader.cohort.neutral import safe
from grader.exercise.variants import draw
from grader.text.digest import sha256

_COLUMNS = ("id", "name", "variant", "list", "file")
_LONGEST = 100  # characters of a folder's name
_NONE: Mapping[str, int] = {}


class Dealt(NamedTuple):
    """A person's variant, and whether an override gave it."""

    person: Enrolled
    number: int
    overridden: bool = False


def dealt(
    people: Iterable[Enrolled],
    exercise: str,
    secret: bytes,
    count: int,
    overrides: Mapping[str, int] = _NONE,
) -> tuple[Dealt, ...]:
    """Return everybody's variant, in the order given; `overrides` are numbers by id."""
    return tuple(
        Dealt(each, overrides[each.student], overridden=True)
        if each.student in overrides
        else Dealt(each, draw(secret, exercise, each.student, count))
        for each in people
    )


def table(rows: Sequence[Dealt], digest: str, files: Sequence[str]) -> bytes:
    """Return who has which variant, as CSV."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for each, file in zip(rows, files, strict=True):
        person = each.person
        cells = (safe(person.student), safe(person.name), each.number, digest, file)
        writer.writerow(cells)
    return text.getvalue().encode()


def folder_names(people: Sequence[Enrolled]) -> tuple[str, ...]:
    """Return a folder's name for each person; an id that is none gets a piece of its digest."""
    plain = [re.sub(r"[^\w.@+-]|^\.", "_", each.student)[:_LONGEST] for each in people]
    shared = Counter(name.casefold() for name in plain)
    return tuple(
        name
        if name == each.student and shared[name.casefold()] == 1
        else f"{name}-{sha256(each.student.encode()).hexdigest()[:8]}"
        for name, each in zip(plain, people, strict=True)
    )
