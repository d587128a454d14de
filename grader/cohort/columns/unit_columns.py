"""A free unit's column of weights and biases beside one right answer: what the table says about it.

Theory of operation. A right answer is constant, so the numbers that a mistake produces are, too,
and to match them is to compare whole numbers with constants. Looks are asked of `UnitColumn`, which
has the properties of `mistakes.cases.Case` as columns. Weights and biases are whole numbers of
1 / scale, and so is every number that a row predicts.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column, Mask
from grader.exact.network import ZERO, Unit
from grader.exact.piecewise import Breakpoint
from grader.exercise.checks import Tolerance
from grader.mistakes.cases import KNOT, Answer, Point
from grader.mistakes.naming import UNSET, predictions
from grader.mistakes.table import BY_CODE, MISTAKES, UNRECOGNISED

CODES = (*(row.code for row in MISTAKES), UNRECOGNISED)
Codes = NDArray[np.int8]
NOBODY = np.int8(-1)


class UnitColumn(NamedTuple):
    """A unit's numbers in every row, as whole numbers, beside what it should be.

    `left` and `right_end` are the pre-activations at the domain's ends, `at_turn` that at the turn,
    each times the scale and the place's denominator.
    """

    w: Column
    b: Column
    scale: int
    v: Fraction
    tolerance: Tolerance
    domain: tuple[Fraction, Fraction]
    right: Answer
    turn: Breakpoint | None

    def z(self, x: Fraction) -> Column:
        """Return the pre-activation, times the scale and x's denominator."""
        z: Column = self.w * float(x.numerator) + self.b * float(x.denominator)
        return z

    @property
    def _inside(self) -> Mask:
        left, right = self.z(self.domain[0]), self.z(self.domain[1])
        inside: Mask = ((left < 0) & (right > 0)) | ((left > 0) & (right < 0))
        return inside

    @property
    def is_dead(self) -> Mask:
        """Where the unit is active nowhere inside the domain."""
        return (self.z(self.domain[0]) <= 0) & (self.z(self.domain[1]) <= 0)

    @property
    def is_always_on(self) -> Mask:
        """Where it is active everywhere inside."""
        ends = (self.z(self.domain[0]) >= 0) & (self.z(self.domain[1]) >= 0)
        found: Mask = ends & ((self.w != 0) | (self.b > 0))
        return found

    @property
    def has_another_bend(self) -> Mask:
        """Where it turns where it should, by another amount."""
        if self.turn is None:
            return np.zeros(len(self.w), np.bool_)
        return self.is_in_place & ~self.bend_is_exact

    @property
    def bend_is_exact(self) -> Mask:
        """Where the bend, wherever it is, is the one that is needed, without any tolerance."""
        needed = ZERO if self.turn is None else self.turn.slope_change / self.v * self.scale
        if needed < 0 or needed.denominator != 1:
            return np.zeros(len(self.w), np.bool_)
        return np.equal(np.abs(self.w), float(needed))

    @property
    def has_another_knot(self) -> Mask:
        """Where it bends by as much as it should, elsewhere."""
        if self.turn is None:
            return np.zeros(len(self.w), np.bool_)
        return np.not_equal(self.z(self.turn.x), 0.0) & self.bends_rightly

    @property
    def is_mirrored(self) -> Mask:
        """Where it is active on the other side of its knot than it has to be."""
        wrong = self.w * float((self.right.w > 0) - (self.right.w < 0)) < 0
        return np.logical_and(wrong, self.right.known == KNOT)

    @property
    def is_in_place(self) -> Mask:
        """Where the knot is inside the domain and as near the breakpoint as is allowed."""
        return self._inside & self.place_is_right

    @property
    def bends_rightly(self) -> Mask:
        """Where the knot is inside the domain and the bend there is the one that is needed."""
        return self._inside & self.bend_is_right

    @property
    def place_is_right(self) -> Mask:
        """Where the knot, inside or not, is as near the breakpoint as is allowed."""
        if self.turn is None:
            return np.zeros(len(self.w), np.bool_)
        above, below = (self.tolerance.x * self.turn.x.denominator).as_integer_ratio()
        near = np.abs(self.z(self.turn.x)) * float(below) <= np.abs(self.w) * float(above)
        return np.not_equal(self.w, 0.0) & near

    @property
    def bend_is_right(self) -> Mask:
        """Where the bend, wherever it is, is the one that is needed."""
        if self.turn is None:
            return np.zeros(len(self.w), np.bool_)
        return _between(
            np.abs(self.w) * float((self.v > 0) - (self.v < 0)),
            self.turn.slope_change / abs(self.v),
            self.tolerance.slope / abs(self.v),
            self.scale,
        )

    def shows(self, point: Point) -> Mask:
        """Tell where weight and bias are both within tolerance of a point."""
        slope, value = self.tolerance.slope / abs(self.v), self.tolerance.value / abs(self.v)
        return _between(self.w, point[0], slope, self.scale) & _between(
            self.b, point[1], value, self.scale
        )

    def has(self, point: Point) -> Mask:
        """Tell where weight and bias are a point's."""
        return _between(self.w, point[0], Fraction(0), self.scale) & _between(
            self.b, point[1], Fraction(0), self.scale
        )

    def stays_true(self, point: Point) -> Mask:
        """As in `mistakes.naming`: what is said is true of numbers that are met only nearly."""
        true: Mask = np.ones(len(self.w), np.bool_)
        if point[0]:
            true &= self.w != 0
        if self.right.known:
            needed = (self.right.w, self.right.b)
            for own, wrong, need in zip((self.w, self.b), point, needed, strict=True):
                if wrong and wrong == -need:
                    true &= own > 0 if wrong > 0 else own < 0
        return true

    def first_codes(self) -> Codes:
        """Return which code of CODES counts in each row."""
        found = _matches(self)
        known = np.logical_or.reduce([mask for _, mask in found])
        several = np.add.reduce([mask.astype(np.int8) for _, mask in found]) > 1
        codes = np.full(len(self.w), CODES.index(UNRECOGNISED), np.int8)
        open_ = known
        for is_last in (False, True):
            for code, mask in found:
                here = mask & open_
                if code == UNSET:
                    here &= ~(several & ((self.w != 0) | (self.b != 0)))
                here &= _explains_nothing(self, code) == is_last
                codes[here] = CODES.index(code)
                open_ = open_ & ~here
        return codes


