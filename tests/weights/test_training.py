"""Programs that train an exercise's network, and the samples that such programs saved."""

import ast
import json
import subprocess
import sysconfig
from pathlib import Path

import pytest

from grader import load_exercise
from grader.task.training import FRAMEWORKS, program
from samples import EXERCISE_IDS, SUBMISSIONS

SCRIPTS = Path(sysconfig.get_path("scripts"))
TRAINED = ("train-a-hat", "train-a-valley")


def grader(*words: str) -> subprocess.CompletedProcess[str]:
    command = [SCRIPTS / "grader", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("exercise", EXERCISE_IDS)
def test_every_exercise_has_a_program_that_python_can_read(exercise: str, framework: str) -> None:
    text = program(load_exercise(exercise), framework)
    assert text is not None
    ast.parse(text)
    ending = {"keras": "weights.h5", "pytorch": "pt", "sklearn": "npz"}[framework]
    assert f'"{exercise}.{ending}"' in text
    assert f"grade -e {exercise} {exercise}.{ending}" in text


def test_the_command_prints_it() -> None:
    done = grader("template", "train-a-hat", "--for", "pytorch")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == program(load_exercise("train-a-hat"), "pytorch")
    wrong = grader("template", "train-a-hat", "--for", "caffe")
    assert wrong.returncode == 2
    assert "keras" in wrong.stderr


def test_what_was_trained_gets_full_marks() -> None:
    for exercise in TRAINED:
        files = sorted((SUBMISSIONS / exercise).glob("trained.*"))
        assert len(files) == 4
        command = [SCRIPTS / "grade", "-f", "json", *files]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        reports = json.loads(done.stdout)
        assert [report["score"] for report in reports] == [100] * len(files)
        assert {report["exercise"]["id"] for report in reports} == {exercise}
