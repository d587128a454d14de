"""Two units that do together what is left over: found if and only if the solver finds a way."""

from fractions import Fraction as F
from random import Random

import pytest

from grader.authoring.solving.solve import SOLVABLE, solve
from grader.exact.network import Network, UnitSpec
from grader.exercise.checks import Rules, Tolerance
from grader.exercise.record import Exercise
from grader.mistakes.answers import leftover
from grader.mistakes.joint import doing_together
from grader.mistakes.rectangle import Equation, Extent, point
from samples.together import made, spoiled

RULES = Rules(Tolerance(F(0), F(0), F(0)))


def left_with(seed: int, count: int) -> Exercise:
    """Return an exercise with so many free units; the others are given, often not as is right."""
    random = Random(seed)  # noqa: S311 - the same cases every time
    while True:
        exercise, units = made(random, RULES, 0.8)
        if len(units) < count:
            continue
        if random.random() < 0.3:
            units = spoiled(random, exercise, units, 1)
        free = random.sample(range(len(units)), count)
        specs = tuple(
            spec if k in free else UnitSpec(*unit)
            for k, (spec, unit) in enumerate(zip(exercise.units, units, strict=True))
        )
        return exercise._replace(units=specs, free_units=frozenset(free))


def check(seeds: range, count: int) -> None:
    found_some = 0
    for seed in seeds:
        exercise = left_with(seed, count)
        rest = leftover(exercise.target, exercise.units, exercise.bias)
        specs = [exercise.units[k] for k in sorted(exercise.free_units)]
        found = doing_together(rest, specs)
        if found is not None:
            found_some += 1
            assert Network(found).as_piecewise(*rest.domain) == rest, seed
            for unit, spec in zip(found, specs, strict=True):
                assert spec.w in {None, unit.w}, seed
                assert spec.b in {None, unit.b}, seed
        expected = solve(exercise, approximate=False).status == SOLVABLE
        if count < 3 and any(part is not None for part in (*specs[0][:2], *specs[-1][:2])):
            assert (found is not None) == expected, seed
        else:
            assert expected or found is None, seed
    assert found_some > len(seeds) / 4


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_is_left_over_is_done_if_it_can_be(count: int) -> None:
    check(range(40), count)


@pytest.mark.thorough
@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_is_left_over_is_done_if_it_can_be_in_many(count: int) -> None:
    check(range(1000, 1400), count)


ANY = Extent(F(0), None)
SQUARE = Extent(F(0), F(2))


@pytest.mark.parametrize(
    ("xs", "ys", "lines", "expected"),
    [
        (None, ANY, [], None),
        (ANY, SQUARE, [], (0, 0)),
        (SQUARE, SQUARE, [Equation(F(1), F(1), F(3))], (2, 1)),
        (SQUARE, SQUARE, [Equation(F(1), F(1), F(5))], None),
        (SQUARE, SQUARE, [Equation(F(0), F(1), F(1))], (0, 1)),
        (SQUARE, SQUARE, [Equation(F(1), F(0), F(1))], (1, 0)),
        (SQUARE, SQUARE, [Equation(F(0), F(0), F(0))], (0, 0)),
        (SQUARE, SQUARE, [Equation(F(0), F(0), F(1))], None),
        (ANY, ANY, [Equation(F(1), F(1), F(3)), Equation(F(1), F(-1), F(1))], (2, 1)),
        (SQUARE, ANY, [Equation(F(1), F(1), F(5)), Equation(F(1), F(-1), F(1))], None),
        (ANY, ANY, [Equation(F(1), F(1), F(3)), Equation(F(2), F(2), F(6))], (0, 3)),
        (ANY, ANY, [Equation(F(1), F(1), F(3)), Equation(F(2), F(2), F(5))], None),
    ],
)
def test_a_point_of_a_rectangle_on_lines(
    xs: Extent | None,
    ys: Extent | None,
    lines: list[Equation],
    expected: tuple[int, int] | None,
) -> None:
    assert point(xs, ys, lines) == expected
