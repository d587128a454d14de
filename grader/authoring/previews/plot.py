"""The target as text: a picture for a terminal."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from grader.exact.piecewise import PiecewiseLinear
from grader.words.literal import exact

_LABEL = 10  # characters for a number at the left


def plot(target: PiecewiseLinear, width: int = 64, height: int = 14) -> list[str]:
    """Return lines of text: the curve as *, its breakpoints as o, the ends of both axes."""
    left, right = target.domain
    xs = [left + (right - left) * Fraction(column, width - 1) for column in range(width)]
    values = [target.value(x) for x in xs]
    corners = [left, *(c.x for c in target.breakpoints), right]
    heights = [target.value(x) for x in corners]
    low, high = min(heights), max(heights)
    if low == high:
        low, high = low - 1, high + 1
    rows = [[" "] * width for _ in range(height)]

    def row(value: Fraction) -> int:
        return height - 1 - floor((value - low) / (high - low) * (height - 1) + Fraction(1, 2))

    if low < 0 < high:
        rows[row(Fraction(0))] = ["."] * width
    for column, value in enumerate(values):
        rows[row(value)][column] = "*"
    for x, value in zip(corners, heights, strict=True):
        column = floor((x - left) / (right - left) * (width - 1) + Fraction(1, 2))
        rows[row(value)][column] = "o"
    labels = {0: high, height - 1: low}
    lines = [
        f"{_label(labels.get(i)):>{_LABEL}} |{''.join(cells)}".rstrip()
        for i, cells in enumerate(rows)
    ]
    return [*lines, f"{'':>{_LABEL}} +{'-' * width}", _axis(corners, width)]


def _label(value: Fraction | None) -> str:
    if value is None:
        return ""
    text = exact(value)
    return text if len(text) <= _LABEL else f"{float(value):.4g}"


def _axis(corners: Sequence[Fraction], width: int) -> str:
    """Return the line of numbers below, as many as have room."""
    left, right = corners[0], corners[-1]
    line = [" "] * width
    free_from = 0
    for x in corners:
        text = _label(x)
        column = floor((x - left) / (right - left) * (width - 1))
        start = max(0, min(column - len(text) // 2, width - len(text)))
        if start >= free_from:
            line[start : start + len(text)] = text
            free_from = start + len(text) + 1
    return " " * (_LABEL + 2) + "".join(line).rstrip()
