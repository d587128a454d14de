"""The picture of a class: all functions over the target, goals and turns under the same x."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

from grader.cohort.analysis.facts import CheckFacts
from grader.cohort.analysis.functions import Lines, Turns
from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.record import Exercise
from grader.pictures import svg
from grader.pictures.frame import Frame, cut, path
from grader.pictures.lettering import NAMED, breadth, minus
from grader.pictures.overview import NARROW, WIDE, spaced
from grader.pictures.rows import MOST_GOALS
from grader.pictures.view import Axes, Room, extent
from grader.words.labels import label

if TYPE_CHECKING:
    from fractions import Fraction

_TOP, _TICKS, _GOALS, _TURNS, _FOOT = 12, 26, 40, 50, 8
_GUTTER, _NARROW_GUTTER, _MARGIN = 84, 40, 56
_THIN, _THICK = 1.6, 8.0  # pixels: a line of one hand-in, what all hand-ins add to it
_APART = 18  # pixels between two numbers at the right
_DIAMOND, _BADGE_APART = 17, 40
_SMALL, _SMALL_APART = 5, 24  # the diamonds of a target that turns often
_COLUMN, _TALLEST, _NAMED_TURNS = 8, 36, 4


def overlay(
    exercise: Exercise, lines: Lines, turns: Turns, checks: Sequence[CheckFacts], *, narrow: bool
) -> str:
    """Return the picture, as wide as a page or as a telephone."""
    width = NARROW if narrow else WIDE
    reach = _reach([line.function for line in lines.lines], exercise)
    gutter = _NARROW_GUTTER if narrow else _GUTTER
    axes = Axes(exercise, reach, Room(_TOP, width, gutter, _MARGIN - 6 * narrow))
    frame = axes.frame
    parts = [*_grid(axes), *_many(frame, lines), *_target(frame, exercise)]
    parts += _ends(frame, exercise, lines, narrow=narrow)
    top = frame.y1 + _TICKS
    n = checks[0].full + checks[0].partial + checks[0].none if checks else 0
    if not _are_many(frame, checks):
        parts += _goals(frame, checks, n, top + _GOALS / 2)
        top += _GOALS
    parts += _turns(frame, turns, top + _TURNS)
    top += _TURNS + _FOOT
    kind = "plot narrow" if narrow else "plot"
    said = description(exercise, lines, checks, n)
    head = svg.opening(kind, width, top, "All networks over the target", said)
    return f"{head}{''.join(parts)}</svg>"


def description(exercise: Exercise, lines: Lines, checks: Sequence[CheckFacts], n: int) -> str:
    """Return what the picture shows, for those who do not see it."""
    places = ", ".join(label(turn.x) for turn in exercise.target.breakpoints)
    right = ", ".join(f"{c.check.id} {c.full:,}" for c in checks[:MOST_GOALS])
    return (
        f"{len(lines.lines):,} different networks of {lines.shown:,} hand-ins over the target, "
        f"which turns at x = {places or 'no place'}. Right, of {n:,}: {right}."
    )


def _reach(functions: Sequence[PiecewiseLinear], exercise: Exercise) -> PiecewiseLinear | None:
    """Return a line that goes as low and as high as all of them, for the scale to hold."""
    if not functions:
        return None
    ends = [extent(function) for function in functions]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    left, right = exercise.domain
    return PiecewiseLinear.from_points([(left, low), (right, high)])


def _grid(axes: Axes) -> Iterator[str]:
    frame = axes.frame
    for y, text in zip(axes.ys, axes.y_labels, strict=True):
        row = frame.y(y)
        yield svg.line("grid" if y else "axis", frame.x0, row, frame.x1, row)
        yield svg.words("tick y", frame.x0 - 8, row + 4, text, "end")
    for tick in axes.xs:
        column = frame.x(tick.x)
        yield svg.line("grid", column, frame.y0, column, frame.y1)
        yield svg.words("tick x", tick.middle, frame.y1 + 17, tick.text, "middle")


def _many(frame: Frame, lines: Lines) -> Iterator[str]:
    """Yield the functions, each as thick as it is frequent, the most frequent in front."""
    for line in lines.lines:
        d = path(list(cut(frame.curve(line.function), frame.y0, frame.y1)))
        thick = _THIN + _THICK * sqrt((line.hands - 1) / max(1, lines.total))
        yield svg.curve("many", d).replace("/>", f' stroke-width="{thick:.1f}"/>')


def _target(frame: Frame, exercise: Exercise) -> Iterator[str]:
    d = path(list(cut(frame.curve(exercise.target), frame.y0, frame.y1)))
    yield svg.curve("casing", d)
    yield svg.curve("target", d)
    places = [turn.x for turn in exercise.target.breakpoints]
    near = any(frame.x(b) - frame.x(a) < _SMALL_APART for a, b in pairwise(places))
    for x in spaced(frame, places):
        column = frame.x(x)
        yield svg.line("guide", column, frame.y0, column, frame.y1)
        size = _SMALL if near else 2 * _SMALL
        yield svg.diamond("turn", column, frame.y(exercise.target.value(x)), size)


def _ends(frame: Frame, exercise: Exercise, lines: Lines, *, narrow: bool) -> Iterator[str]:
    """Yield how many hand-ins end where, the most first; what has no room has no number."""
    right = frame.right
    goal = frame.y(exercise.target.value(right))
    rows: dict[int, int] = {}
    for line in lines.lines:
        row = round(frame.y(line.function.value(right)))
        row = min(max(row, round(frame.y0)), round(frame.y1))
        rows[row] = rows.get(row, 0) + line.hands
    taken = [goal]
    at_goal = sum(hands for row, hands in rows.items() if abs(row - goal) < _APART / 2)
    room = (_NARROW_GUTTER if narrow else _GUTTER) - 12
    words = _fitting(at_goal, room)
    longer = f"{words} target"
    words = words if breadth(longer, NAMED, bold=True) > room else longer
    yield svg.words("name", frame.x1 + 10, goal + 4, words)
    for row, hands in sorted(rows.items(), key=lambda each: (-each[1], each[0])):
        if all(abs(row - other) >= _APART for other in taken):
            taken.append(row)
            yield svg.words("name network-name", frame.x1 + 10, row + 4, _fitting(hands, room))


def _fitting(count: int, room: float) -> str:
    """Return a count, in thousands where all its digits have no room."""
    figure = f"{count:,}"
    return figure if breadth(figure, NAMED, bold=True) <= room else _short(count)


def _are_many(frame: Frame, checks: Sequence[CheckFacts]) -> bool:
    """Tell whether the goals are too many, or stand too near each other, for a bar each."""
    columns = sorted(frame.x(c.check.left) for c in checks if c.check.kind == "breakpoint")
    crowded = any(b - a < _BADGE_APART for a, b in pairwise([frame.x0, *columns, frame.x1]))
    return len(checks) > MOST_GOALS or crowded


def _goals(frame: Frame, checks: Sequence[CheckFacts], n: int, middle: float) -> Iterator[str]:
    yield svg.words("tick y", frame.x0 - 14, middle + 4, "right", "end")
    for each in checks:
        start, end = frame.x(each.check.left), frame.x(each.check.right)
        if each.check.kind == "breakpoint":
            shape = svg.diamond("shape", start, middle, _DIAMOND)
            figure = svg.words("words", start, middle + 4.5, _short(each.full), "middle")
            yield f'<g class="goal had">{shape}{figure}</g>'
            continue
        start += _DIAMOND if start > frame.x0 + 1 else 0
        end -= _DIAMOND if end < frame.x1 - 1 else 0
        yield _bar(each.full, n, (start, end, middle))


def _bar(full: int, n: int, room: tuple[float, float, float]) -> str:
    """Return a segment's bar: how many are right, of how many, in words and in length."""
    start, end, middle = room
    shape = svg.box("shape", start, middle - 14, (end - start, 28), 5)
    share = (end - start) * full / n if n else 0
    part = svg.box("share", start, middle + 8, (share, 6), 3) if share else ""
    figure = f"{full:,} of {n:,}"
    if breadth(figure, bold=True) > end - start - 6:
        figure = _short(full)
    words = svg.words("words", (start + end) / 2, middle + 2, figure, "middle")
    return f'<g class="goal had">{shape}{part}{words}</g>'


