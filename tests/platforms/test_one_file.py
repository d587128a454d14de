"""A platform that nobody has heard of, as one file: every command takes it as it takes the others."""

import os
import sys
from pathlib import Path

import pytest

import grader.platforms
from grader.cli import grade, package, run
from grader.desk.catalogue import find

LAB = "relu-three-segments"
RIGHT = '{"w1": 1, "b1": -1, "w2": 2, "b2": -4}'
PLATFORM = '''
"""Moon school: a line of text."""
from grader.handover.bundling import core
from grader.handover.feedback import share, text
from grader.platforms import only_file
SHOWS = {}
ROOT = "."
def answer(report, settings):
    return {} if report.score is None else {"beside.txt": text(report), "moon.txt": f"{share(report)}\\n"}
def handed_over(place):
    return only_file(place.files("in"), place.environment.get("MOON"))
UPLOAD = "A folder for the moon school, with all that it needs up there."
NEXT = "Send it up."
def bundle(parts):
    return core(parts, "moon-school")
'''


@pytest.fixture(autouse=True)
def _moon_school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "platforms"
    folder.mkdir()
    (folder / "moon_school.py").write_text(PLATFORM)
    monkeypatch.setattr(grader.platforms, "__path__", [*grader.platforms.__path__, str(folder)])
    monkeypatch.delitem(sys.modules, "grader.platforms.moon_school", raising=False)


def test_as_a_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the files beside the main one go to the working directory
    (tmp_path / "a.json").write_text(RIGHT)
    assert grade.main(["-f", "moon-school", str(tmp_path / "a.json")]) == 0
    assert capsys.readouterr() == ("1.0\n", "")
    assert grade.main(["-f", "moon", str(tmp_path / "a.json")]) == 2
    assert "junit, moon-school, open-edx" in capsys.readouterr().err


def test_where_it_runs_the_grader(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.json").write_text(RIGHT)
    spec = os.path.abspath(find(LAB).path)
    assert run.main(["moon-school", "-e", spec, "--root", str(tmp_path)]) == 0
    assert (tmp_path / "moon.txt").read_text() == "1.0\n"
    assert (tmp_path / "beside.txt").read_text().startswith("Score 100 of 100\n")


def test_its_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert package.main(["--list"]) == 0
    assert "\nmoon-school   A folder for the moon school, with all" in capsys.readouterr().out
    assert package.main(["moon-school", LAB, "-o", str(tmp_path / "up")]) == 0
    assert capsys.readouterr().out.startswith(f"Wrote {tmp_path / 'up'}. Send it up.\n")
    assert "'moon-school', '--exercise'" in (tmp_path / "up/start.py").read_text()
