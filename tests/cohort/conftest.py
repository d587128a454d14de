"""Fixtures of several tests here."""

import zipfile
from pathlib import Path

import pytest

from classes_made import made_class
from command import RIGHT
from course_made import COURSE, HALF, text


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_class(tmp_path_factory.mktemp("class") / "c", 40, code=2)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    place = tmp_path / "course"
    (place / "own").mkdir(parents=True)
    spec = Path(__file__).parents[2] / "exercises" / "zigzag.yaml"
    (place / "own" / "zigzag.yaml").write_bytes(spec.read_bytes())
    (place / "course.yaml").write_text(COURSE)
    with zipfile.ZipFile(place / "week1.zip", "w") as archive:
        archive.writestr("lovelaceada_90000_7700_submission.json", text(RIGHT))
        archive.writestr("oneil_90001_7701_submission.json", text(HALF))
    for student, values, time in (
        ("90000", RIGHT, "2026-11-21 22:00:00 UTC"),
        ("90001", RIGHT, "2026-11-21 22:00:00 UTC"),
        ("90002", HALF, "2026-11-19 22:00:00 UTC"),
    ):
        for lab in ("lab1", "lab2"):
            folder = place / "submitted" / student / lab
            folder.mkdir(parents=True)
            (folder / "submission.json").write_text(text(values))
            (folder / "timestamp.txt").write_text(time)
    return place
