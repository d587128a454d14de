"""The files of grades that platforms export: which columns mean what, one function a platform.

Columns are found by what the platform's importer looks for. Moodle translates its headers, so its
worksheet is known by its shape: identifiers that end in a number, the full marks beside the grade.
"""

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.cells import TEXT_FOR_EXCEL, Sheet, SheetError
from grader.cohort.scores import number
from grader.cohort.worksheet import feedback_of, full_marks, lock_of
from grader.text.inert import inert

_SHOWN = 12  # columns named in a message
_EXCUSED = frozenset({"ex", "excused", "exempt"})
_IDENTIFIER = re.compile(r"\D*?(\d+)")
_CANVAS_TITLE = re.compile(r".* \((\d+)\)")
_BLACKBOARD_TITLE = re.compile(r"(.*?)(?: \[.*\])? ?\|(\d+)")
_BLACKBOARD_MOST = re.compile(r"\[[^\]]*?(\d+(?:[.,]\d+)?)[^\]]*\] ?\|\d+$")
_BRIGHTSPACE_TITLE = re.compile(r"(.*) Points Grade\b.*")
_BRIGHTSPACE_MOST = re.compile(r"<[^>]*?MaxPoints:(\d+(?:[.,]\d+)?)")
_FEEDBACK = ("feedback", "feedback comments", "feedback to learner", "comments", "comment")


class Wanted(NamedTuple):
    """What the command says about the file: the column that identifies, and the one to fill."""

    key: str | None = None
    column: str | None = None


class Line(NamedTuple):
    """A student's row: where it is, whom it is about, its full marks, why it is left alone."""

    row: int
    keys: tuple[str, ...]
    most: Fraction | None = None
    locked: str = ""


class Plan(NamedTuple):
    """How a file is filled: the platform, the columns, the decimal sign, and its students' rows.

    `deducts` is set where the platform itself takes off for lateness what its file then shows.
    """

    platform: str
    target: int
    lines: tuple[Line, ...]
    sign: str
    feedback: int | None = None
    is_markup: bool = False
    deducts: bool = False


def plan(table: Sheet, wanted: Wanted) -> Plan:
    """Return how to fill the table.

    Raises: SheetError if no known platform exported it, or has several columns to choose from.
    """
    for way in (_canvas, _blackboard, _brightspace, _moodle):
        try:
            found = way(table, wanted)
        except SheetError:
            if wanted.key is None:
                raise
            continue  # of a platform's file the teacher may mean any two columns
        if found is not None:
            return found if wanted.key is None else _by_key(table, found, wanted.key)
    if wanted.key is not None:
        return _any(table, wanted, wanted.key)
    raise SheetError(
        "it is not a file of grades exported by Canvas, Moodle, Blackboard or Brightspace; name "
        "the column that identifies a student and the one to fill: --key COLUMN --column COLUMN. "
        f"It has {_listed(table.header)}"
    )


def _by_key(table: Sheet, found: Plan, name: str) -> Plan:
    """Return the plan with rows found by another column; scale and locks stay the platform's."""
    key = _named(table.header, name, "--key")
    lines = (line._replace(keys=(table.value(line.row, key),)) for line in found.lines)
    return found._replace(lines=tuple(line for line in lines if line.keys[0]))


def normal(key: str) -> str:
    """Return a key as it is compared: the same letters however they are encoded.

    ="007" is how files keep Excel from reading 007 as a number.
    """
    return unicodedata.normalize("NFC", TEXT_FOR_EXCEL.sub(r"\1", key.strip()))


def _canvas(table: Sheet, wanted: Wanted) -> Plan | None:
    header = table.header
    key = _canvas_key(header)
    if key is None:
        return None
    target = _target(header, _CANVAS_TITLE, wanted, range(key + 1, len(header)))
    rows = range(1, len(table.rows))
    students = [row for row in rows if table.value(row, key)]
    heads = [row for row in rows if not table.value(row, key) and row < min(students, default=0)]
    most = next(filter(None, (_stated(table, row, target) for row in heads)), None)
    lines = tuple(
        Line(row, (table.value(row, key),), most, _excused(table, row, target)) for row in students
    )
    return Plan("Canvas gradebook", target, lines, ".", deducts=True)


def _canvas_key(header: tuple[str, ...]) -> int | None:
    """Return the column of Canvas's ids: after the student's name, whole or in two columns."""
    if header[:3] == ("LastName", "FirstName", "ID"):
        return 2
    return 1 if len(header) > 3 and "Student" in header[0] and header[1] == "ID" else None


def _stated(table: Sheet, row: int, column: int) -> Fraction | None:
    """Return the full marks in a row above the students. Raises: SheetError if unreadable."""
    text, head = table.value(row, column), table.value(row, 0)
    if text and "Points Possible" in head and number(text) is None:
        raise SheetError(
            f'line {table.lines[row]}: "{inert(text, 20)}" points possible is not a number that '
            "can be read; write it without signs between thousands"
        )
    return number(text)


def _blackboard(table: Sheet, wanted: Wanted) -> Plan | None:
    header = table.header
    key = _index(header, "Username")
    if key is None or not any(_BLACKBOARD_TITLE.fullmatch(title) for title in header):
        return None
    target = _target(header, _BLACKBOARD_TITLE, wanted)
    stated = _BLACKBOARD_MOST.search(header[target])
    lines = _lines(table, (key,), target, number(stated[1]) if stated else None)
    feedback = _index(header, "Feedback to Learner")
    return Plan("Blackboard grade file", target, lines, _sign(table, (target,)), feedback)


