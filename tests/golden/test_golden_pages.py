"""The exact text of pages and pictures. To rewrite it: GOLDEN=write pytest tests/golden."""

from importlib import import_module
from pathlib import Path

import pytest

import showcase
from grader.reports import Layout
from grader.version import VERSION
from samples.golden import compare

HERE = Path(__file__).parent
REPORTS = showcase.all_reports()
KEPT = {
    "svg": ("diagnosed", "perfect", "verdict", "huge", "unknown"),
    "html": ("diagnosed", "verdict", "invalid"),
    "markdown": ("diagnosed", "permuted", "verdict", "invalid", "unknown"),
}


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in KEPT.items() for name in names]
)
def test_page(kind: str, name: str) -> None:
    text = import_module(f"grader.reports.{kind}").render(REPORTS[name], Layout())
    text = text.replace(f"relu-grader {VERSION}", "relu-grader VERSION")
    path = HERE / kind / f"{name}.{kind}"
    compare(path, text)


def test_no_golden_page_is_left_over() -> None:
    for kind, names in KEPT.items():
        assert {path.stem for path in HERE.glob(f"{kind}/*")} == set(names)
