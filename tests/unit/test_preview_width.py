"""The preview for a terminal keeps to 80 columns, whatever the exercise."""

from fractions import Fraction as F

import pytest

from grader import Exercise, load_exercise
from grader.authoring.previews.terminal import preview_lines
from grader.exact.network import UnitSpec
from grader.exact.piecewise import lines_through
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from planted import EXERCISES

THIRD = F(10**9 - 1, 3)


def wide(count: int) -> Exercise:
    corners = [(F(n) + THIRD, THIRD * (n % 2)) for n in range(count + 2)]
    return build(
        id="wide",
        title="Wide " * 40,
        description=f"{'word ' * 60}\n\n    {'x + ' * 60}\n\n- {'y' * 300}\n",
        segments=lines_through(corners),
        units=[UnitSpec(None, None, THIRD)] * (count + 1),
        rules=Rules(Tolerance(F(1, 100), F(1, 100), F(1, 100))),
    )


@pytest.mark.parametrize(
    "exercise",
    [*map(load_exercise, EXERCISES), wide(1), wide(3), wide(12)],
    ids=lambda exercise: exercise.id,
)
@pytest.mark.parametrize("with_answer", [False, True])
def test_no_line_is_wider_than_80(exercise: Exercise, with_answer: bool) -> None:  # noqa: FBT001
    lines = list(preview_lines(exercise, with_answer=with_answer))
    assert max(map(len, lines)) <= 80, max(lines, key=len)
