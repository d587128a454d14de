"""Which part of the plane the picture of target and network shows: the target decides."""

from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.record import Exercise
from grader.pictures.frame import Frame, ticks
from grader.pictures.lettering import breadth, inside, minus
from grader.words.labels import label, tick_labels

_QUARTER, _EIGHTH = Fraction(1, 4), Fraction(1, 8)  # of the target's span
_GAP = 8  # pixels between two labels of an axis
_APART_X, _APART_Y = 44, 36  # pixels between two lines of the grid
_MOST_X, _EDGE = 7, 2


def extent(function: PiecewiseLinear) -> tuple[Fraction, Fraction]:
    """Return the lowest and the highest value."""
    values = [s.value(s.left) for s in function.segments]
    values.append(function.segments[-1].value(function.segments[-1].right))
    return min(values), max(values)


def heights(exercise: Exercise, network: PiecewiseLinear | None) -> tuple[Fraction, Fraction]:
    """Return the lowest and highest y to show: the target and a quarter of its span on each side.

    To hold the network it grows in quarter spans, at most one span on each side.
    """
    low, high = extent(exercise.target)
    tolerance = exercise.rules.tolerance.value
    span = high - low or max(abs(high), 8 * tolerance) or Fraction(1)
    bottom, top = low - span * _QUARTER, high + span * _QUARTER
    if network is None:
        return bottom, top
    lowest, highest = extent(network)
    return (
        bottom - _steps(bottom - (lowest - span * _EIGHTH), span),
        top + _steps(highest + span * _EIGHTH - top, span),
    )


def _steps(wanted: Fraction, span: Fraction) -> Fraction:
    """Return how far the picture grows where so much more is wanted."""
    return min(span, ceil(max(wanted, Fraction(0)) / (span * _QUARTER)) * span * _QUARTER)


class Room(NamedTuple):
    """Pixels of a plot: its first row, its whole width, what stays free at the right."""

    top: float
    width: float
    gutter: float
    margin: float


class Axes:
    """The ticks of a frame whose left margin is wide enough for their labels."""

    def __init__(self, exercise: Exercise, network: PiecewiseLinear | None, room: Room) -> None:
        """Fit the frame into the room, about 3:2, from 150 to 400 pixels high."""
        left, right = exercise.domain
        low, high = heights(exercise, network)
        end = room.width - room.gutter
        height = max(150, min(400, round((end - room.margin) * 0.62)))
        self.ys = ticks(low, high, max(2, height // _APART_Y + 1))
        self.y_labels = [minus(text) for text in tick_labels(self.ys)]
        margin = max([room.margin, *(10 + breadth(text) for text in self.y_labels)])
        self.frame = Frame(
            left, right, low, high, min(margin, 130), room.top, end, room.top + height
        )
        self.xs = fitting(self.frame, room.width)

    def lower(self, pixels: float) -> None:
        """Move the frame down, so that there is room above it."""
        frame = self.frame
        self.frame = frame._replace(y0=frame.y0 + pixels, y1=frame.y1 + pixels)


class Tick(NamedTuple):
    """A mark of the x axis; the middle of its label stays inside the picture."""

    x: Fraction
    text: str
    middle: float


def fitting(frame: Frame, width: float) -> list[Tick]:
    """Return as many ticks as there is room for their labels; the ends where none fits."""
    found: list[Tick] = []
    most = int((frame.x1 - frame.x0) // _APART_X) + 1
    for count in range(max(2, min(_MOST_X, most)), 1, -1):
        xs = ticks(frame.left, frame.right, count)
        found = _placed(frame, xs, tick_labels(xs), width)
        if len(xs) > 1 and _apart(found):
            return found
    ends = [frame.left, frame.right]
    for digits in (4, 2, 1):
        found = _placed(frame, ends, [label(x, digits) for x in ends], width)
        if _apart(found):
            break
    return found


def _placed(frame: Frame, xs: list[Fraction], labels: list[str], width: float) -> list[Tick]:
    texts = [minus(text) for text in labels]
    return [
        Tick(x, text, inside(frame.x(x), breadth(text), _EDGE, width - _EDGE))
        for x, text in zip(xs, texts, strict=True)
    ]


def _apart(found: list[Tick]) -> bool:
    """Tell whether no label comes too near the next."""
    return all(
        b.middle - a.middle >= (breadth(a.text) + breadth(b.text)) / 2 + _GAP
        for a, b in pairwise(found)
    )
