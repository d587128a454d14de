"""What platforms accept, stated anew from their documents and code, where that code cannot run here.

Each function takes what a platform would read, raises AssertionError where the platform would
refuse it, and returns the score that the platform would show. Sources are beside each; all were
read in November 2026.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from jsonschema import Draft202012Validator

FORMATS = {"text", "html", "simple_format", "md", "ansi"}
VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}


def plain_json(text: str) -> Any:  # noqa: ANN401 - JSON
    """Return the JSON: no NaN, no byte-order mark, no control characters, 1 MiB at most."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    assert len(text.encode()) <= 2**20
    assert not text.startswith("\ufeff")
    value = json.loads(text, parse_constant=refuse)
    for words in _texts(value):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", words)
        assert len(words.encode()) <= 64_000  # Coursera trims at 64 KB
    return value


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for item in value.items() for part in item for text in _texts(part)]
        case list():
            return [text for item in value for text in _texts(item)]
    return []


def _has_null(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_null, value.values()))
    return any(map(_has_null, value)) if isinstance(value, list) else value is None


def number(value: object) -> float:
    assert isinstance(value, (int, float))
    assert not isinstance(value, bool)
    assert math.isfinite(value)
    return float(value)


def gradescope(files: Mapping[str, str]) -> tuple[float, float]:
    """Source: autograder_samples, docs/specs.md, commit af5dee4. Returns score and full marks."""
    (text,) = files.values()
    data = plain_json(text)
    assert not _has_null(data)
    top = {"score", "execution_time", "output", "output_format", "test_output_format"}
    top |= {"test_name_format", "visibility", "stdout_visibility", "extra_data", "tests"}
    assert set(data) <= top | {"leaderboard"}
    assert data["output_format"] in FORMATS
    assert data["test_output_format"] in FORMATS
    assert data["test_name_format"] in FORMATS
    assert data["visibility"] in VISIBILITY
    assert isinstance(data["extra_data"], dict)
    names = set()
    for test in data["tests"]:
        keys = {"score", "max_score", "status", "name", "name_format", "number", "output"}
        assert set(test) <= keys | {"output_format", "tags", "visibility", "extra_data"}
        assert test["status"] in {"passed", "failed"}
        assert test["output_format"] in FORMATS
        assert test["visibility"] == "visible"
        number(test["score"])
        number(test["max_score"])
        names.add(test["name"])
    assert len(names) == len(data["tests"])
    total = math.fsum(test["score"] for test in data["tests"])
    full = math.fsum(test["max_score"] for test in data["tests"])
    if "score" in data:
        assert math.isclose(number(data["score"]), total, abs_tol=1e-9)
        return data["score"], full
    return total, full


def codio(files: Mapping[str, str]) -> int:
    """Source: gradescope_wrapper, main.go (getScoreFromResult, getFeedback), commit 5d16184."""
    data = json.loads(files["results/results.json"])
    assert isinstance(data.get("execution_time", 0), int)
    for test in data["tests"]:  # put between <pre> and </pre> as it is; names between tags
        assert "<" not in test["output"].replace("<br>", "")
        assert "<" not in test["name"]
    if "score" in data:
        return math.ceil(data["score"])
    full = sum(test["max_score"] for test in data["tests"])
    return math.ceil(sum(test["score"] for test in data["tests"]) / full * 100)


def codios_lists(files: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return what is listed as failed and as passed. Source: main.go (filterTests)."""
    tests = json.loads(files["results/results.json"])["tests"]
    failed = [t for t in tests if t["status"] == "failed" or t["score"] < t["max_score"]]
    passed = [t for t in tests if t["status"] == "passed" or t["score"] >= t["max_score"]]
    return [test["name"] for test in failed], [test["name"] for test in passed]


def coursera(files: Mapping[str, str]) -> float:
    """Source: coursera_autograder 0.1.4, commands/grade.py; custom-graders' README."""
    data = plain_json(files["feedback.json"])
    assert isinstance(data["feedback"], str)
    assert data["feedback"]
    kind = data.get("feedbackType")
    side = {"HTML": "htmlFeedback.html", "TXT": "txtFeedback.txt", None: None}[kind]
    assert set(files) == {"feedback.json"} | ({side} if side else set())
    assert not side or 0 < len(files[side].encode()) <= 64_000
    assert 0 <= number(data["fractionalScore"]) <= 1
    return data["fractionalScore"]


def prairielearn(files: Mapping[str, str]) -> float | None:
    """Source: externalGraderCommon.ts (makeGradingResult), pl-external-grader-results.py.

    Returns None where the submission is not gradable.
    """
    data = plain_json(files["results/results.json"])
    assert not _has_null(data)
    if not data["gradable"]:
        assert data["format_errors"]
        assert all(isinstance(error, str) for error in data["format_errors"])
        assert "message" not in data, "stands below the error as a second one"
        return None
    assert 0 <= number(data["score"]) <= 1
    assert isinstance(data["message"], str)
    for image in data["images"]:
        assert re.match(r"data:image/(svg\+xml|png);base64,", image["url"])
    for test in data["tests"]:
        assert set(test) <= {"name", "description", "points", "max_points", "message", "output"}
    earned = math.fsum(number(test["points"]) for test in data["tests"])
    full = math.fsum(number(test["max_points"]) for test in data["tests"])
    assert math.isclose(earned / full, data["score"], abs_tol=1e-9)
    return data["score"]


def open_edx(files: Mapping[str, str]) -> float:
    """Source: xblocks-contrib 0.13.1, responsetypes.py (_parse_score_msg); the queue's 1 MB.

    xqueue-watcher, grader.py (Grader.__call__): the reply goes through a pipe of 64 KiB that is
    read only after its writer has ended, so a longer one hangs the watcher.
    """
    assert set(files) == {"-"}
    assert files["-"].count("\n") == 1
    assert len(files["-"]) <= 65_500, "the watcher hangs on a reply of this length"
    reply = plain_json(files["-"])
    assert set(reply) in (
        {"correct", "score", "msg"},
        {"correct", "score", "msg", "errors", "tests"},
    )
    for name, text, right, expected, found in reply.get("tests", ()):
        assert all(isinstance(each, str) for each in (name, text, expected, found))
        assert isinstance(right, bool)
    assert isinstance(reply["correct"], bool)
    assert reply["msg"].isascii()
    ET.fromstring(reply["msg"])  # noqa: S314 - our own output
    assert reply["correct"] == (reply["score"] == 1)
    assert 0 <= number(reply["score"]) <= 1
    return reply["score"]


_TEXT = {"type": "string", "minLength": 1}
_TIME = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"}
_WHOLE = {"type": "integer", "minimum": 0}
_TESTS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["test-name", "passed", "score", "max-score"],
        "properties": {
            "test-name": _TEXT,
            "passed": {"type": "boolean"},
            "score": _WHOLE,
            "max-score": _WHOLE,
        },
    },
}
_RESULT: dict[str, Any] = {
    "schema": {"const": "classroom50/result/v1"},
    "classroom": _TEXT,
    "assignment": _TEXT,
    "assignment_type": {"enum": ["individual", "group", "team"]},
    "owner": _TEXT,
    "submission": {"type": "string", "pattern": "^submit/"},
    "commit": _TEXT,
    "release": _TEXT,
    "review": _TEXT,
    "datetime": _TIME,
    "score": _WHOLE,
    "max-score": _WHOLE,
    "tests": _TESTS,
}


