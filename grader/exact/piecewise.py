"""Exact algebra of continuous piecewise-linear functions on a closed interval.

Theory of operation. A function is a tuple of segments that cover its domain from left to right
without gaps; on each it is slope * x + intercept, and neighbours agree where they meet. It is in
canonical form: neighbouring slopes differ, so that two functions are equal if and only if their
segments are. A breakpoint is an x strictly inside the domain where the slope changes. |f| has its
largest value on an interval at one of the interval's ends or at a breakpoint inside it, because it
is convex between two neighbouring ones; that is why nothing here samples. Everything is a
Fraction; nothing is rounded.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from operator import sub

from grader.exact.ratio import Ratio
from grader.named import NamedTuple


class Segment(NamedTuple):
    """A line on the closed interval from left to right, left < right."""

    left: Fraction
    right: Fraction
    slope: Fraction
    intercept: Fraction

    def value(self, x: Fraction) -> Fraction:
        """Return the line's value at x, inside the interval or not."""
        return self.slope * x + self.intercept


class Breakpoint(NamedTuple):
    """An x where the slope changes by slope_change, from left to right."""

    x: Fraction
    slope_change: Fraction


class Extreme(NamedTuple):
    """The largest absolute value and the leftmost x where it occurs."""

    value: Fraction
    x: Fraction


