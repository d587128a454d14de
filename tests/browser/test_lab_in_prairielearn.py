"""The lab in PrairieLearn's question: sliders fill the fields, and the fields move the sliders.

The page around it is as PrairieLearn's source makes it (commit 88fb855, read in November 2026):
QuestionContainer.tsx (form, panel, buttons), pl-string-input.mustache (fields), and the headers of
middlewares/content-security-policy.ts, by which no page of PrairieLearn's may be shown in a frame.
"""

import re
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.cli import package
from grader.desk.catalogue import find
from prairielearn_page import (
    LAB,
    NAMES,
    Platform,
    field,
    handler,
    texts,
)

if TYPE_CHECKING:
    from chromium import Browser


pytestmark = pytest.mark.browser


class Keys:
    """The keys that are pressed here. Source: W3C WebDriver, section 17.4.2."""

    NULL, TAB, ENTER, CONTROL, ARROW_RIGHT = "\ue000", "\ue004", "\ue007", "\ue009", "\ue014"


SLIDER = 'input[type="range"][aria-label="{}"]'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("questions") / "a"
    assert package.main(["prairielearn", LAB, "-o", str(made)]) == 0
    return made / LAB


@pytest.fixture
def platform(folder: Path) -> Iterator[Platform]:
    served = Platform(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(served))
    served.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture
def question(browser: "Browser", platform: Platform) -> "Iterator[Browser]":
    visit(browser, platform)
    yield browser
    browser.chrome.switch_to.default_content()
    browser.run("window.onbeforeunload = null")


def visit(browser: "Browser", platform: Platform, width: int = 1280) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.command("Emulation.setDeviceMetricsOverride", size)
    browser.chrome.switch_to.default_content()
    browser.log()
    browser.chrome.get(f"http://127.0.0.1:{platform.port}/pl/instance_question/1/")
    if platform.open or platform.saved:
        until(lambda: inside(browser, "return document.querySelectorAll('.stepper').length") == 4)


def until(true: Callable[[], object]) -> None:
    for _ in range(100):
        if true():
            return
        threading.Event().wait(0.05)
    pytest.fail("it did not become true within 5 s")


def inside(browser: "Browser", script: str, *arguments: object) -> object:
    """Run a script in the lab's frame, and come back."""
    frames = browser.chrome.find_elements("css selector", "iframe")
    if not frames:
        return None
    browser.chrome.switch_to.frame(frames[0])
    try:
        return browser.run(script, *arguments)
    finally:
        browser.chrome.switch_to.default_content()


def fields(browser: "Browser") -> dict[str, str]:
    script = "return [...document.querySelectorAll('.pl-string-input-input')].map(e => e.value)"
    return dict(zip(NAMES, browser.run(script), strict=True))


def sliders(browser: "Browser") -> dict[str, str]:
    script = "return [...document.querySelectorAll('.stepper input')].map(e => e.value)"
    shown = inside(browser, script)
    texts = shown if isinstance(shown, list) else []  # not there yet
    return dict(zip(NAMES, (text.replace("\u2212", "-") for text in texts), strict=False))


def in_frame(browser: "Browser", selector: str, *keys: str) -> None:
    """Press keys on an element of the lab's, as a student does."""
    browser.chrome.switch_to.frame(browser.chrome.find_element("css selector", "iframe"))
    browser.chrome.find_element("css selector", selector).send_keys(*keys)
    browser.chrome.switch_to.default_content()


def test_the_first_change_fills_all_fields(question: "Browser") -> None:
    assert fields(question) == dict.fromkeys(NAMES, "")  # nothing is typed for a student
    in_frame(question, SLIDER.format("Weight w1 of unit 1"), Keys.ARROW_RIGHT)
    until(lambda: fields(question)["w1"] != "")
    step = fields(question)["w1"]
    assert fields(question) == texts(w1=step)
    assert sliders(question) == texts(w1=step)


