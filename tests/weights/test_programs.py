"""Every exercise's program for scikit-learn, cut short, runs and saves what fits the exercise."""

import runpy
from pathlib import Path

import pytest
from reading import layers

from grader import load_exercise
from grader.submission.record import Trained, read_parameters
from grader.task.training import program
from samples import EXERCISE_IDS

pytestmark = pytest.mark.weights

SHORTER = (("range(30)", "range(1)"), ("range(3000)", "range(3)"))


@pytest.mark.parametrize("id_", EXERCISE_IDS)
def test_a_program_runs_and_saves_what_fits(
    id_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = load_exercise(id_)
    text = program(exercise, "sklearn") or ""
    for long, short in SHORTER:
        assert long in text
        text = text.replace(long, short)
    (tmp_path / "train.py").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(tmp_path / "train.py"))
    saved = layers("npz", (tmp_path / f"{id_}.npz").read_bytes())
    assert set(read_parameters(Trained.of(saved), exercise).parameters) == set(exercise.free)
