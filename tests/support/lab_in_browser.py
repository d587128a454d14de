"""The lab's page in a browser: its fields, sliders and buttons."""

import threading
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver.remote.webelement import WebElement

    from chromium import Browser


LAB = "relu-three-segments"
RIGHT = {"w1": "1", "b1": "-1", "w2": "2", "b2": "-4"}


def field(browser: "Browser", name: str) -> "WebElement":
    kind = "Weight" if name[0] == "w" else "Bias"
    label = f"{kind} {name} of unit {name[1:]}, number"
    return browser.chrome.find_element("css selector", f'input[aria-label="{label}"]')


def slider(browser: "Browser", name: str) -> "WebElement":
    kind = "Weight" if name[0] == "w" else "Bias"
    label = f"{kind} {name} of unit {name[1:]}"
    return browser.chrome.find_element("css selector", f'input[aria-label="{label}"]')


def type_in(browser: "Browser", values: dict[str, str]) -> None:
    for name, text in values.items():
        box = field(browser, name)
        browser.run("arguments[0].select()", box)
        box.send_keys(text, "\ue007")


def shown(browser: "Browser") -> dict[str, str]:
    return {
        name: field(browser, name).get_attribute("value").replace("\u2212", "-") for name in RIGHT
    }


def heading(browser: "Browser") -> str:
    return str(browser.run("return document.querySelector('.standing-words').textContent"))


def button(browser: "Browser", label: str) -> "WebElement":
    return browser.chrome.find_element("css selector", f'button[aria-label="{label}"]')


def press(browser: "Browser", words: str) -> None:
    for each in browser.chrome.find_elements("css selector", "button"):
        if each.text == words or each.get_attribute("textContent") == words:
            browser.run("arguments[0].scrollIntoView({block: 'center'})", each)
            each.click()
            return
    pytest.fail(f"no button {words}")


def place(lab: "Browser", selector: str) -> tuple[float, float]:
    """Return the middle of an element in the window, scrolled into sight."""
    return tuple(  # type: ignore[return-value]
        lab.run(
            "const e = document.querySelector(arguments[0]); e.scrollIntoView({block: 'center'});"
            "const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]",
            selector,
        )
    )


def saved(lab: "Browser", folder: "Path") -> str:
    """Hand in by file, as a student does; return what the file holds."""
    lab.command("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    press(lab, "Hand in")
    press(lab, "Save file")
    path = folder / "submission.json"
    for _ in range(100):
        if path.exists() and path.stat().st_size:
            return path.read_text("utf-8")
        threading.Event().wait(0.05)
    return pytest.fail("nothing was saved")
