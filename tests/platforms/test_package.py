"""`grader package`: the command, and what every bundle has."""

import os
import re
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bundled import LAB, run
from grader.cli import package
from grader.console.delivery import platform, platforms
from grader.desk.catalogue import find
from samples.specs import LINTED, spec

SPEC = Path(find(LAB).path)


def test_the_list_says_one_sentence_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert package.main(["--list"]) == 0
    rows = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert list(rows) == platforms("bundle")
    assert all(re.fullmatch(r"[A-Z].{20,90}\.", sentence) for sentence in rows.values())


def test_it_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert package.main(["gradescope", LAB, "-o", str(tmp_path / "a.zip")]) == 0
    then = "Upload it on the assignment's page, under Configure Autograder."
    pages = "task.html in it is the students' page, INSTRUCTOR.md has your steps."
    assert capsys.readouterr() == (f"Wrote {tmp_path / 'a.zip'}. {then}\n{pages}\n", "")


def test_what_lint_finds_wrong_is_packaged_only_by_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise = tmp_path / "case.yaml"
    exercise.write_text(spec(LINTED["unsolvable"]), "utf-8")
    wanted = ["gradescope", str(exercise), "-o", str(tmp_path / "a.zip")]
    assert package.main(wanted) == 2
    assert "case.yaml:5: error unsolvable: target: " in capsys.readouterr().err
    assert not (tmp_path / "a.zip").exists()
    assert package.main([*wanted, "--force"]) == 0
    assert (tmp_path / "a.zip").exists()


def test_a_folder_for_a_platform_that_takes_a_zip_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.main(["gradescope", LAB, "-o", str(tmp_path / "folder")]) == 0
    told = capsys.readouterr().out
    assert "This platform takes a zip file: zip what is in the folder" in told


