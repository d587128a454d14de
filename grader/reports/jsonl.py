"""The report as one line of JSON, so that many reports take one line each. ASCII only."""

import json

from grader.plain import as_data
from grader.report import Report
from grader.reports import Layout


def render(report: Report, layout: Layout) -> str:  # noqa: ARG001 - the same wherever it goes
    """Return one JSON object on one line."""
    return json.dumps(as_data(report), allow_nan=False) + "\n"