def classroom50(files: Mapping[str, str]) -> tuple[int, int]:
    """Source: foundation50/classroom50, schemas/result-v1.schema.json, commit 6e593c7, and
    runner.py (validate_result): real integers, no score above its maximum.
    """
    data = plain_json(files["result.json"])
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": list(_RESULT),
        "properties": _RESULT | {"graded_at": _TIME, "submitted_by": {"type": "object"}},
    }
    Draft202012Validator(schema).validate(data)
    for part in [data, *data["tests"]]:
        assert type(part["score"]) is int
        assert type(part["max-score"]) is int
        assert part["score"] <= part["max-score"]
    assert sum(test["score"] for test in data["tests"]) == data["score"]
    assert sum(test["max-score"] for test in data["tests"]) == data["max-score"]
    assert files.get("release-body.md", "x").strip()
    return data["score"], data["max-score"]


def junit(files: Mapping[str, str]) -> tuple[int, int, int]:
    """Source: junit-10.xsd of Jenkins' xUnit plug-in. Returns tests, failures, errors."""
    (text,) = files.values()
    assert len(text.encode()) <= 2**20
    suites = ET.fromstring(text.encode())  # noqa: S314 - our own output
    (suite,) = suites
    counts = tuple(int(suite.attrib[key]) for key in ("tests", "failures", "errors"))
    cases = suite.findall("testcase")
    found = [len([c for c in cases if c.find(kind) is not None]) for kind in ("failure", "error")]
    assert counts == (len(cases), *found)
    assert suites.attrib == {k: suite.attrib[k] for k in ("tests", "failures", "errors")}
    assert all(case.attrib["name"] and case.attrib["classname"] for case in cases)
    tags = [child.tag for child in suite]
    order = ["properties", "testcase", "system-out"]
    assert tags == sorted(tags, key=order.index)
    return len(cases), found[0], found[1]


def check50(files: Mapping[str, str]) -> list[bool | None]:
    """Source: check50 3.5.0, runner.py (CheckResult.from_dict) and renderer. Returns passed."""
    (text,) = files.values()
    data = plain_json(text)
    assert {"slug", "results", "version"} <= set(data) <= {"slug", "results", "version", "error"}
    keys = {"name", "description", "passed", "log", "cause", "data", "dependency"}
    for result in data["results"]:
        assert set(result) == keys
        assert (result["cause"] is None) == (result["passed"] is True)
        assert result["passed"] in {True, False, None}
        assert result["cause"] is None or result["cause"]["rationale"]
    return [result["passed"] for result in data["results"]]


def github(files: Mapping[str, str]) -> list[str]:
    """Source: @actions/core 1.11.1, command.js. Returns the kinds of the annotations."""
    kinds = []
    for line in files["-"].splitlines():
        match = re.fullmatch(r"::(notice|warning|error) title=([^:,\r\n]+)::([^\r\n]*)", line)
        assert match, line
        kinds.append(match[1])
    assert all(kinds.count(kind) <= 10 for kind in set(kinds))
    assert 0 < len(files["$GITHUB_STEP_SUMMARY"].encode()) <= 2**20
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", "".join(files.values()))
    return kinds


VALIDATORS: dict[str, Callable[[Mapping[str, str]], object]] = {
    "gradescope": gradescope,
    "coursera": coursera,
    "prairielearn": prairielearn,
    "open-edx": open_edx,
    "classroom50": classroom50,
    "junit": junit,
    "check50": check50,
    "github": github,
}
