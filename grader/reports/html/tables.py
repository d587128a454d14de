"""The tables that say in words and numbers what the pictures show."""

from grader.exact.network import Network
from grader.exercise.evidence import Evidence
from grader.report import Report
from grader.text.markup import text
from grader.words.shapes import Row, rows, unit_effect, unit_formula
from grader.words.wording import number


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
        '<table class="relu-places">\n<caption>The picture in numbers. '
        f"{what} straight from each x to the next.{more}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"
    )


def _place(row: Row, report: Report) -> str:
    cells = (
        f'<th scope="row">{text(number(row.x))}<br>'
        f'<span class="relu-quiet">{text(row.place)}</span></th><td>{number(row.target)}</td>'
    )
    if row.network is not None and row.off is not None and report.exercise is not None:
        allowed = report.exercise.rules.tolerance.value
        verdict = "too far" if row.outside else "allowed" if row.off else "exact"
        cells += f"<td>{number(row.network, row.target)}</td>"
        off = f"{number(row.off, allowed)}, " if row.off else ""
        cells += f"<td>{off}{verdict}</td>"
    return f"<tr>{cells}</tr>\n"


def units(report: Report, network: Network, shown: list[int]) -> str:
    """Return what each of these units computes and does."""
    body = "".join(
        f'<tr><th scope="row">{k}{"<br>given" if report.units[k].fixed else ""}</th>'
        f"<td>{text(unit_formula(network.units[k]))}</td>"
        f"<td>{text(unit_effect(report, k))}</td></tr>\n"
        for k in shown
    )
    more = len(report.units) - len(shown)
    rest = "units are" if more > 1 else "unit is"
    note = f" {more:,} more {rest} not shown." if more else ""
    return (
        f'<table class="relu-does">\n<caption>The units in words.{note}</caption>\n'
        '<thead><tr><th scope="col">Unit</th><th scope="col">It adds</th>'
        f'<th scope="col">What it does</th></tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n'
    )
