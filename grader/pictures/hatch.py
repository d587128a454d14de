"""Strokes at 45 degrees where the network is too far off, without a pattern that needs an id.

Theory of operation. A stroke is the line x + y = c in pixels. Between two neighbouring vertices of
target and network, a cell, both are straight, so a stroke lies between them on one interval of x,
and two half lines give its ends. Pieces that meet at a cell's end are joined.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, sqrt

from grader.exact.piecewise import PiecewiseLinear
from grader.pictures.frame import Frame, Point

_APART = 7 * sqrt(2)  # of c: strokes 7 pixels apart
_MOST = 300  # pieces, about; of more, strokes are left out
_NEAR = 0.05  # pixels


def hatch(
    frame: Frame, error: PiecewiseLinear, tolerance: Fraction, target: list[Point], net: list[Point]
) -> list[list[Point]]:
    """Return strokes between target and network wherever the error is over the tolerance."""
    cells = [
        cell
        for left, right in outside(error, tolerance)
        for cell in _cells(frame.x(left), frame.x(right), target, net)
    ]
    total = sum(_spread(frame, cell) for cell in cells) / _APART
    step = _APART * max(1, ceil(total / _MOST))
    pieces: dict[int, list[tuple[float, float]]] = {}
    for cell in cells:
        for k, start, end in _strokes(frame, cell, step):
            runs = pieces.setdefault(k, [])
            if runs and start - runs[-1][1] < _NEAR:
                start = runs.pop()[0]  # noqa: PLW2901 - the joined piece begins there
            runs.append((start, end))
    return [
        [(start, k * step - start), (end, k * step - end)]
        for k, runs in sorted(pieces.items())
        for start, end in runs
        if end - start > 1
    ]


# Left and right column, the rows of the upper curve at both, and those of the lower one.
Cell = tuple[float, float, float, float, float, float]


def _cells(start: float, end: float, one: list[Point], other: list[Point]) -> Iterator[Cell]:
    columns = {start, end}
    for curve in (one, other):
        first = bisect_right(curve, start, key=_column)
        columns.update(x for x, _ in curve[first : bisect_left(curve, end, key=_column)])
    for a, b in pairwise(sorted(columns)):
        rows = sorted(((row_at(curve, a), row_at(curve, b)) for curve in (one, other)), key=sum)
        yield a, b, *rows[0], *rows[1]


def _spread(frame: Frame, cell: Cell) -> float:
    a, b, upper_a, upper_b, lower_a, lower_b = cell
    top, bottom = max(min(upper_a, upper_b), frame.y0), min(max(lower_a, lower_b), frame.y1)
    return max(bottom - top, 0) + b - a


def _strokes(frame: Frame, cell: Cell, step: float) -> Iterator[tuple[int, float, float]]:
    """Yield for each stroke in the cell its number and the columns where it begins and ends."""
    a, b, upper_a, upper_b, lower_a, lower_b = cell
    top, bottom = max(min(upper_a, upper_b), frame.y0), min(max(lower_a, lower_b), frame.y1)
    for k in range(ceil((a + top) / step), floor((b + bottom) / step) + 1):
        c = k * step
        low, high = max(a, c - frame.y1), min(b, c - frame.y0)
        # Its row, c - x, is under the upper curve's where the first line is 0 or less; then as well
        # over the lower one's.
        low, high = _where(a, b, upper_a + a - c, upper_b + b - c, (low, high))
        low, high = _where(a, b, c - lower_a - a, c - lower_b - b, (low, high))
        if low < high:
            yield k, low, high


def _where(
    a: float, b: float, at_a: float, at_b: float, within: tuple[float, float]
) -> tuple[float, float]:
    """Return the part of an interval on which a line that has these values at a and b is <= 0."""
    low, high = within
    if at_a <= 0 and at_b <= 0:
        return low, high
    if at_a > 0 and at_b > 0:
        return low, low
    zero = a + (b - a) * at_a / (at_a - at_b)
    return (low, min(high, zero)) if at_a <= 0 else (max(low, zero), high)


def outside(error: PiecewiseLinear, tolerance: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield the intervals on which the error is over the tolerance, of one sign on each."""
    for left, right, slope, intercept in error.segments:
        if slope:
            one, other = sorted(((-tolerance - intercept) / slope, (tolerance - intercept) / slope))
            parts = [(left, min(one, right)), (max(other, left), right)]
        else:
            parts = [(left, right)] if abs(intercept) > tolerance else []
        yield from ((start, end) for start, end in parts if start < end)


def row_at(curve: Sequence[Point], x: float) -> float:
    """Return the row of a curve at a column, by the line between its neighbouring points."""
    k = min(max(bisect_left(curve, x, key=_column), 1), len(curve) - 1)
    (ax, ay), (bx, by) = curve[k - 1], curve[k]
    return ay + (by - ay) * (x - ax) / (bx - ax) if bx > ax else by


def _column(point: Point) -> float:
    return point[0]
