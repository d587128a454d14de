"""The grade in the browser equals the grade on the server: the built module runs in Node."""

import json
import random
from collections.abc import Iterator
from fractions import Fraction

import pytest

from browser_module import Row, in_node, shown
from grader import grade, load_exercise
from grader.exercise.record import Exercise
from grader.labs.controls import fitting, given
from samples import EXERCISE_IDS, EXERCISES

ROWS = 20_000 // len(EXERCISE_IDS) + 1


def on_the_server(exercise: Exercise, row: Row) -> dict[str, object]:
    known = exercise._replace(reveal="answers")  # or nothing is said of what was found
    report = grade(known, {name: float(text) for name, text in row.items()})
    return {
        "score": str(report.score),
        "checks": [
            [
                check.id,
                check.basis,
                str(check.credit),
                str(check.points),
                check.misfit and str(check.misfit.error),
                check.misfit and str(check.misfit.x),
                None if check.coverage is None else str(check.coverage),
                None if check.found is None else str(check.found),
            ]
            for check in report.checks
        ],
    }


def settings(exercise: Exercise, count: int, seed: int) -> Iterator[Row]:
    """Yield settings of the sliders, fine decimals near what the target needs, and its edges."""
    luck = random.Random(seed)  # noqa: S311 - settings, no secrets
    controls = given(exercise) or fitting(exercise, ())
    turns = [c.x for c in exercise.target.breakpoints] or [Fraction(0)]
    bends = [c.slope_change for c in exercise.target.breakpoints] or [Fraction(1)]
    tolerance = exercise.rules.tolerance
    for _ in range(count):
        row = {}
        kind = luck.randrange(3)
        for k, unit in enumerate(exercise.units):
            steps = {c.name: c for c in controls if c.name[1:] == str(k)}
            w = luck.choice(bends) * luck.choice([1, 1, -1]) / (unit.v or 1)
            t = luck.choice(turns)
            if kind:
                w += luck.choice([-2, -1, 0, 0, 1, 4]) * tolerance.slope * luck.choice([1, kind])
                t += luck.choice([-4, -1, 0, 0, 1, 3]) * tolerance.x
            for name, control in steps.items():
                if kind == 0:
                    many = int((control.max - control.min) / control.step)
                    value = control.min + luck.randrange(many + 1) * control.step
                else:
                    value = w if name[0] == "w" else -w * t
                row[name] = shown(value)
        yield row


@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_the_module_grades_as_the_grader_does(name: str) -> None:
    exercise = load_exercise(EXERCISES / f"{name}.yaml")
    rows = list(settings(exercise, ROWS // 20, seed=1))
    expected = [on_the_server(exercise, row) for row in rows]
    scores = {each["score"] for each in expected}
    assert len(scores) > 3, "the settings are to earn different scores"
    assert in_node("gradeTexts", [(exercise, rows)]) == [json.loads(json.dumps(expected))]


@pytest.mark.thorough
@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_the_module_grades_as_the_grader_does_on_many(name: str) -> None:
    exercise = load_exercise(EXERCISES / f"{name}.yaml")
    rows = list(settings(exercise, ROWS, seed=2))
    expected = [on_the_server(exercise, row) for row in rows]
    assert in_node("gradeTexts", [(exercise, rows)]) == [json.loads(json.dumps(expected))]
