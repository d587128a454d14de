"""Reading a file with weights in this process, and what the samples hold."""

import importlib
from time import process_time

import pytest

from grader.errors import SubmissionError
from grader.submission.sources import json
from grader.submission.weights.layers import Dense, Saved

WEIGHTS = {"not-weights", "not-a-number"}
TOLD = {"json": WEIGHTS | {"not-json", "not-utf8", "not-an-object"}}
SECONDS = 1  # of processor time, for a file of a few kilobytes
HIDDEN = Dense("", "float32", 1, 3, ("-2", "1", "2"), ("2", "-1", "-4"))
OUTPUT = Dense("", "float32", 3, 1, ("1", "1", "1"))


def layers(kind: str, data: bytes) -> Saved:
    return importlib.import_module(f"grader.submission.sources.{kind}").layers(data)  # type: ignore[no-any-return]


def nameless(saved: Saved) -> list[Dense]:
    return [layer._replace(name="", activation=None) for layer in saved.layers]


def message(kind: str, data: bytes) -> str:
    with pytest.raises(SubmissionError) as caught:
        layers(kind, data)
    return str(caught.value)


def survives(kind: str, data: bytes) -> None:
    started = process_time()
    try:
        if kind == "json":  # the one kind that the grader's own process reads
            json.read(data)
        else:
            layers(kind, data)
    except SubmissionError as error:
        assert error.code in TOLD.get(kind, WEIGHTS)  # noqa: PT017 - each of them is right
    assert process_time() - started < SECONDS
