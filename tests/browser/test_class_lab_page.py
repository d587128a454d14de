"""The lab of a class with variants: it asks who one is and shows that student's exercise."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader import load_exercise
from grader.cli.grader import main
from grader.exercise.variants import draw
from lab_in_browser import press, saved
from samples import EXERCISES

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser

SECRET = "one line that only you know"  # noqa: S105 - of this test alone


def test_a_page_for_a_class_asks_who_one_is(browser: "Browser", tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET, "utf-8")
    (tmp_path / "roster.csv").write_text("id\nada\nbob\n", "utf-8")
    words = [
        "--roster",
        str(tmp_path / "roster.csv"),
        "--secret-file",
        str(tmp_path / "secret.txt"),
    ]
    assert main(["lab", "turn-of-your-own", *words, "-o", str(tmp_path / "lab.html")]) == 0
    browser.chrome.get("about:blank")
    browser.open(tmp_path / "lab.html", width=1280)
    name = browser.chrome.find_element("id", "lab-id")
    name.send_keys("eve")
    press(browser, "Show my exercise")
    told = browser.chrome.find_element("css selector", "[role=alert]").text
    assert told.startswith("This id is not in the class's list.")
    assert browser.violations() == []
    name.clear()
    name.send_keys("ada")
    press(browser, "Show my exercise")
    data = json.loads(saved(browser, tmp_path))
    number = draw(SECRET.encode(), "turn-of-your-own", "ada", 25)
    assert (data["student"], data["variant"], data["w1"]) == ("ada", number, 0)
    variant = load_exercise(EXERCISES / "turn-of-your-own.yaml").variant
    assert variant is not None
    assert data["variant_list"] == variant.digest
    assert browser.violations() == []
