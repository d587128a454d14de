"""A chunk's rows as they are graded: columns of numbers, and what must be read by itself."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column, Mask
from grader.errors import GraderError, SubmissionError
from grader.exact.rational import MAX_MAGNITUDE

WHO = ("student", "id")  # columns that say whose a row is, the first that there is
NAME = "name"
TIMES = ("submitted", "submitted_at", "time", "timestamp")  # when, the first that there is


class TableError(GraderError):
    """The teacher must act: the table cannot be read as one."""


class Heading(NamedTuple):
    """What is where in a table: each parameter's column, the student's, the name's, the time's.

    `passed` are the columns that are not used; `delimiter` and `encoding` are those of text.
    """

    names: tuple[str, ...]
    parameters: tuple[int, ...] = ()
    student: int | None = None
    name: int | None = None
    passed: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"
    time: int | None = None


class Hard(NamedTuple):
    """A row that is read by itself: its number in the chunk, and its bytes or why it has none."""

    row: int
    data: bytes | SubmissionError


class Ends(NamedTuple):
    """How lines end: the distinct ends, and which of them each line has."""

    texts: list[str]
    which: NDArray[np.intp]


# The lines of all rows: what comes after whose a row is, the first row's number, the ends.
Join = Callable[[str, int, Ends], bytes]


class TableRows(NamedTuple):
    """A chunk's rows: whose they are, and numbers where they could be read at once.

    `plain` are the numbers in the chunk of the rows that `columns` has. `join` puts lines together
    where all rows are plain, and so are the ids of students and nothing else is named.
    """

    students: Sequence[str]
    names: Sequence[str] | None
    plain: Sequence[int] | None  # None: all
    columns: tuple[Column, ...]
    hard: tuple[Hard, ...]
    times: Sequence[str] | None = None
    join: Join | None = None


def in_range(columns: Sequence[Column]) -> Mask:
    """Tell which rows hold nothing but numbers that a submission may have."""
    fine: Mask = np.ones(len(columns[0]), np.bool_)
    for column in columns:
        fine &= np.abs(column) <= MAX_MAGNITUDE
    return fine


_NUMBER = re.compile(r"[+-]?(?:\d{1,400}\.?\d{0,400}|\.\d{1,400})(?:[eE][+-]?\d{1,5})?", re.ASCII)


def number(cell: str, *, comma: bool = False) -> float | str | None:
    """Return a cell's number; the text where it is none, None where it is empty."""
    text = cell.strip()
    if not text:
        return None
    if comma and "." not in text:
        text = text.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else cell