def test_solved_in_the_frame_by_typing_and_handed_in_by_save(
    question: "Browser", platform: Platform
) -> None:
    values = {"w1": "1", "b1": "-1", "w2": "2", "b2": "-4"}
    for name, text in values.items():
        kind = "Weight" if name[0] == "w" else "Bias"
        box = f'input[aria-label="{kind} {name} of unit {name[1]}, number"]'
        in_frame(question, box, Keys.CONTROL + "a" + Keys.NULL, text + Keys.ENTER)
        until(lambda name=name, text=text: fields(question)[name] == text)
    assert platform.posts == 0  # Enter in the frame hands nothing in
    heading = inside(question, "return document.querySelector('.standing-words').textContent")
    assert heading == "All 4 goals right"
    question.chrome.find_element("css selector", ".question-grade").click()
    until(lambda: platform.posts)
    # Nothing of the lab's own is handed in.
    assert platform.saved == {"__variant_id": "1", **values, "__action": "grade"}
    until(lambda: sliders(question) == values)


def test_fields_move_the_sliders_and_undo_in_the_frame_moves_the_fields(
    question: "Browser",
) -> None:
    for name, text in {"w1": "1", "b1": "\u22121", "w2": "2.", "b2": "-4"}.items():
        field(question, name).send_keys(text)
    field(question, "b2").send_keys(Keys.TAB)
    until(lambda: sliders(question) == {"w1": "1", "b1": "-1", "w2": "2", "b2": "-4"})
    assert fields(question) == {"w1": "1", "b1": "\u22121", "w2": "2.", "b2": "-4"}
    in_frame(question, "body", Keys.NULL)
    inside(question, "document.querySelector('.actions button').click()")
    until(lambda: fields(question)["b2"] != "-4")
    assert fields(question)["b2"] == sliders(question)["b2"]
    assert fields(question)["w1"] == "1"


def test_what_is_saved_stands_there_again(browser: "Browser", platform: Platform) -> None:
    platform.saved = {"w1": "1/3", "b1": "-1", "w2": "2", "b2": "-4"}
    visit(browser, platform)
    until(lambda: sliders(browser)["w2"] == "2")
    assert sliders(browser)["w1"].startswith("0.3333333333")
    # Another slider leaves the ratio as it was typed.
    in_frame(browser, SLIDER.format("Bias b2 of unit 2"), Keys.ARROW_RIGHT)
    until(lambda: fields(browser)["b2"] != "-4")
    assert fields(browser) == platform.saved | {"b2": sliders(browser)["b2"]}


def test_what_the_sliders_cannot_show_is_said(question: "Browser") -> None:
    notice = "return document.querySelector('.notice').textContent"
    field(question, "w1").send_keys("50", Keys.TAB)
    until(lambda: inside(question, notice) == "The sliders cannot show what the field w1 holds.")
    field(question, "b1").send_keys("one", Keys.TAB)
    until(
        lambda: (
            inside(question, notice) == "The sliders cannot show what the fields w1 and b1 hold."
        )
    )
    assert fields(question)["w1"] == "50"
    field(question, "w1").send_keys(Keys.CONTROL + "a" + Keys.NULL, "1", Keys.TAB)
    field(question, "b1").send_keys(Keys.CONTROL + "a" + Keys.NULL, "-1", Keys.TAB)
    until(lambda: inside(question, notice) == "")
    assert sliders(question) == texts(w1="1", b1="-1")


def test_a_closed_question_shows_what_was_handed_in(browser: "Browser", platform: Platform) -> None:
    platform.saved = {"w1": "1", "b1": "-1", "w2": "2", "b2": "-4"}
    platform.open = False
    visit(browser, platform)
    until(lambda: sliders(browser) == platform.saved)
    in_frame(browser, SLIDER.format("Bias b2 of unit 2"), Keys.ARROW_RIGHT)
    until(lambda: sliders(browser) != platform.saved)
    assert fields(browser) == platform.saved


