"""A network seen on an exercise's domain, and what it earns on each check."""

from collections.abc import Collection

from grader.exact.network import Knot, Network
from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.checks import (
    BreakpointFinding,
    SegmentFinding,
    check_breakpoint,
    check_segment,
)
from grader.exercise.record import Check, Exercise
from grader.named import NamedTuple


class Evidence(NamedTuple):
    """A network seen on the exercise's domain: its function, its error and its knots."""

    function: PiecewiseLinear
    error: PiecewiseLinear
    knots: list[Knot]


def evidence(exercise: Exercise, network: Network) -> Evidence:
    """Return the network's function, its difference from the target, and its knots."""
    left, right = exercise.domain
    knots = network.knots(left, right)
    function = network.as_piecewise(left, right, knots)
    return Evidence(function, function - exercise.target, knots)


def examine(
    exercise: Exercise, checks: Collection[Check], network: Network, seen: Evidence | None = None
) -> list[SegmentFinding | BreakpointFinding]:
    """Return what the network earns on each check, before the blank's share is taken off."""
    _, error, knots = seen or evidence(exercise, network)
    rules = exercise.rules
    return [
        check_segment(error, check.left, check.right, rules)
        if check.kind == "segment"
        else check_breakpoint(knots, exercise.free_units, check.left, check.slope_change, rules)
        for check in checks
    ]
