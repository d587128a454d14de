"""Figures inside one process: python bench/in_process.py NAME prints one number, see JOBS."""

import json
import sys
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from statistics import median
from time import process_time

from grader import Exercise, grade, load_exercise
from grader.mistakes.wrong_units import diagnose
from grader.pictures.sheet import sheet
from grader.reports import Layout
from grader.reports.json import render
from grader.specs.exercise import read_exercise

RIGHT: dict[str, int | float] = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
WRONG: dict[str, int | float] = {"w1": 1, "b1": 1, "w2": 3, "b2": -5}
# Three turns and a line to draw: each of the four units may be meant for each of them.
FOUR = {
    "format": 1,
    "id": "four",
    "title": "Three turns and a line",
    "domain": [0, 8],
    "target": {"points": [[0, 1], [2, 2], [4, 6], [6, 7], [8, 12]]},
    "network": {
        "units": [{"w": "free", "b": "free"}] * 4,
        "output": {"weights": [1, 1, -1, 1], "bias": 0},
    },
    "tolerance": {"value": 0.05, "x": 0.05, "slope": 0.05},
}
# Three turns, one of them shared, and half-given units: who keeps which part is tried, too.
SHARED = FOUR | {
    "id": "shared",
    "title": "Three turns for four units",
    "domain": [0, 10],
    "target": {"points": [[0, 0], [3, 0], [7, 12], [9, 20], [10, 24.5]]},
    "network": {
        "units": [
            {"w": "free", "b": -3},
            {"w": "free", "b": "free"},
            {"w": "free", "b": -3.5},
            {"w": "free", "b": "free"},
        ],
        "output": {"weights": [1, 1, 2, 0.5], "bias": 0},
    },
}


def lab() -> float:
    """Return the median time to grade the lab and write the report's JSON, in microseconds."""
    return _typical(RIGHT)


def wrong() -> float:
    """Return the same for a wrong submission with two diagnoses."""
    return _typical(WRONG)


def _typical(parameters: dict[str, int | float]) -> float:
    job = _graded(load_exercise("relu-three-segments"), parameters)
    return median(_seconds(job) for _ in range(1000)) * 1e6


def diagnosing() -> float:
    """Return the longest time to diagnose 4 free units, in ms.

    Each submission counts with its best of five.
    """
    return max(_diagnosing(spec) for spec in (FOUR, SHARED))


def _diagnosing(spec: Mapping[str, object]) -> float:
    exercise = read_exercise(json.dumps(spec).encode(), "four.json", str(spec["id"]))
    values = [
        (0, 0),
        (1, -3),
        (2, -6),
        (-2, 4),
        (0.5, -1.5),
        (3, 0),
        (-1, -1),
        (2, 7),
        (1.01, -1.01),
    ]
    longest = 0.0
    for turn in range(24):
        chosen = [values[(turn + k * (turn % 5)) % len(values)] for k in range(4)]
        own = {
            f"{name}{k}": Fraction(str(x))
            for k in range(4)
            for name, x in zip("wb", chosen[k], strict=True)
            if f"{name}{k}" in exercise.free
        }
        network = exercise.network(own)
        job = partial(diagnose, exercise, network, passed=False)
        longest = max(longest, min(_seconds(job) for _ in range(5)))
    return longest * 1e3


def picture() -> float:
    """Return the median time to draw the lab's picture, in ms."""
    report = grade(load_exercise("relu-three-segments"), WRONG)
    return median(_seconds(lambda: sheet(report)) for _ in range(200)) * 1e3


def picture_size() -> float:
    """Return the size of the lab's picture, in KiB."""
    return len(sheet(grade(load_exercise("relu-three-segments"), WRONG)).encode()) / 1024


def growth() -> float:
    """Return the median time for 2,000 units over that for 200, measured in turns."""
    jobs = [_graded(*_zigzag(units)) for units in (200, 2000)]
    pairs = [[_seconds(job) for job in jobs] for _ in range(7)]
    small, large = (median(column) for column in zip(*pairs, strict=True))
    return large / small


def _graded(exercise: Exercise, parameters: dict[str, int | float]) -> Callable[[], str]:
    return lambda: render(grade(exercise, parameters), Layout())


def _seconds(job: Callable[[], object]) -> float:
    start = process_time()  # computing time: other processes do not count
    job()
    return process_time() - start


def _zigzag(units: int) -> tuple[Exercise, dict[str, int | float]]:
    """Return an exercise of so many units, one a segment, and its right answer.

    The target goes up by 1 and down by 1 in turns: slope changes of 1, then -2 and 2.
    """
    segments = [
        {
            "on": [k, k + 1],
            "slope": -1 if k % 2 else 1,
            "intercept": k + 1 if k % 2 else -k,
        }
        for k in range(units)
    ]
    weights = [1, *(-1 if k % 2 else 1 for k in range(1, units))]
    spec = {
        "format": 1,
        "id": "zigzag",
        "title": "Up and down",
        "domain": [0, units],
        "target": {"segments": segments},
        "network": {
            "units": [{"w": "free", "b": "free"}] * units,
            "output": {"weights": weights, "bias": 0},
        },
        "tolerance": {"value": "1/20", "x": "1/20", "slope": "1/20"},
    }
    exercise = read_exercise(json.dumps(spec).encode(), "zigzag.json", "zigzag")
    steep = {k: 2 if k else 1 for k in range(units)}
    parameters: dict[str, int | float] = {}
    for k, w in steep.items():
        parameters |= {f"w{k}": w, f"b{k}": -w * k}
    return exercise, parameters


JOBS = {
    "lab": lab,
    "wrong": wrong,
    "diagnosing": diagnosing,
    "picture": picture,
    "picture-size": picture_size,
    "growth": growth,
}

if __name__ == "__main__":
    print(JOBS[sys.argv[1]]())
