"""The preview as a browser shows it."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader import load_exercise
from grader.authoring.previews.preview import preview_html
from samples import EXERCISE_IDS, EXERCISES
from samples.specs import spec

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser

LONG = 'title: "' + "W" * 200 + '"\ndescription: "' + "unbroken" * 60 + '"'


@pytest.fixture(scope="session")
def previews(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("previews")
    (folder / "case.yaml").write_text(spec([("title: A case", LONG)]), "utf-8")
    paths = [EXERCISES / f"{name}.yaml" for name in EXERCISE_IDS]
    for path in (*paths, folder / "case.yaml"):
        page = preview_html(load_exercise(path), with_answer=True)
        (folder / f"{path.stem}.html").write_text(page, "utf-8")
    return folder


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", [*EXERCISE_IDS, "case"])
def test_axe_finds_no_fault(browser: "Browser", previews: Path, name: str, *, dark: bool) -> None:
    browser.open(previews / f"{name}.html", dark=dark)
    assert browser.violations() == []


@pytest.mark.parametrize("name", [*EXERCISE_IDS, "case"])
def test_360_pixels_are_wide_enough(browser: "Browser", previews: Path, name: str) -> None:
    browser.open(previews / f"{name}.html", width=360)
    assert browser.run("return document.documentElement.scrollWidth") <= 360
    assert browser.violations() == []
    assert browser.log() == []
