"""Rows graded as columns against the exact core and the second evaluator, to the last bit."""

from fractions import Fraction
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from cases import random_graded, random_parameters
from grader import load_exercise
from grader.cohort.columns import doubt
from grader.cohort.columns.marks import Grader
from grader.exact.network import UnitSpec
from grader.exact.piecewise import Segment
from grader.exact.rational import from_double
from grader.exercise.build import build
from grader.exercise.checks import Fade, Rules, Tolerance
from grader.exercise.record import Exercise
from oracle import judge
from rows_made import Row, by_columns, by_the_core, columns, hostile_rows, right_rows

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
LAB = load_exercise("relu-three-segments")


@pytest.mark.parametrize("id_", SHIPPED)
@pytest.mark.parametrize("count", [12, pytest.param(600, marks=pytest.mark.thorough)])
def test_shipped_exercises(id_: str, count: int) -> None:
    exercise = load_exercise(id_)
    rows = hostile_rows(Random(count), right_rows(exercise), count)  # noqa: S311 - to be repeated
    marks = Grader(exercise).marks(columns(rows))
    for place, row in enumerate(rows):
        assert by_columns(marks, place) == by_the_core(exercise, row), row


@pytest.mark.parametrize(
    "part", [0, *(pytest.param(n, marks=pytest.mark.thorough) for n in range(1, 6))]
)
def test_random_exercises_against_the_second_evaluator(part: int) -> None:
    for seed in range(part * 20, part * 20 + 20):
        case, exercise, right, random = random_graded(seed)
        rows = []
        for _ in range(12):
            given = random_parameters(random, case, right)
            digits = random.choice((3, 6, 17))
            row = (float(given[name]) for name in exercise.free)
            rows.append(tuple(min(max(round(x, digits), -1e9), 1e9) for x in row))
        marks = Grader(exercise).marks(columns(rows))
        for place, row in enumerate(rows):
            exact = {n: from_double(x) for n, x in zip(exercise.free, row, strict=True)}
            score, verdicts = judge(case, exact)
            found = by_columns(marks, place)
            assert found.score == float(score), (seed, row)
            assert found.points == tuple(float(each.points) for each in verdicts), (seed, row)
            assert found.bases == tuple(each.basis for each in verdicts), (seed, row)


def _all_or_nothing(random: Random) -> tuple[Exercise, list[Row]]:
    """Return an exercise without credits between, and rows exactly at a tolerance, or an ulp beside.

    They are short decimals; in doubles hardly one of their sums comes out right.
    """
    xs = sorted(random.sample(range(1, 30), 3))
    changes = [Fraction(random.choice((-1, 1)) * random.randint(1, 99), 10) for _ in xs]
    segments, slope, y = [], Fraction(0), Fraction(0)
    ends = [Fraction(x, 10) for x in (0, *xs, 31)]
    for (left, right), change in zip(pairwise(ends), (*changes, Fraction(0)), strict=True):
        segments.append(Segment(left, right, slope, y - slope * left))
        y += slope * (right - left)
        slope += change
    by = Fraction(random.randint(1, 9), 100)
    exercise = build(
        id="exactly",
        title="Exactly",
        segments=segments,
        units=[UnitSpec(None, None, Fraction(1 if change > 0 else -1)) for change in changes],
        rules=Rules(Tolerance(by, by, by), Fade(Fraction(1), Fraction(1), Fraction(1))),
    )
    right = [(abs(change), -abs(change) * x) for change, x in zip(changes, ends[1:-1], strict=True)]
    row = tuple(float(number) for unit in right for number in unit)
    place = random.randrange(6)
    moved = [float(number) for unit in right for number in unit]
    moved[place] = float(Fraction(repr(row[place])) + random.choice((-by, by)))
    beside = [float(np.nextafter(x, random.choice((-9, 9)))) for x in moved]
    return exercise, [row, tuple(moved), tuple(beside)]


def _wrong(seed: int, exercises: int) -> tuple[int, int]:
    """Return how many rows differ from the core, and how many were decided with a bound.

    None may be taken for whole numbers.
    """
    random = Random(seed)  # noqa: S311 - to be repeated
    wrong = decided = 0
    for _ in range(exercises):
        exercise, rows = _all_or_nothing(random)
        rows += hostile_rows(random, [rows[0]], 4)
        grader = Grader(exercise, digits=())
        marks = grader.marks(columns(rows))
        wrong += sum(
            by_columns(marks, n) != by_the_core(exercise, row) for n, row in enumerate(rows)
        )
        decided += grader.decided["bound"]
    return wrong, decided


def test_the_bound_holds_and_bites(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, decided = _wrong(7, 40)
    assert (wrong, decided > 60) == (0, True)
    monkeypatch.setattr(doubt, "UNIT", 0.0)
    assert _wrong(7, 40)[0] > 3


@pytest.mark.thorough
def test_a_thousandth_of_the_bound_is_too_small(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _wrong(7, 300)[0] == 0
    monkeypatch.setattr(doubt, "UNIT", doubt.UNIT / 1000)
    assert _wrong(7, 300)[0] > 0


def test_what_is_written_with_few_decimals_never_needs_the_core() -> None:
    random = Random(9)  # noqa: S311 - to be repeated
    rows = [
        tuple(round(random.uniform(-5, 5), digits) for _ in range(4))
        for digits in (1, 2, 3, 4, 5, 6) * 200
    ]
    grader = Grader(LAB)
    grader.marks(columns(rows))
    assert grader.decided == {"whole": 1200, "bound": 0, "exact": 0}


def test_many_checks_and_three_units_at_one_turn() -> None:
    xs = [Fraction(n) for n in range(11)]
    segments = [
        Segment(x, x + 1, Fraction(n % 2 * 2 - 1), y - (n % 2 * 2 - 1) * x)
        for n, (x, y) in enumerate(zip(xs, [Fraction(1 - n % 2) for n in range(11)], strict=True))
    ]
    exercise = build(
        id="long",
        title="Long",
        segments=segments,
        units=[UnitSpec(None, None)] * 3 + [UnitSpec(Fraction(-1), Fraction(1))],
        rules=Rules(Tolerance(Fraction(1, 4), Fraction(1, 10), Fraction(1, 20)), Fade()),
    )
    assert len(exercise.checks) > 16
    right = [(2.0, -4.0, 2.0, -12.0, 2.0, -20.0), (1.0, -4.0, 0.5, -2.0, 0.5, -2.0)]
    rows = hostile_rows(Random(3), right, 150)  # noqa: S311 - to be repeated
    marks = Grader(exercise).marks(columns(rows))
    for place, row in enumerate(rows):
        assert by_columns(marks, place) == by_the_core(exercise, row), row
