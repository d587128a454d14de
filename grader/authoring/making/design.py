"""A network for a target: which unit to give away, which output weights, how many units.

The line left of the first breakpoint is drawn by a unit that is given (as in a lab whose first
unit is there already), each breakpoint is left to a student's unit. Output weights are 1 and -1, as
the bends need them, unless the author gives them; then every unit is tried as the given one.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.authoring.solving.solve import SOLVABLE, Solution, solve
from grader.exact.network import ZERO, UnitSpec
from grader.exact.piecewise import PiecewiseLinear, Segment
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.exercise.record import Exercise

ONE = Fraction(1)
MOST_BREAKPOINTS = 20  # more would hardly be an exercise, and are too many for the solver
NO_NETWORK = "no such network can draw this"
NO_EXERCISE = "no exercise can be made of this"
FREE = UnitSpec(None, None, ONE)

Points = Sequence[tuple[Fraction, Fraction]]


class Design(NamedTuple):
    """The units and output bias of a network, None where the student chooses."""

    units: tuple[UnitSpec, ...]
    bias: Fraction = ZERO


class Made(NamedTuple):
    """A design that can be solved, and its right answers."""

    design: Design
    solution: Solution


class Impossible(Exception):
    """No exercise of the wanted shape asks for the target: why not, and what would do."""

    def __init__(self, reason: str, change: str, what: str = NO_NETWORK) -> None:
        """Hold what cannot be, the proof, and the nearest change that makes it possible, or ""."""
        self.what = what
        self.reason = reason
        self.change = change
        super().__init__(reason)


class Wishes(NamedTuple):
    """What an author asks of a network: its output weights and bias, and to give no unit away."""

    weights: Sequence[Fraction] | None = None
    bias: Fraction | None = None
    all_free: bool = False


def designed(target: PiecewiseLinear, wishes: Wishes = Wishes()) -> Made:
    """Return a network for the target that is as the author wishes.

    Raises: Impossible, if that is proved or not found.
    """
    weights = wishes.weights
    if weights is None:
        return _first_solvable(target, _granted(own_designs(target), wishes))
    try:
        return _first_solvable(target, _granted(_with_weights(target, weights), wishes))
    except Impossible as error:
        raise Impossible(error.reason, nearest_change(target, weights), error.what) from None


def _granted(designs: Iterator[Design], wishes: Wishes) -> Iterator[Design]:
    """Yield the designs with the wished bias, and with every unit free if that is wished."""
    for design in designs:
        units, bias = design
        if wishes.all_free:
            units = tuple(UnitSpec(None, None, unit.v) for unit in units)
        yield Design(units, bias if wishes.bias is None else wishes.bias)


def as_exercise(target: PiecewiseLinear, design: Design) -> Exercise:
    """Return the bare exercise that a design makes, only to be solved."""
    return build(
        id="new",
        title="",
        segments=target.segments,
        units=design.units,
        bias=design.bias,
        rules=Rules(Tolerance(ZERO, ZERO, ZERO)),
    )


def _first_solvable(target: PiecewiseLinear, designs: Iterator[Design]) -> Made:
    reason = nothing_to_do = ""
    for design in designs:
        try:
            exercise = as_exercise(target, design)
        except ValueError as error:
            nothing_to_do = str(error)
            continue
        solution = solve(exercise, approximate=False)
        if solution.status == SOLVABLE:
            return Made(design, solution)
        if solution.proof:
            reason = solution.proof.message
    if nothing_to_do and not reason:
        raise Impossible(nothing_to_do, "choose points that are not all at 0", NO_EXERCISE)
    raise Impossible(reason or "no network of this shape was found", "")


def own_designs(target: PiecewiseLinear) -> Iterator[Design]:
    """Yield designs with output weights of our own choice, the most instructive first."""
    first = target.segments[0]
    changes = [change.slope_change for change in target.breakpoints]
    if not changes:
        yield from _line_alone(target)
        return
    for given, bias in _first_lines(target, first):
        left_over = list(changes)
        if given is not None and given.w is not None and given.b is not None and given.w:
            knot = -given.b / given.w
            for i, change in enumerate(target.breakpoints):
                if change.x == knot:
                    left_over[i] -= given.v * abs(given.w)
        free = tuple(
            UnitSpec(None, None, ONE if change > 0 else -ONE) for change in left_over if change
        )
        if free:
            yield Design(((given,) if given else ()) + free, bias)


def _line_alone(target: PiecewiseLinear) -> Iterator[Design]:
    (line,) = target.segments
    lowest = min(line.value(line.left), line.value(line.right))
    highest = max(line.value(line.left), line.value(line.right))
    if lowest >= 0 or highest > 0:
        yield Design((FREE,), min(ZERO, lowest))
    yield Design((UnitSpec(None, None, -ONE),), ZERO)


def _first_lines(
    target: PiecewiseLinear, first: Segment
) -> Iterator[tuple[UnitSpec | None, Fraction]]:
    """Yield a given unit, or none, and an output bias that together draw the first line."""
    slope, intercept = first.slope, first.intercept
    if slope == intercept == 0:
        yield None, ZERO
        return
    sign = 1 if first.value(first.left) > 0 or slope > 0 else -1
    drawn = UnitSpec(slope * sign, intercept * sign, Fraction(sign))
    left, right = target.domain
    ends = [(slope * x + intercept) * sign for x in (left, right)]
    if first.value(first.right) == 0 or min(ends) >= 0:
        yield drawn, ZERO
    lowest = min(slope * x + intercept for x in (left, right))
    if not slope:
        yield None, intercept
    yield UnitSpec(slope, intercept - lowest, ONE), lowest


def _with_weights(target: PiecewiseLinear, weights: Sequence[Fraction]) -> Iterator[Design]:
    """Yield designs with the given output weights: each unit in turn given, then none."""
    first = target.segments[0]
    for given, bias in _first_lines(target, first):
        for k, v in enumerate(weights):
            if given is None or given.w is None or given.b is None or v * given.v <= 0:
                continue
            scale = given.v / v
            units = [UnitSpec(None, None, other) for other in weights]
            units[k] = UnitSpec(given.w * scale, given.b * scale, v)
            yield Design(tuple(units), bias)
    biases = {
        ZERO: None,
        **{bias: None for given, bias in _first_lines(target, first) if not given},
    }
    for bias in biases:
        yield Design(tuple(UnitSpec(None, None, v) for v in weights), bias)


def nearest_change(target: PiecewiseLinear, weights: Sequence[Fraction]) -> str:
    """Return the smallest change to the output weights with which it can be done, in words."""
    for k in range(len(weights)):
        changed = [-v if i == k else v for i, v in enumerate(weights)]
        if is_possible(target, changed):
            sign = "negative" if changed[k] < 0 else "positive"
            return f"with a {sign} output weight for unit {k} it can be done: {_option(changed)}"
    for more in (ONE, -ONE):
        changed = [*weights, more]
        if is_possible(target, changed):
            return f"with one more unit it can be done: output weights {_option(changed)}"
    own = _first_solvable(target, own_designs(target)).design
    return f"with these output weights it can be done: {_option([u.v for u in own.units])}"


def is_possible(target: PiecewiseLinear, weights: Sequence[Fraction]) -> bool:
    """Tell whether some network with these output weights draws the target."""
    try:
        _first_solvable(target, _with_weights(target, weights))
    except Impossible:
        return False
    return True


def _option(weights: Sequence[Fraction]) -> str:
    return ",".join(str(v) for v in weights)
