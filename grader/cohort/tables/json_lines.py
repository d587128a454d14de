"""JSON lines: by msgspec where a line is plain, else by the reader that single files have.

msgspec is strict about types and unknown keys, but takes the last of two equal keys. A repeated key
has two quotation marks more than the keys and texts that came out of the line; so lines whose marks
do not add up are read by themselves, and so are those with a number that is not a short decimal.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, Protocol
from unicodedata import normalize

import numpy as np

from grader.cohort.columns.decimals import Column, as_decimals
from grader.cohort.tables.table_rows import Hard, TableRows, in_range
from grader.errors import SubmissionError
from grader.submission.record import MAX_BYTES

_TOGETHER = 4096  # lines that are read at once
_LONGEST = 1 << 16  # a line that is longer is read by itself
_DIGITS, _MOST = 6, 1e9


class PlainLine(Protocol):
    """What a plain line holds beside the parameters."""

    student: str | int | None
    exercise: str | None


class Decoders(NamedTuple):
    """What reads one plain line, and many; what they raise for one that is not plain."""

    one: Callable[[bytes], PlainLine]
    many: Callable[[bytes], list[PlainLine]]
    refused: tuple[type[Exception], ...]


def decoders(free: Sequence[str]) -> Decoders | None:
    """Return what reads plain lines, None where msgspec is not installed."""
    try:
        msgspec = import_module("msgspec")
    except ImportError:  # it belongs to an extra
        return None
    about = [("student", str | int | None, None), ("exercise", str | None, None)]
    line = msgspec.defstruct(
        "Line", [*((name, float) for name in free), *about], forbid_unknown_fields=True, gc=False
    )
    made = msgspec.json.Decoder(line, strict=True)
    return Decoders(made.decode, made.decode_lines, (msgspec.DecodeError, UnicodeDecodeError))


class LineReader:
    """Reads chunks of lines for one exercise."""

    def __init__(self, free: Sequence[str], exercise: str) -> None:
        """Make the decoder once."""
        self._free = free
        self._exercise = exercise
        made = decoders(free)
        self._decode = made and made.one
        self._decode_lines = made and made.many
        self._refused: tuple[type[Exception], ...] = made.refused if made else ()

    def rows(self, data: bytes, first: int) -> TableRows:
        """Return the rows in lines, the first of which has this number; empty lines are none."""
        lines = data.split(b"\n")
        if not lines[-1]:
            lines.pop()
        students: list[str] = [""] * len(lines)
        plain: list[int] = []
        hard: list[int] = []
        columns: list[list[Column]] = [[] for _ in self._free]
        for start in range(0, len(lines), _TOGETHER):
            self._some(lines, range(start, min(start + _TOGETHER, len(lines))), students).add(
                plain, hard, columns
            )
        for n in hard:
            students[n] = student_of(lines[n])
        if not all(students):
            students = [who or f"line {first + n}" for n, who in enumerate(students)]
        joined = tuple(np.concatenate(parts) for parts in columns)
        return TableRows(students, None, plain, joined, tuple(_hard(n, lines[n]) for n in hard))

    def _some(self, lines: list[bytes], run: range, students: list[str]) -> "_Some":
        """Read some lines at once or, where one of them is not plain, each by itself."""
        data = b"\n".join(lines[run.start : run.stop])
        found: list[PlainLine] = []
        which: Sequence[int] = run
        try:
            if self._decode_lines is not None and len(data) < _LONGEST * len(run):
                found = self._decode_lines(data)
        except self._refused:
            found = []
        named = [each.student for each in found]
        if len(found) != len(run) or data.count(b'"') != self._marks(found, named):
            found, which = self._each(lines, run)
            named = [each.student for each in found]
        if which is run and set(map(type, named)) == {str}:
            students[run.start : run.stop] = named  # type: ignore[assignment] # all are text
        else:
            for n, student in zip(which, named, strict=True):
                students[n] = "" if student is None else str(student)
        columns = list(self._numbers(found))
        fine = in_range(columns)
        fine &= as_decimals(tuple(columns), _DIGITS, _MOST * 10**_DIGITS).fit
        if fine.all():
            return _Some(run, which, columns)
        kept = np.flatnonzero(fine)
        which = [which[place] for place in kept.tolist()]
        return _Some(run, which, [column[kept] for column in columns])

    def _numbers(self, found: Sequence[PlainLine]) -> Iterable[Column]:
        """Return the columns of the parameters."""
        rows = map(attrgetter(*self._free), found)
        if len(self._free) == 1:
            return (np.fromiter(rows, float, len(found)),)
        numbers = np.fromiter(chain.from_iterable(rows), float, len(found) * len(self._free))
        return np.ascontiguousarray(numbers.reshape(-1, len(self._free)).T)

    def _each(self, lines: list[bytes], run: range) -> tuple[list[PlainLine], list[int]]:
        """Return what plain lines hold, read one by one, and which these are."""
        found: list[PlainLine] = []
        which = []
        for n in run if self._decode is not None else ():
            try:
                read = self._decode(lines[n]) if len(lines[n]) <= _LONGEST else None  # type: ignore[misc]
            except self._refused:
                continue
            if read is not None and lines[n].count(b'"') == self._marks([read], [read.student]):
                found.append(read)
                which.append(n)
        return found, which

    def _marks(self, found: Sequence[PlainLine], named: Sequence[object]) -> int:
        """Return how many quotation marks plain lines have; -1 if one is for another exercise.

        `named` are their students.
        """
        marks = 2 * len(self._free) * len(found)
        students = Counter(map(type, named))
        marks += 4 * students[str] + 2 * students[int]
        exercises = [each.exercise for each in found]
        count = exercises.count(None)
        if count == len(found):
            return marks
        ours = exercises.count(self._exercise)
        return marks + 4 * ours if count + ours == len(found) else -1


class _Some(NamedTuple):
    """Some lines: which there are, which of them are plain, and these ones' numbers."""

    run: range
    plain: Sequence[int]
    columns: Sequence[Column]

    def add(self, plain: list[int], hard: list[int], columns: list[list[Column]]) -> None:
        """Add them to those before."""
        plain += self.plain
        if len(self.plain) < len(self.run):
            hard += sorted(set(self.run).difference(self.plain))
        for parts, column in zip(columns, self.columns, strict=True):
            parts.append(column)


def _hard(n: int, line: bytes) -> Hard:
    if len(line) > MAX_BYTES:
        return Hard(n, SubmissionError("too-large", "the line is longer than 1 MiB"))
    return Hard(n, line)


def student_of(line: bytes) -> str:
    """Return whose a line of JSON is, as a submission's "student" says; "" where it does not."""
    if len(line) > MAX_BYTES:
        return ""
    try:
        pairs = json.loads(line, object_pairs_hook=list)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(pairs, list) or not all(isinstance(pair, tuple) for pair in pairs):
        return ""
    said = [value for key, value in pairs if key == "student"]
    if len(said) != 1 or isinstance(said[0], bool) or not isinstance(said[0], str | int):
        return ""
    try:
        return normalize("NFC", str(said[0]).strip())
    except ValueError:  # a whole number of thousands of digits
        return ""
