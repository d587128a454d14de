"""Lead a PrairieLearn question through its phases under the contract of PrairieLearn's own tester.

In: {"wheel": path of pl-e2e-test, "question": folder}. Out: {kind of test: [score, partial scores,
fields with a format error]}, after every phase was checked. Source: pl-e2e-test 0.1.5, contract.py
and html_checks.py. They are made for Python 3.13, but for the statement `type X = ...` run on 3.11,
and import one function of a package that PyPI has not, which is stated anew here.
"""

import json
import os
import re
import runpy
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

LIMITS = """
def assert_all_integers_within_limits(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            assert_all_integers_within_limits(each)
    elif isinstance(value, int) and abs(value) > 2**53 - 1:
        raise ValueError("an integer that JavaScript cannot hold")
"""
question = json.load(sys.stdin)
folder = Path(tempfile.mkdtemp())
(folder / "prairielearn/internal").mkdir(parents=True)
(folder / "prairielearn/internal/zygote_utils.py").write_text(LIMITS)
(folder / "prairielearn_e2e").mkdir()
with ZipFile(question["wheel"]) as wheel:
    for name in ("contract", "errors", "html_checks", "config"):
        source = wheel.read(f"prairielearn_e2e/{name}.py").decode()
        plain = re.sub(r"(?m)^type (\w+) =", r"\1 =", source)
        (folder / f"prairielearn_e2e/{name}.py").write_text(plain)
sys.path.insert(0, str(folder))

from prairielearn_e2e import contract, html_checks

os.chdir(question["question"])
page = Path("question.html").read_text()
info = json.loads(Path("info.json").read_text())
assert not re.search(r"<\s*markdown(?:\s|>)", page), "needs PrairieLearn's preprocessor"
names = html_checks.declared_answer_names(page)
html_checks.validate_declared_answers(page, {}, info.get("showCorrectAnswer", True))
server = runpy.run_path("server.py")


def run(phase, **given):
    """Call one phase of server.py with all its data; return the data after every check."""
    empty = {"dict": {}, "integer": 1, "number": 0.0, "string": "", "boolean": True}
    data = {name: empty[field.kind] for name, field in contract.PHASE_FIELDS[phase].items()}
    data = json.loads(json.dumps({**data, **{key: given[key] for key in data if key in given}}))
    data["options"] = {"question_path": os.getcwd()}
    before = contract.snapshot(data, phase)
    server[phase](data)
    contract.validate_mutations(before, data, phase)
    contract.validate_serializable(data, phase)
    return data


results = {}
for kind in ("correct", "incorrect", "invalid"):
    told = run("test", test_type=kind)
    raw = told["raw_submitted_answers"]
    parsed = run("parse", raw_submitted_answers=raw, submitted_answers=raw)
    graded = {"score": None, "partial_scores": {}}
    if not parsed["format_errors"]:
        graded = run(
            "grade", raw_submitted_answers=raw, submitted_answers=parsed["submitted_answers"]
        )
        assert graded["score"] == told["score"]
        assert graded["partial_scores"] == told["partial_scores"]
        assert sorted(graded["partial_scores"]) == sorted(names)
    assert sorted(parsed["format_errors"]) == sorted(told["format_errors"])
    results[kind] = [graded["score"], len(graded["partial_scores"]), len(parsed["format_errors"])]
print(json.dumps(results))
