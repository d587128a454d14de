"""Every kind of report as a fixture."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bundled import LAB
from grader import Report
from grader.cli import package
from grader.console.delivery import platforms
from reports import CASES, case, failure


@pytest.fixture(params=CASES)
def report(request: pytest.FixtureRequest) -> Report:
    return case(request.param)


@pytest.fixture
def fault() -> Report:
    return failure()


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("bundles")
    for name in platforms("bundle"):
        assert package.main([name, LAB, "-o", str(folder / name)]) == 0
    return {name: folder / name for name in platforms("bundle")}
