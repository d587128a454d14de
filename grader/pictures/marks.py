"""Marks below the plot and what they mean: where the target turns, where the knots are."""

from collections.abc import Sequence
from fractions import Fraction

from grader.exact.network import Knot
from grader.exercise.evidence import Evidence
from grader.exercise.record import Exercise
from grader.pictures import svg
from grader.pictures.frame import Frame, path

# Pixels between two marks, rows of knots, and the height of a row.
_APART, _MOST_LANES, _LANE = 9, 3, 18


def marked(frame: Frame, exercise: Exercise) -> list[Fraction]:
    """Return the breakpoints, but for those whose mark would hide its neighbour's."""
    return spaced(frame, [turn.x for turn in exercise.target.breakpoints])


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


def lanes(frame: Frame, exercise: Exercise, seen: Evidence | None) -> tuple[str, float]:
    """Mark below the axis where the target turns and, numbered, the units' knots.

    Returns the marks and the row below them.
    """
    row = frame.y1 + 32
    shown = marked(frame, exercise)
    parts = [svg.diamond(frame.x(x), row) for x in shown]
    more = len(exercise.target.breakpoints) - len(shown)
    if more:
        parts.append(svg.words("soft", frame.x1 + 8, row + 4, f"+{more:,}"))
    if seen is None or not seen.knots:
        return "".join(parts), row + 12
    row += _LANE + 2
    marks, lanes, left_over = _stacked(frame, seen.knots, row)
    if left_over:
        marks += svg.words("soft", frame.x1 + 10, row + 4, f"+{left_over:,}")
    return "".join(parts) + marks, row + _LANE * lanes - 4


def _stacked(frame: Frame, knots: Sequence[Knot], row: float) -> tuple[str, int, int]:
    """Return the knots' marks, none hiding another; how many lanes; how many knots found none."""
    ends: list[float] = []
    parts: list[str] = []
    for knot in sorted(knots, key=lambda knot: (knot.x, knot.unit)):
        x = frame.x(knot.x)
        size = 7.5 if knot.unit < 100 else 6 + 2 * len(str(knot.unit))  # two digits
        lane = next((k for k, end in enumerate(ends) if x - end >= 2 * size + 1), len(ends))
        if lane >= _MOST_LANES:
            continue
        if lane == len(ends):
            ends.append(x)
        ends[lane] = x
        parts.append(svg.disc(x, row + _LANE * lane, str(knot.unit), size))
    return "".join(parts), len(ends), len(knots) - len(parts)


def legend(top: float, *, with_network: bool) -> tuple[str, float]:
    """Return what the marks mean, and the height that the picture has with it."""
    row, second = top + 16, 214
    parts = [svg.box("band", 8, row - 10, 18, 12), svg.words("soft", 32, row, "allowed")]
    turn = (8, row + 19) if with_network else (second, row)
    parts += [
        svg.diamond(turn[0] + 9, turn[1] - 4),
        svg.words("soft", turn[0] + 24, turn[1], "the target's slope changes"),
    ]
    if with_network:
        strokes = [[(x, row - 10.0), (x, row + 2.0)] for x in (216.0, 220.0, 224.0, 228.0)]
        parts += [
            svg.curve("off", path(strokes)),
            svg.words("soft", second + 24, row, "too far off"),
            svg.disc(second + 9, row + 15, "k"),
            svg.words("soft", second + 24, row + 19, "unit k turns here"),
        ]
    return "".join(parts), (row + 29 if with_network else row + 10)
