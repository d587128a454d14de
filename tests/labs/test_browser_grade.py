"""The grade in the browser equals the grade on the server: the built module runs in Node."""

import json
import random
import subprocess
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest

import grader.labs
from grader import grade, load_exercise
from grader.exercise.record import Exercise
from grader.labs.controls import fitting, given
from grader.labs.payload import payload
from samples import EXERCISE_IDS, EXERCISES

MODULE = Path(grader.labs.__file__).parent / "static/lab.js"
RUN = f"""
import {{ gradeTexts }} from {json.dumps(MODULE.as_uri())};
import {{ readFileSync }} from "node:fs";
const {{ facts, rows }} = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(gradeTexts(facts, rows)));
"""
ROWS = 20_000 // len(EXERCISE_IDS) + 1

Row = Mapping[str, str]


def in_node(exercise: Exercise, rows: list[Row]) -> list[dict[str, object]]:
    known = payload(exercise, given(exercise) or fitting(exercise, ()), hand_in=None, intro=False)
    done = subprocess.run(
        ["node", "--input-type=module", "-e", RUN],
        input=json.dumps({"facts": known, "rows": rows}),
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


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


def shown(value: Fraction) -> str:
    """Return the decimal that a double of the value is read as."""
    number = value.numerator / value.denominator
    return str(int(number)) if number.is_integer() else repr(number)


@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_the_module_grades_as_the_grader_does(name: str) -> None:
    exercise = load_exercise(EXERCISES / f"{name}.yaml")
    rows = list(settings(exercise, ROWS // 20, seed=1))
    expected = [on_the_server(exercise, row) for row in rows]
    scores = {each["score"] for each in expected}
    assert len(scores) > 3, "the settings are to earn different scores"
    assert in_node(exercise, rows) == json.loads(json.dumps(expected))


@pytest.mark.thorough
@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_the_module_grades_as_the_grader_does_on_many(name: str) -> None:
    exercise = load_exercise(EXERCISES / f"{name}.yaml")
    rows = list(settings(exercise, ROWS, seed=2))
    assert in_node(exercise, rows) == json.loads(
        json.dumps([on_the_server(exercise, row) for row in rows])
    )
