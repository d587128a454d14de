"""A fault of this program costs one submission its grade: no other is lost, and no zero is given."""

import importlib
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import grader.notebook
from command import LAB, PERFECT, PROJECT, RIGHT
from grader.cli import grade as grade_command
from grader.cli import run as run_command
from grader.cli import start
from grader.desk import assess
from grader.errors import GraderError

WORDS = "what a student wrote"
SPEC = PROJECT / "exercises" / f"{LAB}.yaml"

# A function of each layer on the way of a submission, where it is looked up when it is called.
LAYERS = {
    "reading the file": ("grader.cli.grade", "receive"),
    "reading its text": ("grader.submission.sources.json", "read"),
    "choosing the exercise": ("grader.cli.grade", "choose"),
    "reading the parameters": ("grader.desk.assess", "read_parameters"),
    "grading": ("grader.grading", "examine"),
    "wording": ("grader.grading", "check_message"),
    "rendering": ("grader.reports.terminal", "_checks"),
}
FAULTS = [OverflowError(WORDS), MemoryError(), RecursionError(WORDS), KeyError(WORDS)]


def failing_at(
    monkeypatch: pytest.MonkeyPatch, layer: str, fault: Exception, calls: Callable[[int], bool]
) -> None:
    """Let the layer's function raise at those calls."""
    place, name = LAYERS[layer]
    module = importlib.import_module(place)
    right = getattr(module, name)
    count = iter(range(10**6))

    def wrong(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - in anyone's place
        if calls(next(count)):
            raise fault
        return right(*given, **named)

    monkeypatch.setattr(module, name, wrong)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
@pytest.mark.parametrize("layer", LAYERS)
def test_the_others_are_graded_and_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    layer: str,
    fault: Exception,
) -> None:
    for name in ("a.json", "b.json", "c.json"):
        (tmp_path / name).write_text(json.dumps(RIGHT))
    monkeypatch.chdir(tmp_path)
    per_file = 5 if layer == "wording" else 1
    failing_at(monkeypatch, layer, fault, lambda call: call == per_file)  # the second file's first
    given = [] if layer == "choosing the exercise" else ["-e", LAB]
    assert grade_command.main([*given, "-o", "r.txt", "a.json", "b.json", "c.json"]) == 4
    heads = [
        line for line in Path("r.txt").read_text().splitlines() if line.startswith(("Score", "No "))
    ]
    assert heads == ["Score 100 of 100", "No score", "Score 100 of 100"]
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    assert line.startswith(f"fault of the grader: {type(fault).__name__} at ")
    assert ", line " in line
    assert WORDS not in line + Path("r.txt").read_text()


SHOWING = {
    "html, picture": ("html", "grader.reports.html.sections", "overview"),
    "html, unit": ("html", "grader.reports.html.sections", "unit_picture"),
    "html, goals": ("html", "grader.reports.html.sections", "every_goal"),
    "markdown": ("markdown", "grader.reports.markdown", "_units"),
    "json": ("json", "grader.plain", "_unit"),
    "jsonl": ("jsonl", "grader.plain", "_check"),
    "junit": ("junit", "grader.handover.feedback", "_folded"),
    "diagnoses": ("json", "grader.words.mistakes", "diagnose"),
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
@pytest.mark.parametrize("layer", SHOWING)
def test_the_others_are_shown(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    layer: str,
    fault: Exception,
) -> None:
    form, place, name = SHOWING[layer]
    wrong = json.dumps({"w1": 1, "b1": 2, "w2": 3, "b2": 4})
    for file in ("a.json", "b.json", "c.json"):
        (tmp_path / file).write_text(wrong)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(LAYERS, layer, (place, name))
    failing_at(monkeypatch, layer, fault, lambda call: call == 0)
    assert grade_command.main(["-e", LAB, "-f", form, "-o", "r", "a.json", "b.json", "c.json"]) == 4
    written = Path("r").read_text()
    assert all(file in written for file in ("b.json", "c.json"))
    assert WORDS not in written
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"fault of the grader: {type(fault).__name__} at ")
    assert WORDS not in line


@pytest.mark.parametrize("layer", LAYERS)
def test_a_signal_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layer: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps(RIGHT))
    monkeypatch.chdir(tmp_path)
    for stop in (SystemExit(143), KeyboardInterrupt()):
        failing_at(monkeypatch, layer, stop, lambda _: True)  # type: ignore[arg-type]
        with pytest.raises(type(stop)):
            grade_command.main(["-o", "r.txt", "a.json"])
        assert os.listdir(tmp_path) == ["a.json"]


def test_a_form_that_never_works_leaves_the_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("grader.reports.terminal._score", lambda _: 1 / 0)
    assert grade_command.main([str(PERFECT), str(PERFECT)]) == 4
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("fault of the grader: ZeroDivisionError at ") == 4


@pytest.mark.parametrize("platform", ["gradescope", "prairielearn", "coursera", "open-edx"])
@pytest.mark.parametrize("where", ["handed_over", "grade", "answer"])
def test_on_platforms(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    platform: str,
    where: str,
) -> None:
    for folder in ("submission", "student"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.json").write_text(json.dumps(RIGHT))
    item = {"xqueue_body": json.dumps({"student_response": json.dumps(RIGHT)})}
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps(item).encode())))
    module = importlib.import_module(f"grader.platforms.{platform.replace('-', '_')}")
    right, count = module.answer, iter(range(10))

    def once(*given: Any) -> Any:  # noqa: ANN401 - in anyone's place
        return right(*given) if next(count) else 1 / 0

    if where == "grade":
        monkeypatch.setattr(assess, "grade", lambda *_, **__: 1 / 0)
    else:
        monkeypatch.setattr(module, where, once if where == "answer" else lambda _: 1 / 0)
    before = set(tmp_path.rglob("*"))
    assert run_command.main([platform, "-e", str(SPEC), "--root", str(tmp_path)]) == 4
    told = capsys.readouterr()
    assert "fault of the grader: ZeroDivisionError at " in told.err
    written = "".join(
        path.read_text() for path in set(tmp_path.rglob("*")) - before if path.is_file()
    )
    assert '"score": 0' not in written + told.out
    assert '"fractionalScore"' not in written


def test_in_a_notebook(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert grader.notebook.check(LAB, **RIGHT) == 100
    monkeypatch.setattr("grader.notebook.grade", lambda *_: {}["x"])
    with pytest.raises(GraderError, match="The grader itself failed"):
        grader.notebook.check(LAB, **RIGHT)
    assert "fault of the grader: KeyError at " in capsys.readouterr().err


@pytest.mark.parametrize("fault", [*FAULTS, ImportError(WORDS)], ids=lambda f: type(f).__name__)
@pytest.mark.parametrize("command", ["grade", "grader"])
def test_outside_of_a_submission_it_is_one_line_and_not_a_low_score(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    fault: Exception,
) -> None:
    def wrong(**_: object) -> int:
        raise type(fault)(*fault.args)  # a new one: the other tests' frames hang on this

    monkeypatch.setattr(f"grader.cli.{command}.main", wrong)
    monkeypatch.setattr(start, "_prepare", lambda: None)
    assert getattr(start, command)() == 4
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    assert line.startswith(f"fault of the grader: {type(fault).__name__} at grader/cli/start.py, ")
    assert WORDS not in line
