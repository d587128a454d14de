"""What one free unit can do on the domain: nothing, a line, or a turn at a given x.

Each way says which settings of w and b it stands for, as forms over unknowns that are 0 or more;
so everything that several units do together is a linear program.
"""

from fractions import Fraction
from typing import NamedTuple

from grader.authoring.solving.linear import NOTHING, Form, constant, unknown
from grader.exact.network import ZERO, Unit, UnitSpec

IDLE, LINE, TURN, CANCEL = "idle", "line", "turn", "cancel"


class Way(NamedTuple):
    """One way of a unit: its w and b over unknowns that are 0 or more.

    `positive` forms must be over 0, `zero` forms 0. A turn has its x and the side on which the
    unit is active: 1 is right, -1 is left.
    """

    unit: int
    v: Fraction
    role: str
    w: Form
    b: Form
    x: Fraction | None = None
    side: int = 0
    positive: tuple[Form, ...] = ()
    zero: tuple[Form, ...] = ()

    def at(self, x: Fraction) -> Form:
        """Return v * (w*x + b), what the unit adds at an x where it is active."""
        return self.b.plus(self.w, x).times(self.v)

    @property
    def bend(self) -> Form:
        """How much a turn changes the slope: v * |w|."""
        return self.w.times(self.v * self.side)


def can_turn(unit: UnitSpec) -> bool:
    """Tell whether some setting of the unit bends the network somewhere."""
    return bool(unit.v) and (unit.w is None or unit.w != 0)


def idle_setting(unit: UnitSpec, left: Fraction, right: Fraction) -> Unit | None:
    """Return the setting nearest to 0 with which the unit adds nothing; None if none exists."""
    w, b, v = unit
    if not v:
        return Unit(w or ZERO, b or ZERO, v)
    if b is None:
        return Unit(w or ZERO, min(ZERO, -(w or ZERO) * left, -(w or ZERO) * right), v)
    weights = _weights(-b, -left, -right)
    if weights is None:
        return None
    low, high = weights
    nearest = ZERO if low is None else max(low, ZERO)
    return Unit(nearest if high is None else min(nearest, high), b, v)


def line(k: int, unit: UnitSpec, left: Fraction, right: Fraction) -> Way | None:
    """Return the way of a unit that is active on the whole domain, with w*x + b not just 0."""
    w, b, v = unit
    if w is None and b is None:
        at_left, at_right = unknown(f"l{k}"), unknown(f"r{k}")
        slope = at_right.plus(at_left, -1).times(1 / (right - left))
        offset = at_left.plus(slope, -left)
        return Way(k, v, LINE, slope, offset, positive=(at_left.plus(at_right),))
    if b is None and w is not None:
        more = unknown(f"s{k}")
        offset = constant(max(-w * left, -w * right)).plus(more)
        return Way(k, v, LINE, constant(w), offset, positive=() if w else (more,))
    return _line_with_bias(k, b or ZERO, v, _weights(b or ZERO, left, right))


def _line_with_bias(
    k: int, b: Fraction, v: Fraction, weights: tuple[Fraction | None, Fraction | None] | None
) -> Way | None:
    if weights is None or (weights == (ZERO, ZERO) and not b):
        return None
    low, high = weights
    if low is not None and low == high:
        return Way(k, v, LINE, constant(low), constant(b))
    more = unknown(f"s{k}")
    positive = () if b else (more,)
    if low is None:
        if high is None:
            raise ArithmeticError("a domain with length bounds the weight on one side at least")
        return Way(k, v, LINE, constant(high).plus(more, -1), constant(b), positive=positive)
    zero = () if high is None else (more.plus(unknown(f"t{k}")).plus(constant(low - high)),)
    return Way(k, v, LINE, constant(low).plus(more), constant(b), positive=positive, zero=zero)


def _weights(
    b: Fraction, left: Fraction, right: Fraction
) -> tuple[Fraction | None, Fraction | None] | None:
    """Return the ends of the w with w*left + b >= 0 and w*right + b >= 0; None if none exists."""
    low = high = None
    for x in (left, right):
        if x > 0:
            low = -b / x if low is None else max(low, -b / x)
        elif x < 0:
            high = -b / x if high is None else min(high, -b / x)
        elif b < 0:
            return None
    if low is not None and high is not None and low > high:
        return None
    return low, high


def turns(k: int, unit: UnitSpec, x: Fraction) -> list[Way]:
    """Return the ways of a unit that turns at x: active on the right of it, on the left of it."""
    if not can_turn(unit):
        return []
    return [way for side in (1, -1) if (way := _turn(k, unit, x, side))]


def _turn(k: int, unit: UnitSpec, x: Fraction, side: int) -> Way | None:
    w, b, v = unit
    if b is None or (not b and not x and w is None):
        if w is None:
            size = unknown(f"m{k}")
            weight = size.times(side)
            return Way(k, v, TURN, weight, weight.times(-x), x, side, positive=(size,))
        return Way(k, v, TURN, constant(w), constant(-w * x), x, side) if w * side > 0 else None
    if not b or not x or -b / x * side <= 0:
        return None
    return Way(k, v, TURN, constant(-b / x), constant(b), x, side)


def idle(k: int, unit: UnitSpec) -> Way:
    """Return the way of a unit that adds nothing; its setting is not part of any equation."""
    return Way(k, unit.v, IDLE, NOTHING, NOTHING)
