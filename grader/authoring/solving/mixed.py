"""Units of all three kinds, fixed weight, fixed bias and wholly free, that turn at the same x.

Theory of operation. Where the target has no breakpoint, the bends of such a group add up to 0 and
the group draws the line C*(p - x), C being the sum of the bends of its left-active members. For a
turn at p a fixed weight bends by v*|w|, a fixed bias by v*|b/p|, a free unit by what is left; so p
is an unknown that products and quotients are made of. But at a known p everything is linear, and
all conditions on p are that polynomials of degree 2 at most are 0, or over or under 0. So between
two neighbouring roots of all of them nothing changes: it is enough to look at each root and at one
p between each two. An irrational root is never the only p that will do: its polynomial would have
to be 0, and those that must be 0 are linear, or to change its sign against another with the same
root, which two of these never do. It is taken into an interval narrower than the distance of any
two different roots, so that what lies beside it is looked at on both sides.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise, product
from math import isqrt, lcm

from grader.authoring.solving.cancelling import pinned
from grader.authoring.solving.residual import Residual
from grader.authoring.solving.ways import Way, idle, idle_setting, line, turns
from grader.exact.network import ZERO, UnitSpec

_FEWEST, _MOST = 3, 4
_KINDS = 3
_Quadratic = tuple[Fraction, Fraction, Fraction]  # a, b, c of a*p*p + b*p + c
_Whole = tuple[int, int, int]


def mixed(rest: Residual) -> Iterator[tuple[tuple[int, ...], tuple[Way, ...]]]:
    """Yield the members of every group, and the ways of all units, at each p that decides."""
    for count in range(_FEWEST, min(_MOST, len(rest.able)) + 1):
        for members in combinations(rest.able, count):
            others = [k for k in rest.able if k not in members]
            if _is_mixed(rest, members) and len(rest.changes) <= len(others) <= 1:
                yield from _turning(rest, members, others)


def _is_mixed(rest: Residual, members: Sequence[int]) -> bool:
    """Tell whether all kinds are there, and each unit can turn at more than one p."""
    units = [rest.units[k] for k in members]
    if any(unit.w == 0 or unit.b == 0 for unit in units):
        return False
    return len({(unit.w is None, unit.b is None) for unit in units}) == _KINDS


def _turning(
    rest: Residual, members: tuple[int, ...], others: Sequence[int]
) -> Iterator[tuple[tuple[int, ...], tuple[Way, ...]]]:
    beside = [way for k in others for way in _besides(rest, k)]
    # There every unit can turn in the ordinary search.
    known = {change.x for change in rest.changes}.union(
        pinned(rest.units, rest.able, rest.left, rest.right)
    )
    for half in (1, -1):
        low, high = (
            (max(rest.left, ZERO), rest.right) if half > 0 else (rest.left, min(rest.right, ZERO))
        )
        if low >= high:
            continue
        for p in _deciding(_conditions(rest, members, others, half), low, high):
            if p in known:
                continue
            options = [turns(k, rest.units[k], p) for k in members]
            for ways in product(*options):
                if others:
                    yield from ((members, (*ways, way)) for way in beside)
                else:
                    yield members, ways


def _besides(rest: Residual, k: int) -> Iterator[Way]:
    """Yield the ways of the unit outside the group, which alone makes the breakpoint if any."""
    unit = rest.units[k]
    for change in rest.changes:
        yield from turns(k, unit, change.x)
    if not rest.changes:
        if idle_setting(unit, rest.left, rest.right) is not None:
            yield idle(k, unit)
        always = line(k, unit, rest.left, rest.right)
        if always:
            yield always


def _conditions(
    rest: Residual, members: Sequence[int], others: Sequence[int], half: int
) -> Iterator[_Quadratic]:
    """Yield every polynomial in p, on one half of the axis, whose sign decides."""
    weights, biases = _given([rest.units[k] for k in members], half)
    yield ZERO, weights[1] + weights[-1], biases[1] + biases[-1]
    lines = _lines(rest, others)
    for slope, offset in lines:
        yield ZERO, slope, offset  # both C = -slope and C*p = offset
        for side in (1, -1):  # what the free units of a side have to supply
            yield ZERO, side * slope + weights[-side], biases[-side]
    for side in (1, -1):  # the one on which no free unit is: C = s + t/p
        s, t = -side * weights[side], -side * biases[side]
        yield ZERO, s, t
        for slope, offset in lines:
            yield ZERO, s + slope, t
            yield ZERO, s, t - offset
            for x in (rest.left, rest.right):  # slope*x + offset - C*(p - x), times p
                yield -s, slope * x + offset - t + s * x, t * x


def _given(units: Sequence[UnitSpec], half: int) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
    """Return what the given weights and biases supply on each side: 1 is right, -1 is left."""
    weights = {1: ZERO, -1: ZERO}
    biases = {1: ZERO, -1: ZERO}
    for w, b, v in units:
        if w is not None:
            weights[1 if w > 0 else -1] += v * abs(w)
        elif b is not None:
            biases[-half if b > 0 else half] += v * abs(b) * half
    return weights, biases


def _lines(rest: Residual, others: Sequence[int]) -> list[tuple[Fraction, Fraction]]:
    """Return slope and value at 0 of the lines that can be left for the group at the left end."""
    slope = rest.slope
    offset = rest.start - slope * rest.left
    found = [(slope, offset)]
    found += [(slope + c.slope_change, offset - c.slope_change * c.x) for c in rest.changes]
    for k in others:
        w, b, v = rest.units[k]
        if w is not None:
            found.append((slope - v * w, offset))
        elif b is not None:
            found.append((slope, offset - v * b))
    return found


def _deciding(conditions: Iterator[_Quadratic], low: Fraction, high: Fraction) -> list[Fraction]:
    """Return the roots between low and high, and one p between each two."""
    whole = {_whole(one) for one in conditions}
    ends = [_whole((ZERO, Fraction(1), -end)) for end in (low, high)]
    largest = max(abs(n) for one in (*whole, *ends) for n in one)
    # Different roots of two such polynomials are 1 / (64 * largest**7) apart at least: their
    # resultant is a whole number, and no two roots are further apart than 2 * (1 + largest).
    fine = 200 * largest**7
    roots = sorted({r for one in whole for r in _roots(one, fine) if low < r < high})
    return [*roots, *((a + b) / 2 for a, b in pairwise([low, *roots, high]))]


def _whole(quadratic: _Quadratic) -> _Whole:
    factor = lcm(*(n.denominator for n in quadratic))
    a, b, c = (int(n * factor) for n in quadratic)
    return a, b, c


def _roots(quadratic: _Whole, fine: int) -> list[Fraction]:
    """Return the rational roots, and numbers just below and above the irrational ones."""
    a, b, c = quadratic
    if not a:
        return [Fraction(-c, b)] if b else []
    under = b * b - 4 * a * c
    if under < 0:
        return []
    root = isqrt(under)
    if root * root == under:
        sizes = [Fraction(root)]
    else:
        scaled = isqrt(under * fine * fine)
        sizes = [Fraction(scaled, fine), Fraction(scaled + 1, fine)]
    return [(sign * size - b) / (2 * a) for size in sizes for sign in (1, -1)]
