"""The browser that all tests here share."""

from typing import TYPE_CHECKING

import pytest

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
