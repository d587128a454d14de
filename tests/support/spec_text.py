"""A spec as text, and what is wrong with it."""

import pytest

from grader.errors import SpecError
from grader.exercise.record import Exercise
from grader.specs.exercise import read_exercise

SPEC = """\
format: 1
id: hat
title: A hat
description: Draw it.
domain: [0, 3]
target:
  segments:
    - {on: [0, 1], slope: -2, intercept: 2}
    - {on: [1, 2], slope: 1, intercept: -1}
    - {on: [2, 3], slope: 3, intercept: -5}
network:
  units:
    - {w: -2, b: 2}
    - {w: free, b: free}
    - {w: free, b: free}
  output: {weights: [1, 1, 1], bias: 0}
tolerance: {value: 0.05, x: 0.05, slope: 0.05}
scoring: {points: 100, fade: {value: 8, x: 4, slope: 4}, position_credit: 1/2, weights: {}}
feedback: {reveal: hints, messages: {}}
sliders: {min: -4, max: 4, step: 0.1}
"""
NUMBER = "a number such as 2, -0.5 or 1/3"


def read(text: str, source: str = "hat.yaml", stem: str | None = "hat") -> Exercise:
    return read_exercise(text.encode("utf-8", "surrogatepass"), source, stem)


def problems(text: str, source: str = "hat.yaml") -> list[str]:
    with pytest.raises(SpecError) as caught:
        read(text, source)
    return [line.removeprefix(f"{source}:") for line in caught.value.lines()]


def changed(*pairs: tuple[str, str]) -> str:
    text = SPEC
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text