def test_strangers_cannot_write_into_the_fields(question: "Browser") -> None:
    forged = "{lab: 'values', texts: {w1: '3', evil: '1', b1: '<b>'}}"
    question.run(f"window.postMessage({forged}, '*')")
    question.run(
        "const frame = document.createElement('iframe');"
        "frame.setAttribute('sandbox', 'allow-scripts');"
        f"frame.srcdoc = `<script>parent.postMessage({forged}, '*')</scr` + `ipt>`;"
        "document.body.append(frame);"
    )
    threading.Event().wait(0.3)
    assert fields(question) == dict.fromkeys(NAMES, "")
    # Nor can a text that is no number, or a name that is no field, come out of the frame itself.
    inside(question, f"parent.postMessage({forged}, '*')")
    until(lambda: fields(question)["w1"] == "3")
    assert fields(question)["b1"] == ""
    # Nor do the sliders listen to anybody but the page around them.
    inside(question, "window.postMessage({lab: 'fields', texts: {w1: '2'}, done: true}, '*')")
    threading.Event().wait(0.2)
    assert sliders(question)["w1"] != "2"


def test_without_scripts_the_question_is_whole(browser: "Browser", platform: Platform) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.chrome.switch_to.default_content()
        browser.chrome.get(f"http://127.0.0.1:{platform.port}/")
    finally:
        browser.command("Emulation.setScriptExecutionDisabled", {"value": False})
    words = browser.chrome.find_element("css selector", ".question-body").text
    assert "How it is marked" in words
    assert "type your numbers, such as 1, -0.5 or 1/3, into the fields" in words
    assert len(browser.chrome.find_elements("css selector", ".pl-string-input-input")) == 4
    assert not browser.chrome.find_elements("css selector", "iframe")


def test_without_the_file_the_fields_are_left(browser: "Browser", platform: Platform) -> None:
    platform.open = False
    browser.chrome.switch_to.default_content()
    browser.command("Network.enable", {})
    browser.command("Network.setBlockedURLs", {"urls": ["*lab.html"]})
    try:
        browser.chrome.get(f"http://127.0.0.1:{platform.port}/")
        until(
            lambda: (
                browser.run("return document.querySelector('[data-lab]').textContent")
                == "The sliders could not be loaded. Type your numbers into the fields."
            )
        )
    finally:
        browser.command("Network.setBlockedURLs", {"urls": []})


@pytest.mark.parametrize("width", [1280, 360])
def test_the_frame_is_as_high_as_the_lab_and_nothing_is_amiss(
    browser: "Browser", platform: Platform, width: int
) -> None:
    visit(browser, platform, width)
    # Chromium draws no frame of another origin that nobody can see yet.
    browser.run("document.querySelector('iframe').scrollIntoView()")
    shown = "return [document.scrollingElement.scrollHeight, window.innerHeight]"

    def fits() -> bool:
        found = inside(browser, shown)
        assert isinstance(found, list)
        return bool(found[0] <= found[1])

    until(fits)
    assert browser.log() == []
    browser.chrome.switch_to.frame(browser.chrome.find_element("css selector", "iframe"))
    assert browser.run("return document.documentElement.scrollWidth <= window.innerWidth")
    assert browser.run("return document.querySelectorAll('.hand-in:not([hidden])').length") == 0
    browser.chrome.switch_to.default_content()
    assert browser.violations() == []


def test_no_answer_is_in_the_question_whatever_may_be_revealed(tmp_path: Path) -> None:
    source = Path(find(LAB).path).read_text("utf-8")
    path = tmp_path / f"{LAB}.yaml"
    path.write_text(re.sub(r"(?m)^  reveal: .*$", "  reveal: answers", source), "utf-8")
    assert package.main(["prairielearn", str(path), "-o", str(tmp_path / "a")]) == 0
    page = (tmp_path / "a" / LAB / "clientFilesQuestion/lab.html").read_text("utf-8")
    assert "A right answer" not in page
    assert '"reveal": "hints"' in page
