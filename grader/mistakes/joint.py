"""Units that are wrong together: how one, two or three of them can do what the others leave over.

Theory of operation. `answers` knows the generic case, one unit a task. Units whose weight or bias
is given have other right answers too, in which two of them do one thing. Both turn at one x, and
their bends add up to what is needed there; off every breakpoint they cancel. Then the line on the
left is that of the unit active on the left, if the other is active on the right: it is 0 at x, and
its slope gives one weight, the sum of the bends the other. If both are active on one side the line
settles neither, and one bend has to be given. Or both are active everywhere: of two such units only
the four values at the ends of the interval count, those of one follow from the other's, all have to
be 0 or more, and so the first unit's are in a rectangle; a number that is given cuts a line out of
it. Of three units one does something alone: it is idle, or turns at a breakpoint.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.exact.network import ZERO, Network, Unit, UnitSpec
from grader.exact.piecewise import PiecewiseLinear
from grader.mistakes.answers import idle, plans, shares
from grader.mistakes.rectangle import Equation, Extent, point

PAIR = 2
ONE = Fraction(1)

Found = tuple[Unit, ...] | None


def doing_together(rest: PiecewiseLinear, specs: Sequence[UnitSpec]) -> Found:
    """Return units, at most three, that add up to `rest`; None if no way to do it is known.

    For one unit, and for two of which a number is given, None means that there is none.
    """
    generic = (share for p in plans(rest, len(specs)) for share in shares(p, specs, rest.domain))
    found = next(generic, None)
    if found is not None or len(specs) < PAIR:
        return found
    if len(specs) == PAIR:
        one, other = specs
        return _at_one_turn(rest, one, other) or _two_lines(rest, one, other)
    return _one_alone(rest, specs)


def _one_alone(rest: PiecewiseLinear, specs: Sequence[UnitSpec]) -> Found:
    """Return what units do of which one is idle or turns at a breakpoint by itself."""
    for n, spec in enumerate(specs):
        others = (*specs[:n], *specs[n + 1 :])
        for unit in _alone(rest, spec):
            left = rest - Network((unit,)).as_piecewise(*rest.domain)
            if len(left.breakpoints) < len(specs):
                found = doing_together(left, others)
                if found:
                    return (*found[:n], unit, *found[n:])
    return None


def _alone(rest: PiecewiseLinear, spec: UnitSpec) -> Iterator[Unit]:
    """Yield the unit idle, as it turns at each breakpoint, and as its line begins or ends at 0.

    If three draw a line, and cannot all give way to each other, one of them begins or ends at 0.
    """
    resting = idle(spec, rest.domain)
    if resting:
        yield resting
    for end in rest.domain:
        for weight in _weights(spec, end):
            yield Unit(weight, -weight * end, spec.v)
    for x, change in rest.breakpoints:
        for weight in _weights(spec, x) or (change / spec.v, -change / spec.v):
            yield Unit(weight, -weight * x, spec.v)


def _weights(spec: UnitSpec, x: Fraction) -> tuple[Fraction, ...]:
    """Return the weight with which a unit, one number of which is given, can turn at x, if any."""
    if spec.w is not None:
        return (spec.w,)
    if spec.b is not None and x:
        return (-spec.b / x,)
    return ()


def _at_one_turn(rest: PiecewiseLinear, one: UnitSpec, other: UnitSpec) -> Found:
    """Return the two units as both turn at one x."""
    turns, (_, _, slope, intercept) = rest.breakpoints, rest.segments[0]
    if len(turns) > 1:
        return None
    change = turns[0].slope_change if turns else ZERO
    for x in _places(rest, one, other):
        if slope * x + intercept == 0:
            found = _at(x, change, rest, (one, other))
            if found:
                return found
    return None


def _places(rest: PiecewiseLinear, one: UnitSpec, other: UnitSpec) -> Iterator[Fraction]:
    """Yield where both may turn: at the breakpoint, where the line left over is 0, or anywhere.

    Where nothing is left over, of every kind of x there is one.
    """
    (left, right), turns = rest.domain, rest.breakpoints
    _, _, slope, intercept = rest.segments[0]
    if turns:
        yield turns[0].x
    elif slope:
        if left < -intercept / slope < right:
            yield -intercept / slope
    elif not intercept:
        middle = (left + right) / 2
        yield middle or (left + middle) / 2
        for first, second in ((one, other), (other, one)):
            if first.w and second.b:
                # The bends, v*|w| and v*|b/x|, cancel only at this distance from 0.
                away = abs(second.b * second.v / (first.w * first.v))
                yield from (x for x in (-away, away) if left < x < right)


def _at(
    x: Fraction, change: Fraction, rest: PiecewiseLinear, specs: tuple[UnitSpec, UnitSpec]
) -> Found:
    """Return the two units as they turn at x and bend by `change` together."""
    (one, other), slope = specs, rest.segments[0].slope
    options = [
        # One is active on the left and draws the line there, the other does what is left to do.
        (-abs(slope / one.v), abs((change + slope) / other.v)),
        (abs((change + slope) / one.v), -abs(slope / other.v)),
        # Both are active on one side.
        *((w, _beside(w, change, one.v, other.v)) for w in _weights(one, x)),
        *((_beside(w, change, other.v, one.v), w) for w in _weights(other, x)),
    ]
    for weights in options:
        first, second = (Unit(w, -w * x, spec.v) for w, spec in zip(weights, specs, strict=True))
        if all(weights) and _do(rest, specs, first, second):
            return first, second
    return None


def _beside(w: Fraction, change: Fraction, v: Fraction, others: Fraction) -> Fraction:
    """Return the other unit's weight if both are active on the side of this one."""
    size = (change - v * abs(w)) / others
    return size if w > 0 else -size


