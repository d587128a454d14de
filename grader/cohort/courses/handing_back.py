"""Filling a teacher's own file of grades from a course, a column for each part that names one."""

from collections.abc import Iterator, Sequence

from grader.cohort.classrun import Into
from grader.cohort.courses.record import CoursePart
from grader.cohort.courses.totals import PartBook, grades_of
from grader.cohort.exports import Wanted
from grader.cohort.into import Filled, fill
from grader.cohort.scores import Mark


def check_columns(into: Into, parts: Sequence[CoursePart]) -> None:
    """See that the file has the columns that are to be filled. Raises: SheetError."""
    for part in parts:
        if part.column is not None:
            fill(into.data, (), Wanted(into.wanted.key, part.column))


def filled(into: Into, parts: Sequence[PartBook]) -> Filled:
    """Return the file with the points of all parts that name a column. Raises: SheetError."""
    data, cells, remarks = into.data, 0, []
    for part in parts:
        if part.part.column is not None and part.book is not None:
            done = fill(data, [*_marks(part)], Wanted(into.wanted.key, part.part.column))
            data, cells = done.data, cells + done.cells
            remarks += [f"{part.part.id}: {line}" for line in done.remarks]
    return Filled(data, cells, tuple(remarks))


def _marks(part: PartBook) -> Iterator[Mark]:
    """Yield what a part's students earned, on the scale of what it is worth in the course."""
    book = part.book
    if book is None:
        return
    names = {
        part.people.get(each.student, each.student): each.name for each in book.manifest.entries
    }
    for student, grade in grades_of(part).items():
        if grade.seq is not None:
            off = book.lateness(grade.seq).off / book.exercise.points * part.most
            feedback = book.rows[grade.seq].message
            yield Mark(student, names[student], grade.points, part.most, feedback, off)
        elif grade.status == "failed":
            yield Mark(student, names[student], None, part.most)
