"""Under the axis, on the same x: which goals are right, what is needed, what the units add."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from grader.exact.network import ZERO, Knot
from grader.exercise.evidence import Evidence
from grader.exercise.record import Exercise
from grader.pictures import svg
from grader.pictures.frame import Frame
from grader.pictures.lettering import SIZE, breadth, minus, signed
from grader.report import CheckResult, Report
from grader.words.labels import label
from grader.words.standing import goals_right, right_of, state

_GOALS, _NEEDS, _ADDS = 32, 26, 24  # pixels: the height of a row
_DIAMOND, _APART, _SMALLEST = 14, 31, 6
MOST_GOALS, _MOST_LINES, _MOST_BADGES = 12, 3, 6
_GROUPS_APART, _SAME, _NUMBER = 8, 1, 12
_STATES = {"kept": "given", "lost": "wrong"}


def rows(frame: Frame, report: Report, seen: Evidence | None, top: float) -> tuple[str, float]:
    """Return the rows from `top` on, and where they end; none for a report without checks."""
    if report.exercise is None or not report.checks:
        return "", top
    middle = top + _GOALS / 2
    parts = [_named(frame, middle, "goals")]
    parts += _counted(frame, report, middle) if _many(frame, report) else _goals(frame, report, top)
    top += _GOALS
    if seen is None:
        return "".join(parts), top
    parts += [
        _named(frame, top + _NEEDS / 2, "needs"),
        *_needs(frame, report.exercise, top + _NEEDS / 2),
    ]
    top += _NEEDS
    parts.append(_named(frame, top + _ADDS / 2, "adds"))
    added, lines = _adds(frame, report, seen.knots, top + _ADDS / 2)
    return "".join([*parts, *added]), top + _ADDS * lines


def _named(frame: Frame, middle: float, name: str) -> str:
    return svg.words("tick y", frame.x0 - 14, middle + 4, name, "end")


def _many(frame: Frame, report: Report) -> bool:
    """Tell whether the goals are too many, or are too near each other, for a bar each."""
    turns = sorted(frame.x(check.left) for check in report.checks if check.left == check.right)
    return len(report.checks) > MOST_GOALS or any(b - a < _APART for a, b in pairwise(turns))


def _goals(frame: Frame, report: Report, top: float) -> Iterator[str]:
    middle = top + _GOALS / 2
    for check in report.checks:
        found = state(check, report.reveal)
        kind = _STATES.get(found, found)
        start, end = frame.x(check.left), frame.x(check.right)
        if check.kind == "breakpoint":
            shape = svg.diamond("shape", start, middle, _DIAMOND)
            yield f'<g class="goal {kind}">{shape}{svg.sign(kind, start, middle)}</g>'
            continue
        start += _DIAMOND + 3 if start > frame.x0 + 1 else 0
        end -= _DIAMOND + 3 if end < frame.x1 - 1 else 0
        if end - start >= _SMALLEST:
            bar = svg.box("shape", start, middle - _DIAMOND, (end - start, 2 * _DIAMOND), 5)
            inner = _inside(check, report, kind, (start, end, middle))
            yield f'<g class="goal {kind}">{bar}{inner}</g>'


def _inside(check: CheckResult, report: Report, kind: str, room: tuple[float, float, float]) -> str:
    """Return the sign of a segment's state and, where there is room for it, how far it is off."""
    start, end, middle = room
    words = _off(check, report, kind)
    width = breadth(words, bold=True)
    if not words or width + 22 > end - start:
        return svg.sign(kind, (start + end) / 2, middle) if end - start > _NUMBER else ""
    centre = (start + end) / 2
    sign = svg.sign(kind, centre - width / 2 - 2, middle)
    return sign + svg.words("words", centre + 8, middle + 4.5, words, "middle")


def _off(check: CheckResult, report: Report, kind: str) -> str:
    if kind == "given":
        return "given"
    if report.reveal == "verdict" or check.misfit is None:
        return {"right": "right", "partly": "partly", "wrong": "not yet"}[kind]
    return f"{label(check.misfit.error)} off" if check.misfit.error else "exact"


