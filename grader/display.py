"""The report that `import grader` hands out: the same record, which also shows itself.

A report knows no format. Whoever shows one stands above the formats, and so does this: a program
asks for a text by name, a notebook for HTML or Markdown, and each format is imported when asked.
"""

from typing import Self

from grader.report import Report
from grader.reports import Layout


class ShownReport(Report):
    """A Report with its texts; a notebook that has it as a cell's value shows it with pictures."""

    __slots__ = ()

    @classmethod
    def of(cls, report: Report) -> Self:
        """Return the report as one that shows itself."""
        return cls(*report)

    def to_text(self, width: int = 80) -> str:
        """Return what `grade` prints on a terminal of so many columns, without colour."""
        from grader.reports.terminal import render

        return render(self, Layout(width))

    def to_html(self) -> str:
        """Return a whole page that needs nothing else."""
        from grader.reports.html import render

        return render(self, Layout())

    def to_markdown(self) -> str:
        """Return the report as Markdown, as code hosts and notebooks show it."""
        from grader.reports.markdown import render

        return render(self, Layout())

    def to_json(self) -> str:
        """Return the report as indented JSON, as its JSON Schema describes it."""
        from grader.reports.json import render

        return render(self, Layout())

    def _repr_html_(self) -> str:
        """Show the report in a notebook."""
        from grader.reports.html import fragment

        return fragment(self)

    def _repr_markdown_(self) -> str:
        """Show the report where a notebook is turned into text."""
        return self.to_markdown()
