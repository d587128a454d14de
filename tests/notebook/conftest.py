"""What the tests in notebooks share: a browser and a server, both started once."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import notebooks

if TYPE_CHECKING:
    from chromium import Browser

PROJECT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def trait_error() -> type[Exception]:
    from traitlets import TraitError  # noqa: PLC0415 - only these tests need it

    return TraitError


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Browser]":
    from chromium import start  # noqa: PLC0415 - only these tests need Selenium

    started = start(tmp_path_factory.mktemp("profile"))
    try:
        yield started
    finally:
        started.chrome.quit()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="session")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with notebooks.jupyter(folder, tmp_path_factory.mktemp("jupyter")) as address:
        yield address


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Return the folder that CI keeps; git ignores it."""
    path = Path(os.environ.get("RELU_GRADER_SCREENSHOTS", PROJECT / "build/screenshots"))
    path.mkdir(parents=True, exist_ok=True)
    return path
