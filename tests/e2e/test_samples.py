"""Every sample through the installed command gets what submissions/expected.json says."""

import json
import subprocess
import sysconfig
from fractions import Fraction
from pathlib import Path

import pytest

from grader.text.codes import ERRORS
from samples import EXERCISE_IDS, GRADED, INVALID, SAMPLES, SUBMISSIONS, Sample
from samples.evaluator import evaluate

GRADE = Path(sysconfig.get_path("scripts")) / "grade"
FROM_CODE_ONLY = {"no-function", "raised", "timed-out", "out-of-memory", "crashed", "bad-return"}
OF_WEIGHTS = {"not-weights", "wrong-network"}
NEVER_THE_STUDENTS = {"grader-fault", "sandbox-unavailable", "variants-changed"}


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(GRADE), "-f", "json", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def check(report: dict, sample: Sample) -> None:
    assert report["submission"]["source"] == sample.file.split("/")[1]
    assert (report["exercise"] and report["exercise"]["id"]) == sample.exercise
    assert report["status"] == sample.status, report["error"]
    assert (report["error"] and report["error"]["code"]) == sample.error
    assert report["score"] == float(sample.score)
    assert [c["id"] for c in report["checks"] if c["passed"]] == sample.passed


@pytest.mark.parametrize("folder", EXERCISE_IDS)
def test_all_samples_of_an_exercise_in_one_run(folder: str, tmp_path: Path) -> None:
    samples = [s for s in SAMPLES if s.folder == folder and not s.options]
    done = run(*(sample.path(tmp_path) for sample in samples))
    assert done.stderr == ""
    assert done.returncode == max(sample.exit_status for sample in samples)
    reports = json.loads(done.stdout)
    for report, sample in zip(reports, samples, strict=True):
        check(report, sample)


@pytest.mark.parametrize("sample", INVALID, ids=lambda s: s.file.split("/")[1])
def test_an_invalid_sample_alone(sample: Sample, tmp_path: Path) -> None:
    done = run(*sample.options, sample.path(tmp_path))
    assert (done.returncode, done.stderr) == (sample.exit_status, "")
    check(json.loads(done.stdout), sample)


@pytest.mark.parametrize("sample", GRADED, ids=lambda s: s.file)
def test_the_list_agrees_with_a_second_evaluator(sample: Sample) -> None:
    data = json.loads((SUBMISSIONS / sample.file).read_text("utf-8-sig"))
    about = {"exercise", "student", "variant", "variant_list"}
    free = {k: v for k, v in data.items() if k not in about}
    found = evaluate(data["exercise"], free, data.get("variant"))
    assert found == (sample.score, sample.passed)


def test_every_file_is_in_the_list_and_back() -> None:
    here = {p.relative_to(SUBMISSIONS).as_posix() for p in SUBMISSIONS.glob("*/*.json")}
    listed = [sample.file for sample in SAMPLES if sample.generate is None]
    assert sorted(listed) == sorted(here)
    assert len({sample.file for sample in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("exercise", EXERCISE_IDS)
def test_every_exercise_has_a_perfect_a_blank_and_several_wrong_samples(exercise: str) -> None:
    scores = {s.file.split("/")[1]: s.score for s in GRADED if s.folder == exercise}
    assert scores["blank.json"] == 0
    full = scores["perfect.json"]
    assert max(scores.values()) == full
    assert sum(score < full for score in scores.values()) >= 4


def test_every_error_code_that_a_json_file_can_have_has_a_sample() -> None:
    codes = {sample.error for sample in INVALID}
    assert codes == set(ERRORS) - FROM_CODE_ONLY - OF_WEIGHTS - NEVER_THE_STUDENTS


def test_the_table_of_the_lab() -> None:
    table = {
        (1, -1, 2, -4): "100",
        (2, -4, 1, -1): "100",
        (1, -1.04, 2, -4): "100",
        (1.04, -1.04, 2, -4): "685/7",
        (1, -1, 2, -3.9): "650/7",
        (1, -1.1, 2, -4): "1775/21",
        (1, -1, 3, -6): "175/3",
        (1, -0.9, 2, -4): "12070/147",
        (1, -1, 0, 0): "50",
        (-1, 1, 2, -4): "40",
        (1, -1, 3, -5): "25",
        (1, -1, 2, -2): "25",
        (1, 0, 2, -4): "20",
        (2, -2, 0, 0): "6.25",
        (0, 0, 0, 0): "0",
    }
    scores = {}
    for sample in GRADED:
        if sample.folder == "relu-three-segments":
            data = json.loads((SUBMISSIONS / sample.file).read_text("utf-8-sig"))
            scores[tuple(data[key] for key in ("w1", "b1", "w2", "b2"))] = sample.score
    assert scores == {key: Fraction(text) for key, text in table.items()}
