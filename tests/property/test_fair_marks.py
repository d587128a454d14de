"""Near a right answer a hair costs a hair: no step in the score decides over a rounding."""

from fractions import Fraction as F
from itertools import product

import pytest

from grader import Exercise, grade, load_exercise
from grader.authoring.solving.solve import solve
from samples import EXERCISE_IDS, EXERCISES

HAIR = F(5, 10_000)


def score(exercise: Exercise, parameters: dict[str, F]) -> F:
    found = grade(exercise, parameters, reveal="verdict").score
    assert found is not None
    return found


def lenient() -> list[str]:
    """The shipped exercises without a tolerance of zero."""
    loaded = {name: load_exercise(EXERCISES / f"{name}.yaml") for name in EXERCISE_IDS}
    return [name for name, exercise in loaded.items() if all(exercise.rules.tolerance)]


def right_answers(exercise: Exercise, at_most: int | None = None) -> list[dict[str, F]]:
    """Return an example of every family of right answers that the solver lists."""
    return [family.example for family in solve(exercise, approximate=False).families][:at_most]


@pytest.mark.parametrize("name", lenient())
def test_near_the_right_answer_a_hair_costs_at_most_a_point(name: str) -> None:
    """From right to twice the tolerance off, each parameter in turn, in steps of a hair."""
    exercise = load_exercise(EXERCISES / f"{name}.yaml")
    walk(exercise, right_answers(exercise, 1), 12)


@pytest.mark.thorough
@pytest.mark.parametrize("name", lenient())
def test_near_every_right_answer_a_hair_costs_at_most_a_point(name: str) -> None:
    exercise = load_exercise(EXERCISES / f"{name}.yaml")
    walk(exercise, right_answers(exercise, 30), 16)


@pytest.mark.parametrize("name", lenient())
def test_at_every_right_answer_a_hair_either_way_costs_at_most_a_point(name: str) -> None:
    exercise = load_exercise(EXERCISES / f"{name}.yaml")
    for right in right_answers(exercise):
        assert score(exercise, right) == exercise.points
        for parameter, by in product(right, (HAIR, -HAIR)):
            lost = exercise.points - score(exercise, right | {parameter: right[parameter] + by})
            assert lost <= exercise.points / 100, (right, parameter, by)


def crowded(exercise: Exercise, parameters: dict[str, F]) -> list[bool]:
    """Return for each turn of the target and each reach whether more than two knots are in it.

    The rules try units alone only while they are at most two, so that credit may step where a
    third one comes or leaves: far from right, since the right answers themselves are not near it.
    """
    knots = [
        -parameters[f"b{k}"] / parameters[f"w{k}"]
        for k in range(len(exercise.units))
        if parameters.get(f"w{k}") and f"b{k}" in parameters
    ]
    reaches = [exercise.rules.tolerance.x * by for by in (1, exercise.rules.fade.x)]
    return [
        sum(abs(knot - at) <= reach for knot in knots) > 2
        for at, _ in exercise.target.breakpoints
        for reach in reaches
    ]


def walk(exercise: Exercise, answers: list[dict[str, F]], steps: int) -> None:
    most = exercise.points / 100
    reach = 2 * max(exercise.rules.tolerance)
    places = [reach * n / steps for n in range(-steps, steps + 1)]
    for right in answers:
        for parameter, off in product(right, places):
            here = right | {parameter: right[parameter] + off}
            for by in (HAIR, -HAIR):
                there = here | {parameter: here[parameter] + by}
                if crowded(exercise, there) != crowded(exercise, here):
                    continue
                after = score(exercise, there)
                assert abs(after - score(exercise, here)) <= most, (parameter, here, by)
