"""Figures inside one process: python bench/in_process.py lab|growth prints one number."""

import json
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

from grader import Exercise, grade, load_exercise
from grader.reports import Layout
from grader.reports.json import render
from grader.spec.exercise import read_exercise

RIGHT = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}


def lab() -> float:
    """Return the median time to grade the lab and write the report's JSON, in microseconds."""
    exercise = load_exercise("relu-three-segments")
    wrong = RIGHT | {"b1": -0.9}
    work = [_graded(exercise, parameters) for parameters in (RIGHT, wrong)]
    times = [_seconds(job) for _ in range(500) for job in work]
    return median(times) * 1e6


def growth() -> float:
    """Return the median time for 2,000 units over that for 200, measured in turns."""
    jobs = [_graded(*_zigzag(units)) for units in (200, 2000)]
    pairs = [[_seconds(job) for job in jobs] for _ in range(7)]
    small, large = (median(column) for column in zip(*pairs, strict=True))
    return large / small


def _graded(exercise: Exercise, parameters: dict[str, int | float]) -> Callable[[], str]:
    return lambda: render(grade(exercise, parameters), Layout())


def _seconds(job: Callable[[], object]) -> float:
    start = perf_counter()
    job()
    return perf_counter() - start


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


if __name__ == "__main__":
    print({"lab": lab, "growth": growth}[sys.argv[1]]())