def _do(rest: PiecewiseLinear, specs: tuple[UnitSpec, UnitSpec], first: Unit, second: Unit) -> bool:
    """Tell whether the units have the numbers that are given, and add up to `rest`."""
    as_given = all(
        (w is None or w == unit.w) and (b is None or b == unit.b)
        for unit, (w, b, _) in zip((first, second), specs, strict=True)
    )
    return as_given and Network((first, second)).as_piecewise(*rest.domain) == rest


def _two_lines(rest: PiecewiseLinear, one: UnitSpec, other: UnitSpec) -> Found:
    """Return the two units as both are active everywhere."""
    if rest.breakpoints:
        return None
    (left, right), v = rest.domain, other.v
    at_left, at_right = (rest.segments[0].value(x) for x in (left, right))
    share = one.v / v
    # What is given of the other unit, in terms of the first one's values at the ends.
    its = [
        Equation(-p * share, -q * share, c - (p * at_left + q * at_right) / v)
        for p, q, c in _given(other, left, right)
    ]
    lines = [*_given(one, left, right), *its]
    own = point(_values(at_left / v, share), _values(at_right / v, share), lines)
    if own is None:
        return None
    first = _through(own, one, rest)
    second = _through(
        ((at_left - one.v * own[0]) / v, (at_right - one.v * own[1]) / v), other, rest
    )
    return (first, second) if _do(rest, (one, other), first, second) else None


def _values(most: Fraction, share: Fraction) -> Extent | None:
    """Return which y, 0 or more, leave 0 or more of most - share*y."""
    edge = most / share
    if share > 0:
        return Extent(ZERO, edge) if edge >= 0 else None
    return Extent(max(ZERO, edge), None)


def _given(spec: UnitSpec, left: Fraction, right: Fraction) -> list[Equation]:
    """Return what is given of a unit that is active everywhere, by its values at the ends."""
    found = []
    if spec.w is not None:
        found.append(Equation(-ONE, ONE, spec.w * (right - left)))
    if spec.b is not None:
        found.append(Equation(right, -left, spec.b * (right - left)))
    return found


def _through(values: tuple[Fraction, Fraction], spec: UnitSpec, rest: PiecewiseLinear) -> Unit:
    """Return the unit with these pre-activations at the ends."""
    (left, right), (first, last) = rest.domain, values
    w = (last - first) / (right - left)
    return Unit(w, first - w * left, spec.v)
