"""Units whose turns coincide off every breakpoint and cancel there: together they draw one line.

Theory of operation. Their bends add up to 0, so on the domain the group is the line that its
left-active members draw, 0 at the common turn p, as in relu(z) - relu(-z) = z. Let C be the sum of
v*|w| over the left-active members and y = p - left: the line starts at C*y with slope -C. Members
with a fixed bias b = -w*p are known by |b| instead of |w|: with C the sum of v*|b| and y = 1/|p|
the line has slope -C*y and starts at +-C - left*C*y. Either way the product C*y is an unknown of
its own, between C times the ends of y: linear, once the sign of C is chosen. A group that mixes
fixed weights with fixed biases has few possible p, which `pinned` finds; with a free unit besides p
is a true unknown, which `mixed` looks for.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import NamedTuple

from grader.authoring.solving.linear import NOTHING, Form, constant, total, unknown
from grader.exact.network import ZERO, Unit, UnitSpec


class Cancelling(NamedTuple):
    """A group: who, active on which side, the value and slope of its line at the left end."""

    units: tuple[int, ...]
    sides: tuple[int, ...]
    start: Form
    slope: Form
    zero: tuple[Form, ...]
    positive: tuple[Form, ...]
    sizes: tuple[Form, ...]
    biases: bool  # whether sizes are those of the biases, not of the weights
    half: int  # of the axis where p is, for biases: 1 or -1
    left: Fraction
    amount: Form  # C
    place: Form | None  # y, or None: C*y over C

    @property
    def adds_nothing(self) -> bool:
        """Tell whether the line that the group draws is 0 everywhere."""
        return self.amount == NOTHING or self.amount in self.zero

    def settings(
        self, units: Sequence[UnitSpec], values: Mapping[str, Fraction]
    ) -> dict[int, Unit]:
        """Return the units that these values of the unknowns stand for."""
        amount = self.amount.value(values)
        y = self.place.value(values) if self.place else values[_name(self.units)] / abs(amount)
        found = {}
        for k, side, form in zip(self.units, self.sides, self.sizes, strict=True):
            size = form.value(values)
            if self.biases:
                b = -side * self.half * size
                found[k] = Unit(-b * self.half * y, b, units[k].v)
            else:
                found[k] = Unit(side * size, -side * size * (self.left + y), units[k].v)
        return found


def groups(
    units: Sequence[UnitSpec], members: tuple[int, ...], left: Fraction, right: Fraction
) -> Iterator[Cancelling]:
    """Yield every way in which these units can cancel at a p that no breakpoint or pin gives."""
    signs = {units[k].v > 0 for k in members}
    if len(members) < 2 or len(signs) < 2:  # one cannot cancel
        return
    for sides in product((1, -1), repeat=len(members)):
        if all(units[k].b is None for k in members):
            yield from _by_weights(units, members, sides, left, right)
        elif all(units[k].w is None and units[k].b != 0 for k in members):
            for half in (1, -1):
                yield from _by_biases(units, members, sides, half, (left, right))


def _by_weights(
    units: Sequence[UnitSpec],
    members: tuple[int, ...],
    sides: tuple[int, ...],
    left: Fraction,
    right: Fraction,
) -> Iterator[Cancelling]:
    given = [units[k].w for k in members]
    if any(w is not None and w * side <= 0 for w, side in zip(given, sides, strict=True)):
        return
    sizes = _sizes(members, given)
    for case in _cases(units, members, sides, sizes, (ZERO, right - left)):
        yield Cancelling(
            members,
            sides,
            case.product,
            case.amount.times(-1),
            case.zero,
            case.positive,
            sizes,
            biases=False,
            half=1,
            left=left,
            amount=case.amount,
            place=case.place,
        )


def _by_biases(
    units: Sequence[UnitSpec],
    members: tuple[int, ...],
    sides: tuple[int, ...],
    half: int,
    domain: tuple[Fraction, Fraction],
) -> Iterator[Cancelling]:
    given = [units[k].b for k in members]
    if any(b is not None and b * side * half >= 0 for b, side in zip(given, sides, strict=True)):
        return
    left = domain[0]
    near, far = sorted(end * half for end in domain)
    if far <= 0:
        return
    ends = (1 / far, 1 / near if near > 0 else None)
    sizes = _sizes(members, given)
    for case in _cases(units, members, sides, sizes, ends):
        yield Cancelling(
            members,
            sides,
            case.amount.times(half).plus(case.product, -left),
            case.product.times(-1),
            case.zero,
            case.positive,
            sizes,
            biases=True,
            half=half,
            left=left,
            amount=case.amount,
            place=case.place,
        )


def _sizes(members: Sequence[int], given: Sequence[Fraction | None]) -> tuple[Form, ...]:
    return tuple(
        unknown(f"m{k}") if value is None else constant(abs(value))
        for k, value in zip(members, given, strict=True)
    )


def _name(members: Sequence[int]) -> str:
    return f"y{members[0]}"


class _Case(NamedTuple):
    amount: Form
    product: Form
    place: Form | None
    zero: tuple[Form, ...]
    positive: tuple[Form, ...]


def _cases(
    units: Sequence[UnitSpec],
    members: tuple[int, ...],
    sides: tuple[int, ...],
    sizes: tuple[Form, ...],
    ends: tuple[Fraction, Fraction | None],
) -> Iterator[_Case]:
    """Yield C, C*y and their conditions: for a C that is known, else for each sign of it."""
    low, high = ends
    parts = [size.times(units[k].v) for k, size in zip(members, sizes, strict=True)]
    amount, others = (
        total(part for part, side in zip(parts, sides, strict=True) if side == which)
        for which in (-1, 1)
    )
    if not others.coefficients:
        amount = others.times(-1)
    balanced = (total(parts),)
    sizes_positive = tuple(size for size in sizes if size.coefficients)
    y = unknown(_name(members))
    if not amount.coefficients:
        bounds: tuple[Form, ...] = (y.plus(constant(low), -1),)
        if high is not None:
            bounds += (constant(high).plus(y, -1),)
        yield _Case(amount, y.times(amount.constant), y, balanced, (*sizes_positive, *bounds))
        return
    middle = constant(low + 1 if high is None else (low + high) / 2)
    yield _Case(amount, NOTHING, middle, (*balanced, amount), sizes_positive)
    for sign in (1, -1):
        size = amount.times(sign)
        limits: tuple[Form, ...] = (size, y.plus(size, -low))
        if high is not None:
            limits += (size.times(high).plus(y, -1),)
        yield _Case(amount, y.times(sign), None, balanced, (*sizes_positive, *limits))


def pinned(
    units: Sequence[UnitSpec], free: Sequence[int], left: Fraction, right: Fraction
) -> list[Fraction]:
    """Return the x inside the domain, off any breakpoint too, where fixed values make turns meet.

    They are 0 for a unit with bias 0, and the p at which bends v*|w| of fixed weights balance
    bends v*|b/p| of fixed biases.
    """
    found = set()
    weights = [k for k in free if units[k].w and units[k].v]
    biases = [k for k in free if units[k].b and units[k].v]
    if any(units[k].b == 0 and units[k].v for k in free):
        found.add(ZERO)
    for some, others in product(_subsets(weights), _subsets(biases)):
        by_weight = sum((units[k].v * abs(units[k].w or ZERO) for k in some), ZERO)
        by_bias = sum((units[k].v * abs(units[k].b or ZERO) for k in others), ZERO)
        if by_weight * by_bias < 0:
            p = -by_bias / by_weight
            found |= {p, -p}
    return sorted(p for p in found if left < p < right)


def _subsets(items: Sequence[int]) -> list[tuple[int, ...]]:
    return [some for size in range(1, len(items) + 1) for some in combinations(items, size)]
