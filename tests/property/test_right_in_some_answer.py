"""No unit is called wrong that is right in some right answer with all the units not called wrong.

Right answers are made as freely as units allow: several turn at one x, cancel each other where the
target goes straight on, draw a line together, or do nothing. The oracle is the solver for authors,
which tries every arrangement and knows nothing of mistakes.
"""

from fractions import Fraction as F
from random import Random

import pytest

from grader import Report, grade
from grader.authoring.solving.solve import SOLVABLE, solve
from grader.exact.network import Unit, UnitSpec
from grader.exact.piecewise import lines_through
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from reading_reports import false_claims
from samples.together import made, spoiled

NARROW, USUAL = (Rules(Tolerance(at, at, at)) for at in (F(1, 1000), F(1, 20)))


def graded(seed: int, rules: Rules, given: float, wrong: int) -> tuple[Report, list[Unit]]:
    """Return the report on a right answer with up to so many units made wrong."""
    random = Random(seed)  # noqa: S311 - the same cases every time
    exercise, right = made(random, rules, given)
    units = spoiled(random, exercise, right, wrong)
    own = {name: getattr(units[k], letter) for name, (k, letter) in exercise.free.items()}
    return grade(exercise, own), units


def blamed_though_right(report: Report, units: list[Unit]) -> list[int]:
    """Return the units called wrong with which the others could still be put right."""
    exercise = report.exercise
    assert exercise is not None
    blamed = {found.unit for found in report.diagnoses} - {None}
    false = []
    for k in blamed:
        specs = tuple(
            spec if j in blamed - {k} else UnitSpec(*unit)
            for j, (spec, unit) in enumerate(zip(exercise.units, units, strict=True))
        )
        free = frozenset(j for j, spec in enumerate(specs) if not spec.fixed)
        left = exercise._replace(units=specs, free_units=free)
        if exercise.units[k].v and solve(left, approximate=False).status == SOLVABLE:
            false.append(k)
    return false


def check(seeds: range, given: float, wrong: int) -> None:
    """Try so many submissions, each with narrow tolerances and with usual ones."""
    told = 0
    for seed in seeds:
        report, units = graded(seed, NARROW, given, wrong)
        assert not blamed_though_right(report, units), seed
        report, units = graded(seed, USUAL, given, wrong)
        told += len(report.diagnoses)
        assert not list(false_claims(report)), seed
    assert told > len(seeds) / 2


LINE = build(
    id="line",
    title="Line",
    segments=lines_through([(F(-1), F(-1)), (F(1), F(1))]),
    units=[UnitSpec(None, None, F(1)), UnitSpec(None, None, F(-1))],
    rules=USUAL,
)


@pytest.mark.parametrize("right", [(1, 0), (2, 2), (1, 3)])
def test_of_two_units_that_draw_a_line_the_right_one_is_not_named(right: tuple[int, int]) -> None:
    """relu(x) - relu(-x) is x, and so are relu(2x + 2) - relu(x + 2) and relu(x + 3) - relu(3)."""
    w, b = right
    found = grade(LINE, {"w0": w, "b0": b, "w1": 3, "b1": -1}).diagnoses
    assert [each.unit for each in found] == [1]


def test_what_others_bend_where_the_target_goes_straight_on_is_said() -> None:
    (found,) = grade(LINE, {"w0": 1, "b0": 0, "w1": 0, "b1": 0}).diagnoses
    assert (
        "The target goes straight on at x = 0, where other units change the slope by 1, so that "
        "has to be undone." in found.message
    )


def test_a_unit_that_no_right_answer_has_is_named() -> None:
    found = grade(LINE, {"w0": -5, "b0": 2, "w1": 3, "b1": -1}).diagnoses
    assert [each.unit for each in found] == [0, 1]


@pytest.mark.parametrize("given", [0, 0.7])
def test_no_right_unit_is_called_wrong(given: float) -> None:
    check(range(40), given, 3)


@pytest.mark.thorough
@pytest.mark.parametrize("given", [0, 0.4, 0.7])
def test_no_right_unit_is_called_wrong_in_a_thousand(given: float) -> None:
    check(range(1000, 2000), given, 3)
