"""The lower parts of a class's page: who is missing, what could not be read, later attempts."""

from collections.abc import Iterator, Mapping, Sequence

from grader.cohort.analysis.anothers import Another, anothers
from grader.cohort.analysis.coincident import Alike, alike, people_of
from grader.cohort.analysis.facts import Facts
from grader.cohort.analysis.figures import capital, of
from grader.cohort.analysis.order import QUARTERS, reached_by
from grader.mistakes.table import DIAGNOSES
from grader.reports.html.setting import bdi, heading
from grader.text.codes import ERROR_CODES
from grader.text.lists import listed
from grader.text.markup import LONGEST, text
from grader.version import VERSION
from grader.words.wording import points

_NAMED = 30  # people in one list
_KEPT = {
    "last": "each student's last readable attempt counts",
    "first": "each student's first attempt counts",
    "best": "each student's best attempt counts",
    "all": "every attempt counts",
}


def beneath(facts: Facts, terms: Mapping[str, str], level: int, *, anonymous: bool) -> str:
    """Return what there is of these parts."""
    parts = [
        *_unread(facts, level, anonymous=anonymous),
        *_again(facts, level),
        *_missing(facts, level, anonymous=anonymous),
        *([] if anonymous else _alike(alike(facts), level)),
        *_anothers(anothers(facts), level, anonymous=anonymous),
        _reading(facts, terms),
    ]
    return f'<div class="beneath">\n{"".join(parts)}</div>\n'


def _card(level: int, title: str, content: str) -> str:
    return f'<section class="card">\n{heading(level, title)}{content}</section>\n'


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    first, *others = head
    columns = "".join(f'<th scope="col" class="number">{name}</th>' for name in others)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>'
        + "".join(f'<td class="number">{cell}</td>' for cell in row[1:])
        + "</tr>\n"
        for row in rows
    )
    return (
        f'<table>\n<thead><tr><th scope="col">{first}</th>{columns}</tr></thead>\n'
        f"<tbody>\n{body}</tbody>\n</table>\n"
    )


def _unread(facts: Facts, level: int, *, anonymous: bool) -> Iterator[str]:
    if not facts.unread:
        return
    known = {row.code: row for row in ERROR_CODES}
    rows = []
    for each in facts.unread:
        row = known.get(each.code)
        meaning = f"{capital(row.meaning)}, as in: {row.example}" if row else each.code
        words = f"{text(meaning, 400)}<br><code>{text(each.code)}</code>"
        if not anonymous:
            words += f'<br><span class="small">{people(each.whose)}</span>'
        rows.append((words, f"{each.hand_ins:,}"))
    yield _card(level, "What could not be read", _table(("why, with an example", "hand-ins"), rows))


def _again(facts: Facts, level: int) -> Iterator[str]:
    if not facts.again:
        return
    first, last = (
        points(reached_by((pair[k].score for pair in facts.again), QUARTERS[1])) for k in (0, 1)
    )
    rose = sum(last.score > first.score for first, last in facts.again)
    fell = sum(last.score < first.score for first, last in facts.again)
    many = len(facts.again)
    words = (
        f"{many:,} student{'' if many == 1 else 's'} handed in again after a first attempt that "
        f"could be read: {rose:,} rose, {fell:,} fell. Half of them had {first} points or more at "
        f"first and {last} or more at last."
    )
    rows = [
        (
            (
                f"{text(capital(DIAGNOSES.get(each.code, each.code)))}<br>"
                f"<code>{text(each.code)}</code>"
            ),
            of(each.mended, each.made),
        )
        for each in facts.mended
    ]
    table = _table(("mistake of first attempts", "mended at last"), rows) if rows else ""
    yield _card(level, "From the first to the last attempt", f"<p>{words}</p>\n{table}")


def _missing(facts: Facts, level: int, *, anonymous: bool) -> Iterator[str]:
    if facts.missing:
        names = [name or student for student, name in facts.missing]
        words = f"{len(names):,} of {facts.enrolled or 0:,} on the roster"
        who = "." if anonymous else f": {people(names)}"
        yield _card(level, "Nothing handed in", f"<p>{words}{who}</p>\n")


def _alike(groups: Sequence[Alike], level: int) -> Iterator[str]:
    if not groups:
        return
    rows = []
    for each in groups:
        said = (
            f"chance gives one such pair in {each.classes:,} classes"
            if each.classes
            else "code that is equal to the byte"
        )
        rows.append(f"<li>{people(each.whose)}: {said}</li>\n")
    yield _card(
        level,
        "Hand-ins that are equal",
        f"<ul>\n{''.join(rows)}</ul>\n<p>Ask, do not conclude: they may have worked together, as "
        "may be allowed.</p>\n",
    )


def _anothers(found: Sequence[Another], level: int, *, anonymous: bool) -> Iterator[str]:
    if not found:
        return
    one = len(found) == 1
    count = "1 hand-in is a right answer" if one else f"{len(found):,} hand-ins are right answers"
    words = f"<p>{count} to another variant than the student\N{RIGHT SINGLE QUOTATION MARK}s.</p>\n"
    if not anonymous:
        rows = "".join(f"<li>{_another(each)}</li>\n" for each in found)
        words = f"<ul>\n{rows}</ul>\n<p>These are facts without a verdict: ask how it came.</p>\n"
    yield _card(level, "Right answers to another variant", words)


def _another(each: Another) -> str:
    whose = people(people_of(each.holders)) if each.holders else "nobody who handed in"
    has = "has" if len(each.holders) < 2 else "have"
    who = people(people_of((each.hand,)))
    return f"{who}: right for variant {each.number:,}, which {whose} {has}"


def _reading(facts: Facts, terms: Mapping[str, str]) -> str:
    kept = _KEPT.get(terms.get("--keep", ""), "")
    sentences = [
        f"Looked at are {facts.n:,} hand-ins: each student's first attempt that could be read, a "
        "group's file once. Later attempts have been helped by a report. "
        + (f"In the gradebook {kept}." if kept else ""),
        (
            "Likely means: a class of this size has its share between these ends 19 times of 20 "
            "(Wilson). Below 5 hand-ins nothing is said of likelihood, below 20 no percentage, "
            "below 30 no going along. Shares of mistakes overlap: one hand-in may show several."
        ),
        "That two goals of one exercise go along says little: a wrong unit costs several of them.",
    ]
    if facts.exercise.sliders:
        sentences.append(
            "Equal numbers that sliders give are not listed: with so few settings many people meet."
        )
    words = "".join(f"<p>{text(sentence, LONGEST)}</p>\n" for sentence in sentences)
    made = terms.get("version", VERSION)
    digest = f"{facts.exercise.digest[:16]}, graded by relu-grader {made}"
    return (
        '<details class="card fold">\n<summary>How to read this page</summary>\n'
        f"{words}<p>Exercise {text(facts.exercise.id)}, SHA-256 {text(digest)}.</p>\n</details>\n"
    )


def people(names: Sequence[str]) -> str:
    """Return who, each name isolated from the words around it."""
    return listed((bdi(name, 60) for name in names), most=_NAMED)
