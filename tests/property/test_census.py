"""Every slider setting of the lab, scored by a second evaluator, and how many score how much."""

from fractions import Fraction as F
from random import Random
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from grader import grade, load_exercise

Many = NDArray[np.float64]
HAIR = 1e-9  # no two scores of the grid are that near each other without being equal
GRID = np.arange(-40, 41) / 10


class Units(NamedTuple):
    """Weights, biases and knots of units; a knot that is not inside the domain is far away."""

    w: Many
    b: Many
    knot: Many


def units(w: Many, b: Many) -> Units:
    with np.errstate(divide="ignore", invalid="ignore"):
        knot = -b / w
    return Units(w, b, np.where((knot > HAIR) & (knot < 3 - HAIR), knot, 99.0))


def faded(off: Many, times: float) -> Many:
    credit = np.clip((times * 0.05 - off) / ((times - 1) * 0.05), 0, 1)
    return np.where(off <= 0.05 + HAIR, 1.0, credit)


def off(x: Many | float, one: Units, two: Units) -> Many:
    x = np.asarray(x)
    target = np.maximum(2 - 2 * x, np.maximum(x - 1, 3 * x - 5))
    found = np.maximum(2 - 2 * x, 0) + np.maximum(one.w * x + one.b, 0)
    return np.abs(found + np.maximum(two.w * x + two.b, 0) - target)


def segment(left: float, right: float, one: Units, two: Units) -> Many:
    worst = np.maximum(off(left, one, two), off(right, one, two))
    for unit in (one, two):
        inside = (unit.knot > left) & (unit.knot < right)
        worst = np.maximum(worst, np.where(inside, off(unit.knot, one, two), 0))
    return faded(worst, 8)


def breakpoint_(x: float, needed: float, one: Units, two: Units) -> Many:
    away = [np.abs(unit.knot - x) for unit in (one, two)]
    bend = [np.abs(unit.w) for unit in (one, two)]
    there = [d <= 0.05 + HAIR for d in away]
    around = [d <= 0.2 + HAIR for d in away]
    found = sum(np.where(is_there, by, 0) for is_there, by in zip(there, bend, strict=True))
    right = np.abs(found - needed) <= 0.05 + HAIR
    credit = np.zeros_like(found)
    for k in (0, 1):
        difference = np.abs(bend[k] - needed)
        right |= there[k] & (difference <= 0.05 + HAIR)
        near = np.minimum(faded(away[k], 4), faded(difference, 4))
        credit = np.maximum(credit, np.where(around[k], near, 0))
        size = np.minimum(bend[k] / needed, needed / np.maximum(bend[k], HAIR))
        credit = np.maximum(credit, np.where(there[k], size / 2, 0))
    together = np.minimum(faded(np.maximum(*away), 4), faded(np.abs(bend[0] + bend[1] - needed), 4))
    credit = np.maximum(credit, np.where(around[0] & around[1], together, 0))
    return np.where(right, 1.0, credit)


def scores(one: Units, two: Units) -> Many:
    """Return the scores of one or many settings; unit 0's bend of 2 at x = 1 is taken off 3."""
    earned = segment(1, 2, one, two) + segment(2, 3, one, two)
    earned = earned + breakpoint_(1, 1, one, two) + breakpoint_(2, 2, one, two)
    score: Many = 25 * earned * (1 - (1 - segment(0, 1, one, two)) / 5)
    return score


def test_the_second_evaluator_agrees_with_the_first() -> None:
    exercise = load_exercise("relu-three-segments")
    random = Random(5)  # noqa: S311 - the same settings every time
    near = [(1.0, -1.0, 2.0, -4.0), (2.0, -4.0, 1.0, -1.0), (1.0, -1.0, 0.0, 0.0)]
    for _ in range(400):
        numbers = [
            round(x + random.choice([0, 0, 0.1, -0.1, 1, random.randint(-20, 20) / 10]), 1)
            for x in random.choice(near)
        ]
        w1, b1, w2, b2 = (np.array([x]) for x in numbers)
        exact = grade(exercise, dict(zip(exercise.free, numbers, strict=True))).score
        assert exact is not None
        assert abs(scores(units(w1, b1), units(w2, b2))[0] - float(exact)) < HAIR, numbers


@pytest.mark.thorough
def test_how_many_slider_settings_score_how_much() -> None:
    """The figures of the contract: 43,046,721 settings."""
    w, b = (axis.ravel() for axis in np.meshgrid(GRID, GRID, indexing="ij"))
    every = units(w, b)
    at_least = dict.fromkeys((100, 90, 75, 60, 50, 25), 0)
    nothing, total = 0, F(0)
    for k in range(len(w)):
        # The two units are alike, so a pair counts twice, save a unit beside its twin.
        found = scores(units(w[k : k + 1], b[k : k + 1]), Units(*(axis[k:] for axis in every)))
        for points in at_least:
            full = found >= points - HAIR
            at_least[points] += 2 * int(full.sum()) - int(full[0])
        nothing += 2 * int((found <= HAIR).sum()) - int(found[0] <= HAIR)
        total += F(2 * float(found.sum()) - float(found[0]))
    assert at_least == {100: 2, 90: 4, 75: 56, 60: 144, 50: 4_463, 25: 64_798}
    assert nothing == 39_564_481
    assert round(float(total) / 81**4, 6) == 0.534963
