"""Our answers beside those of the tools that grade notebooks, and of their autograders."""

import json
import math
from collections.abc import Mapping
from typing import Any

import environments
import pytest
from environments import PROJECT, judge

import restated
from conforming import LAB, answers

pytestmark = pytest.mark.conformance


IMPORT = f"import sys; sys.path[:0] = [{str(PROJECT)!r}]; import grader\n"
RIGHT, NEARLY = "w1=1, b1=-1, w2=2, b2=-4", "w1=1.04, b1=-1, w2=2.05, b2=-4"


def test_nbgraders_partial_credit() -> None:
    numpy = f"import numpy as np\n{IMPORT}grader.check('{LAB}', points=8, w1=np.float64(1), b1=np.array([-1]), w2=np.int64(2), b2=np.float32(-4))"
    cells = {
        "full": (f"{IMPORT}grader.check('{LAB}', points=10, {RIGHT})", 10),
        "partial": (f"{IMPORT}grader.check('{LAB}', points=10, {NEARLY})", 10),
        "thirds": (f"{IMPORT}grader.check('{LAB}', points=3, w1=1, b1=-1, w2=3, b2=-6)", 3),
        "blank": (f"{IMPORT}grader.check('{LAB}', points=10, w1=0, b1=0, w2=0, b2=0)", 10),
        "text": (f"{IMPORT}grader.check('{LAB}', points=10, w1='<b>', b1=0, w2=0, b2=0)", 10),
        "missing": (f"{IMPORT}grader.check('{LAB}', points=10, w1=1)", 10),
        "undefined": (f"{IMPORT}grader.check('{LAB}', points=10, w1=not_there)", 10),
        "nothing": (f"{IMPORT}grader.check('{LAB}', points=10)", 10),
    }
    assert judge("nbgrader", cells) == {
        "full": 10,
        "partial": 7.5,
        "thirds": 1.75,
        "blank": 0,
        "text": 0,
        "missing": 0,
        "undefined": 0,
        "nothing": 0,
    }
    assert judge("nbgrader", {"numpy": (numpy, 8)}) == {"numpy": 8}


OTTER = (
    IMPORT
    + """
from otter.test_files import test_case
OK_FORMAT = False
name = "q1"
points = 4
"""
    + "".join(
        f"""
@test_case()
def test_{n}(w1, b1, w2, b2):
    grader.check("{LAB}", points=4, at_least={n}, w1=w1, b1=b1, w2=w2, b2=b2)
"""
        for n in (1, 2, 3, 4)
    )
)


def test_otters_partial_credit_and_the_shape_of_its_output() -> None:
    names = ("w1", "b1", "w2", "b2")
    values = {
        "full": (1, -1, 2, -4),
        "three": (1.04, -1, 2.05, -4),
        "two": (1, -1, 0, 0),
        "none": (0, 0, 0, 0),
    }
    asked = {key: (OTTER, dict(zip(names, each, strict=True))) for key, each in values.items()}
    verdicts = judge("otter", asked)
    assert {key: score for key, (score, _) in verdicts.items()} == {
        "full": 4,
        "three": 3,
        "two": 2,
        "none": 0,
    }
    for _, theirs in verdicts.values():
        same_shape(theirs)


def ours() -> dict[str, Any]:
    text = answers("gradescope")["partial"]["results/results.json"]
    data: dict[str, Any] = json.loads(text)
    return data


def same_shape(theirs: Mapping[str, Any]) -> None:
    """What both write has the same types; what only they write the platform's document names."""
    own = ours()
    for key in set(own) & set(theirs) - {"tests"}:
        assert isinstance(own[key], (int, float)) == isinstance(theirs[key], (int, float)), key
        assert isinstance(own[key], str) == isinstance(theirs[key], str), key
    for test in theirs["tests"]:
        for key in set(test) & set(own["tests"][0]):
            assert isinstance(test[key], str) == isinstance(own["tests"][0][key], str), key
        assert test.get("status", "passed") in {"passed", "failed"}
        assert {"name", "output"} & set(test)


def test_gradescope_utils_writes_the_same_shape() -> None:
    theirs = judge("gradescope_utils", None)
    assert [test["score"] for test in theirs["tests"]] == [25, 0]
    assert theirs["score"] == 25
    same_shape(theirs)


def test_hybridjsontestrunner_adds_our_tests_up_to_our_score() -> None:
    results = {name: files for name, files in answers("gradescope").items() if files}
    texts = {name: files["results/results.json"] for name, files in results.items()}
    for name, score in judge("hybridjsontestrunner", texts).items():
        assert math.isclose(score, restated.gradescope(results[name])[0], abs_tol=1e-6), name


def test_gapper_reads_our_results() -> None:
    results = {name: files for name, files in answers("gradescope").items() if files}
    texts = {name: files["results/results.json"] for name, files in results.items()}
    wheel = str(environments.wheel("gapper==1.4.0"))
    for name, (score, tests) in judge("gapper", {"wheel": wheel, "results": texts}).items():
        ours = json.loads(texts[name])
        assert score == ours.get("score"), name
        keys = ("name", "score", "max_score", "status")
        assert tests == [[test[key] for key in keys] for test in ours["tests"]], name
