"""Answers in which units turn at the same x, off every breakpoint, and draw a line together."""

from fractions import Fraction

import pytest

from grader.authoring.residual import residual
from grader.authoring.solve import SOLVABLE, UNDECIDED, solve
from grader.exercise import UnitSpec, build, examine
from grader.piecewise import PiecewiseLinear
from samples.networks import NO_TOLERANCE, exercise


def line(left: tuple[str, str], right: tuple[str, str]) -> PiecewiseLinear:
    return PiecewiseLinear.from_points([tuple(map(Fraction, p)) for p in (left, right)])


def unit(w: str | None, b: str | None, v: int) -> UnitSpec:
    return UnitSpec(w and Fraction(w), b and Fraction(b), Fraction(v))


CASES = {
    "fixed weights": (
        line(("0", "-1/2"), ("1", "1/2")),
        [unit("1", None, 1), unit("-1", None, -1)],
    ),
    "fixed biases": (line(("0", "1"), ("1", "-1")), [unit(None, "1", 1), unit(None, "-1", -1)]),
    "fixed biases left of 0": (
        line(("-1", "-1"), ("0", "1")),
        [unit(None, "1", 1), unit(None, "-1", -1)],
    ),
    "a fixed weight and a fixed bias": (
        line(("-1", "-3"), ("1", "1")),
        [unit("2", None, 1), unit(None, "1", -1)],
    ),
    "a bias of 0": (line(("-1", "-2"), ("1", "2")), [unit("2", None, 1), unit(None, "0", -1)]),
    "a fixed weight and a free unit": (
        line(("0", "-1"), ("1", "1")),
        [unit("2", None, 1), unit(None, None, -1)],
    ),
    "a fixed bias and a free unit": (
        line(("0", "1"), ("1", "-2")),
        [unit(None, "1", 1), unit(None, None, -1)],
    ),
    "two free units and a fixed weight": (
        line(("0", "-3"), ("1", "6")),
        [unit("3", None, 1), unit(None, None, -1), unit(None, None, -2)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_line_is_found(name: str) -> None:
    target, units = CASES[name]
    made = exercise(target, units)
    solution = solve(made)
    assert solution.status == SOLVABLE
    rest = residual(made)
    for family in solution.families:
        network = made.network(family.example)
        assert all(finding.credit == 1 for finding in examine(made, made.checks, network))
        assert family.contains(rest, network)


def test_idle_units_that_can_only_cancel_each_other() -> None:
    target = PiecewiseLinear.from_points([(Fraction(x), Fraction(abs(x))) for x in (-1, 0, 1)])
    units = [
        unit(None, "1", 1),
        unit(None, "1", -1),
        unit(None, None, 1),
        unit(None, None, 1),
    ]
    made = build(id="x", title="x", segments=target.segments, units=units, rules=NO_TOLERANCE)
    solution = solve(made)
    assert solution.status == SOLVABLE
    for family in solution.families:
        network = made.network(family.example)
        assert all(finding.credit == 1 for finding in examine(made, made.checks, network))


def test_what_is_not_searched_is_said() -> None:
    target = line(("0", "-7"), ("1", "9/7"))
    units = [unit("2", None, 1), unit(None, "1", -3), unit(None, None, -1)]
    solution = solve(exercise(target, units))
    assert solution.status in {SOLVABLE, UNDECIDED}
    assert "were not looked for" in solution.unsearched[0]
