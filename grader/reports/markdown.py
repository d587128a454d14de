"""The report as Markdown, for issue comments and step summaries on code hosts.

What came from outside can neither format, link, mention nor refer: punctuation with a meaning is
escaped, and a word joiner (U+2060) follows the marks that a host looks for in the finished
text, where a backslash is gone: @name, #123, https:// and www. Sizes are bounded, for a comment
holds 65,536 characters.
"""

import re

from grader.exact.network import Network
from grader.mistakes.table import DIAGNOSES
from grader.report import CheckResult, Diagnosis, Failure, Report
from grader.reports import Layout
from grader.since import summary
from grader.text.codes import ERRORS, Reveal
from grader.text.inert import inert
from grader.text.markup import lines
from grader.words.shapes import rows, seen, unit_effect, unit_formula
from grader.words.standing import advice, earned, perfect, score, state
from grader.words.wording import name, number

_LIMIT = 2_000  # characters of one message
_MOST_ROWS = 40
_MOST_DIAGNOSES = 10
_ESCAPES = {ord(mark): f"\\{mark}" for mark in "\\`*_[]>|~#!${}^"} | {38: "&amp;", 60: "&lt;"}
_JOINER = "\u2060"
_LOOKED_FOR = re.compile(r"([@#]|\bgh-|\bwww\.|:(?=\S))", re.IGNORECASE)
_AT_START = re.compile(r"^(\d*)([-+=.)])")  # would begin a list or underline a heading
_WORDS = {
    "right": "right",
    "partly": "partly right",
    "wrong": "not right yet",
    "kept": "still right",
    "lost": "disturbed",
}


def render(report: Report, layout: Layout | None = None) -> str:  # noqa: ARG001 - Markdown has no width
    """Return Markdown with headings, lists and tables, but no HTML, links or pictures."""
    parts = [_head(report)]
    if report.since:
        parts.append("**Since last time:** " + " ".join(map(escaped, summary(report.since))))
    if report.error:
        parts.append(_error(report.error, report.status))
    else:
        parts += [_next(report), _checks(report)]
    if report.network is not None:
        parts += [_places(report), _units(report, report.network)]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(content: str, limit: int = 200) -> str:
    """Return text from outside on one line, with nothing that Markdown or a host interprets."""
    text = _LOOKED_FOR.sub(rf"\1{_JOINER}", inert(content, limit).strip())
    return _AT_START.sub(r"\1\\\2", text.translate(_ESCAPES))


def _head(report: Report) -> str:
    lines_ = [f"## {score(report)}"]
    origin = [report.origin.source] if report.origin.source != "-" else []
    origin += [report.origin.student] if report.origin.student else []
    named = [escaped(text, 60) for text in origin]
    if report.measured_by:
        named.insert(0, f"**{escaped(report.measured_by, 400)}**")
    if named:
        lines_.append(", ".join(named))
    lines_ += [escaped(note, _LIMIT) for note in report.notes]
    return "\n\n".join(lines_)


def _message(message: str, indent: str = "") -> str:
    """Return the lines of a message, each a paragraph of its own."""
    shown = [escaped(line, _LIMIT) for line in lines(message, _LIMIT) if line.strip()]
    return f"\n\n{indent}".join(shown)


def _error(error: Failure, status: str) -> str:
    whose = "The grader failed" if status == "failed" else "This could not be graded"
    what = ERRORS[error.code]
    return f"### {whose}\n\n{what} (`{error.code}`)\n\n{_message(error.message)}"


def _next(report: Report) -> str:
    found = () if report.reveal == "verdict" else report.diagnoses
    done = perfect(report.checks)
    title = "### Well done" if done else "### What to look at next"
    parts = [title, _message(advice(report))] if done or not found else [title]
    items = "\n".join(_diagnosis(diagnosis) for diagnosis in found[:_MOST_DIAGNOSES])
    more = len(found) - _MOST_DIAGNOSES
    note = f"{more:,} more units have a mistake." if more > 0 else ""
    return "\n\n".join(part for part in [*parts, items, note] if part)


def _diagnosis(diagnosis: Diagnosis) -> str:
    whose = "All units" if diagnosis.unit is None else f"Unit {diagnosis.unit}"
    also = "; or: ".join(escaped(DIAGNOSES.get(code, code)) for code in diagnosis.also)
    more = f"\n\n  It may also be this: {also}." if also else ""
    return f"- **{whose}:** {_message(diagnosis.message, '  ')}{more}"


def _table(head: list[str], body: list[list[str]], more: int) -> str:
    table = [head, ["---"] * len(head), *body]
    text = "\n".join(f"| {' | '.join(row)} |" for row in table)
    return f"{text}\n\n{more:,} more are not shown." if more else text


def _checks(report: Report) -> str:
    order = sorted(range(len(report.checks)), key=lambda k: perfect(report.checks[k : k + 1]))
    kept = sorted(order[:_MOST_ROWS])  # of very many, what is not right comes first
    body = [_check(report.checks[k], report.reveal) for k in kept]
    more = len(report.checks) - len(kept)
    return "### Checks\n\n" + _table(["Check", "", "Points", "Why"], body, more)


def _check(check: CheckResult, reveal: Reveal) -> list[str]:
    return [name(check), _WORDS[state(check, reveal)], earned(check), escaped(check.message, 600)]


def _places(report: Report) -> str:
    shown = seen(report)
    if shown is None or report.exercise is None:
        return ""
    found = rows(report, shown)
    allowed = report.exercise.rules.tolerance.value
    body = [
        [
            f"{number(row.x)} ({row.place})",
            number(row.target),
            number(row.network, row.target),
            f"**{number(row.off, allowed)}**" if row.outside else number(row.off),
        ]
        for row in found.rows[:_MOST_ROWS]
        if row.network is not None and row.off is not None
    ]
    more = found.more + len(found.rows) - len(body)
    table = _table(["x", "Target", "Network", "Off by"], body, more)
    text = "Both are straight from each x to the next; bold is too far off."
    return f"### Target and network\n\n{table}\n\n{text}"


def _units(report: Report, network: Network) -> str:
    body = [
        [
            f"{unit.unit}{' (given)' if unit.fixed else ''}",
            escaped(unit_formula(network.units[unit.unit])),
            escaped(unit_effect(report, unit.unit)),
        ]
        for unit in report.units[:_MOST_ROWS]
    ]
    more = len(report.units) - len(body)
    return "### Units\n\n" + _table(["Unit", "It adds", "What it does"], body, more)
