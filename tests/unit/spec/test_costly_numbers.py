"""Numbers that are each within limits, and together would take minutes."""

import time

import pytest

from grader.errors import SpecError
from grader.specs.exercise import read_exercise

UNITS = 1000


def test_weights_without_a_common_denominator_are_refused_at_once() -> None:
    weights = ", ".join(f"1/{10**35 + 2 * k + 1}" for k in range(UNITS))
    lines = [
        "format: 1",
        "id: x",
        "title: x",
        "domain: [0, 1]",
        "target: {points: [[0, 0], [1, 1]]}",
        "network:",
        f"  units: [{', '.join(['{w: free, b: free}'] * UNITS)}]",
        f"  output: {{weights: [{weights}]}}",
        "tolerance: {value: 0.1, x: 0.1, slope: 0.1}",
    ]
    start = time.monotonic()
    with pytest.raises(SpecError) as caught:
        read_exercise("\n".join(lines).encode(), "x.yaml")
    assert time.monotonic() - start < 5
    first = caught.value.problems[0]
    assert (first.line, first.key.startswith("network.output.weights[")) == (8, True)
    assert "common denominator" in first.message
