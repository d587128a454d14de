"""gradebook.csv: a row for each hand-in and for each who is missing, as spreadsheets open it.

UTF-8 with its mark, CRLF. A text that a spreadsheet would compute gets an apostrophe in front
(OWASP ASVS 1.2.10); numbers never do, and ids stay as the platform writes them.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from grader.cohort.book import Book, attempts
from grader.cohort.choices import Style
from grader.cohort.graded import GradedRow, Number, shortest, shortest_of
from grader.cohort.manifest import HandIn
from grader.cohort.neutral import safe
from grader.exercise.record import Exercise

Value = str | Number | None
Line = tuple[Value, ...]


class Column(NamedTuple):
    """A column's name and what its values are; each may be empty."""

    name: str
    kind: Literal["text", "whole", "number"] = "text"


_WHO = (
    Column("student"),
    Column("name"),
    Column("attempt", "whole"),
    Column("attempts", "whole"),
    Column("submitted"),
    Column("late", "whole"),
    Column("late_s", "whole"),
    Column("counts", "whole"),
    Column("source"),
    Column("status"),
    Column("score", "number"),
    Column("max_score", "number"),
)
_WHY = (
    Column("mistake"),
    Column("unit", "whole"),
    Column("message"),
    Column("error"),
    Column("digest"),
)
_VARIANT = (
    Column("variant", "whole"),
    Column("variant_by"),
    Column("variant_list"),
)
_LATE_POINTS = Column("late_points", "number")


def gradebook(book: Book, style: Style = "excel") -> bytes:
    """Return the file."""
    return written(columns(book), lines(book), style)


def written(header: Sequence[Column], rows: Iterator[Line], style: Style) -> bytes:
    """Return a table as a spreadsheet opens it."""
    european = style == "excel-eu"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if european else ",", lineterminator="\r\n")
    writer.writerow([safe(column.name) for column in header])
    for cells in rows:
        writer.writerow([_cell(each, european=european) for each in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def columns(book: Book) -> tuple[Column, ...]:
    """Return the columns; what lateness takes off comes after the checks, if there is a rule.

    Where the exercise has variants, at the end stand each one's number, how it was chosen and the
    list's digest.
    """
    usual = columns_of(book.exercise, has_rule=book.deadline.rule is not None)
    return usual if book.exercise.variant is None else (*usual, *_VARIANT)


def columns_of(exercise: Exercise, *, has_rule: bool = False) -> tuple[Column, ...]:
    """Return the columns of a gradebook for an exercise."""
    checks = tuple(Column(check.id, "number") for check in exercise.checks)
    return (*_WHO, *checks, *((_LATE_POINTS,) if has_rule else ()), *_WHY)


def lines(book: Book) -> Iterator[Line]:
    """Yield the rows: hand-ins in their order, then those who handed nothing in."""
    times = attempts(book.manifest.entries)
    most = shortest(book.exercise.points)
    for seq, (hand_in, row) in enumerate(zip(book.manifest.entries, book.rows, strict=True)):
        first = row.mistakes[0] if row.mistakes else None
        yield (
            *_who(book, seq, hand_in, times[hand_in.student]),
            row.status,
            shortest(book.score(seq)),
            most,
            *_points(book, seq, row),
            first and first.code,
            first and first.unit,
            row.message,
            row.error,
            row.digest,
            *_variant(book, row),
        )
    empty = len(columns(book)) - len(_WHO)
    for absent in book.manifest.missing:
        nobody = (absent.student, absent.name, 0, 0, None, 0, None, 0, None)
        yield (*nobody, "missing", None, most, *(None,) * empty)


def _who(book: Book, seq: int, hand_in: HandIn, times: int) -> Line:
    seconds = book.lateness(seq).seconds
    return (
        hand_in.student,
        hand_in.name,
        hand_in.attempt,
        times,
        hand_in.submitted,
        int(hand_in.late or bool(seconds)),
        seconds,
        int(seq in book.counts),
        hand_in.source,
    )


def _variant(book: Book, row: GradedRow) -> Line:
    if book.exercise.variant is None:
        return ()
    if row.variant is None or row.variant.number is None:
        return (None, None, book.exercise.variant.digest)
    return (row.variant.number, row.variant.chosen_by, book.exercise.variant.digest)


def _points(book: Book, seq: int, row: GradedRow) -> Line:
    """Return the points of each check; together with what lateness takes off they are the score."""
    earned = {each.check: shortest_of(each.points) for each in row.points}
    checks = tuple(earned.get(check.id) for check in book.exercise.checks)
    if book.deadline.rule is None:
        return checks
    off = None if row.exact is None else shortest(-book.lateness(seq).off)
    return (*checks, off)


def _cell(value: Value, *, european: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    text = str(value)
    return text.replace(".", ",") if european else text
