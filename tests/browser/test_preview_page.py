"""The preview as a browser shows it."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader import load_exercise
from grader.authoring.previews.preview import preview_html
from grader.cli.grader import main
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


@pytest.fixture(scope="session")
def authors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authors")
    for path in (EXERCISES / f"{name}.yaml" for name in EXERCISE_IDS):
        words = ["preview", str(path), "-f", "html", "--answer", "-o", f"{folder / path.stem}.html"]
        assert main(words) == 0
    return folder


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["relu-three-segments", "mountain-range", "absolute-value"])
def test_axe_finds_no_fault_in_the_authors_page(
    browser: "Browser", authors: Path, name: str, width: int, *, dark: bool
) -> None:
    browser.open(authors / f"{name}.html", width=width, dark=dark)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    browser.run("document.querySelector('.mistakes button').click()")
    assert browser.log() == []
    assert browser.violations() == []
    browser.log()  # axe tries styles that the page's policy forbids


def test_a_mistake_sets_the_sliders_and_shows_score_and_message(
    browser: "Browser", authors: Path
) -> None:
    browser.open(authors / "relu-three-segments.html", width=1280)
    press(browser, "Unit 1: right weight, the bias has the other sign")
    says = "return document.getElementById('author-says').textContent"
    assert "20 of 100 points." in browser.run(says)
    assert "Only the sign of the bias is wrong." in browser.run(says)
    shown = "return [...document.querySelectorAll('.stepper input')].map(e => e.value)"
    assert browser.run(shown) == ["1", "1", "2", "\u22124"]
    # The page counts as the grader does.
    assert "20 of 100 points" in browser.run("return document.querySelector('.points').textContent")
    pressed = "return document.querySelectorAll('[aria-pressed=true]').length"
    assert browser.run(pressed) == 1
    top = "return document.querySelector('.lab .picture').getBoundingClientRect().top"
    bar = "return document.querySelector('.author-bar').getBoundingClientRect().bottom"
    assert 0 <= browser.run(bar) <= browser.run(top) <= 300  # the message hides no picture
    press(browser, "Back to the mistakes")
    assert "the bias has the other sign" in browser.run("return document.activeElement.textContent")
    press(browser, "w1 = 1, b1 = -1, w2 = 2, b2 = -4")
    words = "return document.querySelector('.standing-words').textContent"
    assert browser.run(words) == "All 4 goals right"


def test_it_can_be_seen_as_a_student(browser: "Browser", authors: Path) -> None:
    browser.open(authors / "relu-three-segments.html", width=1280)
    row = (
        "return [...document.querySelectorAll('.plot text')].some(e => e.textContent === 'points')"
    )
    assert browser.run(row)
    press(browser, "Unit 2: right weight, the bias is 0")
    press(browser, "See it as a student")
    assert not browser.run(row)
    hidden = "return ['author', 'author-note'].map(id => document.getElementById(id).hidden)"
    assert browser.run(hidden) == [True, True]
    shown = "return [...document.querySelectorAll('.stepper input')].map(e => e.value)"
    assert browser.run(shown) == ["0", "0", "0", "0"]
    assert browser.run("return document.getElementById('author-says').textContent") == ""
    press(browser, "Back to the author\u2019s page")
    assert browser.run(hidden) == [False, False]
    assert browser.run(row)


def press(browser: "Browser", words: str) -> None:
    for each in browser.chrome.find_elements("css selector", "button"):
        if each.get_attribute("textContent") == words:
            browser.run("arguments[0].scrollIntoView({block: 'center'})", each)
            each.click()
            return
    pytest.fail(f"no button {words}")


def test_the_sliders_work_as_a_component_of_open_edx(browser: "Browser", tmp_path: Path) -> None:
    words = ["package", "open-edx", "relu-three-segments", "-o", str(tmp_path / "a")]
    assert main(words) == 0
    page = (tmp_path / "a/sliders.html").read_text("utf-8")
    around = f'<!DOCTYPE html><html lang="en"><title>Unit</title><main><h1>Unit</h1>{page}</main>'
    (tmp_path / "unit.html").write_text(around, "utf-8")
    browser.log()
    browser.open(tmp_path / "unit.html", width=1280)
    assert browser.log() == []
    browser.chrome.switch_to.frame(browser.chrome.find_element("css selector", "iframe"))
    try:
        slider = 'input[type="range"][aria-label="Weight w1 of unit 1"]'
        browser.chrome.find_element("css selector", slider).send_keys("\ue010")  # End
        shown = "return [...document.querySelectorAll('.stepper input')].map(e => e.value)"
        assert browser.run(shown) == ["4", "0", "0", "0"]
        press(browser, "Hand in")
        press(browser, "Copy")
        said = "return document.querySelector('.outcome').textContent"
        for _ in range(50):
            if browser.run(said):
                break
            threading.Event().wait(0.05)
        assert browser.run(said) == "Copied."
    finally:
        browser.chrome.switch_to.default_content()
