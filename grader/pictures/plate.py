"""Where in a plot a label fits: beside the place that it is about, on no curve, mark or hatch.

Marks are on the curves, and the hatch is between them; so a label that is wholly over or wholly
under all curves, and not near them, covers nothing.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.pictures import svg
from grader.pictures.frame import Frame, Point
from grader.pictures.hatch import row_at

HEIGHT = 20
_CLEAR = 12  # pixels to the nearest curve, as much as a mark needs
_BESIDE = 8


class Plate(NamedTuple):
    """A label's ground: its middle, and how wide it is."""

    x: float
    y: float
    width: float

    def drawn(self, kind: str, text: str) -> str:
        """Return the label on its ground."""
        size = (self.width, HEIGHT)
        ground = svg.box("plate", self.x - self.width / 2, self.y - HEIGHT / 2, size, 4)
        return ground + svg.words(kind, self.x, self.y + 5, text, "middle")


def plate(
    frame: Frame, curves: Sequence[Sequence[Point]], beam: tuple[float, float, float], width: float
) -> Plate | None:
    """Return the first free place: right, left, above or below of a beam; None if there is none.

    A beam is a column, the row where it begins, and the row where it ends.
    """
    half, tall = width / 2, HEIGHT / 2
    for x, y in _places(frame, curves, beam, half):
        across = frame.x0 <= x - half and x + half <= frame.x1
        down = frame.y0 <= y - tall and y + tall <= frame.y1
        if across and down:
            top, bottom = _reach(curves, x, half)
            if y + tall + _CLEAR <= top or bottom <= y - tall - _CLEAR:
                return Plate(x, y, width)
    return None


def _places(
    frame: Frame, curves: Sequence[Sequence[Point]], beam: tuple[float, float, float], half: float
) -> Iterator[Point]:
    column, start, end = beam
    yield column + _BESIDE + half, (start + end) / 2
    yield column - _BESIDE - half, (start + end) / 2
    middle = min(max(column, frame.x0 + half), frame.x1 - half)
    top, bottom = _reach(curves, middle, half)
    yield middle, top - _CLEAR - HEIGHT / 2
    yield middle, bottom + _CLEAR + HEIGHT / 2


def _reach(curves: Sequence[Sequence[Point]], middle: float, half: float) -> tuple[float, float]:
    """Return the highest and the lowest row of the curves so near a column that marks count."""
    left, right = middle - half - _CLEAR, middle + half + _CLEAR
    rows = [row_at(curve, x) for curve in curves for x in (left, right)]
    rows += [y for curve in curves for x, y in curve if left <= x <= right]
    return min(rows), max(rows)
