"""What to look at next: the first mistakes, apart in what a unit does and what is needed."""

from grader.mistakes.table import DIAGNOSES
from grader.report import Diagnosis, Report, Sentences
from grader.reports.html.setting import badge, heading, paragraphs, place
from grader.text.markup import text
from grader.words.standing import advice, perfect

OPEN, _MOST = 2, 50  # mistakes that are not folded; that are shown at all


def advice_section(report: Report, level: int) -> str:
    """Return the named mistakes, or if there are none, the first thing that costs points."""
    found = () if report.reveal == "verdict" else report.diagnoses
    done = perfect(report.checks)
    if done or not found:
        title = "Well done" if done else "Look at this next"
        body = heading(level + 1, title) + paragraphs(advice(report))
        body += "".join(_mistake(each, level + 2) for each in found)
        return f'<section class="card strong next">\n{body}</section>\n'
    title = f"Look at this next: {_whose(found[0])}"
    body = heading(level + 1, title) + _explained(found[0])
    shown = OPEN if len(found) <= OPEN else 1
    body += "".join(_mistake(each, level + 2) for each in found[1:shown])
    return f'<section class="card strong next">\n{body}{_rest(found[shown:], level)}</section>\n'


def _rest(found: tuple[Diagnosis, ...], level: int) -> str:
    """Return the other mistakes, folded."""
    if not found:
        return ""
    words = "".join(_mistake(each, level + 2) for each in found[:_MOST])
    more = len(found) - _MOST
    note = f'<p class="quiet">{more:,} more units have a mistake.</p>\n' if more > 0 else ""
    named = ", ".join(_whose(each) for each in found[:OPEN])
    dots = " and so on" if len(found) > OPEN else ""
    return (
        f'<details class="link">\n<summary>{len(found):,} more: {named}{dots}</summary>\n'
        f"{words}{note}</details>\n"
    )


def _whose(diagnosis: Diagnosis) -> str:
    return "all units" if diagnosis.unit is None else f"unit {diagnosis.unit}"


def _mistake(diagnosis: Diagnosis, level: int) -> str:
    whose = _whose(diagnosis)
    return heading(level, f"{whose[0].upper()}{whose[1:]}", "subtitle") + _explained(diagnosis)


def _explained(diagnosis: Diagnosis) -> str:
    also = "; or: ".join(text(DIAGNOSES.get(code, code)) for code in diagnosis.also)
    more = f"<p>It may also be this: {also}.</p>\n" if also else ""
    said = _apart(diagnosis, diagnosis.parts) if diagnosis.parts else paragraphs(diagnosis.message)
    witness = f"<span>{place(diagnosis.parts.witness)}</span> " if diagnosis.parts else ""
    named = f'<p class="small beside">{witness}<code>{text(diagnosis.code)}</code></p>\n'
    return f"{said}{more}{named}"


def _apart(diagnosis: Diagnosis, parts: Sentences) -> str:
    """Return what the unit does and what is needed under each other, then the idea."""
    mark = "" if diagnosis.unit is None else badge(diagnosis.unit)
    does = parts.does.removeprefix(f"Unit {diagnosis.unit} ")
    rows = f"<dt>{mark}does</dt><dd>{place(does)}</dd>\n"
    if parts.needed:
        rows += f'<dt><span class="turn"></span>needed</dt><dd>{place(parts.needed)}</dd>\n'
    words = [
        f'<p class="idea">{place(parts.idea)}</p>\n',
        f'<p class="look">{place(parts.look)}</p>\n',
    ]
    if parts.answer:
        words.append(f"<p>{place(parts.answer)}</p>\n")
    return f'<dl class="does">\n{rows}</dl>\n{"".join(words)}'
