"""Mistakes named for rows as columns against those that a report on the same row names."""

from random import Random

import numpy as np
import pytest

from cases import random_graded, random_parameters
from grader import load_exercise
from grader.cohort.columns import wrong_columns
from grader.cohort.columns.marks import Grader
from grader.cohort.columns.unit_columns import CODES
from grader.cohort.columns.wrong_columns import Blame
from grader.exact.rational import from_double
from grader.exercise.record import Exercise
from grader.mistakes.wrong_units import diagnose
from rows_made import Row, columns, hostile_rows, right_rows

SHIPPED = (
    "relu-three-segments",
    "absolute-value",
    "exact-match",
    "flat-roof",
    "half-given-units",
    "mind-the-output-weights",
    "mountain-range",
    "spare-unit",
    "thirds",
    "zigzag",
)
THOROUGH = pytest.mark.thorough


def _check(exercise: Exercise, rows: list[Row]) -> int:
    """Compare every row below full marks; return how many were read as columns."""
    every = columns(rows)
    low = np.flatnonzero(~Grader(exercise).marks(every).passed)
    below = [column[low] for column in every]
    blame = Blame(exercise)
    blamed = blame.named(below)
    unit, code = blamed.first()
    for place, row in enumerate(zip(*below, strict=True)):
        exact = {n: from_double(float(x)) for n, x in zip(exercise.free, row, strict=True)}
        found = diagnose(exercise, exercise.network(exact), passed=False).findings
        named = {
            k: CODES[c] for k, c in zip(blamed.units, blamed.codes[:, place], strict=True) if c >= 0
        }
        assert named == {each.k: each.codes[0] for each in found}, (exercise.id, row)
        if found:
            assert (unit[place], CODES[code[place]]) == (found[0].k, found[0].codes[0]), row
    return len(low) - blame.read_alone


@pytest.mark.parametrize("id_", SHIPPED)
@pytest.mark.parametrize("count", [12, pytest.param(300, marks=THOROUGH)])
def test_shipped_exercises(id_: str, count: int) -> None:
    exercise = load_exercise(id_)
    _check(exercise, hostile_rows(Random(count), right_rows(exercise), count))  # noqa: S311 - to be repeated


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=THOROUGH) for n in range(1, 8))])
def test_random_exercises(part: int) -> None:
    for seed in range(part * 30, part * 30 + 30):
        case, exercise, right, random = random_graded(seed)
        rows = []
        for _ in range(6):
            given = random_parameters(random, case, right)
            digits = random.choice((3, 6))
            row = (round(float(given[name]), digits) for name in exercise.free)
            rows.append(tuple(min(max(x, -1e9), 1e9) for x in row))
        _check(exercise, rows)


def test_slider_settings_of_the_lab_are_all_read_as_columns() -> None:
    random = Random(4)  # noqa: S311 - to be repeated
    rows = [tuple(random.randint(-40, 40) / 10 for _ in range(4)) for _ in range(150)]
    assert _check(load_exercise("relu-three-segments"), rows) == 150


@pytest.mark.parametrize("id_", ["relu-three-segments", "half-given-units", "flat-roof"])
def test_what_is_looked_up_in_tables_is_what_rows_show(
    id_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = load_exercise(id_)
    random = np.random.default_rng(3)
    looking, seeing = Blame(exercise), Blame(exercise)
    blocks = []
    for reach, step in ((12, 0.1), (15, 0.2), (7, 0.05), (8, 0.001)):  # each grid beyond the last
        size = (600, len(exercise.free))
        rows = np.round(random.integers(-reach, reach + 1, size) * step, 3)
        low = np.flatnonzero(~Grader(exercise).marks(list(rows.T)).passed)
        blocks.append(list(rows[low].T))
    found = [looking.named(block).codes for block in blocks]
    assert looking._tables or looking.has_spare  # noqa: SLF001 - or nothing was looked up
    monkeypatch.setattr(wrong_columns, "grid_of", lambda *_: None)
    for block, codes in zip(blocks, found, strict=True):
        assert (seeing.named(block).codes == codes).all()
    assert seeing._tables == {}  # noqa: SLF001 - or tables were compared with tables
