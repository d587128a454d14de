"""The parts of a class's page, from who handed in down to how to read it."""

from collections.abc import Sequence
from fractions import Fraction

from grader.cohort.analysis import charts
from grader.cohort.analysis.facts import CheckFacts, Facts, MistakeFacts
from grader.cohort.analysis.figures import called, capital, in_brackets, likely
from grader.cohort.analysis.functions import SharedLine, drawn, function_of, turns, values_of
from grader.cohort.analysis.items import correlation
from grader.cohort.analysis.order import QUARTERS, reached_by
from grader.cohort.analysis.overlay import overlay
from grader.cohort.analysis.sentences import to_teach
from grader.cohort.analysis.shares import Interval
from grader.exercise.record import Exercise
from grader.grading import grade
from grader.mistakes.table import DIAGNOSES
from grader.reports.html.setting import bdi, heading, place
from grader.text.markup import LONGEST, text
from grader.words.wording import points

_LEAST = 3  # hand-ins that make an example nobody's own
_MOST_CHECKS = 40  # rows of the table of goals


def top(facts: Facts, label: str, level: int, *, anonymous: bool) -> str:
    """Return the title, how it went in a sentence, and who handed in."""
    title = text(facts.exercise.title)
    name = f"{bdi(label)}: " if label else ""
    hands = f"{facts.n:,} hand-in{'' if facts.n == 1 else 's'}"
    left_out = "<p>names left out</p>\n" if anonymous else ""
    return (
        f'<div class="head">\n<div>\n{heading(level, f"{name}<bdi>{title}</bdi>: {hands}", "")}'
        f'<p class="lead quiet">{text(_went(facts), LONGEST)}</p>\n'
        f'<p class="who quiet">{text(who(facts), LONGEST)}</p>\n</div>\n'
        f'<div class="origin">\n<p>{text(facts.exercise.id)}</p>\n{left_out}</div>\n</div>\n'
    )


def _went(facts: Facts) -> str:
    if not facts.firsts:
        return "Nothing could be read, so there is nothing to look at."
    half = reached_by((hand.score for hand in facts.firsts), QUARTERS[1])
    have = "has" if facts.full == 1 else "have"
    return (
        f"{facts.full:,} {have} everything right. Half of the class has {points(half)} points or "
        "more."
    )


def who(facts: Facts) -> str:
    """Return who handed in, of how many, and what of it is not looked at."""
    of = f" of {facts.enrolled:,}" if facts.enrolled is not None else ""
    one = facts.students == 1 and not of
    hand_ins = f"{facts.hand_ins:,} hand-in{'' if facts.hand_ins == 1 else 's'}"
    said = [f"{hand_ins} of {facts.students:,}{of} student{'' if one else 's'}"]
    if facts.late:
        said.append(f"{facts.late:,} of these late")
    if facts.not_read:
        said.append(f"{facts.not_read:,} could not be read")
    if facts.failed:
        said.append(f"on {facts.failed:,} the grader failed, which is not the students' fault")
    said.append("first attempts are looked at")
    return "; ".join(said) + "."


def teach(facts: Facts, level: int) -> str:
    """Return what to teach next."""
    items = "".join(f"<li>{place(sentence)}</li>\n" for sentence in to_teach(facts))
    return (
        f'<section class="card strong teach">\n{heading(level, "What to teach next")}'
        f"<ol>\n{items}</ol>\n</section>\n"
    )


