"""The lab in marimo: a moved slider runs the cells that depend on it."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notebooks import Labs, marimo, until

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.notebook

NOTEBOOK = """
import marimo
app = marimo.App()

@app.cell
def _():
    import grader
    import marimo as mo
    lab = mo.ui.anywidget(grader.lab("relu-three-segments"))
    lab
    return lab, mo

@app.cell
def _(lab, mo):
    mo.md(f"Python has w1 = {lab.value['w1']} and b1 = {lab.widget.b1}.")
    return

if __name__ == "__main__":
    app.run()
"""


def test_a_slider_and_what_depends_on_it(
    browser: "Browser", tmp_path: Path, screenshots: Path
) -> None:
    path = tmp_path / "lab.py"
    path.write_text(NOTEBOOK, "utf-8")
    home = tmp_path / "home"
    home.mkdir()
    labs = Labs(browser)
    size = {"width": 1100, "height": 1800, "deviceScaleFactor": 1, "mobile": False}
    browser.command("Emulation.setDeviceMetricsOverride", size)
    with marimo(path, home) as address:
        browser.chrome.get(address)
        until(lambda: labs.count() == 1, "the lab")
        labs.focus(labs.slider("w1")).send_keys("\ue014" * 5)
        labs.focus(labs.slider("b1")).send_keys("\ue012")
        assert labs.shown() == ["0.5", "-0.1", "0", "0"]
        told = "Python has w1 = 0.5 and b1 = -0.1."
        until(lambda: told in browser.run("return document.body.innerText"), told)
        browser.chrome.save_screenshot(str(screenshots / "marimo.png"))
        assert labs.faults() == []
        browser.chrome.get("about:blank")
