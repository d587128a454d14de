"""The largest exercise that a spec may hold: its time grows like its size, nearly."""

import json
from fractions import Fraction as F
from random import Random
from time import process_time

import pytest

from grader import SpecError, grade
from grader.exact.network import UnitSpec
from grader.exact.piecewise import Segment
from grader.specs.exercise import read_exercise
from lab import lab


def seconds(size: int, segments: int) -> float:
    """Return the processor time that grading random doubles takes, the better of two."""
    random = Random(size)  # noqa: S311 - the same numbers every time
    parts = []
    y = F(0)
    for i in range(segments):
        slope = F(i % 7 - 3) + F(1, 3)
        parts.append(Segment(F(i), F(i + 1), slope, y - slope * i))
        y += slope
    exercise = lab(segments=parts, units=[UnitSpec(None, None)] * size)
    parameters = {name: random.uniform(-3, 3) for name in exercise.free}
    for k in range(size):
        parameters[f"b{k}"] = -parameters[f"w{k}"] * random.uniform(0, segments)
    times = []
    for _ in range(2):
        before = process_time()
        grade(exercise, parameters)
        times.append(process_time() - before)
    return min(times)


@pytest.mark.thorough
@pytest.mark.parametrize("segments", [(3, 3), (200, 2000)])
def test_ten_times_the_units_take_at_most_twenty_times_as_long(segments: tuple[int, int]) -> None:
    assert seconds(2000, segments[1]) <= 20 * seconds(200, segments[0])


@pytest.mark.thorough
def test_ten_thousand_units_and_segments() -> None:
    spec = {
        "format": 1,
        "id": "large",
        "title": "Large",
        "domain": [0, 10_000],
        "target": {"points": [[x, x % 2] for x in range(10_001)]},
        "network": {"units": [{"w": "free", "b": -k} for k in range(10_000)]},
        "tolerance": {"value": 0.1, "x": 0.1, "slope": 0.1},
    }
    before = process_time()
    exercise = read_exercise(json.dumps(spec).encode(), "large.json")
    right = {f"w{k}": 2 if k % 2 else -2 for k in range(10_000)}
    report = grade(exercise, right | {"w0": 1})
    assert len(report.checks) == 19_999
    assert process_time() - before < 30


@pytest.mark.thorough
def test_many_unknown_keys_beside_many_allowed_ones() -> None:
    spec = {
        "domain": [0, 10_000],
        "target": {"points": [[x, x % 2] for x in range(10_001)]},
        "scoring": {"weights": {f"sgment-{k}": 1 for k in range(5_000)}},
    }
    before = process_time()
    with pytest.raises(SpecError) as caught:
        read_exercise(json.dumps(spec).encode(), "slips.json")
    assert process_time() - before < 10
    slips = [line for line in caught.value.lines() if "sgment" in line]
    assert len(slips) == 5_000
    assert slips[0].startswith("slips.json:1: scoring.weights.sgment-0: unknown key; did you")
    assert slips[0].endswith(", segment-29, segment-30 and 19969 more")