def _counted(frame: Frame, report: Report, middle: float) -> Iterator[str]:
    """Yield how many of many goals are right, and where the first is that is not."""
    words = goals_right(report)
    wrong = [check.left for check in report.checks if not right_of(check, report.reveal)]
    longer = (
        f"{words}; the first that is not: at x = {minus(label(min(wrong)))}" if wrong else words
    )
    fits = breadth(longer) <= frame.x1 - frame.x0
    yield svg.words("words", frame.x0, middle + 4.5, longer if fits else words)


def _needs(frame: Frame, exercise: Exercise, middle: float) -> Iterator[str]:
    """Yield the slope change that is needed at each breakpoint, as many as there is room for."""
    free = frame.x0 - SIZE
    for turn in exercise.target.breakpoints:
        words = signed(label(turn.slope_change))
        column, half = frame.x(turn.x), breadth(words, bold=True) / 2
        if column - half > free and column + half < frame.x1 + SIZE:
            free = column + half + _GROUPS_APART
            yield svg.words("needed", column, middle + 5, words, "middle")


class Group(NamedTuple):
    """Units whose knots are at one x, or that are flat, and what they add there."""

    column: float
    units: tuple[int, ...]
    words: str


def _adds(
    frame: Frame, report: Report, knots: Sequence[Knot], middle: float
) -> tuple[list[str], int]:
    """Return the badges of the units at their knots with the sum of their bends; how many lines."""
    ends = [frame.x0 - 20] * _MOST_LINES
    parts, hidden = [], 0
    for group in _groups(frame, report, knots):
        badges = group.units[:_MOST_BADGES]
        sizes = [_size(unit) for unit in badges]
        width = sum(2 * size + 3 for size in sizes) + breadth(group.words, bold=True) + 5
        start = group.column - sum(2 * size + 3 for size in sizes) / 2
        start = max(min(start, frame.x1 + 14 - width), frame.x0 - 11)
        line = next((k for k, end in enumerate(ends) if start >= end + _GROUPS_APART), None)
        if line is None or start + width > frame.x1 + 14:
            hidden += 1
            continue
        ends[line] = start + width
        parts.append(_group(report, group, start, middle + line * _ADDS))
    lines = max(1, sum(end > frame.x0 - 20 for end in ends))
    if hidden:
        row = middle + lines * _ADDS + 4
        parts.append(svg.words("tick y", frame.x1, row, f"+{hidden:,}", "end"))
    return parts, lines + bool(hidden)


def _groups(frame: Frame, report: Report, knots: Sequence[Knot]) -> list[Group]:
    found: list[list[Knot]] = []
    for knot in knots:
        if found and frame.x(knot.x) - frame.x(found[-1][0].x) < _SAME:
            found[-1].append(knot)
        else:
            found.append([knot])
    groups = [
        Group(
            frame.x(each[0].x),
            tuple(sorted(knot.unit for knot in each)),
            signed(label(sum((knot.bend for knot in each), ZERO))),
        )
        for each in found
    ]
    flat = tuple(unit.unit for unit in report.units if not unit.w)
    if flat:
        groups.append(Group(frame.x1 - 50, flat, "flat"))
    return groups


def _size(unit: int) -> float:
    """Return half the width of a unit's badge."""
    return max(9.5, breadth(str(unit), _NUMBER, bold=True) / 2 + 3)


def _group(report: Report, group: Group, start: float, middle: float) -> str:
    parts = []
    for unit in group.units[:_MOST_BADGES]:
        size = _size(unit)
        fixed = report.units[unit].fixed
        shape = (
            svg.box("shape", start + 1, middle - 9, (2 * size - 2, 18), 1)
            if fixed
            else svg.disc("shape", start + size, middle, size)
        )
        number = svg.words("words", start + size, middle + 4.5, str(unit), "middle")
        parts.append(f'<g class="badge{" given" if fixed else ""}">{shape}{number}</g>')
        start += 2 * size + 3
    kind = "sum quiet" if group.words == "flat" else "sum"
    return "".join([*parts, svg.words(kind, start + 2, middle + 4.5, group.words)])
