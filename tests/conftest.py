"""Settings of hypothesis, no settings of the user's shell, and no silently skipped test in CI."""

import os
import signal
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import settings

# What shells and CI services set for people who look at a terminal: tests compare exact output.
for name in ("CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR"):
    os.environ.pop(name, None)

# A shell's background job ignores the one, nohup's the other; what tests start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

settings.register_profile("same", derandomize=True, deadline=None, database=None, max_examples=30)
settings.register_profile("thorough", settings.get_profile("same"), max_examples=250)
settings.load_profile("same")

# What pip installs is compiled; that each of hundreds of processes compiles a checkout anew, as
# this would have it, takes a third of their time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _not_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _not_skipped((yield))


def _not_skipped(report: Report) -> Report:
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"a skipped test counts as a failed one in CI: {report.longrepr}"
    return report
