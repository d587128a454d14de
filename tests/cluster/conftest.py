"""What the tests on a cluster share: a class, and what one machine leaves of it."""

from pathlib import Path

import pytest

from classes_made import made_class, outputs, run_class


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_class(tmp_path_factory.mktemp("class") / "c", 700, code=24)


@pytest.fixture(scope="session")
def alone(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("alone") / "out"
    assert run_class(collection, out, "--reports", "json").status == 0
    return outputs(out)
