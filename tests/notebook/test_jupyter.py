"""The lab in JupyterLab and Notebook 7 as a student works with it: keys, values, report, restart."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notebooks import Jupyter, notebook, until

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.notebook

LEFT, RIGHT, DOWN, HOME, ESCAPE, ENTER, BACK = "\ue012\ue014\ue015\ue011\ue00c\ue007\ue003"
CONTROL, SHIFT = "\ue009\ue008"
CELLS = (
    'import grader\nlab = grader.lab("relu-three-segments")\nlab',
    "lab.grade()",
    'other = grader.lab("relu-three-segments")\nother',
)


def size(browser: "Browser", width: int, height: int = 2600) -> None:
    wanted = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.command("Emulation.setDeviceMetricsOverride", wanted)


@pytest.fixture(scope="module")
def opened(browser: "Browser", folder: Path, server: tuple[str, str]) -> Iterator[Jupyter]:
    notebook(folder / "lab.ipynb", CELLS)
    size(browser, 1400)
    jupyter = Jupyter(browser, *server)
    jupyter.open("lab.ipynb")
    jupyter.run_all(2)
    yield jupyter
    jupyter.python("1")


@pytest.fixture
def lab(opened: Jupyter) -> Jupyter:
    """Return the notebook with both labs at 0."""
    for name in ("lab", "other"):
        opened.python("1", f"for _name in {name}.values(): setattr({name}, _name, 0)")
    until(lambda: set(opened.shown(0) + opened.shown(1)) == {"0"}, "zeros")
    opened.browser.run("document.activeElement.blur()")
    opened.faults()
    return opened


def mode(lab: Jupyter) -> str:
    return str(lab.browser.run("return jupyterapp.shell.currentWidget.content.mode"))


def active_cell(lab: Jupyter) -> int:
    return int(lab.browser.run("return jupyterapp.shell.currentWidget.content.activeCellIndex"))


def output(lab: Jupyter, cell: int) -> str:
    return str(
        lab.browser.run(
            "return jupyterapp.shell.currentWidget.content.widgets[arguments[0]]"
            ".outputArea.node.innerText",
            cell,
        )
    )


def test_arrow_keys_reach_the_slider_in_command_mode(lab: Jupyter) -> None:
    assert mode(lab) == "command"
    slider = lab.focus(lab.slider("w1"))
    slider.send_keys(RIGHT * 5)
    lab.until("lab.w1", "0.5")
    slider.send_keys(SHIFT, RIGHT)
    lab.until("lab.w1", "1.5")
    slider.send_keys(HOME)
    lab.until("lab.values()", "{'w1': -4.0, 'b1': 0.0, 'w2': 0.0, 'b2': 0.0}")
    assert lab.shown() == ["-4", "0", "0", "0"]
    assert lab.focused() == "Weight w1 of unit 1"
    assert active_cell(lab) == 0
    assert mode(lab) == "command"
    assert lab.faults() == []


def test_arrow_keys_reach_the_slider_out_of_edit_mode(lab: Jupyter) -> None:
    lab.browser.chrome.find_element("css selector", ".jp-Notebook .cm-content").click()
    assert mode(lab) == "edit"
    slider = lab.slider("b1")
    slider.click()  # its middle is 0
    slider.send_keys(LEFT * 3)
    lab.until("lab.b1", "-0.3")
    assert lab.focused() == "Bias b1 of unit 1"


def test_letters_and_enter_stay_in_the_number_field(lab: Jupyter) -> None:
    # d d deletes a cell and Enter edits one, if JupyterLab gets them.
    field = lab.slider("w1", more=", number")
    field.click()
    field.send_keys("dd", ENTER)
    assert lab.browser.run("return jupyterapp.shell.currentWidget.content.widgets.length") == 3
    assert lab.run("root.querySelector('.fault:not(:empty)').textContent").startswith("w1 needs a")
    field.send_keys(BACK * 3, "0.1", ENTER)
    lab.until("lab.w1", "0.1")
    assert mode(lab) == "command"


def test_escape_leads_out_to_the_notebooks_keys(lab: Jupyter) -> None:
    field = lab.slider("w1", more=", number")
    field.click()
    field.send_keys("7", ESCAPE)  # first what was typed
    assert lab.shown()[0] == "0"
    assert lab.focused() == "Weight w1 of unit 1, number"
    field.send_keys(ESCAPE)  # then the lab
    assert "jp-Cell" in lab.focused()
    assert active_cell(lab) == 0
    lab.browser.chrome.switch_to.active_element.send_keys(DOWN)
    assert active_cell(lab) == 1
    assert lab.faults() == []


def test_what_python_sets_moves_the_slider_and_can_be_undone(lab: Jupyter) -> None:
    lab.python("1", "seen = []; lab.observe(lambda change: seen.append(change.new), 'w1')")
    lab.python("1", "lab.w1 = 2")
    until(lambda: lab.shown()[0] == "2", "the slider")
    assert lab.slider("w1").get_attribute("aria-valuetext") == "2"
    slider = lab.focus(lab.slider("w1"))
    slider.send_keys(LEFT)
    lab.until("lab.w1", "1.9")
    slider.send_keys(CONTROL, "z")
    lab.until("lab.w1", "2.0")
    slider.send_keys(CONTROL, "z")
    lab.until("lab.w1", "0.0")
    lab.until("seen", "[2.0, 1.9, 2.0, 0.0]")
    assert lab.python("other.w1") == "0.0"
    lab.python("1", "lab.unobserve_all('w1'); lab.w1 = 9")
    lab.until("lab.w1", "0.0")
    assert lab.faults() == []


@pytest.mark.parametrize("value", ["0.1", "0.1 + 0.2", "1 / 3", "1e-9", "-1 / 7", "0.7 * 3"])
def test_the_number_is_the_same_on_both_sides(lab: Jupyter, value: str) -> None:
    lab.python("1", f"lab.w1 = {value}; lab.b1 = -1; lab.w2 = 2; lab.b2 = -4")
    until(lambda: lab.shown()[1:] == ["-1", "2", "-4"], "the numbers")
    until(lambda: lab.shown()[0] != "0", "the first of them")
    [shown, *_] = lab.shown()
    assert lab.python(f"lab.w1 == {shown}") == "True"
    assert lab.python(f"grader.grade(lab.exercise, [{shown}, -1, 2, -4]) == lab.grade()") == "True"


def test_the_report_and_all_goals_right(lab: Jupyter, screenshots: Path) -> None:
    for name, value in (("w1", "1"), ("b1", "-1"), ("w2", "2"), ("b2", "-4")):
        field = lab.slider(name, more=", number")
        field.click()
        field.send_keys(BACK, value, ENTER)
    assert lab.run("root.querySelector('.standing-words').textContent") == "All 4 goals right"
    lab.browser.run("jupyterapp.shell.currentWidget.content.activeCellIndex = 1")
    lab.command("notebook:run-cell")
    until(lambda: "100 of 100" in output(lab, 1), "the report")
    assert lab.python("lab.grade().score") == "Fraction(100, 1)"
    # The report's style sheet and the lab's leave each other alone.
    assert (
        lab.run("getComputedStyle(root.querySelector('.lab')).backgroundColor")
        == "rgb(246, 246, 243)"
    )
    lab.browser.chrome.save_screenshot(str(screenshots / "jupyterlab.png"))
    assert lab.faults() == []


def test_headings_and_ids(lab: Jupyter) -> None:
    for i in (0, 1):
        levels = lab.run("[...root.querySelectorAll('h1,h2,h3,h4,h5')].map(h => +h.tagName[1])", i)
        assert levels[0] == 2
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert 2 not in levels[1:]
        ids = lab.run("[...root.querySelectorAll('[id]')].map(each => each.id)", i)
        assert len(ids) == len(set(ids)) > 10
        named = "[...root.querySelectorAll('[aria-describedby], [aria-labelledby], label[for]')]"
        refers = f"{named}.map(e => e.getAttribute('aria-describedby') ?? e.getAttribute('aria-labelledby') ?? e.htmlFor)"
        assert set(lab.run(refers, i)) <= set(ids)
    # In the document itself stands none of them.
    assert lab.browser.run("return document.querySelectorAll('.lab, [id^=lab1-]').length") == 0


def test_two_labs_and_the_same_one_twice(lab: Jupyter) -> None:
    lab.focus(lab.slider("w2", 1)).send_keys(RIGHT)
    lab.until("(lab.w2, other.w2)", "(0.0, 0.1)")
    lab.browser.run("jupyterapp.shell.currentWidget.content.activeCellIndex = 2")
    lab.command("notebook:insert-cell-below")
    lab.browser.run(
        "jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.setSource('lab')"
    )
    lab.command("notebook:run-cell")
    until(lambda: lab.count() == 3, "the third")
    lab.focus(lab.slider("b1", 2)).send_keys(LEFT)
    until(lambda: lab.shown(0) == lab.shown(2) == ["0", "-0.1", "0", "0"], "the other view")
    lab.command("notebook:delete-cell")
    until(lambda: lab.count() == 2, "two")
    lab.focus(lab.slider("b1")).send_keys(LEFT)
    lab.until("lab.b1", "-0.2")
    assert lab.faults() == []


@pytest.mark.parametrize(
    ("width", "narrow", "columns"), [(700, True, 1), (1400, False, 1), (1900, False, 2)]
)
def test_narrow_and_wide_cells(lab: Jupyter, width: int, narrow: bool, columns: int) -> None:  # noqa: FBT001 - a row of the table
    size(lab.browser, width)
    try:
        until(lambda: lab.run("root.querySelector('.lab').matches('.narrow')") is narrow, "layout")
        tracks = "getComputedStyle(root.querySelector('.columns')).gridTemplateColumns"
        if not narrow:
            until(lambda: len(lab.run(tracks).split()) == columns, f"{columns} columns")
        assert lab.run("root.host.scrollWidth - root.host.clientWidth") == 0
        # What sticks to a window's edge on a page ends with the lab here.
        inside = "[...root.querySelectorAll('.stage, .lab > .actions, .skip')].every(each => {"
        inside += "const [a, b] = [each, root.host].map(e => e.getBoundingClientRect());"
        inside += "return a.top >= b.top && a.bottom <= b.bottom + 1 })"
        assert lab.run(inside)
    finally:
        size(lab.browser, 1400)


def violations(lab: Jupyter) -> list[str]:
    lab.browser.command("Runtime.evaluate", {"expression": lab.browser.axe})
    found = lab.browser.chrome.execute_async_script(
        "const done = arguments[0];"
        "axe.run({include: [['.relu-lab']]}, {resultTypes: ['violations'], runOnly: ["
        "'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(r => done("
        "JSON.stringify(r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))), e => done(String(e)))"
    )
    return [f"{rule}: {nodes}" for rule, nodes in json.loads(found)]


@pytest.mark.parametrize(
    ("theme", "page"), [("Dark", "rgb(20, 23, 26)"), ("Light", "rgb(246, 246, 243)")]
)
@pytest.mark.parametrize("system", ["dark", "light"])
def test_the_notebooks_theme_whatever_the_systems(
    lab: Jupyter, theme: str, page: str, system: str, screenshots: Path
) -> None:
    feature = {"name": "prefers-color-scheme", "value": system}
    lab.browser.command("Emulation.setEmulatedMedia", {"features": [feature]})
    try:
        lab.command("apputils:change-theme", {"theme": f"JupyterLab {theme}"})
        painted = "getComputedStyle(root.querySelector('.lab')).backgroundColor"
        until(lambda: lab.run(painted) == page, f"{theme} colours")
        assert violations(lab) == []
        lab.browser.chrome.save_screenshot(str(screenshots / f"jupyterlab-{theme.lower()}.png"))
    finally:
        lab.browser.command("Emulation.setEmulatedMedia", {"features": []})
        lab.command("apputils:change-theme", {"theme": "JupyterLab Light"})


def test_the_kernel_restarts(lab: Jupyter) -> None:
    lab.restart()
    # What is still shown goes on by itself, and says no error.
    lab.focus(lab.slider("w1")).send_keys(RIGHT)
    assert lab.shown()[0] == "0.1"
    lab.run_all(2)
    until(lambda: lab.shown()[0] == "0", "the new lab")
    lab.focus(lab.slider("w1")).send_keys(RIGHT * 2)
    lab.until("lab.w1", "0.2")
    assert lab.faults() == []


def test_in_notebook_7(
    browser: "Browser", folder: Path, server: tuple[str, str], screenshots: Path
) -> None:
    notebook(folder / "seven.ipynb", CELLS)
    size(browser, 1200)
    seven = Jupyter(browser, *server)
    seven.open("seven.ipynb", "notebooks")
    seven.faults()  # some are Notebook's own
    seven.run_all(2)
    slider = seven.focus(seven.slider("w1"))
    slider.send_keys(RIGHT * 3)
    seven.until("lab.values()", "{'w1': 0.3, 'b1': 0.0, 'w2': 0.0, 'b2': 0.0}")
    seven.python("1", "lab.w1 = 2")
    until(lambda: seven.shown() == ["2", "0", "0", "0"], "the slider")
    slider.send_keys(ESCAPE)
    assert "jp-Cell" in seven.focused()
    browser.chrome.save_screenshot(str(screenshots / "notebook-7.png"))
    assert seven.faults() == []
