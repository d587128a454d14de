"""A chunk's part of gradebook.csv, and its counts.

Most rows of a long table share what they earn with others, or at least each number in it; so texts
are made once for each distinct result, and joined.
"""

import csv
import io
from collections.abc import Sequence
from fractions import Fraction
from itertools import count as count_from
from typing import NamedTuple
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from grader.cohort.choices import Style
from grader.cohort.columns.marks import Marks
from grader.cohort.columns.unit_columns import CODES
from grader.cohort.graded import GradedRow, shortest
from grader.cohort.manifest import whole
from grader.cohort.neutral import safe
from grader.cohort.tables.distinct_rows import distinct
from grader.cohort.tables.table_rows import Ends, TableRows
from grader.cohort.tables.tallies import Tally, of_columns, of_row
from grader.exercise.record import Exercise
from grader.text.inert import inert

_REMEMBERED = 50_000  # results whose text is kept


class Result(NamedTuple):
    """What a chunk's rows came to: marks and mistakes of the plain ones, the others' rows."""

    marks: Marks
    units: NDArray[np.int64]
    codes: NDArray[np.int8]
    hard: tuple[tuple[int, GradedRow], ...]


class ChunkPart(NamedTuple):
    """A chunk's part of the gradebook, and how many rows of it have what."""

    data: bytes
    rows: int
    counts: Tally


class RowWriter:
    """Writes parts of a gradebook for one exercise."""

    def __init__(self, exercise: Exercise, style: Style) -> None:
        """Keep what every row ends in."""
        self._exercise = exercise
        self._european = style == "excel-eu"
        self._most = self._number(shortest(exercise.points))
        self._texts: dict[bytes, str] = {}

    def part(self, rows: TableRows, result: Result, first: int, word: str) -> ChunkPart:
        """Return the part of a chunk whose first row is in the line of this number."""
        count = len(rows.students)
        mark = ";" if self._european else ","
        ends = self._ends(result)
        before, after = mark.join(("", "1", "1", "")), mark.join(("", "0", "", "1", word))
        if rows.join is not None:
            data = rows.join(f"{mark}{before}{after} ", first, ends)
            return ChunkPart(data, count, self._counts(result))
        tails = np.array(ends.texts, object)[ends.which].tolist()
        if rows.plain is not None and len(tails) < count:
            every = [""] * count
            for n, tail in zip(rows.plain, tails, strict=True):
                every[n] = tail
            for n, row in result.hard:
                every[n] = self._hard(row)
            tails = every
        ids = rows.students
        if not _are_plain(ids):
            ids = [_text(student, mark) for student in ids]
        if rows.names is not None:
            pairs = zip(ids, rows.names, strict=True)
            ids = [f"{who}{mark}{_label(name, mark)}" for who, name in pairs]
        else:
            before = f"{mark}{before}"
        if rows.times is not None:
            timed = zip(ids, rows.times, strict=True)
            ids, before = [f"{who}{before}{_label(time, mark)}" for who, time in timed], ""
        middle = f"{before}{after} "
        lines = [
            f"{who}{middle}{n}{tail}"
            for n, who, tail in zip(count_from(first), ids, tails, strict=False)
        ]
        data = "".join(lines).encode("utf-8", "replace")
        return ChunkPart(data, count, self._counts(result))

    def _counts(self, result: Result) -> Tally:
        counts = of_columns(self._exercise, result.marks, result.codes)
        for _, row in result.hard:
            counts += of_row(self._exercise, row)
        return counts

    def _ends(self, result: Result) -> Ends:
        """Return the ends of the plain rows' lines, from what comes before the status on."""
        marks = result.marks
        why = np.where(result.codes < 0, -1.0, result.codes * 20_000.0 + result.units)
        table = np.ascontiguousarray(np.vstack([marks.score, marks.points, why]).T)
        first, which = distinct(table)
        texts = self._texts
        if len(texts) > _REMEMBERED:
            texts.clear()
        found = []
        for n in first.tolist():
            key = table[n].tobytes()
            text = texts.get(key)
            if text is None:
                text = texts[key] = self._end(table[n].tolist(), result, n)
            found.append(text)
        return Ends(found, which)

    def _end(self, numbers: list[float], result: Result, n: int) -> str:
        score, *points = (self._number(_whole(x)) for x in numbers[:-1])
        code = result.codes[n]
        why = ("", "") if code < 0 else (CODES[code], str(result.units[n]))
        return self._joined("graded", score, self._most, *points, *why, "", "", "")

    def _hard(self, row: GradedRow) -> str:
        earned = {each.check: self._number(_exact(each.points)) for each in row.points}
        first = row.mistakes[0] if row.mistakes else None
        return self._joined(
            row.status,
            self._number(shortest(row.exact)),
            self._most,
            *(earned.get(check.id, "") for check in self._exercise.checks),
            first.code if first else "",
            str(first.unit) if first else "",
            row.message if row.error else "",
            row.error,
            "",
        )

    def _joined(self, *cells: str) -> str:
        mark = ";" if self._european else ","
        return mark + mark.join(_quoted(cell, mark) for cell in cells) + "\r\n"

    def _number(self, number: float | None) -> str:
        text = "" if number is None else str(number)
        return text.replace(".", ",") if self._european else text


def _are_plain(ids: Sequence[str]) -> bool:
    """Tell whether all ids are letters and digits of ASCII, and none is empty."""
    joined = "".join(ids)
    return joined.isascii() and joined.isalnum() and all(ids)


def _exact(points: str) -> float | None:
    return shortest(Fraction(points))


def _whole(number: float) -> float:
    return int(number) if number.is_integer() else number


def _text(text: str, mark: str) -> str:
    """Return an id as a cell."""
    if text.isascii() and text.isalnum():
        return text
    return _quoted(safe(whole(normalize("NFC", text.strip()))), mark)


def _label(text: str, mark: str) -> str:
    return (
        text
        if text.isascii() and text.isalnum()
        else _quoted(safe(inert(normalize("NFC", text.strip()))), mark)
    )


def _quoted(text: str, mark: str) -> str:
    if mark not in text and '"' not in text and "\n" not in text and "\r" not in text:
        return text
    line = io.StringIO()
    csv.writer(line, delimiter=mark, lineterminator="").writerow([text])
    return line.getvalue()


def header(names: Sequence[str], style: Style) -> bytes:
    """Return the file's first line, with the mark."""
    mark = ";" if style == "excel-eu" else ","
    return b"\xef\xbb\xbf" + mark.join(safe(name) for name in names).encode() + b"\r\n"
