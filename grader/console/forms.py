"""A report's form by the name that a user types, or by the ending of the file it goes to."""

import os
from collections.abc import Callable, Iterable, Iterator

from grader.desk.family import member, members
from grader.named import NamedTuple
from grader.report import Report
from grader.reports import Layout

_BY_ENDING = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "markdown",
    ".svg": "svg",
    ".xml": "junit",
}
_USUAL = "terminal"


class ReportForm(NamedTuple):
    """How a report becomes text.

    `document` makes one text of the texts on several submissions; `single` if there is no way to.
    """

    render: Callable[[Report, Layout], str]
    document: Callable[[Iterable[str]], Iterable[str]]
    single: bool = False
    is_platform: bool = False


def form_named(asked: str | None, output: str | None) -> ReportForm | None:
    """Return the form that was asked for, or else the one that the output file's ending names."""
    if asked is None:
        _, ending = os.path.splitext(output or "")
        asked = _BY_ENDING.get(ending.lower(), _USUAL)
    return _report_form(asked) or _platform_form(asked, output)


def _report_form(name: str) -> ReportForm | None:
    module = member("reports", name)
    if module is None:
        return None
    return ReportForm(
        module.render,
        getattr(module, "document", in_a_row),
        single=getattr(module, "SINGLE", False),
    )


def _platform_form(name: str, output: str | None) -> ReportForm | None:
    from grader.console.delivery import as_format, platform

    module = platform(name)
    if module is None:
        return None
    document = getattr(module, "document", None)
    whole = document or in_a_row
    return ReportForm(
        as_format(module, name, output), whole, single=document is None, is_platform=True
    )


def in_a_row(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts, a blank line between long ones."""
    separator = ""
    for text in texts:
        yield separator + text
        separator = "\n" if "\n" in text.rstrip("\n") else ""


def form_names() -> str:
    """Return the names of all forms, for a message."""
    from grader.console.delivery import platforms

    return ", ".join([*members("reports"), *platforms()])
