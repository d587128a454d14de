"""Fixtures of several tests here."""

from pathlib import Path

import pytest

from variants_drawn import SECRET
from varied import varied


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "varied.yaml").write_text(varied(), "utf-8")
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET + "\n", "utf-8")
    secret.chmod(0o600)
    return tmp_path
