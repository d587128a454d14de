"""The report as one HTML file that needs nothing else: no script, no request.

The page's content security policy allows its own style sheet, by its hash, and nothing more; all
that came from outside is escaped (see `grader.text.markup`), isolated from the direction of text
around it, and bounded. The author's description is Markdown, and its links are the only ones.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator

from grader.report import Report
from grader.reports import Layout
from grader.reports.html.sections import content
from grader.style import sheet
from grader.text.digest import sha256
from grader.text.markup import text
from grader.words.standing import score

_TAIL = "</body>\n</html>\n"
# Between a report's row in the table of many and the report: text from outside never holds it.
_BETWEEN = "\f"


def render(report: Report, layout: Layout) -> str:
    """Return a whole page; for one report of many, the part that `document` puts into a page."""
    if layout.one_of_many:
        return f"{_row(report)}{_BETWEEN}{content(report, level=2)}</article>\n"
    title = score(report)
    if report.exercise:
        title += f" - {report.exercise.title}"
    return f"{head(title)}{content(report)}{_TAIL}"


def document(texts: Iterable[str]) -> Iterator[str]:
    """Yield one page with the reports on many submissions, starting with a table of them."""
    yield head("Reports") + '<main>\n<div class="page">\n<h1>Reports</h1>\n'
    parts = [text.partition(_BETWEEN) for text in texts]
    yield (
        '<table class="many">\n<thead><tr><th scope="col">Submission</th>'
        '<th scope="col">Student</th><th scope="col">Score</th></tr></thead>\n<tbody>\n'
    )
    for number, (row, _, _) in enumerate(parts, 1):
        yield f'<tr><th scope="row"><a href="#report-{number}">{row}</tr>\n'
    yield "</tbody>\n</table>\n</div>\n"
    for number, (_, _, article) in enumerate(parts, 1):
        yield f'<article id="report-{number}">\n{article}'
    yield f"</main>\n{_TAIL}"


def _row(report: Report) -> str:
    """Return the report's row, starting with the text of its link."""
    student = text(report.origin.student or "")
    points = score(report).removeprefix("Score ")
    return (
        f"<bdi>{text(report.origin.source)}</bdi></a></th><td><bdi>{student}</bdi></td>"
        f"<td>{points}</td>"
    )


def head(title: str, *sheets: str) -> str:
    """Return the start of a page with this style, which is all that its policy allows."""
    style = sheet("report", *sheets)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(title)}</title>\n"
        f'<style>{style}</style>\n</head>\n<body class="relu report">\n'
    )


def fragment(report: Report) -> str:
    """Return the report as a part of another page, such as a notebook's output."""
    style = sheet("report")
    return f'<div class="relu report"><style>{style}</style>\n{content(report, level=2)}</div>\n'
