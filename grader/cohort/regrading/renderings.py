"""A comparison as a table for a terminal, as CSV, as JSON and as a page."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from grader.cohort.graded import shortest
from grader.cohort.neutral import safe
from grader.cohort.regrading.changes import ByCheck, CheckChange, Regrading, ScoreChange, by_check
from grader.cohort.regrading.table_runs import TableSummary
from grader.reports.html import head
from grader.reports.html.setting import bdi, heading
from grader.text.inert import inert, shortened
from grader.text.markup import LONGEST, text
from grader.words.wording import points

FORMAT = 1
_WIDTH, _NAME, _NUMBER = 80, 22, 8  # columns
_MOST = 40  # hand-ins in the terminal's table
_WHO = ("student", "name", "attempt", "source", "before", "after", "change")
_TAIL = "</body>\n</html>\n"

Row = TypeVar("Row")


def signed(value: Fraction) -> str:
    """Return a change with its sign; one too small to be seen is still a change."""
    shown = points(value)
    if shown == "0":
        return "+<0.01" if value > 0 else "-<0.01"
    return shown if shown.startswith("-") else f"+{shown}"


def _score(value: Fraction | None) -> str:
    return "-" if value is None else points(value)


def _who(each: ScoreChange, several: frozenset[str]) -> str:
    name = str(each.hand_in.student)
    return f"{name}~{each.hand_in.attempt}" if name in several else name


def _several(changes: Regrading) -> frozenset[str]:
    """Return who handed in more than once."""
    return frozenset(
        str(each.hand_in.student) for each in changes.scores if each.hand_in.attempt > 1
    )


def headline(changes: Regrading) -> str:
    """Return how many rise, fall and stay."""
    return _counted(changes.new.exercise.id, len(changes.scores), changes.rise, changes.fall)


def _counted(exercise: str, hand_ins: int, rise: int, fall: int) -> str:
    return (
        f"{exercise}: of {hand_ins:,} hand-ins {rise:,} rise, {fall:,} fall, "
        f"{hand_ins - rise - fall:,} stay"
    )


def as_text(changes: Regrading) -> str:
    """Return the table, 80 columns wide."""
    lines = [headline(changes), *(f"Note: {said}" for said in changes.left_out)]
    shown = changes.changed
    kept = shown if len(shown) <= _MOST else _outermost(shown)
    lines += _listed(kept, len(shown), _several(changes), by_check(changes))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def of_table(changes: TableSummary) -> str:
    """Return the table on two runs of one table of submissions."""
    changed = changes.rise + changes.fall
    lines = [_counted(changes.exercise, changes.rows, changes.rise, changes.fall)]
    lines += _listed(changes.outermost, changed, frozenset(), changes.by_check)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def rows_of_table(checks: Sequence[str], rows: Iterable[ScoreChange]) -> Iterator[str]:
    """Yield the lines of a CSV with a row for each row of the table."""
    yield "\N{BYTE ORDER MARK}" + _line((*_WHO, *checks))
    for each in rows:
        yield _line(_cells(each, checks))


def _listed(
    kept: Sequence[ScoreChange], changed: int, several: frozenset[str], checks: Sequence[ByCheck]
) -> Iterator[str]:
    """Yield who rises and falls, and by which checks."""
    if not changed:
        return
    yield ""
    yield _row("", "before", "after", "change", "by which check")
    for each in kept:
        who = _who(each, several)
        numbers = (_score(each.before), _score(each.after), signed(each.by))
        yield _row(shortened(inert(who, 200), _NAME), *numbers, _checks(each.checks))
    if len(kept) < changed:
        yield f"  and {changed - len(kept):,} more in between; -o FILE.csv has all"
    yield ""
    yield _row("by check", "rise", "fall", "sum", "")
    for check in checks:
        yield _row(check.check, f"{check.rises:,}", f"{check.falls:,}", signed(check.sum), "")


def _outermost(shown: Sequence[ScoreChange]) -> Sequence[ScoreChange]:
    return (*shown[: _MOST // 2], *shown[-_MOST // 2 :])


def _row(first: str, *cells: str) -> str:
    *numbers, last = cells
    return f"{first:<{_NAME}}" + "".join(f"{cell:>{_NUMBER}}" for cell in numbers) + f"  {last}"


def _checks(checks: Sequence[CheckChange]) -> str:
    """Return the checks' changes, as many as there is room for."""
    room = _WIDTH - _NAME - 3 * _NUMBER - 2
    shown = ""
    for k, each in enumerate(checks):
        longer = f"{shown}, " * bool(shown) + f"{each.check} {signed(each.by)}"
        more = f" +{len(checks) - k}" if k + 1 < len(checks) else ""
        if len(longer) + (len(" +9") if more else 0) > room:
            return f"{shown} +{len(checks) - k}" if shown else shortened(longer, room)
        shown = longer
    return shown


