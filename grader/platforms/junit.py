"""JUnit XML, which Jenkins and other CI systems read: one test case for each check.

Source: jenkinsci/xunit-plugin, junit-10.xsd, as pytest 8.4.2 ships it
(testing/example_scripts); there is no official schema; read in November 2026.

There are no points in JUnit: the score is in the properties and in each failure's text. A
grader that failed is an <error>, an unreadable submission a <failure>. Times are left out, so that
the same submission gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from html import escape

from grader.handover.feedback import cut, items, text
from grader.platforms import Files, Settings
from grader.report import Report
from grader.words.wording import points, points_of

SHOWS = {
    "score": "in the suite's properties and in the text of the suite",
    "checks": "one test case each, with points and what was expected and found",
    "diagnoses": "in the text of the suite",
    "picture": "not shown",
}


def answer(report: Report, settings: Settings) -> Files:
    """Return one XML file; of one of many, the suite that `document` puts into a file."""
    exercise = report.exercise.id if report.exercise else "unknown"
    lines = items(report, settings.points)
    failed = report.status == "failed"
    wrong = sum(not line.right for line in lines)
    counts = f'tests="{len(lines)}" failures="{0 if failed else wrong}" errors="{int(failed)}"'
    cases = []
    for line in lines:
        case = f"    <testcase name={_quoted(line.name)} classname={_quoted(exercise)}"
        if line.right:
            cases.append(f"{case}/>")
            continue
        kind = "error" if failed else "failure"
        title = report.error.code if report.error else line.points_in_words()
        opening = f"      <{kind} message={_quoted(title)} type={_quoted(line.id)}>"
        cases += [f"{case}>", f"{opening}{escape(line.message)}</{kind}>", "    </testcase>"]
    suite = f"{exercise}, {report.origin.source}" if settings.compact else exercise
    xml = [
        f"  <testsuite name={_quoted(suite)} {counts}>",
        *_properties(report),
        *cases,
        f"    <system-out>{escape(text(report, settings.aside))}</system-out>",
        "  </testsuite>",
        "",
    ]
    body = "\n".join(xml)
    return {"junit.xml": body if settings.compact else "".join(_document([body], f" {counts}"))}


def document(texts: Iterable[str]) -> Iterator[str]:
    """Yield one document of many submissions' suites, each as soon as it is ready."""
    return _document(texts, "")


def _document(suites: Iterable[str], attributes: str) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites{attributes}>\n'
    yield from suites
    yield "</testsuites>\n"


def _properties(report: Report) -> list[str]:
    if report.score is None or report.max_score is None:
        return []
    values = {
        "score": points_of(report.score, report.max_score),
        "max_score": points(report.max_score),
    }
    return [
        "    <properties>",
        *(f'      <property name="{name}" value="{value}"/>' for name, value in values.items()),
        "    </properties>",
    ]


def _quoted(words: str) -> str:
    return '"' + escape(cut(words, 1000)).replace("\n", "&#10;") + '"'
