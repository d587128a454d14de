"""The parts of the HTML report, from the score down to the exercise itself."""

from grader.mistakes.table import DIAGNOSES
from grader.pictures.overview import overview
from grader.pictures.unit import shown_units, unit_picture
from grader.report import Changes, CheckResult, Diagnosis, Failure, Report
from grader.reports.html.tables import places, units
from grader.since import summary
from grader.text.codes import ERRORS, Reveal
from grader.text.markup import LONGEST, lines, text
from grader.text.rendered import rendered
from grader.version import VERSION
from grader.words.shapes import seen
from grader.words.standing import advice, earned, perfect, score, state
from grader.words.wording import name

_MOST_CHECKS = 200
_MOST_DIAGNOSES = 50
_STATES = {
    "right": "✓ right",
    "partly": "◐ partly right",
    "wrong": "✗ not right yet",
    "kept": "✓ still right",
    "lost": "! disturbed",
}


def content(report: Report, level: int = 1) -> str:
    """Return header, sections and footer; `level` is that of the first heading."""
    sections = [_header(report, level), "<main>\n" if level == 1 else "<div>\n"]
    if report.since:
        sections.append(_since(report.since, level))
    if report.error:
        sections.append(_error(report.error, report.status, level))
    else:
        sections.append(_next(report, level))
    sections.append(_picture(report, level))
    if not report.error:
        sections.append(_checks(report, level))
    sections += [
        _units(report, level),
        _exercise(report, level),
        "</main>\n" if level == 1 else "</div>\n",
    ]
    footer = f"Made by relu-grader {text(VERSION)}."
    if level == 1:
        sections.append(f"<footer><p>{footer}</p></footer>\n")
    else:
        sections.append(f'<p class="relu-quiet">{footer}</p>\n')
    return "".join(sections)


def _bdi(content: str, limit: int = 200) -> str:
    """Return text from outside whose direction does not affect what is around it."""
    return f"<bdi>{text(content, limit)}</bdi>"


def heading(level: int, content: str) -> str:
    """Return a heading whose content is markup."""
    return f"<h{level}>{content}</h{level}>\n"


def _header(report: Report, level: int) -> str:
    parts = [heading(level, score(report))]
    if report.score is not None and report.max_score:
        share = float(report.score / report.max_score)
        parts.append(f'<meter value="{share:.4f}" aria-label="share of all points">')
        parts.append(f"{score(report)}</meter>\n")
    if report.exercise:
        chosen = f"; {report.chosen}" if report.chosen else ""
        told = text(f"{report.exercise.id}{chosen}", 300)
        parts.append(f"<p>{_bdi(report.exercise.title)} ({told})</p>\n")
    named = [report.origin.source] if report.origin.source != "-" else []
    named += [report.origin.student] if report.origin.student else []
    origin = ", ".join(_bdi(each, 60) for each in named)
    origin = f'<p class="relu-quiet">{origin}</p>\n' if named else ""
    tag = "header" if level == 1 else "div"
    return f"<{tag}>\n{''.join(parts)}{origin}</{tag}>\n"


def _paragraphs(message: str) -> str:
    shown = [text(line, len(line) + 1) for line in lines(message) if line]
    return "".join(f'<p dir="auto">{line}</p>\n' for line in shown)


def _error(error: Failure, status: str, level: int) -> str:
    whose = "The grader failed" if status == "failed" else "This could not be graded"
    return (
        f"<section>\n{heading(level + 1, whose)}"
        f'<div class="relu-card relu-wrong">\n<p class="relu-state">'
        f"{text(ERRORS[error.code])} (<code>{text(error.code)}</code>)</p>\n"
        f"{_paragraphs(error.message)}</div>\n</section>\n"
    )


def _since(changes: Changes, level: int) -> str:
    items = "".join(f"<p>{text(sentence, LONGEST)}</p>\n" for sentence in summary(changes))
    return (
        f"<section>\n{heading(level + 1, 'Since last time')}"
        f'<div class="relu-card relu-kept">\n{items}</div>\n</section>\n'
    )


