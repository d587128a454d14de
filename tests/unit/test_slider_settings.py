"""What is found by reasoning about sliders, against trying every setting."""

from fractions import Fraction
from itertools import product

import pytest

from grader import load_exercise
from grader.authoring.linting.grid import on_grid, survey, values
from grader.authoring.solving.solve import solve
from grader.exact.network import Network, Unit, UnitSpec
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.exercise.evidence import examine
from grader.exercise.record import Exercise, Sliders
from samples import EXERCISES


def made(weights: list[int], tolerance: str, step: str, half: bool = False) -> Exercise:  # noqa: FBT001, FBT002
    units = (
        Unit(Fraction(1), Fraction(-1), Fraction(weights[0])),
        Unit(Fraction(-1), Fraction(0), Fraction(weights[1])),
    )
    target = Network(units).as_piecewise(Fraction(-1), Fraction(2))
    near = Fraction(tolerance)
    return build(
        id="x",
        title="x",
        segments=target.segments,
        units=[UnitSpec(None, unit.b if half else None, unit.v) for unit in units],
        rules=Rules(Tolerance(near, near, near)),
        sliders=Sliders(Fraction(-1), Fraction(3, 2), Fraction(step)),
    )


CASES = {
    "positive": made([1, 1], "0.1", "1/4"),
    "negative": made([-1, -2], "0.2", "1/4"),
    "mixed": made([1, -1], "0.2", "1/4"),
    "wide": made([1, 2], "0.4", "1/4"),
    "fixed biases": made([1, -1], "0.1", "1/8", half=True),
    "no answer on the grid": made([1, 1], "0.1", "2/5"),
}


FEW = ("mixed", "fixed biases", "no answer on the grid")


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in FEW else pytest.mark.thorough) for name in CASES],
)
def test_count_and_gap_are_those_of_trying_all(name: str) -> None:
    exercise = CASES[name]
    sliders = exercise.sliders
    assert sliders is not None
    full, gap, total = 0, None, 0
    for numbers in product(values(sliders), repeat=len(exercise.free)):
        network = exercise.network(dict(zip(exercise.free, numbers, strict=True)))
        error = network.as_piecewise(*exercise.domain) - exercise.target
        worst = error.max_abs(*exercise.domain).value
        total += 1
        if worst and (gap is None or worst < gap):
            gap = worst
        if worst <= exercise.rules.tolerance.value:
            full += all(f.credit == 1 for f in examine(exercise, exercise.checks, network))
    found = survey(exercise, [family.example for family in solve(exercise).families])
    assert found is not None
    assert (found.total, found.full, found.gap) == (total, full, gap)
    assert found.gap_at is not None
    assert all(on_grid(sliders, value) for value in found.gap_at.values())


def test_the_lab() -> None:
    exercise = load_exercise(EXERCISES / "relu-three-segments.yaml")
    found = survey(exercise, [family.example for family in solve(exercise).families])
    assert found is not None
    assert (found.total, found.full, found.gap) == (43_046_721, 2, Fraction(1, 11))


def test_three_units() -> None:
    exercise = load_exercise(EXERCISES / "spare-unit.yaml")
    found = survey(exercise, [family.example for family in solve(exercise).families])
    assert found is not None
    assert (found.full, found.gap) == (2940, None)


def test_without_sliders_there_is_nothing_to_reach() -> None:
    assert survey(CASES["positive"]._replace(sliders=None), []) is None


def test_what_would_take_long_is_not_begun() -> None:
    fine = CASES["mixed"]._replace(sliders=Sliders(Fraction(-1), Fraction(1), Fraction(1, 150)))
    found = survey(fine, [])
    assert found is not None
    assert (found.total, found.full) == (301**4, None)
    assert found.why_not == "the units have more than 100,000 settings to try"