def pictures(facts: Facts, level: int) -> str:
    """Return all functions over the target, the scores, the goals in numbers.

    Where every student has a target of their own there is none to draw them over.
    """
    if facts.is_varied:
        return f'<div class="columns two">\n{_scores(facts, level)}{_goals(facts, level)}</div>\n'
    exercise = facts.exercise
    values = values_of(facts.firsts)
    shown = drawn(exercise, values)
    where = turns(exercise, values)
    both = "\n".join(
        overlay(exercise, shown, where, facts.checks, narrow=narrow) for narrow in (False, True)
    )
    some = "" if shown.all_ else f"{shown.shown:,} of "
    never = f"Where the free units turn; {where.never:,} more never do inside the interval."
    sample = "" if shown.all_ else _sample(shown.shown, facts.n, len(shown.lines))
    return (
        f'<div class="columns two">\n<section class="card picture">\n<div class="beside">'
        f"{heading(level, f'{some}{facts.n:,} networks over the target')}"
        f'<p class="small">a thicker line: more hand-ins</p></div>\n<figure>\n{both}\n'
        f"<figcaption>{place(never)}{sample}</figcaption>\n</figure>\n</section>\n"
        f"{_scores(facts, level)}{_goals(facts, level)}</div>\n"
    )


def _sample(shown: int, n: int, lines: int) -> str:
    return (
        f" Drawn are the {lines:,} most frequent lines, which are {shown:,} of {n:,} hand-ins; of "
        "equally frequent ones a sample."
    )


def _scores(facts: Facts, level: int) -> str:
    given, most = [hand.score for hand in facts.firsts], facts.exercise.points
    both = "\n".join(charts.scores(given, most, narrow=narrow) for narrow in (False, True))
    half, quarter, three = (
        points(reached_by(given, share)) for share in (QUARTERS[1], QUARTERS[0], QUARTERS[2])
    )
    shown = (
        f"Half have {half} points or more, a quarter {quarter} or more, three quarters {three} or "
        "more."
    )
    return (
        f'<section class="card scores">\n{heading(level, "Scores")}<figure>\n{both}\n'
        f"<figcaption>{text(shown)}</figcaption>\n</figure>\n</section>\n"
    )


def _goals(facts: Facts, level: int) -> str:
    together = along(facts)
    shown = facts.checks
    if len(shown) > _MOST_CHECKS:
        kept = sorted(facts.checks, key=lambda each: each.credit)[:_MOST_CHECKS]
        shown = tuple(each for each in facts.checks if each in kept)
    rows = "".join(_goal(each, together.get(each.check.id), any_=bool(together)) for each in shown)
    last = '<th scope="col" class="number">goes along</th>' if together else ""
    note = "Dot: mean credit, with what is likely."
    if together:
        note += " Goes along: with the rest, 1 fully."
    if len(shown) < len(facts.checks):
        note += f" The {len(shown):,} hardest of {len(facts.checks):,}."
    return (
        f'<section class="card">\n{heading(level, "The goals in numbers")}<table class="goals">\n'
        '<thead><tr><th scope="col">goal</th><th scope="col" class="number">right</th>'
        '<th scope="col" class="number">partly</th><th scope="col" class="number">not yet</th>'
        f'{last}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n<p class="small">{note}</p>\n'
        "</section>\n"
    )


def _goal(facts: CheckFacts, with_rest: Interval | None, *, any_: bool) -> str:
    given = ", given" if facts.check.role == "guard" else ""
    last = ""
    if any_:
        shown = "-" if with_rest is None else _correlated(with_rest)
        last = f'<td class="number">{shown}</td>'
    numbers = "".join(
        f'<td class="number">{count:,}</td>' for count in (facts.full, facts.partial, facts.none)
    )
    return (
        f'<tr><th scope="row" class="goal">{capital(called(facts.check))}{given}'
        f"{charts.check_bar(facts)}</th>{numbers}{last}</tr>\n"
    )


def _correlated(found: Interval) -> str:
    ends = f"{found.low:.2f} to {found.high:.2f}".replace("-", "\N{MINUS SIGN}")
    return f'{found.estimate:.2f}<br><span class="small">{ends}</span>'.replace(
        "-0", "\N{MINUS SIGN}0"
    )