def _next(report: Report, level: int) -> str:
    """Return the named mistakes, or if there are none, the first thing that costs points."""
    found = () if report.reveal == "verdict" else report.diagnoses
    done = perfect(report.checks)
    title = "Well done" if done else "What to look at next"
    kind = "right" if done else "next"
    body = ""
    if done or not found:
        body = f'<div class="relu-card relu-{kind}">\n{_paragraphs(advice(report))}</div>\n'
    body += "".join(_diagnosis(each, level + 2) for each in found[:_MOST_DIAGNOSES])
    more = len(found) - _MOST_DIAGNOSES
    note = f'<p class="relu-quiet">{more:,} more units have a mistake.</p>\n' if more > 0 else ""
    return f"<section>\n{heading(level + 1, title)}{body}{note}</section>\n"


def _diagnosis(diagnosis: Diagnosis, level: int) -> str:
    whose = "All units" if diagnosis.unit is None else f"Unit {diagnosis.unit}"
    also = "; or: ".join(text(DIAGNOSES.get(code, code)) for code in diagnosis.also)
    more = f"<p>It may also be this: {also}.</p>\n" if also else ""
    kind = "kept" if diagnosis.code == "units-permuted" else "next"
    return (
        f'<div class="relu-card relu-{kind}">\n'
        f'<div class="relu-line">{heading(level, whose)}'
        f'<code class="relu-quiet">{text(diagnosis.code)}</code></div>\n'
        f"{_paragraphs(diagnosis.message)}{more}</div>\n"
    )


def _checks(report: Report, level: int) -> str:
    order = sorted(range(len(report.checks)), key=lambda k: perfect(report.checks[k : k + 1]))
    kept = sorted(order[:_MOST_CHECKS])  # of very many, what is not right comes first
    items = "".join(_check(report.checks[k], report.reveal, level + 2) for k in kept)
    more = len(report.checks) - len(kept)
    note = f'<p class="relu-quiet">{more:,} more checks are not shown here.</p>\n' if more else ""
    return f"<section>\n{heading(level + 1, 'Checks')}<ul>\n{items}</ul>\n{note}</section>\n"


def _check(check: CheckResult, reveal: Reveal, level: int) -> str:
    how = state(check, reveal)
    score_ = earned(check)
    shown = "" if score_ == "-" else f" · {score_.replace('/', ' of ')} points"
    return (
        f'<li class="relu-card relu-{how}">\n<div class="relu-line">'
        f"{heading(level, text(name(check)))}"
        f'<span class="relu-state">{_STATES[how]}{shown}</span></div>\n'
        f"{_paragraphs(check.message)}</li>\n"
    )


def _picture(report: Report, level: int) -> str:
    if report.exercise is None:
        return ""
    shown = seen(report)
    picture, _ = overview(report, shown)
    return (
        f"<section>\n{heading(level + 1, 'The picture')}"
        f'<figure class="relu-main">\n{picture}\n</figure>\n{places(report, shown)}</section>\n'
    )


def _units(report: Report, level: int) -> str:
    if report.network is None:
        return ""
    shown = shown_units(report)
    plots = "".join(f"<figure>{unit_picture(report, k)}</figure>\n" for k in shown)
    return (
        f"<section>\n{heading(level + 1, 'The units')}"
        '<p class="relu-quiet">Each unit computes z = w*x + b (dotted) and passes on '
        "a = relu(z) (solid): z where z is above 0, and 0 elsewhere.</p>\n"
        f'<div class="relu-units">\n{plots}</div>\n'
        f"{units(report, report.network, shown)}</section>\n"
    )


def _exercise(report: Report, level: int) -> str:
    if report.exercise is None or not report.exercise.description.strip():
        return ""
    return (
        "<details>\n<summary>The exercise</summary>\n"
        f"{authored(report.exercise.description, level)}\n</details>\n"
    )


def authored(words: str, level: int) -> str:
    """Return an author's Markdown, its headings below this level, its direction its own."""
    return f'<div class="relu-author" dir="auto">\n{rendered(words, level)}\n</div>'
