"""The picture of target and network over the domain, with what is allowed and what is too far."""

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction

from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.evidence import Evidence
from grader.exercise.record import Exercise
from grader.pictures import svg
from grader.pictures.frame import Frame, Point, cut, path
from grader.pictures.lettering import breadth, inside
from grader.pictures.marks import lanes, legend, marked, spaced
from grader.pictures.view import Axes, extent, heights
from grader.report import Report
from grader.words.labels import label
from grader.words.shapes import description, title

WIDTH = 400
_RIGHT, _HEIGHT, _TOP = 330, 216, 10
_EDGE = 2  # pixels that stay free left and right
_NOTE = 17  # pixels of a row of notes above the plot
_HATCH = 4  # pixels between two strokes
_BAND_COLUMNS = 150
_LETTERS = 12  # what a line of text needs above its baseline


def overview(report: Report, seen: Evidence | None) -> tuple[str, float]:
    """Return the picture of a report whose exercise is known, and its height.

    `seen` is what `words.shapes.seen` returned; without it, only the target is drawn.
    """
    exercise = report.exercise
    if exercise is None:
        raise TypeError("without an exercise there is nothing to draw")
    network = seen.function if seen else None
    low, high = heights(exercise, network)
    notes = _notes(exercise, seen, (low, high)) if seen else []
    axes = Axes(exercise, network, (_RIGHT, _HEIGHT), _TOP + _NOTE * len(notes))
    frame = axes.frame
    parts = [_axes(axes), _band(frame, exercise), _guides(frame, exercise)]
    names = [("target", "", frame.y(_last(exercise.target)))]
    curve = frame.curve(exercise.target)
    if seen:
        parts += [_network(frame, seen), _error(frame, exercise, seen, curve)]
        names.append(("network", "net", frame.y(_last(seen.function))))
    parts += [_line(frame, "target", curve), _turns(frame, exercise)]
    if seen:
        parts += [_knots(frame, seen), _worst(frame, exercise, seen)]
    parts += [_noted(frame, row, note) for row, note in enumerate(notes)]
    parts.append(_names(frame, names))
    below, bottom = lanes(frame, exercise, seen)
    key, height = legend(bottom, with_network=seen is not None)
    head = svg.opening(WIDTH, height, title(report, seen), description(report, seen))
    return head + "".join([*parts, below, key]) + "</svg>", height


def _last(function: PiecewiseLinear) -> Fraction:
    """Return the value at the right end."""
    segment = function.segments[-1]
    return segment.value(segment.right)


def _axes(axes: Axes) -> str:
    frame = axes.frame
    parts = []
    for y, text in zip(axes.ys, axes.y_labels, strict=True):
        row = frame.y(y)
        parts.append(svg.line("axis" if y == 0 else "grid", frame.x0, row, frame.x1, row))
        parts.append(svg.words("soft", frame.x0 - 5, row + 4, text, "end"))
    end = frame.x1
    for x, text in zip(axes.xs, axes.x_labels, strict=True):
        column = frame.x(x)
        middle = inside(column, text, _EDGE, WIDTH - _EDGE)
        end = max(end, middle + breadth(text) / 2)
        parts.append(svg.line("grid", column, frame.y0, column, frame.y1))
        parts.append(svg.words("soft", middle, frame.y1 + 16, text, "middle"))
    parts.append(svg.words("soft", end + 6, frame.y1 + 16, "x"))
    return "".join(parts)


def _band(frame: Frame, exercise: Exercise) -> str:
    """Return what is allowed: the target, moved up and down by the tolerance."""
    tolerance = exercise.rules.tolerance.value
    if not tolerance:
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
    top = [(x, max(_row_at(upper, x), frame.y0)) for x in xs]
    bottom = [(x, min(_row_at(lower, x), frame.y1)) for x in xs]
    return [*top, *reversed(bottom)]


def _row_at(curve: Sequence[Point], x: float) -> float:
    """Return the row of a curve at a column, by the line between its neighbouring points."""
    k = min(max(bisect_left(curve, x, key=_column), 1), len(curve) - 1)
    (ax, ay), (bx, by) = curve[k - 1], curve[k]
    return ay + (by - ay) * (x - ax) / (bx - ax) if bx > ax else by


def _column(point: Point) -> float:
    return point[0]


def _guides(frame: Frame, exercise: Exercise) -> str:
    columns = [frame.x(x) for x in marked(frame, exercise)]
    return "".join(svg.line("guide", x, frame.y0, x, frame.y1) for x in columns)


def _line(frame: Frame, kind: str, curve: list[Point]) -> str:
    return svg.curve(kind, path(list(cut(curve, frame.y0, frame.y1))))


def _network(frame: Frame, seen: Evidence) -> str:
    return _line(frame, "net", frame.curve(seen.function))


