"""The report as JSON, for programs: one object, or an array of them. ASCII only."""

import json
from collections.abc import Iterable, Iterator

from grader.plain import as_data
from grader.report import Report
from grader.reports import Layout


def render(report: Report, layout: Layout) -> str:  # noqa: ARG001 - the same wherever it goes
    """Return one indented JSON object."""
    return json.dumps(as_data(report), indent=2, allow_nan=False) + "\n"


def document(texts: Iterable[str]) -> Iterator[str]:
    """Yield one array of the objects for many submissions, each as soon as it is ready."""
    before = "["
    for text in texts:
        yield f"{before}\n{text.rstrip()}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"
