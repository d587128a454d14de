"""Hostile arguments and names of files: shown inert by every command, and never a traceback."""

import io
import os
import sys
from pathlib import Path

import pytest

import hostile
from command import LAB, PERFECT
from grader.cli import grade as grade_command
from grader.cli import grader as grader_command
from grader.desk.family import member, members
from hostile import FORGED, STRINGS

VERBS = [name for name in members("cli") if hasattr(member("cli", name), "MEANING")]


def can_be_an_argument(text: str) -> bool:
    try:
        return b"\0" not in os.fsencode(text) and len(text) < 5000
    except UnicodeEncodeError:
        return False


ARGUMENTS = [text for text in STRINGS if can_be_an_argument(text)]
BLANK = PERFECT.parent / "blank.json"
NAMES = [text for text in ARGUMENTS if "/" not in text and len(os.fsencode(text)) < 250]


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was shown, which must be calm, and no report of full marks."""
    out, err = capsys.readouterr()
    assert hostile.is_calm(out)
    assert hostile.is_calm(err)
    assert "Traceback" not in err
    assert "fault of the grader" not in err
    return out + err


def run(words: list[str]) -> int:
    try:
        return grader_command.main(words)
    except SystemExit as leaving:
        return int(str(leaving.code))


@pytest.mark.parametrize("verb", ["", "lint-", *VERBS])
def test_what_a_verb_says_of_its_arguments(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    verb: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    for text in ARGUMENTS:
        words = [verb, text] if verb else [text]
        assert run(words) in {0, 2}, text
        told(capsys)
    if verb in VERBS:
        for text in ARGUMENTS[::9]:
            run([verb, LAB, text])
            run([verb, text, LAB])
            run([verb, "--format", text, LAB])
            run([verb, f"--{text}"])
            told(capsys)


def test_what_grade_says_of_its_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in ARGUMENTS:
        for option in (
            "-e",
            "-f",
            "--fail-under",
            "--reveal",
            "--since",
            "--function",
            "--max-wall",
        ):
            try:
                status = grade_command.main([option, text, str(BLANK)])
            except SystemExit as leaving:
                status = int(str(leaving.code))
            assert status in {0, 2}, (option, text)
            shown = told(capsys)
            assert FORGED not in shown.split("\n")


def test_names_of_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names = []
    for number, text in enumerate(NAMES):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / f"{text}.json").write_text('{"w1": 0, "b1": 0, "w2": 0, "b2": 0}')
        names.append(f"{number}/{text}.json")
    for form in ("terminal", "markdown", "html", "junit", "json"):
        assert grade_command.main(["-e", LAB, "-f", form, *names]) == 0
        shown = told(capsys)
        assert not [line for line in shown.split("\n") if line.startswith("Score 1")]
