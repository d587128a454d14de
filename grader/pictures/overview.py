"""The picture of target and network over the domain, with what is allowed and what is too far."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from grader.exercise.evidence import Evidence
from grader.exercise.record import Exercise
from grader.pictures import svg
from grader.pictures.frame import Frame, Point, cut, path
from grader.pictures.hatch import hatch, row_at
from grader.pictures.names import (
    NOTE,
    Worst,
    beam,
    beside,
    ground,
    gutter,
    is_inside,
    leader,
    notes,
    placed,
    worst_of,
    written,
)
from grader.pictures.rows import rows
from grader.pictures.view import Axes, Room, heights
from grader.report import Report
from grader.words.shapes import description, title

WIDE, NARROW = 672, 312
_TOP, _TICKS, _MARGIN = 12, 24, 56
_BAND_COLUMNS = 150
_SMALLEST_BAND = 3  # pixels
_LARGE, _APART = 24, 9  # pixels between two diamonds that are large, or drawn at all


def overview(report: Report, seen: Evidence | None, width: float = WIDE) -> tuple[str, float]:
    """Return the picture of a report whose exercise is known, and its height.

    `seen` is what `words.shapes.seen` returned; without it, only the target is drawn.
    """
    exercise = report.exercise
    if exercise is None:
        raise TypeError("without an exercise there is nothing to draw")
    narrow = width < WIDE
    network = seen.function if seen else None
    worst = worst_of(exercise, seen) if seen else None
    axes = Axes(exercise, network, Room(_TOP, width, gutter(worst, narrow=narrow), _MARGIN))
    told = list(_told(axes, exercise, seen, worst, width)) if seen else []
    parts = [_axes(axes), *_curves(axes.frame, exercise, seen), *told]
    if not narrow:
        parts += beside(axes.frame, exercise, seen, worst)
    below, height = rows(axes.frame, report, seen, axes.frame.y1 + _TICKS)
    kind = "plot narrow" if narrow else "plot"
    head = svg.opening(kind, width, height, title(report, seen), description(report, seen))
    return f"{head}{''.join(parts)}{below}</svg>", height


def _told(
    axes: Axes, exercise: Exercise, seen: Evidence, worst: Worst | None, width: float
) -> Iterator[str]:
    """Make room for the notes above the plot; yield them, and how far off inside it."""
    narrow = width < WIDE
    inner = worst if worst and is_inside(worst, seen, narrow=narrow) else None
    free = ground(axes.frame, exercise, seen, inner) if inner else None
    found = notes(seen, heights(exercise, seen.function), None if free else worst, narrow=narrow)
    above = placed(axes.frame, width, found)
    lower = NOTE * max((row + 1 for _, _, row in above), default=0)
    axes.lower(lower)
    if inner:
        yield beam(axes.frame, exercise, seen, inner.x)
        if free:
            yield free._replace(y=free.y + lower).drawn("name error-name", inner.text)
        else:
            yield leader(axes.frame, exercise, seen, inner.x)
    yield from written(axes.frame, above)


def _axes(axes: Axes) -> str:
    frame = axes.frame
    parts = []
    for y, text in zip(axes.ys, axes.y_labels, strict=True):
        row = frame.y(y)
        parts.append(svg.line("grid" if y else "axis", frame.x0, row, frame.x1, row))
        parts.append(svg.words("tick y", frame.x0 - 8, row + 4, text, "end"))
    for tick in axes.xs:
        column = frame.x(tick.x)
        parts.append(svg.line("grid", column, frame.y0, column, frame.y1))
        parts.append(svg.words("tick x", tick.middle, frame.y1 + 17, tick.text, "middle"))
    return "".join(parts)


def _curves(frame: Frame, exercise: Exercise, seen: Evidence | None) -> list[str]:
    """Return what is drawn inside the frame, from the back to the front."""
    target = frame.curve(exercise.target)
    parts = [_band(frame, exercise)]
    if seen:
        network = frame.curve(seen.function)
        strokes = hatch(frame, seen.error, exercise.rules.tolerance.value, target, network)
        parts += [svg.curve("hatch-line", path(strokes)), _guides(frame, exercise)]
        parts.append(_line(frame, "network", network))
    else:
        parts.append(_guides(frame, exercise))
    parts += [_line(frame, "casing", target), _line(frame, "target", target)]
    turns = [turn.x for turn in exercise.target.breakpoints]
    near = any(frame.x(b) - frame.x(a) < _LARGE for a, b in pairwise(turns))
    parts += [
        svg.diamond("turn", frame.x(x), frame.y(exercise.target.value(x)), 5 if near else 10)
        for x in spaced(frame, turns)
    ]
    return [*parts, *(_knots(frame, exercise, seen) if seen else ())]


def _line(frame: Frame, kind: str, curve: list[Point]) -> str:
    return svg.curve(kind, path(list(cut(curve, frame.y0, frame.y1))))


def _band(frame: Frame, exercise: Exercise) -> str:
    """Return what is allowed: the target, moved up and down by the tolerance."""
    tolerance = exercise.rules.tolerance.value
    if frame.y(-tolerance) - frame.y(tolerance) < _SMALLEST_BAND:
        return ""
    upper = frame.curve(exercise.target, tolerance)
    lower = frame.curve(exercise.target, -tolerance)
    outline = [*upper, *reversed(lower)]
    if min(y for _, y in upper) < frame.y0 or max(y for _, y in lower) > frame.y1:
        outline = _columns(frame, upper, lower)
    return svg.curve("band", path([outline]) + "Z")


def _columns(frame: Frame, upper: list[Point], lower: list[Point]) -> list[Point]:
    """Return the outline of a band that is wider than the frame, column by column."""
    step = (frame.x1 - frame.x0) / _BAND_COLUMNS
    xs = [frame.x0 + k * step for k in range(_BAND_COLUMNS + 1)]
    top = [(x, max(row_at(upper, x), frame.y0)) for x in xs]
    bottom = [(x, min(row_at(lower, x), frame.y1)) for x in xs]
    return [*top, *reversed(bottom)]


def _guides(frame: Frame, exercise: Exercise) -> str:
    places = spaced(frame, [turn.x for turn in exercise.target.breakpoints])
    columns = [frame.x(x) for x in places]
    return "".join(svg.line("guide", column, frame.y0, column, frame.y1) for column in columns)


def spaced(frame: Frame, places: Sequence[Fraction]) -> list[Fraction]:
    """Return the places, from left to right, but for those too near the one before."""
    kept: list[Fraction] = []
    last = -float(_APART)
    for x in places:
        column = frame.x(x)
        if column - last >= _APART:
            kept.append(x)
            last = column
    return kept


def _knots(frame: Frame, exercise: Exercise, seen: Evidence) -> list[str]:
    """Return a disc where a unit turns, a square for a given one, where the network is shown."""
    given = {knot.x: knot.unit not in exercise.free_units for knot in reversed(seen.knots)}
    given |= {knot.x: False for knot in seen.knots if knot.unit in exercise.free_units}
    marks = []
    for x in spaced(frame, sorted(given)):
        column, row = frame.x(x), frame.y(seen.function.value(x))
        if frame.y0 <= row <= frame.y1:
            marks.append(
                svg.square("knot given", column, row, 8)
                if given[x]
                else svg.disc("knot", column, row, 6)
            )
    return marks
