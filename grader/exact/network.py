"""Units and networks: f(x) = c + sum of v * relu(w*x + b), and the exact function that it is."""

from fractions import Fraction

from grader.exact.piecewise import PiecewiseLinear, Segment
from grader.exact.ratio import Ratio
from grader.named import NamedTuple

ZERO = Ratio(0)


class UnitSpec(NamedTuple):
    """A unit as the author gave it: None where the student chooses."""

    w: Fraction | None
    b: Fraction | None
    v: Fraction = Ratio(1)

    @property
    def fixed(self) -> bool:
        """Whether the author chose both weight and bias."""
        return self.w is not None and self.b is not None


class Unit(NamedTuple):
    """One ReLU unit: weight w, bias b, output weight v."""

    w: Fraction
    b: Fraction
    v: Fraction = Ratio(1)

    def z(self, x: Fraction) -> Fraction:
        """Return the pre-activation w*x + b."""
        return self.w * x + self.b

    def a(self, x: Fraction) -> Fraction:
        """Return the activation relu(z), without the output weight."""
        return max(self.z(x), ZERO)

    @property
    def knot(self) -> Fraction | None:
        """Where z is 0: -b/w; None if w is 0."""
        return -self.b / self.w if self.w else None

    @property
    def bend(self) -> Fraction:
        """How much the network's slope changes at the knot: v*|w|."""
        return self.v * abs(self.w)

    def active(self, left: Fraction, right: Fraction) -> tuple[Fraction, Fraction] | None:
        """Return the ends of the part of [left, right] on which z > 0, None if it has no length."""
        if self.w > 0:
            left = max(left, -self.b / self.w)
        elif self.w < 0:
            right = min(right, -self.b / self.w)
        elif self.b <= 0:
            return None
        return (left, right) if left < right else None


class Knot(NamedTuple):
    """A knot strictly inside the domain, the bend there, and whose it is; sorts by x."""

    x: Fraction
    bend: Fraction
    unit: int


class Network(NamedTuple):
    """Units and the output bias c."""

    units: tuple[Unit, ...]
    bias: Fraction = ZERO

    def value(self, x: Fraction) -> Fraction:
        """Return f(x) straight from the definition."""
        return self.bias + sum(unit.v * unit.a(x) for unit in self.units)

    def knots(self, left: Fraction, right: Fraction) -> list[Knot]:
        """Return the knots strictly between left and right, from left to right."""
        found = []
        for index, unit in enumerate(self.units):
            knot = unit.knot
            if knot is not None and left < knot < right:
                found.append(Knot(knot, unit.bend, index))
        return sorted(found)

    def as_piecewise(
        self, left: Fraction, right: Fraction, knots: list[Knot] | None = None
    ) -> PiecewiseLinear:
        """Return f on [left, right], in O(n log n): sort the knots, then sweep the active units.

        `knots` are those that `knots(left, right)` gave, where the caller has them already.
        """
        slope, intercept = ZERO, self.bias
        for unit in self.units:  # those active just right of the left end
            w, b, v = unit
            z = w * left + b
            if v and (z > 0 or (z == 0 and w > 0)):
                slope += v * w
                intercept += v * b
        segments: list[Segment] = []
        for x, bend, _ in self.knots(left, right) if knots is None else knots:
            if not bend:
                continue
            if x != left:
                segments.append(Segment(left, x, slope, intercept))
                left = x
            slope += bend  # the line bends by bend * (x - knot) from here on
            intercept -= bend * x
        segments.append(Segment(left, right, slope, intercept))
        return PiecewiseLinear.continuous(segments)
