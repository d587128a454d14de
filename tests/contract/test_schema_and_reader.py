"""A schema refuses what its reader refuses, as far as a schema can see, and nothing else."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from grader import SpecError, SubmissionError, load_exercise
from grader.specs.exercise import read_exercise
from grader.submission.record import read_parameters
from grader.submission.sources.json import read
from samples import EXERCISES
from samples.schemas import problems, put, spec


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401 - JSON
    """Yield the path of every value; of a list only its first and last items'."""
    yield path
    steps: list[str | int] = []
    if isinstance(data, dict):
        steps = list(data)
    elif isinstance(data, list):
        steps = sorted({0, len(data) - 1})
    for step in steps:
        yield from places(data[step], (*path, step))


ODD_VALUES: list[object] = [
    *(None, True, "", "x", "0.5", "1/3", "-1/3", "1/0", "0x10", "free", "hints"),
    *(-1, 0, 1, 2.5, 1e10, [], [0, 1], [0, 1, 2], {}, {"x": 1}, [[]], [{}]),
]

# What a schema cannot see, by what the reader says of it.
ONLY_THE_READER = (
    "but the domain is",
    "but the segment before",
    "must be more than 2 * fade.x",
    "one for each unit",
    "no key here",  # a weight for a check that this target does not have
    "no free parameter",
    "no parameter is free",
    "left must be smaller",
    "from left to right",
    "smaller than max",
    "the blank submission",
    "x must increase",
    '"1/3" is not allowed',  # a fade is 1 or more
    "letters, digits and hyphens",  # 1e10 is a whole number, its text is not
)


def reader_says(data: object) -> str:
    """Return what the reader finds wrong with a spec, written as JSON."""
    try:
        read_exercise(json.dumps(data).encode(), "spec.json")
    except SpecError as error:
        return str(error)
    return ""


def agree(data: object) -> None:
    seen, said = problems("exercise", data), reader_says(data)
    if seen:
        assert said, f"only the schema refuses: {seen}"
    elif said:
        lines = said.splitlines()
        assert all(any(words in line for words in ONLY_THE_READER) for line in lines), said


def rich() -> list[dict[str, Any]]:
    """Return two specs that have every key between them."""
    feedback = spec("never-copy-the-line")["feedback"] | {"reveal": "hints"}
    return [spec("fixed-on-the-right") | {"feedback": feedback}, spec("thirds")]


@pytest.mark.parametrize("right", rich(), ids=["segments", "points"])
def test_schema_and_reader_agree_on_every_odd_value_everywhere(right: dict[str, Any]) -> None:
    agree(right)
    for path in places(right):
        for value in ODD_VALUES:
            data = {"": copy.deepcopy(right)}
            put(data, ("", *path), value)
            agree(data[""])


@pytest.mark.parametrize("right", rich(), ids=["segments", "points"])
def test_schema_and_reader_agree_on_keys_left_out_or_added(right: dict[str, Any]) -> None:
    for path in places(right):
        data = copy.deepcopy(right)
        at: Any = data
        for step in path[:-1]:
            at = at[step]
        if path and isinstance(at, dict):
            del at[path[-1]]
            agree(data)
            at["nonsense"] = 1
            assert problems("exercise", data)
            assert reader_says(data)


@pytest.mark.parametrize("value", [*ODD_VALUES, 1e9, -1e9, 1e9 + 1, -0.0, 5e-324])
@pytest.mark.parametrize("key", ["w1", "w2", "b2", "exercise", "student", "w01", "x1", "W1", "w"])
def test_schema_and_reader_agree_on_submissions(key: str, value: object) -> None:
    exercise = load_exercise(EXERCISES / "relu-three-segments.yaml")
    data = {"w1": 1, "b1": -1, "w2": 2, "b2": -4, key: value}
    try:
        read_parameters(read(json.dumps(data).encode()), exercise)
    except SubmissionError as error:
        refused = error.code not in {"wrong-exercise", "unknown-exercise"}
    else:
        refused = False
    if key == "exercise" and isinstance(value, str):
        refused = value in {"", "1/3", "-1/3", "1/0", "0.5"}  # no id, so there is no such exercise
    assert bool(problems("submission", data)) == refused
