"""The lab's state in its address, and what fields refuse and screen readers hear."""

import re
import threading
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lab_in_browser import LAB, RIGHT, field, heading, press, shown, slider, type_in

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser


def test_undo_redo_reset_and_the_address(lab: "Browser") -> None:
    from selenium.webdriver import ActionChains, Keys  # noqa: PLC0415 - only these tests need it

    type_in(lab, {"w1": "1", "b1": "-1"})
    press(lab, "Undo")
    assert (shown(lab)["w1"], shown(lab)["b1"]) == ("1", "0")
    press(lab, "Redo")
    assert shown(lab)["b1"] == "-1"
    slider(lab, "w1").send_keys(Keys.HOME)
    ActionChains(lab.chrome).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    assert shown(lab)["w1"] == "1"
    address = lab.chrome.current_url
    press(lab, "Reset")
    assert set(shown(lab).values()) == {"0"}
    press(lab, "Undo")
    assert shown(lab)["w1"] == "1"
    lab.chrome.get("about:blank")
    lab.chrome.get(address)
    assert (shown(lab)["w1"], shown(lab)["b1"]) == ("1", "-1")


@pytest.mark.parametrize(
    "hash_",
    [
        "#lab1;relu-three-segments;000000000000;w1=1;b1=-1;w2=2;b2=-4",
        "#lab1;zigzag;000000000000;w1=1",
        "#lab2;relu-three-segments",
        "#%00<script>alert(1)</script>",
        "#" + "w1=1;" * 5000,
    ],
)
def test_a_bad_link_starts_at_0_and_says_so(lab: "Browser", pages: Path, hash_: str) -> None:
    lab.chrome.get("about:blank")
    lab.chrome.get((pages / f"{LAB}.html").as_uri() + hash_)
    said = lab.run("return document.querySelector('.notice').textContent")
    assert said == "This link does not fit this exercise. The sliders start at 0."
    assert set(shown(lab).values()) == {"0"}


def test_a_link_with_one_value_out_of_range(lab: "Browser") -> None:
    type_in(lab, {"w1": "1"})
    address = lab.chrome.current_url
    for bad in ("w1=5", "w1=1e999", "w1=NaN", "w1=", "w9=1", "w1=1/3", "w1=0.1234567890123456789"):
        lab.chrome.get("about:blank")
        lab.chrome.get(re.sub("w1=1", bad, address))
        assert set(shown(lab).values()) == {"0"}


def test_what_a_field_refuses(lab: "Browser") -> None:
    for text, words in (
        ("5", "w1 goes from \u22124 to 4."),
        ("two", "w1 needs a number, such as 1 or \u22120.5."),
        ("1/3", "w1 needs a number, such as 1 or \u22120.5."),
        ("0.12345678901234567", "w1 can have at most 15 digits."),
    ):
        type_in(lab, {"w1": text})
        said = lab.run("return document.querySelector('.fault:not(:empty)').textContent")
        assert said == words
        field(lab, "w1").send_keys("\ue00c")  # Escape
        assert shown(lab)["w1"] == "0"
    for text, value in (("\u22121,5", "-1.5"), (" .5 ", "0.5"), ("1e-1", "0.1"), ("+2.50", "2.5")):
        type_in(lab, {"w1": text})
        assert shown(lab)["w1"] == value


def test_each_value_and_verdict_is_announced_once_and_not_while_dragging(lab: "Browser") -> None:
    lab.run(
        "window.said = []; new MutationObserver(() => {"
        " window.said.push(document.querySelector('[role=status]').textContent)})"
        ".observe(document.querySelector('[role=status]'), {childList: true, characterData: true, subtree: true})"
    )
    box = slider(lab, "w1").rect
    y = box["y"] - lab.run("return window.scrollY") + box["height"] / 2
    middle = box["x"] + box["width"] / 2
    send = lab.command
    event = {"button": "left", "buttons": 1, "clickCount": 1}
    send("Input.dispatchMouseEvent", {"type": "mousePressed", "x": middle, "y": y, **event})
    for i in range(20):
        send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": middle + i, "y": y, **event})
    threading.Event().wait(0.8)
    assert lab.run("return window.said") == []
    send("Input.dispatchMouseEvent", {"type": "mouseReleased", "x": middle + 19, "y": y, **event})
    threading.Event().wait(0.9)
    said = lab.run("return window.said")
    assert len(said) == 1
    assert said[0].startswith("Unit 1 turns at x = 0 and adds +")
    type_in(lab, RIGHT)
    threading.Event().wait(0.9)
    assert lab.run("return window.said")[-1] == (
        "All 4 goals right. The network is the target from x = 0 to 3."
    )


def test_nothing_is_asked_for_and_no_storage_is_needed(lab: "Browser") -> None:
    type_in(lab, RIGHT)
    resources = "return performance.getEntriesByType('resource').map(e => e.name)"
    assert lab.run(resources) == []
    source = lab.run("return document.documentElement.outerHTML")
    assert "localStorage" not in source
    assert "unsafe" not in source.partition("</head>")[0]


def works_in_a_frame(browser: "Browser", pages: Path, tmp_path: Path, attributes: str) -> None:
    text = escape((pages / f"{LAB}.html").read_text("utf-8"))
    outer = tmp_path / "outer.html"
    frame = f'<iframe {attributes} srcdoc="{text}" width="800" height="700"></iframe>'
    outer.write_text(f"<!DOCTYPE html>{frame}")
    browser.open(outer, width=900)
    browser.chrome.switch_to.frame(0)
    type_in(browser, RIGHT)
    assert heading(browser) == "All 4 goals right"
    browser.chrome.switch_to.default_content()
    assert browser.log() == []


def test_in_a_frame_without_an_address(browser: "Browser", pages: Path, tmp_path: Path) -> None:
    works_in_a_frame(browser, pages, tmp_path, "")


# What people report of such pages elsewhere; the report stands beside each.


def test_in_a_sandboxed_frame(browser: "Browser", pages: Path, tmp_path: Path) -> None:
    # alpinejs/alpine #4892, nhost/nhost #3409: scripts that touch storage die there.
    works_in_a_frame(browser, pages, tmp_path, 'sandbox="allow-scripts"')


def test_a_link_that_is_opened_in_the_same_window(lab: "Browser") -> None:
    # jessecrossen/ttsim #16: a changed fragment loads no page.
    type_in(lab, {"w1": "1"})
    address = lab.chrome.current_url
    type_in(lab, {"w1": "2"})
    lab.run("window.location.hash = arguments[0]", address.partition("#")[2])
    threading.Event().wait(0.2)
    assert shown(lab)["w1"] == "1"
    lab.run("window.location.hash = 'nothing'")
    threading.Event().wait(0.2)
    assert shown(lab)["w1"] == "1"  # a bad link takes nothing away
    said = lab.run("return document.querySelector('.notice').textContent")
    assert said == "This link does not fit this exercise. Your values are still here."