def as_csv(changes: Regrading) -> str:
    """Return a row for each hand-in, with both scores and what each check adds."""
    names = [each.check for each in by_check(changes)]
    return "".join(rows_of_table(names, changes.scores))


def _cells(each: ScoreChange, checks: Sequence[str]) -> Iterator[object]:
    by = {check.check: shortest(check.by) for check in each.checks}
    hand_in = each.hand_in
    yield from (safe(str(hand_in.student)), safe(str(hand_in.name)), hand_in.attempt)
    yield safe(str(hand_in.source))
    yield from (shortest(each.before), shortest(each.after), shortest(each.by))
    yield from (by.get(name, 0) for name in checks)


def _line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(["" if c is None else c for c in cells])
    return out.getvalue()


def as_json(changes: Regrading) -> str:
    """Return all of it as one object."""
    data = {
        "format": FORMAT,
        "exercise": changes.new.exercise.id,
        "digests": {"before": changes.old.exercise.digest, "after": changes.new.exercise.digest},
        "hand_ins": len(changes.scores),
        "rise": changes.rise,
        "fall": changes.fall,
        "left_out": list(changes.left_out),
        "by_check": [{**each._asdict(), "sum": shortest(each.sum)} for each in by_check(changes)],
        "changed": [_changed(each) for each in changes.changed],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _changed(each: ScoreChange) -> dict[str, object]:
    return {
        "student": str(each.hand_in.student),
        "name": str(each.hand_in.name),
        "attempt": each.hand_in.attempt,
        "source": str(each.hand_in.source),
        "before": shortest(each.before),
        "after": shortest(each.after),
        "change": shortest(each.by),
        "checks": [
            {
                "check": check.check,
                "before": shortest(check.before),
                "after": shortest(check.after),
                "change": shortest(check.by),
            }
            for check in each.checks
        ],
    }


def as_page(changes: Regrading) -> str:
    """Return the page."""
    start = head("What regrading changes", "class").replace('report"', 'report class"')
    title = heading(1, f"<bdi>{text(changes.new.exercise.title)}</bdi>, graded again", "")
    notes = "".join(f"<p>{text(said, LONGEST)}</p>\n" for said in changes.left_out)
    digests = (
        f"Exercise before {changes.old.exercise.digest[:16]}, after "
        f"{changes.new.exercise.digest[:16]}; scores before anything is taken off for lateness."
    )
    return (
        f'{start}<main>\n<div class="page">\n{title}<p class="lead quiet">'
        f"{text(headline(changes), LONGEST)}</p>\n{notes}{''.join(_tables(changes))}"
        f'<p class="small">{digests}</p>\n</div>\n</main>\n{_TAIL}'
    )


def _tables(changes: Regrading) -> Iterator[str]:
    if not changes.changed:
        return
    yield _table("By check", ("check", "rise", "fall", "sum"), by_check(changes), _check_cells)
    several = _several(changes)

    def cells(each: ScoreChange) -> tuple[str, ...]:
        who = bdi(_who(each, several), 60)
        name = f" {bdi(each.hand_in.name, 60)}" if each.hand_in.name else ""
        checks = ", ".join(f"{check.check} {_minus(signed(check.by))}" for check in each.checks)
        first = f'{who}{name}<br><span class="small">{checks}</span>'
        return first, _score(each.before), _score(each.after), _minus(signed(each.by))

    yield _table(
        "Who rises and who falls", ("hand-in", "before", "after", "change"), changes.changed, cells
    )


def _check_cells(each: ByCheck) -> tuple[str, ...]:
    return text(each.check), f"{each.rises:,}", f"{each.falls:,}", _minus(signed(each.sum))


def _minus(shown: str) -> str:
    return text(shown.replace("-", "\N{MINUS SIGN}"))


def _table(
    title: str, columns: Sequence[str], rows: Sequence[Row], cells: Callable[[Row], tuple[str, ...]]
) -> str:
    first, *others = columns
    names = "".join(f'<th scope="col" class="number">{name}</th>' for name in others)
    body = ""
    for row in rows:
        start, *numbers = cells(row)
        rest = "".join(f'<td class="number">{cell}</td>' for cell in numbers)
        body += f'<tr><th scope="row">{start}</th>{rest}</tr>\n'
    return (
        f'<section class="card">\n{heading(2, title)}<table>\n<thead><tr><th scope="col">{first}'
        f"</th>{names}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</section>\n"
    )
