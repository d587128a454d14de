"""Rows of a class made by columns against those that a report on each submission comes to."""

import json
from random import Random

import pytest

from cases import random_graded, random_parameters
from grader import load_exercise
from grader.cohort.columns.row_grader import RowGrader
from grader.cohort.graded import packed
from grader.cohort.marking import Criteria, Marker
from grader.desk.assess import Chosen
from grader.desk.intake import Received
from grader.exercise.record import Exercise
from grader.submission.origin import Origin
from grader.text.codes import Reveal
from rows_made import Row, hostile_rows, right_rows

SHIPPED = (
    "relu-three-segments",
    "absolute-value",
    "exact-match",
    "fixed-on-the-right",
    "flat-roof",
    "half-given-units",
    "hard-sigmoid",
    "mind-the-output-weights",
    "mountain-range",
    "never-copy-the-line",
    "spare-unit",
    "thirds",
    "zigzag",
)
THOROUGH = pytest.mark.thorough


def _check(exercise: Exercise, rows: list[Row], reveal: Reveal | None = None) -> int:
    """Compare every row that columns make; return how many they make."""
    marker = Marker(Criteria(exercise.id, reveal), Chosen(exercise))
    digests = [f"{n:064}" for n in range(len(rows))]
    made = RowGrader(exercise, reveal).rows(rows, digests)
    for row, digest, found in zip(rows, digests, made, strict=True):
        if found is not None:
            data = json.dumps(dict(zip(exercise.free, row, strict=True))).encode()
            received = Received(data, "json", Origin("x.json", digest=digest))
            alone = marker.without_code(lambda received=received: received, "x.json")
            assert alone is not None
            assert packed(found) == packed(alone.row), (exercise.id, row)
            assert found == alone.row
    return sum(found is not None for found in made)


@pytest.mark.parametrize("id_", SHIPPED)
@pytest.mark.parametrize("count", [10, pytest.param(250, marks=THOROUGH)])
def test_shipped_exercises(id_: str, count: int) -> None:
    exercise = load_exercise(id_)
    rows = hostile_rows(Random(count + 1), right_rows(exercise), count)  # noqa: S311 - to be repeated
    _check(exercise, [*rows, *right_rows(exercise)])


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=THOROUGH) for n in range(1, 6))])
def test_random_exercises(part: int) -> None:
    for seed in range(part * 20, part * 20 + 20):
        case, exercise, right, random = random_graded(seed)
        rows = []
        for _ in range(5):
            given = random_parameters(random, case, right)
            digits = random.choice((1, 3, 6))
            row = (round(float(given[name]), digits) for name in exercise.free)
            rows.append(tuple(min(max(x, -1e9), 1e9) for x in row))
        _check(exercise, rows, random.choice(("verdict", "hints", "answers", None)))


@pytest.mark.parametrize("count", [40, pytest.param(1500, marks=THOROUGH)])
def test_nearly_all_slider_settings_of_the_lab_are_made(count: int) -> None:
    random = Random(count)  # noqa: S311 - to be repeated
    rows = [tuple(random.randint(-40, 40) / 10 for _ in range(4)) for _ in range(count)]
    assert _check(load_exercise("relu-three-segments"), rows) >= 0.99 * count
