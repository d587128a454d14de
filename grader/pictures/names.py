"""What is written at a plot's edges: the curves' names, how far off, how far beyond."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.evidence import Evidence
from grader.exercise.record import Exercise
from grader.pictures import svg
from grader.pictures.frame import Frame, path
from grader.pictures.lettering import NAMED, breadth, inside, minus
from grader.pictures.plate import Plate, plate
from grader.pictures.view import extent
from grader.words.labels import label

NOTE = 18  # pixels of a row of notes above the plot
_APART = 18  # pixels between two names at the right
_GAP, _AWAY, _BELOW = 10, 24, 9
_EDGE, _NEAR, _HALF = 2, 8, 4


class Note(NamedTuple):
    """Words above the plot, where no line can be: their look, and the x that they are about."""

    kind: str
    text: str
    x: Fraction


class Worst(NamedTuple):
    """Where the network is furthest off, if that is more than allowed."""

    error: Fraction
    x: Fraction

    @property
    def text(self) -> str:
        """How far off, in words."""
        return f"{label(self.error)} off"


def worst_of(exercise: Exercise, seen: Evidence) -> Worst | None:
    """Return where the network is furthest off; None if that is allowed."""
    error, x = seen.error.max_abs(*exercise.domain)
    return Worst(error, x) if error > exercise.rules.tolerance.value else None


def is_inside(worst: Worst, seen: Evidence, *, narrow: bool) -> bool:
    """Tell whether the worst place is told inside the plot, and not beside its right end."""
    return narrow or worst.x != seen.function.segments[-1].right


def ground(frame: Frame, exercise: Exercise, seen: Evidence, worst: Worst) -> Plate | None:
    """Return where inside the plot it can be told how far off the worst place is."""
    shifts = [Fraction(0), exercise.rules.tolerance.value, -exercise.rules.tolerance.value]
    curves = [frame.curve(seen.function), *(frame.curve(exercise.target, by) for by in shifts)]
    rows = _ends(frame, exercise, seen, worst.x)
    size = breadth(worst.text, NAMED, bold=True) + 2 * _HALF
    return plate(frame, curves, (frame.x(worst.x), *rows), size)


def gutter(worst: Worst | None, *, narrow: bool) -> float:
    """Return what the names need beside the plot; where it is narrow there are none."""
    if narrow:
        return 14
    return max(100, _AWAY + 4 + (breadth(worst.text, NAMED, bold=True) if worst else 0))


def last(function: PiecewiseLinear) -> Fraction:
    """Return the value at the right end."""
    segment = function.segments[-1]
    return segment.value(segment.right)


def notes(
    seen: Evidence, shown: tuple[Fraction, Fraction], worst: Worst | None, *, narrow: bool
) -> list[Note]:
    """Return what is above the plot: how far off inside it, and how far the network goes on."""
    found = []
    segments = seen.function.segments
    if worst and is_inside(worst, seen, narrow=narrow):
        found.append(Note("name error-name", worst.text, worst.x))
    low, high = extent(seen.function)
    corners = [(s.value(s.left), s.left) for s in segments]
    corners.append((last(seen.function), segments[-1].right))
    for value, mark, way, beyond in (
        (high, "\u25b2", "up", high > shown[1]),
        (low, "\u25bc", "down", low < shown[0]),
    ):
        if beyond:
            x = next(x for y, x in corners if y == value)
            found.append(Note("name beyond", f"{mark} {way} to {minus(label(value))}", x))
    return found


def placed(frame: Frame, width: float, given: list[Note]) -> list[tuple[Note, float, int]]:
    """Return each note with its middle and its row, from the plot up: none covers another."""
    taken: list[tuple[int, float, float]] = []
    found = []
    for note in given:
        size = breadth(note.text, NAMED, bold=True)
        middle = inside(frame.x(note.x), size, _EDGE, width - _EDGE)
        start, end = middle - size / 2 - _GAP, middle + size / 2
        row = 0
        while any(row == r and start < b and a - _GAP < end for r, a, b in taken):
            row += 1
        taken.append((row, middle - size / 2, end))
        found.append((note, middle, row))
    return found


def written(frame: Frame, found: list[tuple[Note, float, int]]) -> Iterator[str]:
    """Yield the notes above the plot."""
    for note, middle, row in found:
        yield svg.words(note.kind, middle, frame.y0 - 9 - NOTE * row, note.text, "middle")


def beside(
    frame: Frame, exercise: Exercise, seen: Evidence | None, worst: Worst | None
) -> Iterator[str]:
    """Yield the names at the lines' right ends, with the largest error between if it is there."""
    target = _row(frame, exercise.target)
    column = frame.x1 + _AWAY
    if seen is None:
        yield svg.words("name target-name", column, target + 4, "target")
        return
    network = _row(frame, seen.function)
    here = worst is not None and worst.x == frame.right
    apart = _APART * (2 if here else 1)
    upper, lower = min(target, network), max(target, network)
    if lower - upper < apart:
        middle = min((upper + lower) / 2, frame.y1 - apart / 2)
        upper, lower = middle - apart / 2, middle + apart / 2
    if upper < frame.y0 + _BELOW:  # a note may stand above
        upper, lower = frame.y0 + _BELOW, max(lower, frame.y0 + _BELOW + apart)
    names = [("network", upper), ("target", lower)]
    if network > target:
        names = [("target", upper), ("network", lower)]
    for name, row in names:
        yield svg.words(f"name {name}-name", column, row + 4, name)
    if worst is not None and here:
        left, right = frame.x1 + _NEAR, frame.x1 + 2 * _NEAR
        corners = [(left, network), (right, network), (right, target), (left, target)]
        yield svg.curve("bracket", path([corners]))
        yield svg.words("name error-name", column, (upper + lower) / 2 + 4, worst.text)


def _row(frame: Frame, function: PiecewiseLinear) -> float:
    return min(max(frame.y(last(function)), frame.y0 + _EDGE), frame.y1)


def beam(frame: Frame, exercise: Exercise, seen: Evidence, x: Fraction) -> str:
    """Return an I-beam from the target to the network."""
    column, rows = frame.x(x), _ends(frame, exercise, seen, x)
    ends = [[(column - _HALF, row), (column + _HALF, row)] for row in rows]
    return svg.curve("bracket", path([*ends, [(column, row) for row in rows]]))


def leader(frame: Frame, exercise: Exercise, seen: Evidence, x: Fraction) -> str:
    """Return a dotted line from an I-beam to its words above the plot."""
    column, (top, _) = frame.x(x), _ends(frame, exercise, seen, x)
    return svg.line("leader", column, top, column, frame.y0 - 4)


def _ends(frame: Frame, exercise: Exercise, seen: Evidence, x: Fraction) -> tuple[float, float]:
    """Return the rows of target and network at x, kept inside the plot, the upper one first."""
    one, other = (
        min(max(frame.y(f.value(x)), frame.y0), frame.y1) for f in (exercise.target, seen.function)
    )
    return min(one, other), max(one, other)
