"""A course's grades: what each student earned in each exercise, and the total, exactly.

Points are the share of the exercise's full marks times what the exercise is worth. What a student
did not hand in is worth nothing. What a student is excused from, and what nobody at all has handed
in yet, is in no total. Where the grader failed on all that a student handed in, nobody knows the
points, so there is no total either.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from grader.cohort.book import Book, attempts
from grader.cohort.courses.record import CoursePart
from grader.cohort.gathering import natural
from grader.cohort.gradebook import Column, Line
from grader.cohort.graded import shortest
from grader.cohort.manifest import Enrolled

ZERO = Fraction(0)
Status = Literal["graded", "invalid", "failed", "missing", "excused", "open"]
_IN_NO_TOTAL = ("excused", "open")
_WHO = (Column("student"), Column("name"), Column("total", "number"), Column("max_total", "number"))
_OF_A_PART = (
    Column("points", "number"),
    Column("max_points", "number"),
    Column("status"),
    Column("score", "number"),
    Column("max_score", "number"),
    Column("attempt", "whole"),
    Column("attempts", "whole"),
    Column("submitted"),
    Column("late_s", "whole"),
    Column("mistake"),
)


class PartBook(NamedTuple):
    """A part with its run's book, None where nothing is there yet, and whose hand-ins are whose.

    `most` is what the part is worth, `people` the student of the course by the platform's id.
    """

    part: CoursePart
    most: Fraction
    book: Book | None = None
    people: Mapping[str, str] = {}
    excused: frozenset[str] = frozenset()


class Grade(NamedTuple):
    """What a student has in a part; `seq` is the hand-in that counts, if one does."""

    status: Status
    points: Fraction | None = None
    seq: int | None = None


def grades_of(part: PartBook) -> dict[str, Grade]:
    """Return the grades of all who handed in or are excused, by student of the course."""
    found: dict[str, Grade] = {}
    if part.book is not None:
        book = part.book
        for seq, (hand_in, row) in enumerate(zip(book.manifest.entries, book.rows, strict=True)):
            student = part.people.get(hand_in.student, hand_in.student)
            score = book.score(seq)
            if seq in book.counts and score is not None:
                points = score / book.exercise.points * part.most
                status: Status = "graded" if row.status == "graded" else "invalid"
                found[student] = Grade(status, points, seq)
            else:
                found.setdefault(student, Grade("failed"))
    return found | dict.fromkeys(part.excused, Grade("excused"))


def total(grades: Sequence[Grade]) -> Fraction | None:
    """Return the sum of the points; None if the grader failed on one of them."""
    if any(grade.status == "failed" for grade in grades):
        return None
    return sum((grade.points or ZERO for grade in grades), ZERO)


def columns(parts: Sequence[PartBook]) -> tuple[Column, ...]:
    """Return the gradebook's columns: who, the total, and a group for each part."""
    return (
        *_WHO,
        *(
            Column(f"{each.part.id}.{column.name}", column.kind)
            for each in parts
            for column in _OF_A_PART
        ),
    )


def lines(parts: Sequence[PartBook], students: Sequence[Enrolled]) -> Iterator[Line]:
    """Yield a row for each student of the course, in order of the ids."""
    grades = [grades_of(part) for part in parts]
    times = [attempts(part.book.manifest.entries) if part.book else {} for part in parts]
    for who in sorted(students, key=lambda each: (natural(each.student), each.student)):
        own = [
            each.get(who.student, Grade("missing" if part.book else "open"))
            for part, each in zip(parts, grades, strict=True)
        ]
        most = sum(
            (
                part.most
                for part, grade in zip(parts, own, strict=True)
                if grade.status not in _IN_NO_TOTAL
            ),
            ZERO,
        )
        cells: list[Line] = [
            _cells(part, grade, of) for part, grade, of in zip(parts, own, times, strict=True)
        ]
        head: Line = (who.student, who.name, shortest(total(own)), shortest(most))
        yield (*head, *(cell for group in cells for cell in group))


def _cells(part: PartBook, grade: Grade, times: Mapping[str, int]) -> Line:
    most = None if grade.status in _IN_NO_TOTAL else shortest(part.most)
    if part.book is None or grade.seq is None:
        return (shortest(grade.points), most, grade.status, *(None,) * (len(_OF_A_PART) - 3))
    book, seq = part.book, grade.seq
    hand_in, row = book.manifest.entries[seq], book.rows[seq]
    return (
        shortest(grade.points),
        most,
        grade.status,
        shortest(book.score(seq)),
        shortest(book.exercise.points),
        hand_in.attempt,
        times[hand_in.student],
        hand_in.submitted,
        book.lateness(seq).seconds,
        row.mistakes[0].code if row.mistakes else None,
    )
