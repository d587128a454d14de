"""Texts that are kept: what a change alters is seen, and written anew on request."""

import os
from pathlib import Path


def compare(path: Path, text: str) -> None:
    """Compare the text with the file's, or write it if the environment says GOLDEN=write."""
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, "to write it anew: GOLDEN=write pytest tests/golden"
