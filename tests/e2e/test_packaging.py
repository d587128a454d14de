"""What is built: the wheel has everything the commands need, and the same bytes every time."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from command import PROJECT


def _build(folder: Path) -> dict[str, Path]:
    """Return the wheel and the source distribution, by their endings."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", folder],
        cwd=PROJECT,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"},
        check=True,
        capture_output=True,
    )
    return {path.suffix: path for path in folder.iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return _build(tmp_path_factory.mktemp("built"))


def _sources(folder: str) -> set[str]:
    paths = (PROJECT / folder).rglob("*")
    return {
        path.relative_to(PROJECT).as_posix()
        for path in paths
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_package_and_the_exercises(built: dict[str, Path]) -> None:
    names = set(zipfile.ZipFile(built[".whl"]).namelist())
    exercises = {f"grader/{name}" for name in _sources("exercises")}
    package = {name for name in names if name.startswith("grader/")}
    sources = {name for name in _sources("grader") if not name.startswith("grader/labs/web/")}
    assert package == sources | exercises
    assert "grader/py.typed" in package
    assert len({name.partition("/")[0] for name in names}) == 2  # the package and its metadata


def test_the_source_distribution_holds_the_tests(built: dict[str, Path]) -> None:
    with tarfile.open(built[".gz"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("grader", "exercises", "submissions", "bench"):
        assert _sources(folder) <= names
    assert {"README.md", "LICENSE", "CHANGELOG.md", "tests/support/readme.py"} <= names


def test_two_builds_give_the_same_bytes(built: dict[str, Path], tmp_path: Path) -> None:
    for ending, path in _build(tmp_path).items():
        assert path.read_bytes() == built[ending].read_bytes()