def _error(frame: Frame, exercise: Exercise, seen: Evidence, target: list[Point]) -> str:
    """Hatch the space between target and network wherever the error is more than allowed."""
    network = frame.curve(seen.function)
    tolerance = exercise.rules.tolerance.value
    strokes: list[list[Point]] = []
    for left, right in _outside(seen, tolerance):
        start, end = frame.x(left), frame.x(right)
        first, last = int(start // _HATCH) + 1, int(end // _HATCH)
        for x in [float(k * _HATCH) for k in range(first, last + 1)] or [(start + end) / 2]:
            ends = sorted((_row_at(target, x), _row_at(network, x)))
            top, bottom = max(ends[0], frame.y0), min(ends[1], frame.y1)
            if top < bottom and len(strokes) < frame.x1:
                strokes.append([(x, top), (x, bottom)])
    return svg.curve("off", path(strokes))


def _outside(seen: Evidence, tolerance: Fraction) -> list[tuple[Fraction, Fraction]]:
    """Return the intervals on which the error is over the tolerance, neighbours joined."""
    found: list[tuple[Fraction, Fraction]] = []
    for left, right, slope, intercept in seen.error.segments:
        if slope:
            one, other = sorted(((-tolerance - intercept) / slope, (tolerance - intercept) / slope))
            parts = [(left, min(one, right)), (max(other, left), right)]
        else:
            parts = [(left, right)] if abs(intercept) > tolerance else []
        for start, end in parts:
            if start >= end:
                continue
            if found and found[-1][1] == start:
                start = found.pop()[0]  # noqa: PLW2901 - the joined interval begins there
            found.append((start, end))
    return found


def _turns(frame: Frame, exercise: Exercise) -> str:
    return "".join(
        svg.diamond(frame.x(x), frame.y(exercise.target.value(x))) for x in marked(frame, exercise)
    )


def _knots(frame: Frame, seen: Evidence) -> str:
    marks = []
    for x in spaced(frame, sorted({knot.x for knot in seen.knots})):
        row = frame.y(seen.function.value(x))
        if frame.y0 <= row <= frame.y1:
            marks.append(svg.disc(frame.x(x), row, size=3.5))
    return "".join(marks)


def _worst(frame: Frame, exercise: Exercise, seen: Evidence) -> str:
    """Mark where the network is furthest off, if that is more than allowed."""
    worst, x = seen.error.max_abs(*exercise.domain)
    if worst <= exercise.rules.tolerance.value:
        return ""
    rows = sorted((frame.y(exercise.target.value(x)), frame.y(seen.function.value(x))))
    top, bottom = (min(max(row, frame.y0), frame.y1) for row in rows)
    column = frame.x(x)
    tick = svg.line("worst", column, frame.y0 - 4, column, frame.y0)
    return svg.line("worst", column, top, column, bottom) + tick


def _notes(
    exercise: Exercise, seen: Evidence, shown: tuple[Fraction, Fraction]
) -> list[tuple[str, str, Fraction | None]]:
    """Return the notes above the plot, where no line can be: the look, the words and the x of each.

    They say how far off the network is at its worst, and how far it goes beyond the picture.
    """
    notes: list[tuple[str, str, Fraction | None]] = []
    low, high = extent(seen.function)
    if high > shown[1]:
        notes.append(("net", f"\u25b2 network leaves the picture, up to {label(high)}", None))
    if low < shown[0]:
        notes.append(("net", f"\u25bc network leaves the picture, down to {label(low)}", None))
    worst, x = seen.error.max_abs(*exercise.domain)
    if worst > exercise.rules.tolerance.value:
        notes.append(("off", f"{label(worst)} off", x))
    return notes


def _noted(frame: Frame, row: int, note: tuple[str, str, Fraction | None]) -> str:
    """Write a note in its row above the plot: over its x, as far as the plot's width allows."""
    kind, text, x = note
    middle = (frame.x0 + frame.x1) / 2 if x is None else frame.x(x)
    middle = inside(middle, text, _EDGE, WIDTH - _EDGE, bold=True)
    return svg.words(kind, middle, _TOP + _NOTE * row + _LETTERS - 4, text, "middle")


def _names(frame: Frame, names: list[tuple[str, str, float]]) -> str:
    """Write each curve's name beside its right end, one above the other where they meet."""
    lowest = frame.y1 - _LETTERS / 2  # above the letter x of the axis
    placed = sorted((min(max(row, frame.y0), lowest), text, kind) for text, kind, row in names)
    if len(placed) > 1 and placed[1][0] - placed[0][0] < _LETTERS + 3:
        middle = min((placed[0][0] + placed[1][0]) / 2, lowest - (_LETTERS + 3) / 2)
        apart = (-(_LETTERS + 3) / 2, (_LETTERS + 3) / 2)
        placed = [(middle + d, t, k) for d, (_, t, k) in zip(apart, placed, strict=True)]
    return "".join(
        svg.words(f"name {kind}".strip(), frame.x1 + 8, row + 4, text) for row, text, kind in placed
    )
