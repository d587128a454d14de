"""The parts of the HTML report, from the score down to the exercise itself."""

from grader.pictures.overview import NARROW, overview
from grader.pictures.unit import shown_units, unit_picture
from grader.report import Failure, Report
from grader.reports.html.advice import OPEN, advice_section
from grader.reports.html.setting import (
    authored,
    badge,
    bdi,
    formula,
    heading,
    paragraphs,
    place,
)
from grader.reports.html.tables import every_goal, marked, places, units
from grader.since import summary
from grader.text.codes import ERRORS
from grader.text.markup import LONGEST, text
from grader.version import VERSION
from grader.words.shapes import key, line, seen, unit_summary
from grader.words.standing import goals_right, score
from grader.words.tasks import as_marked


def content(report: Report, level: int = 1) -> str:
    """Return header, sections and footer; `level` is that of the first heading."""
    tag = "main" if level == 1 else "div"
    sections = [_header(report, level), f'<{tag} class="stack">\n']
    if report.error:
        sections.append(_error(report.error, report.status, level))
    sections.append(_columns(report, level))
    if not report.error:
        sections.append(every_goal(report, level))
    sections += [_folds(report, level), f"</{tag}>\n", _footer(report, level)]
    return f'<div class="page">\n{"".join(sections)}</div>\n'


def _header(report: Report, level: int) -> str:
    points = score(report)
    shown = points.removeprefix("Score ")
    said = '<span class="unseen">Score </span>' if shown != points else ""
    parts = [f'<p class="quiet">{bdi(report.exercise.title)}</p>\n'] if report.exercise else []
    parts.append(heading(level, said + shown, "score"))
    if report.checks:
        parts.append(f'<p class="right-goals">{goals_right(report)}</p>\n')
    named = [report.origin.student] if report.origin.student else []
    named += [report.origin.source] if report.origin.source != "-" else []
    origin = [f"<p>{bdi(each, 60)}</p>\n" for each in named]
    origin += [f'<p class="small">{text(note, LONGEST)}</p>\n' for note in report.notes]
    if report.since:
        origin += [f"<p>{text(sentence, LONGEST)}</p>\n" for sentence in summary(report.since)]
    beside = f'<div class="origin">\n{"".join(origin)}</div>\n' if origin else ""
    tag = "header" if level == 1 else "div"
    return f'<{tag} class="head">\n<div>\n{"".join(parts)}</div>\n{beside}</{tag}>\n'


def _error(error: Failure, status: str, level: int) -> str:
    whose = "The grader failed" if status == "failed" else "This could not be graded"
    return (
        f'<section class="card strong">\n{heading(level + 1, whose)}<p class="bad">'
        f"{text(ERRORS[error.code])} (<code>{text(error.code)}</code>)</p>\n"
        f"{paragraphs(error.message)}</section>\n"
    )


def _columns(report: Report, level: int) -> str:
    """Return the picture, and beside it what to look at next and the units."""
    picture = _picture(report, level)
    if report.error:
        return picture
    # Two mistakes are longer than the picture, so the units go below.
    kind = "columns two long" if len(report.diagnoses) == OPEN else "columns two"
    beside = advice_section(report, level) + _units(report, level)
    return f'<div class="{kind}">\n{picture}{beside}</div>\n'


def _picture(report: Report, level: int) -> str:
    if report.exercise is None:
        return ""
    shown = seen(report)
    title = "Your network and the target" if shown else "The target"
    drawn = "\n".join(overview(report, shown, *width)[0] for width in ((), (NARROW,)))
    return (
        f'<section class="card picture">\n{heading(level + 1, title)}'
        f"<figure>\n{drawn}\n<figcaption>{place(key(report, shown))}</figcaption>\n"
        "</figure>\n</section>\n"
    )


def _units(report: Report, level: int) -> str:
    if report.network is None:
        return ""
    shown = shown_units(report)
    plots = "".join(_unit(report, k) for k in shown)
    more = len(report.units) - len(shown)
    note = f"{len(shown)} of {len(report.units):,}, " if more else ""
    return (
        f'<section class="card network">\n<div class="beside">{heading(level + 1, "The units")}'
        f'<p class="small">{note}all on one scale</p></div>\n'
        f'<div class="holder"><div class="units">\n{plots}</div></div>\n</section>\n'
    )


def _unit(report: Report, index: int) -> str:
    if report.network is None:
        raise TypeError("without a network there are no units to draw")
    w, b, v = report.network.units[index]
    weight = "" if v == 1 else f", times {line(v * 0, v)}"
    name = f"{badge(index, given=report.units[index].fixed)}{formula(f'z = {line(w, b)}{weight}')}"
    does = place(unit_summary(report, index)).replace(", ", "<br>", 1)
    return (
        f'<figure><p class="name">{name}</p>{unit_picture(report, index)}'
        f"<figcaption>{does}</figcaption></figure>\n"
    )


def _folds(report: Report, level: int) -> str:
    """Return what is folded: all numbers, and the exercise with how it is marked."""
    if report.exercise is None:
        return ""
    shown = seen(report)
    tables = places(report, shown)
    if report.network is not None:
        tables += units(report, report.network, shown_units(report))
    about = "corners of both lines, the units" if shown else "the target's corners"
    description = report.exercise.description
    task = f"{authored(description, level)}\n" if description.strip() else ""
    return (
        f'<div class="folds">\n<details class="card fold">\n<summary>All numbers: {about}</summary>'
        f"\n{tables}</details>\n"
        '<details class="card fold">\n<summary>The exercise and how it is marked</summary>\n'
        f"{task}{marked(as_marked(report.exercise, reveal=report.reveal))}</details>\n</div>\n"
    )


def _footer(report: Report, level: int) -> str:
    made = f"Made by relu-grader {text(VERSION)}"
    if report.exercise:
        chosen = f"; {report.chosen}" if report.chosen else ""
        made += f", exercise {text(f'{report.exercise.id}{chosen}', 300)}"
    if level == 1:
        return f"<footer><p>{made}</p></footer>\n"
    return f'<p class="foot">{made}</p>\n'
