"""Answers in which units turn at the same x, off every breakpoint, and draw a line together."""

from fractions import Fraction
from random import Random

import pytest

from grader.authoring.solving.residual import residual
from grader.authoring.solving.solution_text import conditions_text
from grader.authoring.solving.solve import SOLVABLE, UNSOLVABLE, solve
from grader.exact.network import Network, Unit, UnitSpec
from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.build import build
from grader.exercise.evidence import examine
from right_answers import contains
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
    "nothing fixed": (line(("0", "-1"), ("2", "1")), [unit(None, None, 1), unit(None, None, -1)]),
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
        assert contains(family, rest, network)


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


KINDS = ("wbf", "wwbf", "wbbf", "wbff")


def meeting(kinds: str, other: str, seed: int) -> tuple[list[UnitSpec], list[Unit]]:
    """Return units of these kinds that turn at one x, where their bends cancel, and another."""
    random = Random(f"{kinds} {other} {seed}")  # noqa: S311 - the same numbers every time
    x = Fraction(random.choice([-7, -5, -2, 1, 3, 8]), 3)
    while True:
        weights = [Fraction(random.choice([-3, -2, -1, 1, 2, 3])) for _ in kinds]
        sizes = [Fraction(random.choice([-2, -1, 1, 2])) for _ in kinds]
        left = -sum(v * abs(w) for v, w in zip(sizes[:-1], weights[:-1], strict=True))
        weights[-1] = left / sizes[-1] * random.choice([1, -1])
        if left * sizes[-1] > 0:
            break
    made = [Unit(w, -w * x, v) for w, v in zip(weights, sizes, strict=True)]
    turn = Fraction(random.choice([-1, 0, 5]), 2)
    for kind in other:
        w, v = Fraction(random.choice([-2, 1])), Fraction(random.choice([-1, 1]))
        made.append(Unit(w, -w * turn if kind.isupper() else 3 * abs(w) + 1, v))
    return [
        UnitSpec(one.w if kind in "wW" else None, one.b if kind in "bB" else None, one.v)
        for kind, one in zip(kinds + other, made, strict=True)
    ], made


@pytest.mark.parametrize(
    ("kinds", "other"),
    [(kinds, "") for kinds in KINDS] + [("wbf", other) for other in ("w", "b", "f", "W", "B", "F")],
)
def test_units_of_all_kinds_that_turn_anywhere_together(kinds: str, other: str) -> None:
    for seed in range(5):
        units, network = meeting(kinds, other, seed)
        target = Network(tuple(network)).as_piecewise(Fraction(-3), Fraction(3))
        made = exercise(target, units)
        solution = solve(made, approximate=False)
        assert solution.status == SOLVABLE, seed
        rest = residual(made)
        for family in solution.families:
            found = made.network(family.example)
            assert all(finding.credit == 1 for finding in examine(made, made.checks, found)), seed
            assert contains(family, rest, found), seed


def test_a_line_that_such_a_group_cannot_draw_is_ruled_out() -> None:
    target = line(("-1", "4"), ("2", "-8"))
    units = [unit("1", None, -2), unit(None, "-1", 2), unit(None, None, -1)]
    solution = solve(exercise(target, units), approximate=False)
    assert (solution.status, solution.unsearched) == (UNSOLVABLE, ())


def test_that_one_x_of_many_is_shown_is_said() -> None:
    units, network = meeting("wbf", "f", 0)
    target = Network(tuple(network)).as_piecewise(Fraction(-3), Fraction(3))
    (told,) = solve(exercise(target, units), approximate=False).unsearched
    assert told.endswith("one such x is shown; others may do as well")


def test_a_right_answer_of_two_free_units_that_cancel_lies_in_a_family() -> None:
    """relu(x - 1) - relu(1 - x) is x - 1 everywhere."""
    made = exercise(line(("-2", "-3"), ("2", "1")), [unit(None, None, 1), unit(None, None, -1)])
    mirrored = Network((Unit(*map(Fraction, (1, -1, 1))), Unit(*map(Fraction, (-1, 1, -1)))))
    solution = solve(made)
    assert not solution.unsearched
    assert any(contains(family, residual(made), mirrored) for family in solution.families)


def test_a_point_has_no_dimension_and_no_condition_names_what_is_given() -> None:
    made = exercise(
        line(("1", "7.75"), ("6", "-7.25")),
        [unit(None, "-5.875", -2), unit(None, None, 1)],
        bias=Fraction(-1),
    )
    families = solve(made).families
    assert min(family.dimension for family in families) == 0
    for family in families:
        assert not any("b0" in text for text in conditions_text(family)), family


@pytest.mark.parametrize("seed", range(25))
def test_units_of_mixed_signs_and_nothing_fixed_are_complete(seed: int) -> None:
    """Lines made by two units that cancel, at a random x and of a random size."""
    random = Random(seed)  # noqa: S311 - the same numbers every time
    size, p = Fraction(random.randint(1, 9), 2), Fraction(random.randint(1, 7), 4)
    side, v = random.choice((1, -1)), random.choice((1, 2, -3))
    one = Unit(side * size, -side * size * p, Fraction(v))
    other = Unit(-side * size * abs(v), side * size * abs(v) * p, Fraction(-1 if v > 0 else 1))
    network = Network((one, other))
    target = network.as_piecewise(Fraction(0), Fraction(2))
    made = exercise(target, [UnitSpec(None, None, u.v) for u in (one, other)])
    assert any(contains(f, residual(made), network) for f in solve(made).families)
