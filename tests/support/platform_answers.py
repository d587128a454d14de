"""A report in a platform's format."""

from collections.abc import Mapping
from fractions import Fraction

from grader import Report
from grader.console.delivery import platform
from grader.platforms import Settings
from reports import MARKUP

PRINTED = f"a.py printed:\n| {MARKUP}"
SETTINGS = [
    Settings(),
    Settings(alone=True),
    Settings(Fraction(20)),
    Settings(aside=PRINTED * 1000),
]


def answer(name: str, report: Report, settings: Settings = SETTINGS[0]) -> Mapping[str, str]:
    module = platform(name)
    assert module is not None
    files: Mapping[str, str] = module.answer(report, settings)
    return files
