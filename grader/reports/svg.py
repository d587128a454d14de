"""Only the pictures, as an SVG file: target and network, and each unit."""

from grader.pictures.sheet import sheet
from grader.report import Report
from grader.reports import Layout

# Several pictures do not make one file; the command refuses more than one submission.
SINGLE = True


def render(report: Report, layout: Layout) -> str:  # noqa: ARG001 - a picture has its own size
    """Return one SVG; for a submission that could not be graded, only the target."""
    return sheet(report)
