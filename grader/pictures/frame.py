"""A plot's frame: exact x and y to pixels, ticks, and curves cut off where they leave it.

Numbers become doubles only after they have been put in relation to the frame, so a domain of any
size or place is drawn sharply. A curve that goes far out is held at FAR plot heights before it is
cut, which moves the point where it leaves by less than a thousandth of a pixel.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from grader.exact.piecewise import PiecewiseLinear

Point = tuple[float, float]

FAR = 10**6
# A curve of more points is thinned to what a column of pixels can show, so size is bounded.
MANY_POINTS = 300
COLUMN = 2


class Frame(NamedTuple):
    """The exact rectangle that is shown, and where: x0 < x1, y0 (top) < y1 in pixels."""

    left: Fraction
    right: Fraction
    low: Fraction
    high: Fraction
    x0: float
    y0: float
    x1: float
    y1: float

    def x(self, x: Fraction) -> float:
        """Return the pixel column of an x."""
        return self.x0 + (self.x1 - self.x0) * _share(x - self.left, self.right - self.left)

    def y(self, y: Fraction) -> float:
        """Return the pixel row of a y, inside the frame or not."""
        return self.y1 - (self.y1 - self.y0) * _share(y - self.low, self.high - self.low)

    def curve(self, function: PiecewiseLinear, shift: Fraction = Fraction(0)) -> list[Point]:
        """Return the function's vertices in pixels, moved up by `shift`."""
        first = function.segments[0]
        points = [(self.x(first.left), self.y(first.value(first.left) + shift))]
        points += [(self.x(s.right), self.y(s.value(s.right) + shift)) for s in function.segments]
        return thinned(points)


def _share(part: Fraction, whole: Fraction) -> float:
    share = part / whole
    if abs(share) > FAR:
        return FAR if share > 0 else -FAR
    return share.numerator / share.denominator


def thinned(points: list[Point]) -> list[Point]:
    """Return the points, or of many the first, lowest, highest and last of each pixel column."""
    if len(points) <= MANY_POINTS:
        return points
    columns: dict[int, list[Point]] = {}
    for point in points:
        columns.setdefault(int(point[0] // COLUMN), []).append(point)
    kept = []
    for column in columns.values():
        ends = {column[0], min(column, key=_row), max(column, key=_row), column[-1]}
        kept += sorted(ends, key=column.index)
    return kept


def _row(point: Point) -> float:
    return point[1]


def cut(points: Sequence[Point], top: float, bottom: float) -> Iterator[list[Point]]:
    """Yield the parts of a curve that lie between two rows."""
    run: list[Point] = []
    for (ax, ay), (bx, by) in pairwise(points):
        part = _between(ax, ay, bx, by, top, bottom)
        if part is None:
            if run:
                yield run
            run = []
            continue
        start, end = part
        if run and run[-1] != start:
            yield run
            run = []
        if not run:
            run = [start]
        run.append(end)
    if run:
        yield run


def _between(  # noqa: PLR0913, PLR0917 - two points and two rows
    ax: float, ay: float, bx: float, by: float, top: float, bottom: float
) -> tuple[Point, Point] | None:
    if max(ay, by) < top or min(ay, by) > bottom:
        return None

    def at(x: float, y: float) -> Point:
        row = min(max(y, top), bottom)
        return (x, y) if row == y else (ax + (bx - ax) * (row - ay) / (by - ay), row)

    return at(ax, ay), at(bx, by)


def path(runs: Sequence[Sequence[Point]]) -> str:
    """Return the `d` of lines through the points of each run."""
    return "".join("M" + "L".join(f"{pixel(x)} {pixel(y)}" for x, y in run) for run in runs if run)


def pixel(value: float) -> str:
    """Return a coordinate with one decimal at most."""
    return f"{round(value, 1) + 0:g}"


def ticks(low: Fraction, high: Fraction, most: int) -> list[Fraction]:
    """Return at most `most` round numbers (steps of 1, 2 or 5) from low to high, evenly spaced."""
    step = _power_of_ten((high - low) / most)
    sizes = [step * factor for factor in (1, 2, 5, 10)]  # the last is over (high - low) / most
    size = min(size for size in sizes if high // size + -low // size < most)
    return [k * size for k in range(-(-low // size), high // size + 1)]


def _power_of_ten(value: Fraction) -> Fraction:
    """Return a power of ten that is at most the value and over a tenth of it."""
    exponent = len(str(value.numerator)) - len(str(value.denominator))
    power = Fraction(10) ** exponent
    return power if power <= value else power / 10
