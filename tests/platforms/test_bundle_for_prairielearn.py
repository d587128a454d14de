"""PrairieLearn's question in its bundle: graded, tested and shown as PrairieLearn does."""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import restated
from bundled import LAB, PARTIAL, run
from grader import load_exercise
from grader.cli import package


def test_prairielearns_question(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    for name, method in ((LAB, "Internal"), (f"{LAB}-python", "External")):
        question = bundles["prairielearn"] / name
        # Source: schemas/infoQuestion.json: required keys, and those that these questions use.
        info = json.loads((question / "info.json").read_text())
        assert {"uuid", "title", "topic", "type"} <= set(info)
        assert set(info) <= {
            "uuid",
            "title",
            "topic",
            "type",
            "singleVariant",
            "gradingMethod",
            "externalGradingOptions",
            "showCorrectAnswer",
        }
        assert info["showCorrectAnswer"] is False
        page = (question / "question.html").read_text()
        assert "<markdown" not in page
        for field in re.findall("<pl-string-input .*?>", page):
            assert 'show-help-text="false"' in field
        assert re.fullmatch(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", info["uuid"])
        assert info.get("gradingMethod", "Internal") == method
        ET.fromstring(f"<page>{(question / 'question.html').read_text()}</page>")  # noqa: S314
    options = info["externalGradingOptions"]
    assert set(options) == {"image", "entrypoint", "timeout", "enableNetworking"}
    assert options["timeout"] <= 600
    start = bundles["prairielearn"] / f"{LAB}-python/tests/start.py"
    assert options["entrypoint"] == "/grade/tests/start.py"
    (tmp_path / "student").mkdir()
    (tmp_path / "student/submission.json").write_text(PARTIAL)
    done = run(start, "--root", tmp_path, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    files = {"results/results.json": (tmp_path / "results/results.json").read_text()}
    assert restated.prairielearn(files) == 0.75


LIFE = """
import json, os, runpy
question = runpy.run_path("server.py")
results = []
for kind in ("correct", "incorrect", "invalid"):
    base = {"options": {"question_path": os.getcwd()}}
    new = lambda **more: {**base, "format_errors": {}, "feedback": {}, **more}
    told = new(raw_submitted_answers={}, partial_scores={}, score=0, test_type=kind)
    question["test"](told)
    there = new(submitted_answers=dict(told["raw_submitted_answers"]))
    question["parse"](there)
    same = sorted(told["format_errors"]) == sorted(there["format_errors"])
    if not there["format_errors"]:
        there |= {"partial_scores": {}, "score": 0}
        question["grade"](there)
        same = same and all(told[key] == there[key] for key in ("partial_scores", "score"))
    results.append([kind, same, there.get("score"), len(there["format_errors"])])
print(json.dumps(results))
"""


@pytest.mark.parametrize("id_", [LAB, "thirds"])
def test_prairielearns_own_test_of_the_question_passes(tmp_path: Path, id_: str) -> None:
    """Source: apps/prairielearn/src/lib/question-testing.ts (compareSubmissions)."""
    assert package.main(["prairielearn", id_, "-o", str(tmp_path / "a")]) == 0
    done = run(sys.executable, "-S", "-c", LIFE, cwd=tmp_path / "a" / id_)
    assert done.stderr == ""
    free = len(load_exercise(id_).free)
    assert json.loads(done.stdout) == [
        ["correct", True, 1, 0],
        ["incorrect", True, 0, 0],
        ["invalid", True, None, free],
    ]


def test_prairielearns_page_says_what_the_bundle_may_reveal(tmp_path: Path) -> None:
    words = [LAB, "--reveal", "verdict", "-o", str(tmp_path / "a")]
    assert package.main(["prairielearn", *words]) == 0
    program = """
import runpy
data = {"submitted_answers": {"w1": "1.04", "b1": "-1", "w2": "2.05", "b2": "-4"}, "feedback": {},
        "partial_scores": {}, "score": 0, "options": {"question_path": "."}}
runpy.run_path("server.py")["grade"](data)
print(data["score"], "expected" in data["feedback"]["report"])
"""
    done = run(sys.executable, "-S", "-c", program, cwd=tmp_path / "a" / LAB)
    assert (done.stdout, done.stderr) == ("0.75 False\n", "")
