"""The schemas that `grader schema` prints say what the readers and the writer do."""

import json
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from grader import grade, load_exercise
from grader.grading import failed, invalid
from grader.mistakes.table import DIAGNOSES
from grader.plain import as_data
from grader.report import Diagnosis, Failure
from grader.submission.origin import Origin
from grader.submission.record import read_parameters
from grader.submission.sources.json import read
from grader.text.codes import ERRORS, REVEAL
from samples import EXERCISE_IDS, EXERCISES, GRADED, INVALID, SUBMISSIONS, Sample
from samples.schemas import NAMES, problems, put, schema, spec
from samples.variants import own_exercise

LAB = "relu-three-segments"


def parts(schema_: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any part of a schema
    if isinstance(schema_, dict):
        yield schema_
        for part in schema_.values():
            yield from parts(part)
    if isinstance(schema_, list):
        for part in schema_:
            yield from parts(part)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_names_itself(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema(name)["title"] == name.capitalize()


@pytest.mark.parametrize("name", NAMES)
def test_every_object_is_closed_and_every_property_described(name: str) -> None:
    whole = schema(name)
    for part in parts(whole):
        if "properties" in part and part.get("type") == "object":
            assert part["additionalProperties"] is False
    for key, part in whole["properties"].items():
        assert part["description"].endswith("."), key


def test_the_codes_are_those_of_the_package() -> None:
    defs = schema("report")["$defs"]
    feedback = schema("exercise")["properties"]["feedback"]["properties"]
    assert defs["code"]["enum"] == list(DIAGNOSES)
    assert defs["error"]["properties"]["code"]["enum"] == list(ERRORS)
    assert list(feedback["messages"]["properties"]) == list(DIAGNOSES)
    assert feedback["reveal"]["enum"] == list(REVEAL)


@pytest.mark.parametrize("name", NAMES)
def test_the_command_prints_it(name: str) -> None:
    grader = Path(sysconfig.get_path("scripts")) / "grader"
    done = subprocess.run([grader, "schema", name], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == schema(name)


@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_every_exercise_is_accepted(name: str) -> None:
    assert problems("exercise", spec(name)) == []


@pytest.mark.parametrize("sample", GRADED, ids=lambda s: s.file)
def test_every_graded_sample_and_its_report_are_accepted(sample: Sample) -> None:
    data = (SUBMISSIONS / sample.file).read_bytes()
    assert problems("submission", json.loads(data)) == []
    exercise = own_exercise(sample)
    submission = read_parameters(read(data), exercise)
    for reveal in REVEAL:
        assert problems("report", as_data(grade(exercise, submission, reveal=reveal))) == []


SEEN_BY_A_SCHEMA = {
    "not-an-object",
    "unknown-parameter",
    "not-text",
    "fixed-parameter",
    "not-a-number",
    "out-of-range",
}
OF_THE_EXERCISE = {"error-unknown-parameter.json", "error-fixed-parameter.json"}


@pytest.mark.parametrize(
    "sample",
    [s for s in INVALID if s.error in SEEN_BY_A_SCHEMA],
    ids=lambda s: s.file.split("/")[1],
)
def test_an_invalid_sample_is_refused_unless_it_takes_the_exercise_to_see_it(
    sample: Sample,
) -> None:
    path = SUBMISSIONS / sample.file
    data = json.loads(path.read_bytes(), parse_constant=str)
    assert bool(problems("submission", data)) == (path.name not in OF_THE_EXERCISE)


def reports() -> dict[str, dict[str, Any]]:
    """Return one right report of each status."""
    exercise = load_exercise(EXERCISES / f"{LAB}.yaml")
    right = read_parameters((("w1", 1), ("b1", -1), ("w2", 2), ("b2", -2)), exercise)
    graded = grade(exercise, right)
    found = Diagnosis(2, "bias-is-breakpoint", "Unit 2 turns at x = 1.", ("knot-off",))
    return {
        "graded": as_data(graded._replace(diagnoses=(found,))),
        "invalid": as_data(invalid(None, Origin(), Failure("not-json", "is not JSON", "line 1"))),
        "failed": as_data(failed(exercise, Origin(), Failure("grader-fault", "try again"))),
    }


@pytest.mark.parametrize("status", ["graded", "invalid", "failed"])
def test_a_report_of_each_status_is_accepted(status: str) -> None:
    assert problems("report", reports()[status]) == []


@pytest.mark.parametrize(
    ("status", "path", "value"),
    [
        ("graded", ("format",), 2),
        ("graded", ("format",), True),
        ("graded", ("status",), "ok"),
        ("graded", ("score",), None),
        ("graded", ("score",), -1),
        ("graded", ("score",), "100"),
        ("graded", ("exercise",), None),
        ("graded", ("exercise", "digest"), "ABC"),
        ("graded", ("submission", "path"), "/home"),
        ("graded", ("time",), 1),
        ("graded", ("parameters", "w01"), 1),
        ("graded", ("parameters", "w1"), "1"),
        ("graded", ("checks",), []),
        ("graded", ("checks", 0, "kind"), "breakpoint"),
        ("graded", ("checks", 0, "credit"), 1.5),
        ("graded", ("checks", 0, "x"), 1),
        ("graded", ("checks", 0, "basis"), "own-unit"),
        ("graded", ("checks", 3, "coverage"), 1),
        ("graded", ("checks", 3, "role"), "extra"),
        ("graded", ("units", 0, "active"), [1]),
        ("graded", ("units", 0, "unit"), -1),
        ("graded", ("diagnoses", 0, "code"), "typo"),
        ("graded", ("diagnoses", 0, "also"), ["typo"]),
        ("graded", ("diagnoses", 0, "hint"), "w = 2"),
        ("graded", ("error",), {"code": "not-json", "message": "is not JSON", "where": None}),
        ("invalid", ("score",), 1),
        ("invalid", ("score",), None),
        ("invalid", ("error",), None),
        ("invalid", ("error", "code"), "not-yaml"),
        ("invalid", ("error", "message"), ""),
        ("invalid", ("parameters", "w1"), 1),
        ("failed", ("score",), 0),
        ("failed", ("error",), None),
    ],
)
def test_a_wrong_report_is_refused(status: str, path: tuple[str | int, ...], value: object) -> None:
    data = reports()[status]
    put(data, path, value)
    assert problems("report", data)


@pytest.mark.parametrize("key", sorted(reports()["graded"]))
def test_no_key_of_a_report_can_be_left_out(key: str) -> None:
    data = reports()["graded"]
    del data[key]
    assert problems("report", data)
