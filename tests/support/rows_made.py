"""Rows of parameters in which the interesting things happen often, and what the core says of them."""

import json
from collections.abc import Sequence
from itertools import islice
from random import Random
from typing import NamedTuple

import numpy as np

from command import RIGHT
from grader import grade
from grader.cohort.columns.marks import BASES, Marks
from grader.exercise.record import Exercise
from grader.mistakes.answers import right_answers

Row = tuple[float, ...]


class Outcome(NamedTuple):
    """What is earned with a row."""

    score: float
    points: tuple[float, ...]
    bases: tuple[str, ...]
    passed: bool


def right_rows(exercise: Exercise) -> list[Row]:
    """Return a few right answers, or else some numbers."""
    found = islice(right_answers(exercise.target, exercise.units, exercise.bias), 6)
    rows = [
        tuple(float(getattr(units[k], letter)) for k, letter in exercise.free.values())
        for units in found
    ]
    return rows or [tuple(float(n) for n in range(len(exercise.free)))]


def by_the_core(exercise: Exercise, row: Row) -> Outcome:
    report = grade(exercise, dict(zip(exercise.free, row, strict=True)), reveal="verdict")
    assert report.score is not None
    return Outcome(
        float(report.score),
        tuple(float(check.points) for check in report.checks),
        tuple(check.basis for check in report.checks),
        all(check.credit == 1 for check in report.checks),
    )


def by_columns(marks: Marks, row: int) -> Outcome:
    return Outcome(
        float(marks.score[row]),
        tuple(marks.points[:, row].tolist()),
        tuple(BASES[basis] for basis in marks.bases[:, row]),
        bool(marks.passed[row]),
    )


def columns(rows: Sequence[Row]) -> list[np.ndarray]:
    return [np.array(column, np.float64) for column in zip(*rows, strict=True)]


def hostile_rows(random: Random, right: Sequence[Row], count: int) -> list[Row]:
    """Return rows about right answers: rounded, off by an ulp, huge, tiny, swapped, all alike."""
    return [_row(random, random.choice(right)) for _ in range(count)]


def _row(random: Random, right: Row) -> Row:
    row = list(right)
    digits = random.choice((1, 2, 3, 3, 4, 6, 9, 15, None))
    for place in range(len(row)):
        if random.random() < 0.5:
            row[place] += random.choice(
                (0.05, -0.05, 0.1, 0.2, 0.35, 0.4, -0.4, 1, random.gauss(0, 0.1))
            )
        if random.random() < 0.1:
            row[place] *= random.choice((-1, 0, 2, 1 / 3, 1e9, 1e-9, 1e-320, 1e300))
    pairs = len(row) // 2
    if pairs > 1 and random.random() < 0.15:  # knots that coincide, or bends that cancel
        row[2:4] = [random.choice((1, -1, 2, 0.1)) * x for x in row[:2]]
    if digits is not None:
        row = [round(x, digits) for x in row]
    for place in range(len(row)):
        row[place] = min(max(row[place], -1e9), 1e9)
        if random.random() < 0.1:
            row[place] = float(np.nextafter(row[place], random.choice((-2e9, 2e9))))
            row[place] = min(max(row[place], -1e9), 1e9)
    return tuple(row)


def some_rows(count: int) -> list[Row]:
    """Return rows for the lab, always the same ones."""
    right = [(1.0, -1.0, 2.0, -4.0), (1.0, -1.0, 3.0, -6.0), (1.0, -1.0, 0.0, 0.0)]
    return hostile_rows(Random(count), right, count)  # noqa: S311 - to be repeated


def json_lines(rows: Sequence[Row]) -> str:
    """Return rows for the lab as a table."""
    lines = (
        json.dumps({"student": f"s{n}", **dict(zip(RIGHT, row, strict=True))})
        for n, row in enumerate(rows)
    )
    return "".join(f"{line}\n" for line in lines)