class PiecewiseLinear:
    """A continuous piecewise-linear function in canonical form; == means the same function."""

    __slots__ = ("_lefts", "segments")

    segments: tuple[Segment, ...]

    def __init__(self, segments: Iterable[Segment]) -> None:
        """Join the segments, given from left to right.

        Raises: ValueError if there is none, one is empty, or two neighbours do not meet.
        """
        given = tuple(segments)
        if not given:
            raise ValueError("a function needs at least one segment")
        if any(s.left >= s.right for s in given):
            raise ValueError("a segment must go from left to right")
        for before, after in pairwise(given):
            if before.right != after.left:
                raise ValueError(f"segments do not meet at x = {before.right}")
            if before.value(before.right) != after.value(after.left):
                raise ValueError(f"the function jumps at x = {before.right}")
        self._join(given)

    def _join(self, segments: Sequence[Segment]) -> None:
        """Merge neighbours of equal slope; the caller answers for order and continuity."""
        joined: list[Segment] = []
        for segment in segments:
            if joined and joined[-1].slope == segment.slope:
                joined[-1] = joined[-1]._replace(right=segment.right)
            else:
                joined.append(segment)
        self.segments = tuple(joined)
        self._lefts = tuple(s.left for s in joined)

    @classmethod
    def continuous(cls, segments: Sequence[Segment]) -> "PiecewiseLinear":
        """Join segments that are known to be in order and continuous, without checking."""
        function = cls.__new__(cls)
        function._join(segments)  # noqa: SLF001 - this is the class itself
        return function

    @classmethod
    def from_points(cls, points: Sequence[tuple[Fraction, Fraction]]) -> "PiecewiseLinear":
        """Connect the points (x, y), x increasing, by lines.

        Raises: ValueError if there are fewer than two or an x does not increase.
        """
        return cls(lines_through(points))

    @property
    def domain(self) -> tuple[Fraction, Fraction]:
        """The ends of the interval."""
        return self.segments[0].left, self.segments[-1].right

    @property
    def breakpoints(self) -> tuple[Breakpoint, ...]:
        """Where the slope changes, from left to right."""
        return tuple(
            Breakpoint(after.left, after.slope - before.slope)
            for before, after in pairwise(self.segments)
        )

    def value(self, x: Fraction) -> Fraction:
        """Return f(x).

        Raises: ValueError if x is outside the domain.
        """
        place = bisect_right(self._lefts, x) - 1
        if place < 0 or x > self.segments[place].right:
            left, right = self.domain
            raise ValueError(f"x = {x} is outside the domain from {left} to {right}")
        return self.segments[place].value(x)

    def beside(self, x: Fraction) -> tuple[Segment, Segment]:
        """Return the segments left and right of an x inside the domain; one may be both."""
        before = self.segments[bisect_left(self._lefts, x) - 1]
        return before, self.segments[bisect_right(self._lefts, x) - 1]

    def clipped(self, left: Fraction, right: Fraction) -> list[Segment]:
        """Return the segments inside [left, right], the outer ones cut.

        left < right, and both are in the domain.
        """
        first = bisect_right(self._lefts, left) - 1
        inside = list(self.segments[first : bisect_left(self._lefts, right)])
        inside[0] = inside[0]._replace(left=left)
        inside[-1] = inside[-1]._replace(right=right)
        return inside

    def max_abs(self, left: Fraction, right: Fraction) -> Extreme:
        """Return the largest |f(x)| on [left, right] and the leftmost x where it occurs."""
        return largest(self.clipped(left, right))

    def __add__(self, other: "PiecewiseLinear") -> "PiecewiseLinear":
        """Return the sum of two functions on the same domain; ValueError if the domains differ."""
        return self._combined(other, Fraction.__add__)

    def __sub__(self, other: "PiecewiseLinear") -> "PiecewiseLinear":
        """Return the difference of two functions; ValueError if the domains differ."""
        return self._combined(other, sub)

    def _combined(
        self, other: "PiecewiseLinear", operation: Callable[[Fraction, Fraction], Fraction]
    ) -> "PiecewiseLinear":
        if self.domain != other.domain:
            raise ValueError("functions on different domains cannot be combined")
        ours, theirs = iter(self.segments), iter(other.segments)
        a, b = next(ours), next(theirs)
        left, last = self.domain
        pieces: list[Segment] = []
        while True:
            right = min(a.right, b.right)
            slope = operation(a.slope, b.slope)
            pieces.append(Segment(left, right, slope, operation(a.intercept, b.intercept)))
            if right == last:
                return PiecewiseLinear.continuous(pieces)
            left = right
            if a.right == right:
                a = next(ours)
            if b.right == right:
                b = next(theirs)

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same function on the same domain."""
        if not isinstance(other, PiecewiseLinear):
            return NotImplemented
        return self.segments == other.segments

    def __hash__(self) -> int:
        """Agree with ==."""
        return hash(self.segments)

    def __repr__(self) -> str:
        """Show the segments as Python."""
        return f"PiecewiseLinear({list(self.segments)!r})"


def lines_through(points: Sequence[tuple[Fraction, Fraction]]) -> list[Segment]:
    """Return one segment between each two neighbouring points (x, y), x increasing.

    Raises: ValueError if there are fewer than two or an x does not increase.
    """
    if len(points) < 2:  # a line needs two
        raise ValueError("a line needs at least two points")
    segments = []
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 >= x1:
            raise ValueError(f"x must increase, but {x1} follows {x0}")
        slope = (y1 - y0) / (x1 - x0)
        segments.append(Segment(x0, x1, slope, y0 - slope * x0))
    return segments


def largest(segments: Sequence[Segment]) -> Extreme:
    """Return the largest |f(x)| on neighbouring segments and the leftmost x where it occurs."""
    left = segments[0].left
    best = Extreme(abs(segments[0].value(left)), left)
    for segment in segments:
        size = abs(segment.value(segment.right))
        if size > best.value:
            best = Extreme(size, segment.right)
    return best


def length_within(segments: Iterable[Segment], bound: Fraction) -> Fraction:
    """Return the length on which |f(x)| <= bound."""
    length = Ratio(0)
    for segment in segments:
        start, end = _where_within(segment, bound)
        if start < end:
            length += end - start
    return length


def _where_within(segment: Segment, bound: Fraction) -> tuple[Fraction, Fraction]:
    """Return the ends of the part where |line| <= bound; start >= end where it has no length."""
    left, right, slope, intercept = segment
    if slope == 0:
        return (left, right) if abs(intercept) <= bound else (left, left)
    one, other = (-bound - intercept) / slope, (bound - intercept) / slope
    return max(left, min(one, other)), min(right, max(one, other))
