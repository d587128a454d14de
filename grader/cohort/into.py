"""Filling a teacher's own file of grades: only the cells that it is about change.

A row is a student's if it has the platform's own number or name, or another id that the roster has
beside that. Names of people decide nothing, save where the teacher names their column as the key.
What fits no row is listed and never added; a row without a hand-in, one that is locked or excused
and one whose key appears there twice stay as they are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from grader.cohort.cells import Sheet, SheetError, changed, sheet
from grader.cohort.exports import Line, Plan, Wanted, normal, plan
from grader.cohort.neutral import safe
from grader.cohort.scores import Mark, points, two_decimals
from grader.text.inert import inert

_SHOWN = 20  # students listed in one sentence
_ANONYMOUS = "anon_"


class Filled(NamedTuple):
    """The file's new bytes, how many cells got a score, and what is to be said, line by line."""

    data: bytes
    cells: int
    remarks: tuple[str, ...]


class _Sorted(NamedTuple):
    """The marks by what becomes of them."""

    written: tuple[tuple[Mark, Line], ...]
    left: tuple[tuple[Mark, str], ...]
    alone: tuple[Mark, ...]


def fill(data: bytes, marks: Sequence[Mark], wanted: Wanted = Wanted()) -> Filled:
    """Return the file with the scores of all marks that have a row in it.

    Raises: SheetError if it cannot be told where they belong.
    """
    table = sheet(data)
    how = plan(table, wanted)
    if any(mark.student.startswith(_ANONYMOUS) for mark in marks):
        raise SheetError(
            "the submissions were downloaded without names (anon_...), so nobody can tell whose "
            "row is whose; switch anonymous grading off and download them again"
        )
    late = sum(bool(mark.off) for mark in marks) if how.deducts else 0
    if late:
        marks = [mark.undeducted() for mark in marks]
    twice = _twice(how.lines)
    found = _sorted(table, how, marks, twice, by_name=wanted.key is not None)
    new: dict[tuple[int, int], str] = {}
    for mark, line in found.written:
        new |= _cells(table, how, line, mark)
    remarks = (*_remarks(table, how, found, twice), *_undeducted(late))
    return Filled(changed(table, new), len(found.written), remarks)


def _sorted(
    table: Sheet, how: Plan, marks: Sequence[Mark], twice: frozenset[str], *, by_name: bool
) -> _Sorted:
    """Tell what becomes of each mark; a name finds a row only where the teacher made it the key."""
    names = Counter(normal(mark.name) for mark in marks if mark.name and by_name)
    shared = Counter(normal(other) for mark in marks for other in {*mark.others})
    rows = {key: line for line in how.lines for key in map(normal, line.keys) if key not in twice}
    written: list[tuple[Mark, Line]] = []
    left: list[tuple[Mark, str]] = []
    alone: list[Mark] = []
    for mark in marks:
        line = rows.get(normal(mark.student))
        if line is None and names[normal(mark.name)] == 1:
            line = rows.get(normal(mark.name))
        if line is None:
            line = _by_roster(rows, mark, shared)
        if line is None and normal(mark.student) in twice:
            left.append((mark, "its key appears there more than once"))
        elif line is None:
            alone.append(mark)
        elif line.locked or mark.score is None:
            left.append((mark, line.locked or "it could not be graded"))
        elif how.target >= len(table.rows[line.row]):
            left.append((mark, f"line {table.lines[line.row]} of the file is too short"))
        else:
            written.append((mark, line))
    return _Sorted(tuple(written), tuple(left), tuple(alone))


def _by_roster(rows: Mapping[str, Line], mark: Mark, shared: Counter[str]) -> Line | None:
    """Return the one row that an id in the student's row of the roster leads to.

    What the roster says of several students identifies none.
    """
    own = {normal(other) for other in mark.others if shared[normal(other)] == 1}
    found = {rows[key] for key in own if key in rows}
    return found.pop() if len(found) == 1 else None


def _cells(table: Sheet, how: Plan, line: Line, mark: Mark) -> dict[tuple[int, int], str]:
    """Return the new cells of a row: the score, and a comment where there is none yet."""
    score = points(mark, line.most)
    if score is None:
        return {}
    full = line.most or mark.most
    found = {(line.row, how.target): two_decimals(score, full, how.sign)}
    column = how.feedback
    has_room = column is not None and column < len(table.rows[line.row])
    if column is not None and has_room and mark.feedback and not table.value(line.row, column):
        text = escape(mark.feedback, quote=False) if how.is_markup else safe(mark.feedback)
        found[line.row, column] = text
    return found


def _undeducted(late: int) -> Iterator[str]:
    if late:
        yield (
            f"Canvas takes off for lateness itself, so {late:,} late "
            f"{'score is' if late == 1 else 'scores are'} written without deduction"
        )


def _twice(lines: Iterable[Line]) -> frozenset[str]:
    times = Counter(key for line in lines for key in {normal(each) for each in line.keys} if key)
    return frozenset(key for key, number in times.items() if number > 1)


def _remarks(table: Sheet, how: Plan, found: _Sorted, twice: frozenset[str]) -> Iterator[str]:
    title = inert(table.header[how.target], 60)
    yield (
        f'{how.platform}, column "{title}": {len(found.written)} of {len(how.lines)} rows filled'
    )
    if found.left:
        yield f"left as they were: {_some([f'{_who(mark)}: {why}' for mark, why in found.left])}"
    others = twice - {normal(mark.student) for mark, _ in found.left}
    if others:
        yield f"in the file more than once, so not filled: {_some(sorted(map(inert, others)))}"
    if found.alone:
        near = _near(how.lines)
        names = [_alone(mark, near) for mark in found.alone]
        yield f"not in the file, so not written: {_some(names)}"
    if found.alone and how.lines and not found.written and not found.left:
        ours, theirs = (inert(key, 40) for key in (found.alone[0].student, how.lines[0].keys[0]))
        yield (
            f"no row fits: the hand-ins have keys such as {ours}, the file such as {theirs}; "
            "if one of its columns has the same keys or the whole names, say so by --key and "
            "--column"
        )
    met = {normal(key) for mark, _ in found.written for key in (mark.student, mark.name)}
    met |= {normal(key) for mark, _ in found.left for key in (mark.student, mark.name)}
    rows = [line for line in how.lines if not met.intersection(map(normal, line.keys))]
    if rows:
        missing = [f"{inert(line.keys[0], 60)} (line {table.lines[line.row]})" for line in rows]
        yield f"no hand-in, so left as they were: {_some(missing)}"


def _near(lines: Iterable[Line]) -> dict[str, str]:
    """Return the file's keys by what a spreadsheet or a hand may have made of them."""
    return {_worn(key): key for line in lines for key in line.keys if key}


def _worn(key: str) -> str:
    """Return what is left of a key: no capitals, no zeros in front, 6 digits as in 1.23457E+15."""
    try:
        return f"{float(key.replace(',', '.')):.5e}"
    except ValueError:
        return key.casefold()


def _alone(mark: Mark, near: dict[str, str]) -> str:
    key = near.get(_worn(mark.student))
    if key is None or normal(key) == normal(mark.student):
        return _who(mark)
    return f'{_who(mark)}, though the file has "{inert(key, 40)}"; is that the same?'


def _who(mark: Mark) -> str:
    name = f" ({inert(mark.name, 60)})" if mark.name and mark.name != mark.student else ""
    return f"{inert(mark.student, 60)}{name}"


def _some(names: Sequence[str]) -> str:
    more = f", and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
