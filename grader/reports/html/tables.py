"""The tables: every goal, how it is marked, and in numbers what the pictures show."""

from grader.exact.network import Network
from grader.exercise.evidence import Evidence
from grader.exercise.record import Exercise
from grader.report import Report
from grader.reports.html.setting import formula, heading, place
from grader.text.markup import text
from grader.words.goals import STATES, Goal, goals
from grader.words.shapes import MOST_ROWS, Row, rows, unit_effect, unit_formula
from grader.words.tasks import marking, rules
from grader.words.wording import number

_MOST_GOALS = 200
_SIGNS = {"right": "\u2713", "kept": "\u2713", "partly": "\u25d0", "wrong": "\u2717", "lost": "!"}


def every_goal(report: Report, level: int) -> str:
    """Return the table of all goals from left to right."""
    shown, more = goals(report, _MOST_GOALS)
    heads = (
        ("where", "where"),
        ("name", "goal"),
        ("target", "target"),
        ("yours", "your network"),
        ("note", '<span class="unseen">remark</span>'),
        ("worth", "points"),
    )
    top = "".join(f'<th scope="col" class="{kind}">{name}</th>' for kind, name in heads)
    body = "".join(map(_goal, shown))
    note = f'<p class="small">{more:,} more checks are not shown here.</p>\n' if more else ""
    return (
        f'<section class="card">\n{heading(level + 1, "Every goal, from left to right")}'
        f'<table class="every">\n<thead><tr>{top}</tr>'
        f"</thead>\n<tbody>\n{body}</tbody>\n</table>\n{note}</section>\n"
    )


def _goal(goal: Goal) -> str:
    sign = f'<span class="sign {goal.state}" aria-hidden="true">{_SIGNS[goal.state]}</span>'
    state = f'<span class="unseen">: {STATES[goal.state]}</span>'
    off = f" off {goal.state}" if goal.off else ""
    given = "" if goal.worth != "given" else " given"
    return (
        f'<tr><td class="where">{formula(goal.where)}</td>'
        f'<th scope="row" class="goal">{sign}{text(goal.name)}{state}</th>'
        f'<td class="target">{_target(goal.target)}</td>'
        f'<td class="yours{off}">{place(goal.found)}</td>'
        f'<td class="note">{place(goal.note)}</td>'
        f'<td class="worth{given}">{place(goal.worth)}</td></tr>\n'
    )


def _target(words: str) -> str:
    return place(words) if "slope" in words else formula(words)


def marked(exercise: Exercise) -> str:
    """Return what each check asks for and is worth, and the rules."""
    found = marking(exercise)
    body = "".join(
        f'<tr><th scope="row">{text(each.name)}</th><td>{place(each.asks)}</td>'
        f"<td>{place(each.worth)}</td></tr>\n"
        for each in found[:MOST_ROWS]
    )
    more = len(found) - MOST_ROWS
    note = f"; {more:,} more follow" if more > 0 else ""
    words = "".join(f"<p>{place(each)}</p>\n" for each in rules(exercise))
    return (
        f'<table class="marked">\n<caption>What earns points{note}</caption>\n<thead><tr>'
        '<th scope="col">check</th><th scope="col">asks that</th><th scope="col">worth</th></tr>'
        f"</thead>\n<tbody>\n{body}</tbody>\n</table>\n{words}"
    )


def places(report: Report, shown: Evidence | None) -> str:
    """Return target and network at every x where either of them turns."""
    found = rows(report, shown)
    head = '<th scope="col">x</th><th scope="col">Target</th>'
    if shown is not None:
        head += '<th scope="col">Network</th><th scope="col">Off by</th>'
    body = "".join(_place(row, report) for row in found.rows)
    more = f" {found.more:,} more places follow." if found.more else ""
    what = "Target and network are" if shown is not None else "The target is"
    return (
        '<table class="places">\n<caption>The picture in numbers. '
        f"{what} straight from each x to the next.{more}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"
    )


def _place(row: Row, report: Report) -> str:
    cells = (
        f'<th scope="row">{place(number(row.x))}<br>'
        f'<span class="quiet">{text(row.place)}</span></th><td>{place(number(row.target))}</td>'
    )
    if row.network is not None and row.off is not None and report.exercise is not None:
        allowed = report.exercise.rules.tolerance.value
        verdict = "too far" if row.outside else "allowed" if row.off else "exact"
        cells += f"<td>{place(number(row.network, row.target))}</td>"
        off = f"{number(row.off, allowed)}, " if row.off else ""
        cells += f"<td>{off}{verdict}</td>"
    return f"<tr>{cells}</tr>\n"


def units(report: Report, network: Network, shown: list[int]) -> str:
    """Return what each of these units computes and does."""
    body = "".join(
        f'<tr><th scope="row">{k}{"<br>given" if report.units[k].fixed else ""}</th>'
        f"<td>{formula(unit_formula(network.units[k]))}</td>"
        f"<td>{place(unit_effect(report, k))}</td></tr>\n"
        for k in shown
    )
    more = len(report.units) - len(shown)
    rest = "units are" if more > 1 else "unit is"
    note = f" {more:,} more {rest} not shown." if more else ""
    return (
        f'<table class="what">\n<caption>The units in words.{note}</caption>\n'
        '<thead><tr><th scope="col">Unit</th><th scope="col">It adds</th>'
        f'<th scope="col">What it does</th></tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n'
    )
