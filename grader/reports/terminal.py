"""The report that a student reads first: score, one line a check, and what to look at next."""

from textwrap import fill

from grader.codes import ERRORS
from grader.inert import inert
from grader.report import CheckResult, Report
from grader.reports import Layout
from grader.wording import name, number, points

_WIDEST, _NARROWEST = 100, 30
_SIDE_BY_SIDE = 60  # below this width the finding goes under the check's name
_MARKS = {"right": "ok", "partly": "~", "wrong": "x", "kept": "ok", "lost": "!"}
_COLOURS = {"right": "32", "kept": "32", "partly": "33", "wrong": "31", "lost": "31"}


def render(report: Report, layout: Layout) -> str:
    """Return plain text, with colours if the layout has them; nothing depends on them."""
    width = max(_NARROWEST, min(layout.width, _WIDEST))
    lines = [*_head(report, width), ""]
    if report.error:
        lines += _error(report, width)
    else:
        for check in report.checks:
            lines += _check(check, report, width, colour=layout.colour)
        lines += ["", *_next(report, width)]
    return "\n".join(lines) + "\n"


def _head(report: Report, width: int) -> list[str]:
    score = "No score" if report.score is None else f"Score {points(report.score)}"
    if report.max_score is not None and report.score is not None:
        score += f" of {points(report.max_score)}"
    lines = [score]
    if report.exercise:
        lines.append(fill(inert(report.exercise.title), width))
    origin = inert(report.origin.source, 60)
    if report.origin.student:
        origin += f", {inert(report.origin.student, 60)}"
    return [*lines, fill(origin, width)]


def _error(report: Report, width: int) -> list[str]:
    error = report.error
    if error is None:
        raise TypeError("only a report with an error has one to show")
    whose = "The grader failed" if report.status == "failed" else "This could not be graded"
    text = f"{whose}: {ERRORS[error.code]} ({error.code})."
    return [fill(text, width), "", *(_fill(line, width) for line in error.message.splitlines())]


def _check(check: CheckResult, report: Report, width: int, *, colour: bool) -> list[str]:
    state = _state(check)
    mark = f"{_MARKS[state]:<3}"
    if colour:
        mark = f"\x1b[{_COLOURS[state]}m{mark}\x1b[0m"
    title = f"{name(check):<13} {_earned(check):>11}"
    finding = _finding(check, report)
    if width < _SIDE_BY_SIDE:
        return [f"{mark}{title}", _fill(finding, width, "   ")]
    indent = " " * (len(title) + 5)
    body = fill(finding, width, initial_indent=indent, subsequent_indent=indent)
    return [f"{mark}{title}  {body.lstrip()}"]


def _state(check: CheckResult) -> str:
    if check.role == "guard":
        return "kept" if check.credit == 1 else "lost"
    if check.credit == 1:
        return "right"
    return "partly" if check.credit else "wrong"


def _earned(check: CheckResult) -> str:
    if check.role == "guard":
        return points(check.points) if check.points else "-"
    return f"{points(check.points)}/{points(check.max_points)}"


def _finding(check: CheckResult, report: Report) -> str:
    """Return what was expected and found, and where it is worst."""
    if report.reveal == "verdict":
        return {"kept": "still right", "lost": "disturbed"}.get(_state(check), _state(check))
    before = "right before you began; " if check.role == "guard" else ""
    if check.misfit is not None:
        x, expected, found, error = check.misfit
        if not error:
            return f"{before}exact"
        return (
            f"{before}worst at x = {number(x)}: expected {number(expected)}, "
            f"found {number(found, expected)}"
        )
    if check.expected is None or check.found is None:
        raise TypeError("a breakpoint has an expected and a found slope change")
    return (
        f"{before}slope change at x = {number(check.left)}: expected {number(check.expected)}, "
        f"found {number(check.found, check.expected)}"
    )


def _next(report: Report, width: int) -> list[str]:
    """Return what to look at next: the first thing that costs points."""
    imperfect = [check for check in report.checks if check.credit < 1]
    if not imperfect:
        return [fill("Everything is right, on the whole interval.", width)]
    first = min(imperfect, key=lambda check: check.kind)  # a breakpoint explains its segments
    return ["Look at this next:", _fill(first.message, width)]


def _fill(text: str, width: int, indent: str = "  ") -> str:
    return fill(text, width, initial_indent=indent, subsequent_indent=indent)
