"""Several runs beside each other: exercises of one course, and terms or variants of one exercise.

A check is held against the *other* exercises of the same students, which the checks of its own
exercise cannot tell: they share its units.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.cohort.analysis.facts import Facts
from grader.cohort.analysis.figures import capital
from grader.cohort.analysis.items import alpha, correlation, kelley
from grader.cohort.analysis.order import QUARTERS, reached_by
from grader.cohort.analysis.shares import FEW, Interval
from grader.cohort.analysis.significance import seen_differences
from grader.reports.html.setting import bdi, heading
from grader.text.markup import text
from grader.words.wording import points

_LARGE, _NAMED = 1000, 0.05


class Run(NamedTuple):
    """A run: what it is called where there are several, what was counted, what it is fixed by."""

    label: str
    found: Facts
    terms: Mapping[str, str]


class GoalBeside(NamedTuple):
    """A check beside the other exercises of the same students."""

    exercise: str
    check: str
    correlation: Interval
    outer: Interval | None


class Difference(NamedTuple):
    """A check of one exercise in two runs, of which one has it more often."""

    exercise: str
    check: str
    runs: tuple[str, str]
    difference: Interval


class Together(NamedTuple):
    """What can be said of several runs together."""

    alpha: Interval | None
    items: tuple[GoalBeside, ...]
    differences: tuple[Difference, ...]
    compared: int


def counted(runs: Sequence[Run]) -> Together:
    """Return what can be said of several runs together."""
    every = [(run.label, run.found) for run in runs]
    firsts: dict[str, Facts] = {}
    for _, found in every:
        firsts.setdefault(found.exercise.id, found)
    differences, compared = _differences(every)
    return Together(*_together(list(firsts.values())), differences, compared)


def _together(exercises: Sequence[Facts]) -> tuple[Interval | None, tuple[GoalBeside, ...]]:
    """Return alpha over exercises, and each check beside the other exercises."""
    if len(exercises) < 2:
        return None, ()
    hands = [{hand.student: hand for hand in found.firsts} for found in exercises]
    students = sorted(set.intersection(*map(set, hands)))
    if not students:
        return None, ()
    scores = [
        [float(of[student].score / found.exercise.points) for student in students]
        for of, found in zip(hands, exercises, strict=True)
    ]
    totals = [sum(each) for each in zip(*scores, strict=True)]
    items = []
    for of, found, own in zip(hands, exercises, scores, strict=True):
        rest = [total - score for total, score in zip(totals, own, strict=True)]
        for k, check in enumerate(found.exercise.checks):
            credits_ = [float(of[student].credits[k]) for student in students]
            together = correlation(credits_, rest)
            if together is not None and check.role == "goal":
                items.append(
                    GoalBeside(found.exercise.id, check.id, together, kelley(credits_, rest))
                )
    return alpha(scores), tuple(items)


def _differences(
    every: Sequence[tuple[str, Facts]],
) -> tuple[tuple[Difference, ...], int]:
    """Return the checks that one run of an exercise has more often than the run before."""
    named, pairs = [], []
    last: dict[str, tuple[str, Facts]] = {}
    for label, found in every:
        before = last.get(found.exercise.id)
        last[found.exercise.id] = (label, found)
        if before is None or min(before[1].n, found.n) < FEW:
            continue
        earlier = {each.check.id: each for each in before[1].checks}
        for each in found.checks:
            old = earlier.get(each.check.id)
            if old is not None:
                pairs.append(((each.full, found.n), (old.full, before[1].n)))
                named.append((found.exercise.id, each.check.id, (before[0], label)))
    seen = seen_differences(pairs)
    return tuple(
        Difference(*name, difference)
        for name, difference, pair in zip(named, seen, pairs, strict=True)
        if difference is not None and _is_worth_it(pair, difference)
    ), len(pairs)


def _is_worth_it(pair: tuple[tuple[int, int], tuple[int, int]], difference: Interval) -> bool:
    return max(pair[0][1], pair[1][1]) <= _LARGE or abs(difference.estimate) > _NAMED


def course(runs: Sequence[Run]) -> str:
    """Return the top of a page of several runs."""
    found = counted(runs)
    rows = "".join(_row(run) for run in runs)
    table = (
        '<table class="many">\n<thead><tr><th scope="col">run</th><th scope="col">exercise</th>'
        '<th scope="col" class="number">hand-ins</th><th scope="col" class="number">all right</th>'
        f'<th scope="col" class="number">half have</th></tr></thead>\n<tbody>\n{rows}</tbody>\n'
        "</table>\n"
    )
    parts = [table, *_alpha_told(found), *_items_told(found), *_differences_told(found)]
    return (
        f"{heading(1, f'{len(runs)} runs beside each other', '')}"
        f'<section class="card">\n{heading(2, "The course")}{"".join(parts)}</section>\n'
    )


def _row(run: Run) -> str:
    found = run.found
    half = (
        points(reached_by((hand.score for hand in found.firsts), QUARTERS[1]))
        if found.firsts
        else "-"
    )
    cells = (f"{found.n:,}", f"{found.full:,}", half)
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    return (
        f'<tr><th scope="row">{bdi(run.label, 60)}</th><td>{text(found.exercise.id)}</td>'
        f"{numbers}</tr>\n"
    )


def _alpha_told(found: Together) -> Iterator[str]:
    if found.alpha is not None:
        value, low, high = found.alpha
        yield (
            f"<p>The exercises agree on who knows more by alpha = {value:.2f}, likely {low:.2f} "
            f"to {high:.2f} (1 is fully).</p>\n"
        )


def _items_told(found: Together) -> Iterator[str]:
    if not found.items:
        return
    rows = "".join(
        f'<tr><th scope="row">{text(item.exercise)}</th><td>{_named(item.check)}</td>'
        f'<td class="number">{_signed(item.correlation)}</td>'
        f'<td class="number">{_signed(item.outer) if item.outer else "-"}</td></tr>\n'
        for item in found.items
    )
    yield (
        "<table>\n<caption>Each goal beside the other exercises of the same students: how it goes "
        "along, and how much more of it the best 27 % have than the last.</caption>\n"
        '<thead><tr><th scope="col">exercise</th><th scope="col">goal</th>'
        '<th scope="col" class="number">goes along</th><th scope="col" class="number">'
        f"27 %</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )


def _named(check: str) -> str:
    return text(capital(check.replace("-", " ")))


def _signed(found: Interval) -> str:
    value, low, high = (f"{end:.2f}".replace("-", "\N{MINUS SIGN}") for end in found)
    return f"{value} ({low} to {high})"


def _differences_told(found: Together) -> Iterator[str]:
    if not found.compared:
        return
    if not found.differences:
        yield "<p>Between the runs of one exercise no difference can be seen.</p>\n"
        return
    rows = "".join(f"<li>{_difference(each)}</li>\n" for each in found.differences)
    yield f"<ul>\n{rows}</ul>\n"


def _difference(each: Difference) -> str:
    by, low, high = (round(100 * abs(end)) for end in each.difference)
    low, high = sorted((low, high))
    more = "more" if each.difference.estimate > 0 else "fewer"
    before, after = each.runs
    return (
        f"{text(each.exercise)}: {bdi(after, 60)} has {text(each.check)} right in {by} of 100 "
        f"{more} than {bdi(before, 60)} (likely {low} to {high})"
    )