def along(facts: Facts) -> dict[str, Interval]:
    """Return how each check goes along with the rest of the exercise, where that can be said."""
    found = {}
    scores = [float(hand.score) for hand in facts.firsts]
    for k, check in enumerate(facts.exercise.checks):
        credits_ = [float(hand.credits[k]) for hand in facts.firsts]
        worth = float(check.worth)
        rest = [score - worth * own for score, own in zip(scores, credits_, strict=True)]
        together = correlation(credits_, rest)
        if together is not None:
            found[check.id] = together
    return found


def mistakes(facts: Facts, level: int) -> str:
    """Return the mistakes, the most frequent first, each of some with an example's picture."""
    if not facts.mistakes:
        none = "No mistakes are named." if facts.full < facts.n else "Nobody made a mistake."
        return f'<section class="card">\n{heading(level, "Mistakes")}<p>{none}</p>\n</section>\n'
    if facts.is_varied:
        return _without_pictures(facts, level)
    usual = [each for each in facts.mistakes if each.made >= _LEAST]
    rare = [each for each in facts.mistakes if each.made < _LEAST]
    most = facts.mistakes[0].made
    rows = "".join(_mistake(facts, each, most, level + 1) for each in usual)
    shown = f'<ol class="mistakes">\n{rows}</ol>\n' if rows else ""
    return (
        f'<section class="card">\n<div class="beside">'
        f"{heading(level, 'Mistakes, the most frequent first')}"
        '<p class="small">one anonymous example each; a hand-in may show several</p></div>\n'
        f"{shown}{_rare(rare)}</section>\n"
    )


def _without_pictures(facts: Facts, level: int) -> str:
    """Return the mistakes in words: an example would show whose target it is about."""
    below = facts.n - facts.full
    rows = "".join(
        f"<li>{text(_meaning(each.code))} (<code>{text(each.code)}</code>): {each.made:,} of "
        f"{below:,} below full marks{in_brackets(likely(each.made, below))}</li>\n"
        for each in facts.mistakes
    )
    title = heading(level, "Mistakes, the most frequent first")
    return f'<section class="card">\n{title}<ul>\n{rows}</ul>\n</section>\n'


def _rare(rare: Sequence[MistakeFacts]) -> str:
    if not rare:
        return ""
    rows = "".join(
        f"<li>{each.made}: {text(_meaning(each.code))} (<code>{text(each.code)}</code>)</li>\n"
        for each in rare
    )
    kinds = "1 rarer kind" if len(rare) == 1 else f"{len(rare)} rarer kinds"
    return f'<details class="rare"><summary>{kinds}</summary>\n<ul>\n{rows}</ul>\n</details>\n'


def _meaning(code: str) -> str:
    return capital(DIAGNOSES.get(code, code))


def _mistake(facts: Facts, each: MistakeFacts, most: int, level: int) -> str:
    exercise = facts.exercise
    line = SharedLine(function_of(exercise, each.example), 1)
    title = f"Target and a network: {_meaning(each.code)}"
    below = facts.n - facts.full
    share = f"{each.made:,} of {below:,} below full marks{in_brackets(likely(each.made, below))}"
    does, score = _example(exercise, each)
    return (
        f"<li>{charts.small(exercise, line, title)}<div>"
        f"{heading(level, text(_meaning(each.code)), '')}"
        f'<p class="told">{place(does)}</p><p class="told">{place(capital(share))}</p></div>'
        f'<div class="counted">{charts.mistake_bar(each.made, most)}'
        f"<span>{points(score)} points</span><code>{text(each.code)}</code></div></li>\n"
    )


def _example(exercise: Exercise, each: MistakeFacts) -> tuple[str, Fraction]:
    """Return what the wrong unit of the example does, and what its hand-in earns."""
    report = grade(exercise, dict(zip(exercise.free, each.example, strict=True)))
    score = report.score if report.score is not None else Fraction(0)
    for diagnosis in report.diagnoses:
        if diagnosis.code == each.code and diagnosis.parts is not None:
            return diagnosis.parts.does, score
        if diagnosis.code == each.code:
            return diagnosis.message, score
    return "", score
