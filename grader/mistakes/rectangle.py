"""A point of a rectangle that is on given lines: exact, and always the same one."""

from collections.abc import Sequence
from fractions import Fraction

from grader.named import NamedTuple


class Extent(NamedTuple):
    """From `least` to `most`, both included; without end if that is None."""

    least: Fraction
    most: Fraction | None

    def has(self, value: Fraction) -> bool:
        """Tell whether the value is in the interval."""
        return self.least <= value and (self.most is None or value <= self.most)


class Equation(NamedTuple):
    """All (x, y) with p*x + q*y = c."""

    p: Fraction
    q: Fraction
    c: Fraction


def point(
    xs: Extent | None, ys: Extent | None, lines: Sequence[Equation]
) -> tuple[Fraction, Fraction] | None:
    """Return a point of the rectangle on all lines, at most two; None if there is none."""
    if xs is None or ys is None:
        return None
    if not lines:
        return xs.least, ys.least
    first, *more = lines
    if not first.p and not first.q:
        return point(xs, ys, more) if not first.c else None
    for second in more:
        area = first.p * second.q - first.q * second.p
        if area:
            x = (first.c * second.q - first.q * second.c) / area
            y = (first.p * second.c - first.c * second.p) / area
            return (x, y) if xs.has(x) and ys.has(y) else None
        if first.p * second.c != first.c * second.p or first.q * second.c != first.c * second.q:
            return None
    return _on(first, xs, ys)


def _on(line: Equation, xs: Extent, ys: Extent) -> tuple[Fraction, Fraction] | None:
    """Return the first point of the line on an edge of the rectangle."""
    p, q, c = line
    for x in xs if q else ():
        if x is not None and ys.has((c - p * x) / q):
            return x, (c - p * x) / q
    for y in ys if p else ():
        if y is not None and xs.has((c - q * y) / p):
            return (c - q * y) / p, y
    return None
