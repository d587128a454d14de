"""A notebook that was turned into HTML keeps a working copy of the page, which needs no network."""

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notebooks import notebook, surroundings, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chromium import Browser

pytestmark = pytest.mark.notebook

CELLS = (
    'import grader\nlab = grader.lab("relu-three-segments")\nlab.w1, lab.b1 = 1, -1\nlab',
    "lab.b2 = -4",  # after the copy was made
)
STATE = "application/vnd.jupyter.widget-state+json"


def exported(folder: Path, *options: str) -> Path:
    """Run a notebook and turn it into HTML."""
    path = notebook(folder / "lab.ipynb", CELLS)
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", *options, str(path)],
        check=True,
        capture_output=True,
        env=surroundings(folder),
        timeout=100,
    )
    return path.with_suffix(".html")


@pytest.fixture
def offline(browser: "Browser") -> "Iterator[Browser]":
    browser.command("Network.enable", {})
    browser.command("Network.setBlockedURLs", {"urls": ["*://*:*/*"]})
    yield browser
    browser.command("Network.setBlockedURLs", {"urls": []})


def shown(browser: "Browser") -> list[str]:
    fields = "return [...document.querySelectorAll('.stepper input')].map(e => e.value)"
    return [text.replace("\u2212", "-") for text in browser.run(fields)]


def test_without_saved_state_the_page_is_there_offline(
    offline: "Browser", tmp_path: Path, screenshots: Path
) -> None:
    page = exported(tmp_path, "--ExecutePreprocessor.store_widget_state=False")
    offline.log()
    offline.open(page, width=1100)
    frame = offline.chrome.find_element("css selector", "iframe[srcdoc]")
    assert frame.get_attribute("title") == "Stitch three line segments with ReLU units"
    offline.chrome.switch_to.frame(frame)
    try:
        until(lambda: shown(offline) == ["1", "-1", "0", "0"], "the values at that time")
        slider = offline.chrome.find_element(
            "css selector", 'input[aria-label="Weight w2 of unit 2"]'
        )
        slider.send_keys("\ue014")
        assert shown(offline) == ["1", "-1", "0.1", "0"]
        # No address that could be kept, and so nothing said of one.
        assert "address" not in offline.run("return document.querySelector('footer').textContent")
        # The frame is as high as the page in it.
        beyond = "document.documentElement.scrollHeight - window.innerHeight"
        until(lambda: offline.run(f"return {beyond}") <= 0, "the frame's height")
    finally:
        offline.chrome.switch_to.default_content()
    offline.chrome.save_screenshot(str(screenshots / "exported.png"))
    assert [line for line in offline.log() if "ERR_" not in line] == []  # nbconvert's own


def test_saved_state_has_the_module_and_the_last_values(tmp_path: Path) -> None:
    page = exported(tmp_path).read_text("utf-8")
    _, _, rest = page.partition(f'<script type="{STATE}">')
    states = json.loads(rest.partition("</script>")[0])["state"].values()
    [lab] = [each["state"] for each in states if each["model_module"] == "anywidget"]
    assert {name: lab[name] for name in ("w1", "b1", "w2", "b2")} == {
        "w1": 1,
        "b1": -1,
        "w2": 0,
        "b2": -4,
    }
    assert "export{" in lab["_esm"]
    assert lab["facts"]["id"] == "relu-three-segments"
    assert ".relu" in lab["rules"]
