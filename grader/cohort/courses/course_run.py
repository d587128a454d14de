"""A course graded: a class run for each part, then the course's own gradebook.

The parts' runs keep their own journals. The course's folder has one as well, which only knows what
the course has written, so that nothing of a person's is written over.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from grader.cohort.beginning import begun
from grader.cohort.choices import Style
from grader.cohort.classrun import ClassResult, Into, check_not_theirs
from grader.cohort.courses.handing_back import filled
from grader.cohort.courses.planning import CoursePlan
from grader.cohort.courses.record import NAME
from grader.cohort.courses.totals import PartBook, columns, lines
from grader.cohort.gradebook import written
from grader.cohort.journal import FOLDER, Journal, Terms
from grader.cohort.lock import NAME as LOCK
from grader.cohort.lock import Lock
from grader.cohort.outputs import GRADEBOOK, check_free, clear, free_name, put, put_made
from grader.cohort.parquet import PARQUET, write_parquet

_TERMS = Terms({"run": f"a course by {NAME}"}, ())


@contextmanager
def held(folder: str, say: Callable[[str], None]) -> Iterator[Journal]:
    """Hold a course's folder and its journal, after seeing that its gradebook can be written.

    Raises: GraderError; OSError.
    """
    os.makedirs(folder, exist_ok=True)
    with Lock(folder), begun(folder, _TERMS, say) as journal:
        clear(folder)
        check_free(folder, GRADEBOOK, journal)
        yield journal


def bound_together(plan: CoursePlan, results: list[ClassResult | None]) -> tuple[PartBook, ...]:
    """Return the parts with the books that their runs came to."""
    return tuple(
        PartBook(each.part, each.most, result and result.book, each.people, each.excused)
        for each, result in zip(plan.parts, results, strict=True)
    )


def write_gradebook(
    folder: str, plan: CoursePlan, parts: tuple[PartBook, ...], style: Style, journal: Journal
) -> None:
    """Write the course's gradebook from the parts' books alone. Raises: NotOurs; OSError."""
    data = written(columns(parts), lines(parts, plan.students), style)
    put(folder, GRADEBOOK, data, journal)


def write_columns(
    folder: str, plan: CoursePlan, parts: tuple[PartBook, ...], journal: Journal
) -> None:
    """Write the same as Parquet. Raises: NotOurs; OSError."""

    def make(path: str) -> None:
        write_parquet(path, columns(parts), lines(parts, plan.students))

    put_made(folder, PARQUET, make, journal)


def write_filled(
    folder: str, into: Into, parts: tuple[PartBook, ...], journal: Journal
) -> tuple[str, tuple[str, ...]]:
    """Write a filled copy of the teacher's own file; return its name and what is to be said.

    Raises: SheetError; NotOurs; OSError.
    """
    taken = (GRADEBOOK, PARQUET, LOCK, FOLDER, *(each.part.id for each in parts))
    name = free_name(os.path.basename(into.path), taken)
    check_not_theirs(into.path, os.path.join(folder, name))
    done = filled(into, parts)
    put(folder, name, done.data, journal)
    return name, done.remarks
