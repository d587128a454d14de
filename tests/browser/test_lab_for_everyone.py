"""The lab with every kind of screen, script and text: accessible, zoomed, without scripts, hidden answers."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.cli.grader import main
from lab_in_browser import LAB, RIGHT, press, type_in
from samples import EXERCISE_IDS
from samples.specs import spec

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", [*EXERCISE_IDS, "index"])
def test_a_page_does_nothing_that_its_policy_forbids(
    browser: "Browser", pages: Path, name: str
) -> None:
    browser.chrome.get("about:blank")
    browser.log()
    browser.open(pages / f"{name}.html", width=1280)
    assert browser.log() == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_axe_finds_nothing(
    browser: "Browser", pages: Path, name: str, width: int, *, dark: bool
) -> None:
    browser.open(pages / f"{name}.html", width=width, dark=dark)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert browser.violations() == []
    assert browser.log() == []


def test_the_index(browser: "Browser", pages: Path) -> None:
    for width in (360, 1280):
        browser.open(pages / "index.html", width=width)
        assert browser.violations() == []
        assert browser.run("return document.documentElement.scrollWidth") <= width
    links = browser.run("return [...document.querySelectorAll('h2 a')].map(a => a.href)")
    assert len(links) == len(EXERCISE_IDS)
    for link in links:
        browser.chrome.get(link)
        assert browser.run("return document.querySelectorAll('input[type=range]').length")


def test_400_percent_zoom(browser: "Browser", pages: Path) -> None:
    size = {"width": 320, "height": 256, "deviceScaleFactor": 4, "mobile": False}
    browser.open(pages / f"{LAB}.html")
    browser.command("Emulation.setDeviceMetricsOverride", size)
    assert browser.run("return document.documentElement.scrollWidth") <= 320
    assert (
        browser.run("return getComputedStyle(document.querySelector('.stage')).position")
        == "static"
    )
    type_in(browser, {"w1": "1"})


def test_forced_colours_and_reduced_motion(browser: "Browser", pages: Path) -> None:
    browser.open(pages / f"{LAB}.html", width=1280)
    features = [
        {"name": "forced-colors", "value": "active"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.command("Emulation.setEmulatedMedia", {"media": "", "features": features})
    type_in(browser, RIGHT)
    marks = browser.run("return document.querySelectorAll('.goal .mark path').length")
    assert marks >= 5
    name = "return getComputedStyle(document.querySelector('.plot .network')).animationName"
    assert browser.run(name) == "none"
    assert browser.violations() == []


def test_without_scripts_the_task_and_how_to_hand_in(browser: "Browser", pages: Path) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.open(pages / f"{LAB}.html", width=1280)
        nodes = browser.command("DOM.getDocument", {"depth": -1, "pierce": True})
        page = json.dumps(nodes)
        assert "Scripts are off" in page
        picture = browser.chrome.find_element("css selector", "#lab-text img")
        assert picture.is_displayed()
        assert "w1" in browser.chrome.find_element("css selector", "#lab pre").text
    finally:
        browser.command("Emulation.setScriptExecutionDisabled", {"value": False})


HOSTILE = (
    'title: "<img src=x onerror=alert(1)> \\u05e9\\u05dc\\u05d5\\u05dd"\n'
    'description: "'
    + "<script>alert(1)</script> ]]> {{y}} " * 20
    + "\\u05e9\\u05dc\\u05d5\\u05dd \\u05e2\\u05d5\\u05dc\\u05dd "
    + "W" * 9000
    + '"'
)


def test_markup_long_and_right_to_left_text(browser: "Browser", tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(spec([("title: A case", HOSTILE)]), "utf-8")
    page = tmp_path / "case.html"
    assert main(["lab", str(tmp_path / "case.yaml"), "-o", str(page)]) == 0
    for width in (360, 1280):
        browser.open(page, width=width)
        browser.run("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert (
            browser.run("return document.querySelectorAll('#lab img[src=x], #lab script').length")
            == 0
        )
        assert browser.run("return document.documentElement.scrollWidth") <= width
        assert browser.violations() == []
        assert browser.log() == []


def test_what_the_author_hides_is_not_shown(browser: "Browser", tmp_path: Path) -> None:
    for live, reveal, sees in (
        ("none", "hints", ()),
        ("checks", "hints", ("goals",)),
        ("full", "verdict", ("goals",)),
        ("full", "hints", ("goals", "errors")),
    ):
        body = spec(
            [("title: A case", f"title: A case\nfeedback: {{live: {live}, reveal: {reveal}}}")]
        )
        (tmp_path / "case.yaml").write_text(body, "utf-8")
        page = tmp_path / "case.html"
        assert main(["lab", str(tmp_path / "case.yaml"), "-o", str(page)]) == 0
        browser.open(page, width=1280)
        box = browser.chrome.find_elements("css selector", "input[type=range]")[0]
        box.send_keys("\ue010")  # End
        states = browser.run(
            "return [...document.querySelectorAll('.goal')].map(e => e.classList[1])"
        )
        assert ("goals" in sees) == (set(states) != {"hidden"})
        text = browser.run("return document.querySelector('#lab').innerText")
        assert ("errors" in sees) == (" off" in text)
        assert ("errors" in sees) == (
            "points" in browser.run("return document.querySelector('.picture').innerText")
        )
        assert ("errors" in sees) == bool(
            browser.chrome.find_elements("css selector", ".plot .off")
        )


def test_the_warm_up(lab: "Browser") -> None:
    warm = lab.chrome.find_elements("css selector", "details.fold")[1]
    lab.run("arguments[0].open = true", warm)
    bias = lab.chrome.find_element("css selector", 'input[aria-label="Bias b of all three"]')
    for _ in range(15):
        bias.send_keys("\ue012")  # arrow left: b from 0 to -1.5, the turn to 1.5
    said = lab.run("return document.querySelector('.warm-up .outcome').textContent")
    assert said == "Yes. Sigmoid is never quite off."
    press(lab, "To the exercise")
    assert lab.run("return arguments[0].open", warm) is False


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["index", "zigzag"])
def test_axe_finds_no_fault_in_a_site(
    browser: "Browser", pages: Path, name: str, width: int, *, dark: bool
) -> None:
    browser.chrome.get("about:blank")
    browser.open(pages / f"{name}.html", width=width, dark=dark)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.violations() == []
    browser.log()
