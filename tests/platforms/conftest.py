"""Every kind of report as a fixture."""

import pytest

from grader import Report
from reports import CASES, case, failure


@pytest.fixture(params=CASES)
def report(request: pytest.FixtureRequest) -> Report:
    return case(request.param)


@pytest.fixture
def fault() -> Report:
    return failure()
