"""A wrong unit as the formulas of the table see it: beside its right answer and what is near."""

from fractions import Fraction
from math import lcm

from grader.exact.network import ZERO, Unit
from grader.exact.piecewise import Breakpoint, PiecewiseLinear
from grader.exercise.checks import Tolerance
from grader.named import NamedTuple

# What is known of the right answer; each includes those before it.
NOTHING, NUMBERS, KNOT = range(3)


class Answer(NamedTuple):
    """A unit's right answer, as formulas use it; what is not known is 0.

    With NUMBERS w, b and the output weight v are known; with KNOT also the breakpoint t where the
    knot is, slope s and intercept c of the target's segment on that side of t where the unit is
    active, and the target's other breakpoints and ends that a knot may have been taken for. `given`
    is "w" or "b" where the author chose one of the two, else empty.
    """

    known: int = NOTHING
    w: Fraction = ZERO
    b: Fraction = ZERO
    v: Fraction = ZERO
    t: Fraction = ZERO
    s: Fraction = ZERO
    c: Fraction = ZERO
    elsewhere: tuple[Fraction, ...] = ()
    given: str = ""


def right_answer(
    target: PiecewiseLinear,
    unit: Unit,
    x: Fraction | None,
    elsewhere: tuple[Fraction, ...] = (),
    given: str = "",
) -> Answer:
    """Return what the formulas need to know of a unit's right answer; it turns at x, if at all."""
    if x is None:
        return Answer(NUMBERS, *unit, given=given)
    before, after = target.beside(x)
    beside = after if unit.w > 0 else before
    return Answer(KNOT, *unit, x, beside.slope, beside.intercept, elsewhere, given)


Point = tuple[Fraction, Fraction]


class Window(NamedTuple):
    """The weights and biases that are within tolerance of a unit's own: closed intervals.

    Whole numbers, each axis in a unit of its own, 1 / per_w and 1 / per_b: comparing is what most
    of the time goes into, and fractions take three times as long.
    """

    least_w: int
    most_w: int
    per_w: int
    least_b: int
    most_b: int
    per_b: int

    def shows(self, w: Fraction, b: Fraction) -> bool:
        """Tell whether weight and bias are both within tolerance."""
        part = w.denominator
        if not self.least_w * part <= w.numerator * self.per_w <= self.most_w * part:
            return False
        part = b.denominator
        return self.least_b * part <= b.numerator * self.per_b <= self.most_b * part


def window(unit: Unit, tolerance: Tolerance) -> Window:
    """Return what is within tolerance of a unit; one without output weight is not asked."""
    w, b, v = unit
    scale = abs(v) or 1
    return Window(*_interval(w, tolerance.slope / scale), *_interval(b, tolerance.value / scale))


def _interval(middle: Fraction, reach: Fraction) -> tuple[int, int, int]:
    """Return both ends as whole numbers of parts, and how many parts make 1."""
    parts = lcm(middle.denominator, reach.denominator)
    at, by = in_parts(middle, parts), in_parts(reach, parts)
    return at - by, at + by, parts


def in_parts(value: Fraction, parts: int) -> int:
    """Return how many parts the value is, if so many make 1: a multiple of its denominator."""
    return value.numerator * (parts // value.denominator)


class Case(NamedTuple):
    """A wrong unit as submitted beside its answer; `turn` is what it has to do, None if no turn.

    Its output weight is not 0; `close` is what is within tolerance of it.
    """

    unit: Unit
    close: Window
    right: Answer
    turn: Breakpoint | None
    domain: tuple[Fraction, Fraction]
    tolerance: Tolerance

    @property
    def is_dead(self) -> bool:
        """Whether the unit is active nowhere inside the domain."""
        return self.unit.active(*self.domain) is None

    @property
    def is_always_on(self) -> bool:
        """Whether the unit is active everywhere inside the domain."""
        return self.unit.active(*self.domain) == self.domain

    @property
    def has_another_bend(self) -> bool:
        """Whether the unit turns where it should, by another amount."""
        return (
            self.turn is not None and self.is_in_place and self.unit.bend != self.turn.slope_change
        )

    @property
    def has_another_knot(self) -> bool:
        """Whether the unit bends by as much as it should, elsewhere."""
        return self.turn is not None and self.bends_rightly and self.unit.knot != self.turn.x

    @property
    def is_mirrored(self) -> bool:
        """Whether the unit is active on the other side of its knot than it has to be."""
        return self.right.known == KNOT and self.unit.w * self.right.w < 0

    @property
    def is_in_place(self) -> bool:
        """Whether the knot is inside the domain and as near the breakpoint as is allowed."""
        x = self._knot_inside
        return x is not None and self.turn is not None and abs(x - self.turn.x) <= self.tolerance.x

    @property
    def bends_rightly(self) -> bool:
        """Whether the knot is inside the domain and the bend there is the one that is needed."""
        if self._knot_inside is None or self.turn is None:
            return False
        return abs(self.unit.bend - self.turn.slope_change) <= self.tolerance.slope

    @property
    def _knot_inside(self) -> Fraction | None:
        left, right = self.domain
        knot = self.unit.knot
        return knot if knot is not None and left < knot < right else None