def _brightspace(table: Sheet, wanted: Wanted) -> Plan | None:
    header = table.header
    keys = [_index(header, name) for name in ("OrgDefinedId", "Username")]
    known = tuple(key for key in keys if key is not None)
    if not known or "End-of-Line Indicator" not in header:
        return None
    target = _target(header, _BRIGHTSPACE_TITLE, wanted)
    stated = _BRIGHTSPACE_MOST.search(header[target])
    lines = _lines(table, known, target, number(stated[1]) if stated else None)
    bare = tuple(
        line._replace(keys=tuple(key.removeprefix("#") for key in line.keys)) for line in lines
    )
    return Plan("Brightspace grade file", target, bare, _sign(table, (target,)))


def _moodle(table: Sheet, wanted: Wanted) -> Plan | None:
    """Know the worksheet by its shape: the grade comes before full marks, alike in all rows."""
    rows = range(1, len(table.rows))
    matches = [_IDENTIFIER.fullmatch(table.value(row, 0)) for row in rows]
    if not all(matches):
        return None
    full = full_marks(table)
    if full is None or full < 3:  # identifier, status and grade always come before
        return None
    target = full - 1
    if wanted.column is not None and wanted.column.strip() != table.header[target]:
        return None
    lines = tuple(
        Line(
            row,
            (found[1] if found else "",),
            number(table.value(row, full)),
            lock_of(table, row, full),
        )
        for row, found in zip(rows, matches, strict=True)
    )
    sign = _sign(table, (full, target))
    feedback = feedback_of(table, full)
    return Plan("Moodle worksheet", target, lines, sign, feedback, is_markup=True)


def _any(table: Sheet, wanted: Wanted, name: str) -> Plan:
    header = table.header
    key = _named(header, name, "--key")
    if wanted.column is None:
        raise SheetError(f"--key needs --column and the column to fill; it has {_listed(header)}")
    target = _named(header, wanted.column, "--column")
    title = header[target].removesuffix(" (Real)").casefold()
    beside = {f"{title} (feedback)", f"{title} feedback", *_FEEDBACK}
    feedback = next((i for i, name in enumerate(header) if name.casefold() in beside), None)
    lines = _lines(table, (key,), target, None)
    sign = _sign(table, (target,))
    return Plan("table", target, lines, sign, feedback, deducts=_canvas_key(header) is not None)


def _lines(
    table: Sheet, keys: tuple[int, ...], target: int, most: Fraction | None
) -> tuple[Line, ...]:
    return tuple(
        Line(row, tuple(table.value(row, key) for key in keys), most, _excused(table, row, target))
        for row in range(1, len(table.rows))
        if any(table.value(row, key) for key in keys)
    )


def _excused(table: Sheet, row: int, target: int) -> str:
    found = table.value(row, target)
    return f"excused ({inert(found, 20)})" if found.casefold() in _EXCUSED else ""


def _target(
    header: tuple[str, ...],
    title: re.Pattern[str],
    wanted: Wanted,
    among: Iterable[int] | None = None,
) -> int:
    """Return the one column of this pattern, or of these the one that is wanted.

    Raises: SheetError with the columns that there are.
    """
    fitting = [
        i for i in (range(len(header)) if among is None else among) if title.fullmatch(header[i])
    ]
    if wanted.column is not None:
        asked = wanted.column.strip()
        fitting = [i for i in fitting if header[i] == asked] or [
            i for i in fitting if _bare(header[i]) == asked
        ]
    if len(fitting) == 1:
        return fitting[0]
    titles = [name for name in header if title.fullmatch(name)]
    if not titles:
        raise SheetError(
            "it has no column with an assignment's points; export it once the assignment exists"
        )
    asked = f'"{inert(wanted.column, 60)}" is not one column' if wanted.column else "which column?"
    raise SheetError(f"{asked}: name the one to fill after --column; it has {_listed(titles)}")


def _bare(title: str) -> str:
    """Return a column's title without what the platform adds to the assignment's name."""
    for pattern in (_BLACKBOARD_TITLE, _BRIGHTSPACE_TITLE):
        if found := pattern.fullmatch(title):
            return found[1]
    return re.sub(r" \(\d+\)$", "", title)


def _named(header: tuple[str, ...], name: str, option: str) -> int:
    found = [i for i, title in enumerate(header) if normal(title) == normal(name)]
    if len(found) == 1:
        return found[0]
    how = "several columns are" if found else "no column is"
    raise SheetError(f'{option}: {how} called "{inert(name, 60)}"; it has {_listed(header)}')


def _index(header: tuple[str, ...], name: str) -> int | None:
    return next((i for i, title in enumerate(header) if title == name), None)


def _sign(table: Sheet, columns: tuple[int, ...]) -> str:
    """Return the file's decimal sign: as its numbers have it, else as its delimiter suggests."""
    for column in columns:
        for row in range(1, len(table.rows)):
            found = table.value(row, column)
            if number(found) is not None and not found.isdigit():
                return "," if "," in found else "."
    return "," if table.delimiter == ";" else "."


def _listed(titles: Iterable[str]) -> str:
    shown = [f'"{inert(title, 60)}"' for title in titles]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more