def _short(count: int) -> str:
    """Return a count that fits into a diamond: 1234 is 1k."""
    return f"{count // 1000}k" if count >= 1000 else str(count)


def _turns(frame: Frame, turns: Turns, base: float) -> Iterator[str]:
    """Yield where the free units turn: a bar for each column of pixels."""
    yield svg.words("tick y", frame.x0 - 14, base - 12, "turns", "end")
    yield svg.line("axis", frame.x0, base, frame.x1, base)
    columns: dict[int, list[tuple[Fraction, int]]] = {}
    for x, units in turns.at:
        columns.setdefault(int((frame.x(x) - frame.x0) // _COLUMN), []).append((x, units))
    count = {column: sum(units for _, units in each) for column, each in columns.items()}
    most = max(count.values(), default=1)
    places = []
    for column, each in sorted(columns.items()):
        units = count[column]
        height = max(2.0, _TALLEST * units / most)
        x, _ = max(each, key=lambda one: one[1])
        middle = frame.x(x)
        places.append((units, middle, minus(label(x))))
        yield svg.box("turns", middle - _COLUMN / 2, base - height, (_COLUMN, height), 1)
    yield from _named_turns(frame, places, base)


def _named_turns(
    frame: Frame, places: Sequence[tuple[int, float, str]], base: float
) -> Iterator[str]:
    """Yield the largest bars' numbers, right of the bar, where no bar or number is in the way."""
    blocked = [(middle - _COLUMN, middle + _COLUMN) for _, middle, _ in places]
    for units, middle, x in sorted(places, key=lambda each: (-each[0], each[1]))[:_NAMED_TURNS]:
        figure = f"{units:,} at {x}"
        width = breadth(figure, bold=True)
        for start in (middle + _COLUMN, middle - _COLUMN - width):
            end = start + width
            is_inside = frame.x0 <= start and end <= frame.x1
            if is_inside and all(end <= a or start >= b for a, b in blocked):
                blocked.append((start, end))
                yield svg.words("name turns", start, base - 8, figure)
                break
