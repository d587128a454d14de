"""`grade -f PLATFORM`, through its main function."""

import os
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

import restated
from grader.cli import grade as grade_command
from grader.console.delivery import platforms
from run_places import LAB, PARTIAL, read, tree


def grade(*arguments: object) -> int:
    return grade_command.main([str(argument) for argument in arguments])


def test_grade_with_a_platforms_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree(tmp_path, {"a.json": PARTIAL, "b.json": "{"})
    assert grade("-f", "gradescope", tmp_path / "a.json") == 0
    assert restated.gradescope({"": capsys.readouterr().out}) == (75, 100)
    assert grade("-f", "gradescope", tmp_path / "b.json") == 0
    assert restated.gradescope({"": capsys.readouterr().out}) == (0, 100)
    assert grade("-e", LAB, "-f", "gradescope", "--fail-under", 80, tmp_path / "a.json") == 1
    assert grade("-e", LAB, "-f", "gradescope", "--fail-under", 80, tmp_path / "b.json") == 3


@pytest.mark.parametrize("name", sorted({*platforms()} - {"junit"}))
def test_a_platforms_file_holds_one_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    tree(tmp_path, {"a.json": PARTIAL, "b.json": "{"})
    assert grade("-f", name, tmp_path / "a.json", tmp_path / "b.json") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{name} holds one report; grade one submission at a time, or use ")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_junit_is_one_document_however_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    tree(tmp_path, {"a.json": PARTIAL, "b.json": "{", "c.py": "def submission(): return 1\n"})
    files = [tmp_path / name for name in ("a.json", "b.json", "c.py")[:count]]
    assert grade("-f", "junit", *files) == 0
    document = fromstring(capsys.readouterr().out)  # noqa: S314 - our own document
    assert (document.tag, len(document)) == ("testsuites", count)
    assert len({suite.get("name") for suite in document}) == count


def test_what_belongs_beside_the_output_is_written_there(tmp_path: Path) -> None:
    tree(tmp_path, {"a.json": PARTIAL, "shared/x": ""})
    assert (
        grade("-f", "coursera", "-o", tmp_path / "shared/feedback.json", tmp_path / "a.json") == 0
    )
    names = sorted(set(os.listdir(tmp_path / "shared")) - {"x"})
    assert len(names) == 2
    assert restated.coursera(read(tmp_path / "shared", *names)) == 0.75


def test_no_such_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree(tmp_path, {"a.json": PARTIAL})
    assert grade("-f", "gradescop", tmp_path / "a.json") == 2
    assert 'unknown format "gradescop"; choose from' in capsys.readouterr().err