def test_the_help_says_where_numpy_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        package.main(["--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "which pip installs from PyPI when the image is built (on GitHub at each run)" in told


@pytest.mark.parametrize("name", platforms("bundle"))
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    for each in ("a.zip", "b.zip"):
        assert package.main([name, LAB, "-o", str(tmp_path / each)]) == 0
    data = (tmp_path / "a.zip").read_bytes()
    assert data == (tmp_path / "b.zip").read_bytes()
    assert len(data) < 1_500_000  # PrairieLearn has the grader twice, and the lab


@pytest.mark.parametrize("name", platforms("bundle"))
def test_a_bundle_has_all_it_needs(bundles: Mapping[str, Path], name: str) -> None:
    files = [path for path in bundles[name].rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 2 * 2**20
    names = {path.name for path in files}
    assert any(re.fullmatch(r"relu_grader-[\d.]+-py3-none-any\.whl", each) for each in names)
    assert any(re.fullmatch(r"pyyaml-[\d.]+-py3-none-any\.whl", each) for each in names)
    specs = [path for path in files if path.name == f"{LAB}.yaml"]
    assert specs
    assert {path.read_bytes() for path in specs} == {SPEC.read_bytes()}
    programs = [path for path in files if path.suffix in {".py", ""} and os.access(path, os.X_OK)]
    assert programs


def test_the_wheels_are_wheels(bundles: Mapping[str, Path]) -> None:
    for path in (bundles["gradescope"] / "wheels").iterdir():
        with zipfile.ZipFile(path) as wheel:
            assert wheel.testzip() is None
            record = next(name for name in wheel.namelist() if name.endswith("/RECORD"))
            listed = {line.split(",")[0] for line in wheel.read(record).decode().splitlines()}
            assert listed == set(wheel.namelist())


def test_a_changed_exercise_is_noticed(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    (tmp_path / "submission").mkdir()
    start = tmp_path / "start.py"
    start.write_bytes((bundles["coursera"] / "grader/start.py").read_bytes())
    (tmp_path / "wheels").symlink_to(bundles["coursera"] / "grader/wheels")
    (tmp_path / "exercise").mkdir()
    (tmp_path / f"exercise/{LAB}.yaml").write_bytes(SPEC.read_bytes() + b"\n")
    done = run(sys.executable, "-I", start, "--root", tmp_path, cwd=tmp_path)
    assert done.returncode == 4
    assert "package it again" in done.stderr
    assert not (tmp_path / "feedback.json").exists()


def test_numpy_comes_along_pinned_unless_it_is_declined(tmp_path: Path) -> None:
    for name, file in (("gradescope", "setup.sh"), ("coursera", "Dockerfile")):
        assert package.main([name, LAB, "-o", str(tmp_path / name)]) == 0
        assert re.search(r"numpy==\d+\.\d+\.\d+", (tmp_path / name / file).read_text())
        assert package.main([name, LAB, "--numpy", "2.1.0", "-o", str(tmp_path / f"{name}2")]) == 0
        assert "numpy==2.1.0" in (tmp_path / f"{name}2" / file).read_text()
        assert package.main([name, LAB, "--no-numpy", "-o", str(tmp_path / f"{name}3")]) == 0
        assert "numpy" not in (tmp_path / f"{name}3" / file).read_text()


def test_titles_with_markup_stay_text(tmp_path: Path) -> None:
    title = 'title: "<b>{{x}}&\\x1b[31m\\uFFFE\\x00]]> \\u202e"'
    spec = re.sub("title: .*", lambda _: title, SPEC.read_text())
    text = "description: |\n  {{{y}}} {{#z}} <i> ]]> <markdown>\n"
    (tmp_path / f"{LAB}.yaml").write_text(spec.replace("description: |", text))
    for name in ("open-edx", "prairielearn"):
        assert package.main([name, str(tmp_path / f"{LAB}.yaml"), "-o", str(tmp_path / name)]) == 0
    ET.fromstring((tmp_path / "open-edx/problem.xml").read_text())  # noqa: S314 - our own
    page = (tmp_path / f"prairielearn/{LAB}/question.html").read_text()
    ET.fromstring(f"<page>{page}</page>")  # noqa: S314 - our own
    url = "{{options.client_files_question_url}}"
    assert re.findall(r"\{\{+[^}]*\}+", page) == [url, url, "{{{feedback.report}}}"]
    assert "<markdown" not in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["nowhere", LAB, "-o", "x.zip"],
            'no bundle for "nowhere"; choose one of classroom50, ',
        ),
        (["gradescope", "nothing", "-o", "x.zip"], 'unknown exercise "nothing"'),
        (["gradescope", LAB, "-o", "/nowhere/x.zip"], "/nowhere/x.zip cannot be written"),
        (["coursera", LAB, "-o", "."], ". cannot be written: File exists; name a new folder"),
    ],
)
def test_what_cannot_be_packaged(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.main(arguments) == 2
    assert capsys.readouterr().err.startswith(message)


@pytest.mark.parametrize("name", ["a.zip", "a.yaml"])
def test_nothing_that_a_person_made_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    output = tmp_path / name
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("homework.txt", "")
    before = output.read_bytes()
    assert package.main(["gradescope", LAB, "-o", str(output)]) == 2
    assert capsys.readouterr().err == (
        f"{output} is one of your files and is not overwritten; name a new folder, or a file that "
        "ends in .zip\n"
    )
    assert (output.read_bytes(), os.listdir(tmp_path)) == (before, [name])


def test_an_earlier_bundle_is_replaced(tmp_path: Path) -> None:
    for platform_name in ("coursera", "gradescope"):
        assert package.main([platform_name, LAB, "-o", str(tmp_path / "a.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert "run_autograder" in archive.namelist()
    assert os.listdir(tmp_path) == ["a.zip"]


def test_a_folder_in_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    assert package.main(["gradescope", LAB, "-o", str(tmp_path / "a.zip")]) == 2
    assert os.listdir(tmp_path) == ["a.zip"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["gradescope"],
        ["gradescope", LAB],
        ["gradescope", LAB, "-o", "x", "--points", "0"],
        ["gradescope", LAB, "-o", "x", "--numpy", "2"],
        ["gradescope", LAB, "-o", "x", "--numpy", "2.1.0;id"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        package.main(arguments)


@pytest.mark.parametrize("name", platforms("bundle"))
def test_every_bundle_cites_its_source(name: str) -> None:
    module = platform(name, "bundle")
    assert module is not None
    assert re.search(r"Source: .*read in\s+November 20\d\d", module.__doc__ or "", re.DOTALL)