def _matches(unit: UnitColumn) -> list[tuple[str, Mask]]:
    """Return the rows of the table that match, in the order in which they count."""
    rows = predictions(unit.right)
    nothing: Mask = np.zeros(len(unit.w), np.bool_)
    exact = [_any(nothing, map(unit.has, points)) for _, points in rows]
    near = [
        _any(nothing, (unit.shows(point) & unit.stays_true(point) for point in points))
        for _, points in rows
    ]
    is_exact = _any(nothing, exact)
    others = _any(nothing, (m for (code, _), m in zip(rows, near, strict=True) if code != UNSET))
    found = []
    for (code, _), same, close in zip(rows, exact, near, strict=True):
        counts = close & ~others if code == UNSET else close
        found.append((code, np.where(is_exact, same, counts)))
    for row in MISTAKES:
        if row.looks is not None:
            looks: Callable[[UnitColumn], Mask] = cast(
                "Any", row.looks
            )  # of a Case, which this is like
            found.append((row.code, looks(unit)))
    return found


def _any(nothing: Mask, masks: Iterable[Mask]) -> Mask:
    found = nothing
    for mask in masks:
        found = found | mask
    return found


def _explains_nothing(unit: UnitColumn, code: str) -> Mask:
    row = BY_CODE[code]
    if unit.turn is not None:
        if row.explains == "bend" and (unit.right.given != "w" or "b" not in row.alone):
            return unit.bend_is_right
        if row.explains == "place":
            return unit.place_is_right
    return np.zeros(len(unit.w), np.bool_)


def explained(unit: UnitColumn) -> Mask:
    """Tell where some mistake about the answer produces the unit's numbers, within tolerance."""
    points = {point for _, points in predictions(unit.right) for point in points}
    return _any(np.zeros(len(unit.w), np.bool_), map(unit.shows, points))


def is_right(unit: UnitColumn, answer: Unit | None) -> Mask:
    """Tell where the unit does what the answer does; without one, where it does nothing."""
    if answer is not None:
        return unit.shows((answer.w, answer.b))
    most = unit.tolerance.value / abs(unit.v) * unit.scale
    high: Mask = np.zeros(len(unit.w), np.bool_)
    for x in unit.domain:
        high |= unit.z(x) > float(floor(most * x.denominator))
    return ~high


def away(unit: UnitColumn, answer: Unit, *, idle: bool) -> Column:
    """Return the sum of the squared differences, times the square of the scale.

    Any unit that does nothing is as near an idle one as it is high.
    """
    w, b = (float(x * unit.scale) for x in (answer.w, answer.b))
    found = (unit.w - w) ** 2 + (unit.b - b) ** 2
    if idle:
        peak = np.zeros(len(unit.w))
        for x in unit.domain:
            peak = np.maximum(peak, unit.z(x) / float(x.denominator))
        found = np.minimum(found, peak**2)
    return found


def _between(column: Column, middle: Fraction, reach: Fraction, scale: int) -> Mask:
    low, high = ceil((middle - reach) * scale), floor((middle + reach) * scale)
    if low == high:
        return np.equal(column, float(low))
    return np.greater_equal(column, float(low)) & np.less_equal(column, float(high))
