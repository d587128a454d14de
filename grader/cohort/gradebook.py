"""gradebook.csv: a row for each hand-in and for each who is missing, as spreadsheets open it.

UTF-8 with its mark, CRLF. A text that a spreadsheet would compute gets an apostrophe in front
(OWASP ASVS 1.2.10); numbers never do, and ids stay as the platform writes them.
"""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.choices import Style
from grader.cohort.graded import GradedRow, shortest
from grader.cohort.manifest import HandIn, Manifest
from grader.exercise.record import Exercise

_COMPUTED = frozenset("=+-@")
_UNSAFE = ("\t", "\r", "\n", "\0")
_SKIPPED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_BEFORE = ("student", "name", "attempt", "attempts", "submitted", "late", "counts", "source")
_AFTER = ("mistake", "unit", "message", "error", "digest")


class Book(NamedTuple):
    """What the files at the end of a run are made of, all in the hand-ins' order."""

    exercise: Exercise
    manifest: Manifest
    rows: tuple[GradedRow, ...]
    counts: frozenset[int]


def gradebook(book: Book, style: Style = "excel") -> bytes:
    """Return the file."""
    european = style == "excel-eu"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if european else ",", lineterminator="\r\n")
    checks = [check.id for check in book.exercise.checks]
    writer.writerow([*_BEFORE, "status", "score", "max_score", *checks, *_AFTER])
    for cells in _lines(book, checks):
        writer.writerow([_cell(each, european=european) for each in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def attempts(hand_ins: Sequence[HandIn]) -> Counter[str]:
    """Return how often each student handed in."""
    return Counter(str(each.student) for each in hand_ins)


def _lines(book: Book, checks: Sequence[str]) -> Iterator[list[object]]:
    times = attempts(book.manifest.entries)
    most = shortest(book.exercise.points)
    for seq, (hand_in, row) in enumerate(zip(book.manifest.entries, book.rows, strict=True)):
        earned = {each.check: shortest(Fraction(each.points)) for each in row.points}
        first = row.mistakes[0] if row.mistakes else None
        yield [
            hand_in.student,
            hand_in.name,
            hand_in.attempt,
            times[hand_in.student],
            hand_in.submitted,
            int(hand_in.late),
            int(seq in book.counts),
            hand_in.source,
            row.status,
            shortest(row.exact),
            most,
            *(earned.get(check) for check in checks),
            first and first.code,
            first and first.unit,
            row.message,
            row.error,
            row.digest,
        ]
    for absent in book.manifest.missing:
        nothing = [None] * (len(checks) + len(_AFTER))
        nobody = [absent.student, absent.name, 0, 0, None, 0, 0, None]
        yield [*nobody, "missing", None, most, *nothing]


def _cell(value: object, *, european: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    text = str(value)
    return text.replace(".", ",") if european else text


def safe(text: str) -> str:
    """Return a text that no spreadsheet computes."""
    if text.startswith(_UNSAFE):
        return f"'{text}"
    for character in text:
        if unicodedata.category(character) not in _SKIPPED:
            plain = unicodedata.normalize("NFKC", character)
            return f"'{text}" if plain in _COMPUTED else text
    return text
