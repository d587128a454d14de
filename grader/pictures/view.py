"""Which part of the plane the picture of target and network shows: the target decides."""

from fractions import Fraction

from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.record import Exercise
from grader.pictures.frame import Frame, ticks
from grader.pictures.lettering import breadth
from grader.words.labels import label, tick_labels

_MORE = Fraction(1)  # target heights, below and above; beyond them the network is cut off
_MARGIN = Fraction(1, 16)
_Y_TICKS = 6
_GAP = 8  # pixels between two labels of an axis


def extent(function: PiecewiseLinear) -> tuple[Fraction, Fraction]:
    """Return the lowest and the highest value."""
    values = [s.value(s.left) for s in function.segments]
    values.append(function.segments[-1].value(function.segments[-1].right))
    return min(values), max(values)


def heights(exercise: Exercise, network: PiecewiseLinear | None) -> tuple[Fraction, Fraction]:
    """Return the lowest and highest y to show: all of the target, and the network near it."""
    low, high = extent(exercise.target)
    tolerance = exercise.rules.tolerance.value
    span = high - low or max(abs(high), 8 * tolerance) or Fraction(1)
    band = min(tolerance, span)
    bottom, top = low - band, high + band
    if network is not None:
        lowest, highest = extent(network)
        bottom = min(bottom, max(lowest, low - _MORE * span))
        top = max(top, min(highest, high + _MORE * span))
    if bottom == top:
        bottom, top = bottom - span / 2, top + span / 2
    margin = (top - bottom) * _MARGIN
    return bottom - margin, top + margin


class Axes:
    """The ticks of a frame whose left margin is wide enough for their labels."""

    def __init__(
        self,
        exercise: Exercise,
        network: PiecewiseLinear | None,
        size: tuple[float, float],
        top: float = 10,
    ) -> None:
        """Fit the frame into a width and a height, both of the plot with its left margin.

        `top` is the row where the frame begins: above it there is room for notes.
        """
        left, right = exercise.domain
        low, high = heights(exercise, network)
        width, height = size
        self.ys = ticks(low, high, _Y_TICKS)
        self.y_labels = tick_labels(self.ys)
        margin = max([30.0, *(8 + breadth(text) for text in self.y_labels)])
        self.frame = Frame(left, right, low, high, min(margin, 120), top, width, top + height)
        self.xs, self.x_labels = _fitting(left, right, width - self.frame.x0)


def _fitting(left: Fraction, right: Fraction, width: float) -> tuple[list[Fraction], list[str]]:
    """Return as many ticks as there is room for their labels; the ends where none fits."""
    for most in (7, 5, 4, 3, 2):
        xs = ticks(left, right, most)
        labels = tick_labels(xs)
        if len(xs) > 1 and sum(breadth(text) + _GAP for text in labels) <= width:
            return xs, labels
    return [left, right], [label(left), label(right)]
