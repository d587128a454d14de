"""`grader run` with Python submissions: contained, and no zero where that cannot be."""

import json
from pathlib import Path

import pytest

import restated
from grader.errors import SandboxError
from run_places import read, run, tree

CODE = "def submission():\n    print('<b>')\n    return 1.04, -1, 2.05, -4\n"


def test_python_is_run_contained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gradescope", tree(tmp_path, {"submission/a.py": CODE})) == 0
    assert restated.gradescope(read(tmp_path, "results/results.json")) == (75, 100)
    assert capsys.readouterr() == ("", "a.py printed:\n| <b>\n")
    told = json.loads((tmp_path / "results/results.json").read_text())["output"]
    assert told.endswith("\n\na.py printed:\n| <b>")


def test_what_is_printed_cannot_give_a_workflow_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = CODE.replace("<b>", "::error::x\\n##[stop-commands]x")
    assert run("github", tree(tmp_path, {"a.py": code})) == 0
    out, err = capsys.readouterr()
    assert restated.github({"-": out, "$GITHUB_STEP_SUMMARY": "x"}) == ["notice"] + ["warning"] * 2
    assert err == "a.py printed:\n| ::error::x\n| ## [stop-commands]x\n"


def test_python_that_never_ends(tmp_path: Path) -> None:
    code = "def submission():\n    while True:\n        pass\n"
    assert run("gradescope", tree(tmp_path, {"submission/a.py": code}), "--max-wall", "0.5") == 0
    assert restated.gradescope(read(tmp_path, "results/results.json")) == (0, 100)
    assert "timed-out" in (tmp_path / "results/results.json").read_text()


def test_python_that_cannot_be_contained_is_no_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: object) -> None:
        raise SandboxError("sandbox-unavailable", "no kernel for it")

    monkeypatch.setattr("grader.sandbox.grader_side.sandbox.Sandbox.run", unavailable)
    assert run("gradescope", tree(tmp_path, {"submission/a.py": CODE})) == 4
    assert not (tmp_path / "results").exists()
    assert capsys.readouterr().err == (
        "no answer for gradescope, which will say that the grader failed: no kernel for it\n"
    )
    monkeypatch.undo()


def test_typed_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUBMISSION_CODE", CODE)
    assert run("open-edx", tmp_path, "--kind", "py") == 0
    assert restated.open_edx({"-": capsys.readouterr().out}) == 0.75
