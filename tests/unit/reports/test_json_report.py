import json as standard
from fractions import Fraction as F
from typing import Any

from grader import grade
from grader.grading import failed, invalid
from grader.report import Diagnosis, Failure
from grader.reports import Layout, jsonl
from grader.reports.json import render
from grader.submission.origin import Origin
from grader.submission.record import Submission
from grader.version import VERSION
from lab import lab

WRONG = {"w1": F(1), "b1": F(-9, 10), "w2": F(0), "b2": F(1, 3)}
REPORT = grade(lab(digest="e0"), Submission(WRONG, Origin("a.json", "ada \ud800", "d0")))


def data(**changes: object) -> dict[str, Any]:
    read: dict[str, Any] = standard.loads(render(REPORT._replace(**changes), Layout()))
    return read


def test_names_and_order_of_the_fields() -> None:
    read = data()
    assert list(read) == [
        "format",
        "status",
        "score",
        "max_score",
        "exercise",
        "submission",
        "grader",
        "parameters",
        "checks",
        "units",
        "diagnoses",
        "error",
    ]
    assert (read["format"], read["status"], read["max_score"]) == (1, "graded", 100)
    assert read["exercise"] == {"id": "lab", "title": "Lab", "digest": "e0"}
    assert read["submission"] == {"source": "a.json", "student": "ada \ufffd", "digest": "d0"}
    assert read["grader"] == {"version": VERSION}
    assert read["parameters"] == {"w1": 1, "b1": -0.9, "w2": 0, "b2": 1 / 3}
    assert read["error"] is None
    assert [found["unit"] for found in read["diagnoses"]] == [1, 2]


def test_a_segment_a_breakpoint_and_a_unit() -> None:
    read = data()
    message = read["checks"][1].pop("message")
    assert message.startswith("Segment 2, from x = 1 to x = 2, is not right: at x = ")
    assert read["checks"][1] == {
        "id": "segment-2",
        "kind": "segment",
        "role": "goal",
        "basis": "none",
        "passed": False,
        "credit": 0,
        "points": 0,
        "max_points": 25,
        "on": [1, 2],
        "max_error": 13 / 30,
        "worst_x": 1,
        "coverage": 0,
    }
    read["checks"][3].pop("message")
    assert read["checks"][3] == {
        "id": "breakpoint-1",
        "kind": "breakpoint",
        "role": "goal",
        "basis": "near",
        "passed": False,
        "credit": 2 / 3,
        "points": 50 / 3,
        "max_points": 25,
        "x": 1,
        "expected": 3,
        "found": 2,
    }
    assert read["units"][2] == {
        "unit": 2,
        "fixed": False,
        "w": 0,
        "b": 1 / 3,
        "v": 1,
        "knot": None,
        "active": [0, 3],
    }


def test_one_of_many_is_one_line_and_one_alone_is_indented() -> None:
    alone, many = render(REPORT, Layout()), jsonl.render(REPORT, Layout())
    assert standard.loads(alone) == standard.loads(many)
    assert alone.startswith('{\n  "format": 1,\n  "status": "graded",\n')
    assert many.count("\n") == 1
    assert many.endswith("}\n")
    assert (alone + many).isascii()


def test_numbers_beyond_a_double_are_null() -> None:
    assert data(score=F(10**400))["score"] is None
    assert data(score=F(2**53))["score"] == 2**53
    assert "9007199254740992.0" in render(REPORT._replace(score=F(2**53)), Layout())
    assert data(score=F(-1, 10**400))["score"] == 0


def test_diagnoses_and_errors() -> None:
    found = Diagnosis(1, "bias-sign", "Look at the sign.", ("knot-off",))
    assert data(diagnoses=(found,))["diagnoses"] == [
        {"unit": 1, "code": "bias-sign", "message": "Look at the sign.", "also": ["knot-off"]}
    ]
    error = Failure("not-json", "is not JSON", "line 1")
    read = standard.loads(render(invalid(None, Origin(), error), Layout()))
    assert read["error"] == {"code": "not-json", "message": "is not JSON", "where": "line 1"}
    assert (read["status"], read["score"], read["max_score"]) == ("invalid", 0, None)
    assert read["exercise"] is None
    assert read["submission"] == {"source": "-", "student": None, "digest": None}
    assert standard.loads(render(failed(lab(), Origin(), error), Layout()))["score"] is None
