"""JSON lines: by msgspec where a line is plain, else by the reader that single files have.

msgspec is strict about types and unknown keys, but takes the last of two equal keys. A repeated key
has two quotation marks more than the keys and texts that came out of the line; so lines whose marks
do not add up are read by themselves, and so are those with a number that is no short decimal.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Protocol

import numpy as np

from grader.cohort.columns.decimals import as_decimals
from grader.cohort.tables.table_rows import Hard, TableRows, in_range
from grader.errors import SubmissionError
from grader.submission.record import MAX_BYTES

_LONGEST = 1 << 16  # a line that is longer is read by itself
_DIGITS, _MOST = 6, 1e9


class _Line(Protocol):
    """What a plain line holds beside the parameters."""

    student: str | int | None
    exercise: str | None


Decode = Callable[[bytes], _Line]


def decoder(free: Sequence[str], error: list[type[Exception]]) -> Decode | None:
    """Return what reads a plain line, None where msgspec is not installed.

    `error` gets the exception that it raises for a line that is not plain.
    """
    try:
        msgspec: Any = import_module("msgspec")
    except ImportError:  # it belongs to an extra
        return None
    about = [("student", str | int | None, None), ("exercise", str | None, None)]
    line = msgspec.defstruct(
        "Line", [*((name, float) for name in free), *about], forbid_unknown_fields=True, gc=False
    )
    error.append(msgspec.DecodeError)
    decode: Decode = msgspec.json.Decoder(line, strict=True).decode
    return decode


class LineReader:
    """Reads chunks of lines for one exercise."""

    def __init__(self, free: Sequence[str], exercise: str) -> None:
        """Make the decoder once."""
        self._free = free
        self._exercise = exercise
        refused: list[type[Exception]] = []
        self._decode = decoder(free, refused)
        self._refused: tuple[type[Exception], ...] = (*refused, UnicodeDecodeError)

    def rows(self, data: bytes, first: int) -> TableRows:
        """Return the rows in lines, the first of which has this number; empty lines are none."""
        lines = data.split(b"\n")
        if lines and not lines[-1]:
            lines.pop()
        found, plain, hard = [], [], []
        students = [f"line {first + n}" for n in range(len(lines))]
        decode, refused = self._decode, self._refused
        for n, line in enumerate(lines):
            if decode is None or len(line) > _LONGEST:
                hard.append(n)
                continue
            try:
                found.append(decode(line))
            except refused:
                hard.append(n)
            else:
                plain.append(n)
        return self._sorted(lines, students, (found, plain, hard))

    def _sorted(
        self,
        lines: list[bytes],
        students: list[str],
        sorted_: tuple[list[_Line], list[int], list[int]],
    ) -> TableRows:
        found, plain, hard = sorted_
        columns = [np.array([getattr(each, name) for each in found]) for name in self._free]
        fine = in_range(columns)
        fine &= as_decimals(tuple(columns), _DIGITS, _MOST * 10**_DIGITS).fit
        keys = 2 * len(self._free)
        for place, (n, each) in enumerate(zip(plain, found, strict=True)):
            who, named = each.student, each.exercise
            if who is not None:
                students[n] = str(who)
            marks = keys + (0 if who is None else 4 if isinstance(who, str) else 2)
            marks += 0 if named is None else 4
            if lines[n].count(b'"') != marks or (named is not None and named != self._exercise):
                fine[place] = False
        if not fine.all():
            hard = sorted([*hard, *(plain[place] for place in np.flatnonzero(~fine))])
            plain = [plain[place] for place in np.flatnonzero(fine)]
            columns = [column[fine] for column in columns]
        return TableRows(
            students, None, plain, tuple(columns), tuple(_hard(n, lines[n]) for n in hard)
        )


def _hard(n: int, line: bytes) -> Hard:
    if len(line) > MAX_BYTES:
        return Hard(n, SubmissionError("too-large", "the line is longer than 1 MiB"))
    return Hard(n, line)
