"""The browser that all tests here share."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.cli.grader import main
from lab_in_browser import LAB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chromium import Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Browser]":
    from chromium import start  # noqa: PLC0415 - only these tests need Selenium

    started = start(tmp_path_factory.mktemp("profile"))
    try:
        yield started
    finally:
        started.chrome.quit()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("labs")
    assert main(["lab", "--all", "-o", str(folder / "site")]) == 0
    return folder / "site"


@pytest.fixture
def lab(browser: "Browser", pages: Path) -> "Browser":
    browser.chrome.get("about:blank")  # a changed fragment alone loads no page
    browser.open(pages / f"{LAB}.html", width=1280)
    browser.log()
    return browser
