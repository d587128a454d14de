"""The lab as students solve it in a browser: by mouse, by keyboard, by touch and by typing."""

import json
import re
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from command import BIN
from grader import grade
from grader.cli.grader import main
from lab_in_browser import LAB, RIGHT, heading, place, saved, shown, slider, type_in
from samples import EXERCISES

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser

# Contract section 5: what each answer scores.
TABLE = [
    ("1 -1 2 -4", "100"),
    ("2 -4 1 -1", "100"),
    ("1 -1.04 2 -4", "100"),
    ("1.04 -1.04 2 -4", "685/7"),
    ("1 -1 2 -3.9", "650/7"),
    ("1 -1 2.1 -4.2", "1850/21"),
    ("1 -1 3 -6", "175/3"),
    ("1 -1 3 -5", "25"),
    ("1 -1 2 -2", "25"),
    ("0 0 0 0", "0"),
    ("1 -1.1 2 -4", "1775/21"),
    ("1 -0.9 2 -4", "12070/147"),
    ("1 -1 0 0", "50"),
    ("-1 1 2 -4", "40"),
    ("1 0 2 -4", "20"),
    ("2 -2 0 0", "25/4"),
]


def grade_of(path: Path) -> Fraction:
    done = subprocess.run(
        [BIN / "grade", "-f", "json", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    return Fraction(json.loads(done.stdout)["score"])


def test_solved_by_typing_and_handed_in(lab: "Browser", tmp_path: Path) -> None:
    type_in(lab, RIGHT)
    assert heading(lab) == "All 4 goals right"
    text = saved(lab, tmp_path)
    assert json.loads(text) == {"exercise": LAB, "w1": 1, "b1": -1, "w2": 2, "b2": -4}
    assert grade_of(tmp_path / "submission.json") == 100
    assert lab.log() == []


def test_solved_by_keyboard_alone(lab: "Browser") -> None:
    from selenium.webdriver import ActionChains, Keys  # noqa: PLC0415 - only these tests need it

    for _ in range(2):  # the way back to the site's index, then "To the sliders"
        ActionChains(lab.chrome).send_keys(Keys.TAB).perform()
    assert lab.chrome.switch_to.active_element.text == "To the sliders"
    ActionChains(lab.chrome).send_keys(Keys.ENTER).perform()
    for name, steps in (("w1", 10), ("b1", -10), ("w2", 20), ("b2", -40)):
        for _ in range(40):
            active = lab.chrome.switch_to.active_element
            if active.get_attribute("id") == slider(lab, name).get_attribute("id"):
                break
            ActionChains(lab.chrome).send_keys(Keys.TAB).perform()
        ring = lab.run("return getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid"
        tens, ones = divmod(abs(steps), 10)
        key = Keys.ARROW_RIGHT if steps > 0 else Keys.ARROW_LEFT
        page = Keys.PAGE_UP if steps > 0 else Keys.PAGE_DOWN
        for _ in range(tens):
            ActionChains(lab.chrome).send_keys(page).perform()
        for _ in range(ones):
            ActionChains(lab.chrome).send_keys(key).perform()
    assert shown(lab) == RIGHT
    assert heading(lab) == "All 4 goals right"


def test_solved_by_touch(lab: "Browser", pages: Path) -> None:
    lab.command("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        lab.open(pages / f"{LAB}.html", width=360)
        for name, count in (("w1", 10), ("b1", -10), ("w2", 20), ("b2", -40)):
            tap(lab, f"[role=tab]:nth-child({int(name[1:]) + 1})")
            words = f"{name} one step {'up' if count > 0 else 'down'}"
            for _ in range(abs(count)):
                tap(lab, f'button[aria-label="{words}"]')
        assert shown(lab) == RIGHT
        assert heading(lab) == "All 4 goals right"
    finally:
        lab.command("Emulation.setTouchEmulationEnabled", {"enabled": False})


def tap(lab: "Browser", selector: str) -> None:
    x, y = place(lab, selector)
    size = lab.run(
        "const r = document.querySelector(arguments[0]).getBoundingClientRect();"
        "return Math.min(r.width, r.height)",
        selector,
    )
    assert size >= 24
    lab.command(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    lab.command("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture(scope="session")
def wide_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lab with sliders that reach every answer of the table."""
    folder = tmp_path_factory.mktemp("wide")
    text = (EXERCISES / f"{LAB}.yaml").read_text("utf-8")
    (folder / f"{LAB}.yaml").write_text(text.replace("min: -4, max: 4", "min: -8, max: 8"), "utf-8")
    page = folder / "lab.html"
    assert main(["lab", str(folder / f"{LAB}.yaml"), "-o", str(page)]) == 0
    return page


@pytest.mark.parametrize(("values", "score"), TABLE)
def test_the_table_of_scores(browser: "Browser", wide_page: Path, values: str, score: str) -> None:
    lab = browser
    lab.chrome.get("about:blank")
    lab.open(wide_page, width=1280)
    wanted = dict(zip(RIGHT, values.split(), strict=True))
    type_in(lab, wanted)
    report = grade(LAB, {name: float(text) for name, text in wanted.items()})
    assert report.score == Fraction(score)
    if values == "0 0 0 0":
        assert heading(lab) == "4 goals to reach"
        return
    points = str(lab.run("return document.querySelector('.points').textContent"))
    cut = f"{int(report.score * 100) / 100:g}"
    assert points.startswith(f"{cut} of 100 points")
    goals = [c for c in report.checks if c.role == "goal"]
    right = sum(c.credit == 1 for c in goals)
    assert heading(lab) == ("All 4 goals right" if right == 4 else f"{right} of 4 goals right")
    states = lab.run("return [...document.querySelectorAll('.goal')].map(e => e.classList[1])")
    assert states == [state(c) for c in report.checks]


def state(check: object) -> str:
    credit, role = check.credit, check.role  # type: ignore[attr-defined]
    if credit == 1:
        return "given" if role == "guard" else "right"
    return "partly" if credit else "wrong"


def test_three_steps_of_0_3_are_0_9(browser: "Browser", tmp_path: Path) -> None:
    # carbon-design-system/carbon #14460, react-input-range #112, angular/components #20721.
    text = (EXERCISES / f"{LAB}.yaml").read_text("utf-8")
    path = tmp_path / f"{LAB}.yaml"
    path.write_text(text.replace("min: -4, max: 4, step: 0.1", "min: -3, max: 3, step: 0.3"))
    page = tmp_path / "lab.html"
    assert main(["lab", str(path), "--fit-sliders", "-o", str(page)]) == 0
    spec_sliders = '"min":"-3","max":"3","step":"3/10"'
    made = page.read_text("utf-8")
    made = re.sub(r'"min": "-[^"]*", "max": "[^"]*", "step": "[^"]*"', spec_sliders, made)
    page.write_text(made, "utf-8")
    browser.open(page, width=1280)
    for wanted in ("0.3", "0.6", "0.9"):
        slider(browser, "w1").send_keys("\ue014")
        assert shown(browser)["w1"] == wanted
        assert slider(browser, "w1").get_attribute("aria-valuetext") == wanted
