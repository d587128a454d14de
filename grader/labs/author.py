"""The preview: the lab as students see it, and around it what its author wants to know.

How it is marked, how many right answers there are, what lint finds, and what the grader says to
each mistake of the table: a button sets the sliders to it. Whoever reads the mistakes finds the
answer, so the page says that it is not for students.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.authoring.linting.lint import lint
from grader.authoring.linting.mistaken import Slip
from grader.authoring.linting.subject import INFORMATION, LintFinding, Subject, subject
from grader.authoring.solving.solution_text import MOST_SHOWN, counted_answers, sentence
from grader.desk.catalogue import DEFAULT
from grader.exercise.record import Exercise
from grader.grading import grade
from grader.labs.controls import Control
from grader.labs.document import Around, page
from grader.labs.payload import payload
from grader.labs.reach import reach, too_large
from grader.mistakes.table import DIAGNOSES
from grader.report import Report
from grader.submission.record import Submission
from grader.text.markup import text
from grader.words.literal import assignments
from grader.words.standing import diagnosis_text
from grader.words.tasks import marking
from grader.words.wording import points, points_of

_MOST = 100  # mistakes that are listed
_BAR = """\
<header class="relu author-bar">
<p id="author-note"><strong>Preview for the author.</strong> Do not publish this page: its \
mistakes lead to the answer.</p>
<div class="way"><button type="button" id="to-mistakes" hidden>Back to the mistakes</button>
<button type="button" id="as-student">See it as a student</button></div>
<p id="author-says" role="status"></p>
</header>
"""


def author_page(exercise: Exercise, spec: bytes, source: str, *, with_answer: bool) -> str:
    """Return the page, "" where the exercise does not suit one with sliders.

    `spec` is the exercise as it is written, `source` the name of its file, for lint.
    """
    if too_large(exercise):
        return ""
    found = reach(exercise, fit=False)
    if found.fault:
        return ""
    known = subject(exercise)
    stem = source.rpartition(".")[0]
    parts = [
        _marking(exercise),
        _answers(known),
        _findings(lint(spec, source, stem), with_answer=with_answer),
        _mistakes(known, found.controls),
        _right(known, found.controls) if with_answer else "",
    ]
    panel = "\n".join(part for part in parts if part)
    facts = payload(exercise, found.controls, hand_in=None, intro=exercise.id == DEFAULT)
    around = Around(
        above=_BAR,
        below=f'<section id="author" class="relu author" aria-labelledby="for-the-author">\n'
        f'<h2 id="for-the-author">For the author</h2>\n{panel}\n</section>\n',
        sheets=("author",),
    )
    answer = found.answer if exercise.reveal == "answers" else ""
    return page(exercise, {**facts, "author": True}, answer=answer, around=around)


def _card(title: str, body: str, kind: str = "") -> str:
    return f'<div class="card{kind}">\n<h3>{title}</h3>\n{body}\n</div>'


def _marking(exercise: Exercise) -> str:
    rows = "\n".join(
        f"<tr><td>{text(row.name)}</td><td>{text(row.asks)}</td><td>{text(row.worth)}</td></tr>"
        for row in marking(exercise)
    )
    table = (
        '<table class="table">\n<caption class="unseen">What earns points</caption>\n<thead><tr>'
        '<th scope="col">check</th><th scope="col">asks that</th><th scope="col">worth</th></tr>'
        f"</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )
    return _card("How it is marked", table)


def _answers(known: Subject) -> str:
    """Return how many right answers there are, and how many of the sliders' settings are."""
    solution = known.solution
    said = [counted_answers(solution)] if solution.families else []
    if solution.proof:
        said = [f"The exercise has no right answer: {solution.proof.message}"]
    elif not said:
        said = ["It is not known whether there is a right answer"]
    reached = known.survey
    if reached is None:
        said.append("The spec has no sliders: the page makes its own")
    elif reached.full is None:
        said.append(f"Right slider settings were not counted: {reached.why_not}")
    else:
        verb = "gets" if reached.full == 1 else "get"
        said.append(f"{reached.full:,} of {reached.total:,} slider settings {verb} full marks")
    lines = "".join(f"<p>{text(sentence(each))}</p>\n" for each in said)
    return _card("Right answers", lines)


def _findings(found: Sequence[LintFinding], *, with_answer: bool) -> str:
    """Return what lint says, in its own words; information can hold an answer."""
    shown = [each for each in found if with_answer or each.level != INFORMATION]
    more = len(found) - len(shown)
    rows = "".join(
        f"<li><strong>{each.level} {each.code}</strong>, line {each.line}, "
        f"<code>{text(each.key)}</code>: {text(each.message, 2000)}</li>\n"
        for each in shown
    )
    body = f"<ul>\n{rows}</ul>" if rows else "<p>No errors, no warnings.</p>"
    if more:
        things = "thing" if more == 1 else "things"
        body += f'\n<p>{more} {things} more to know: "grader lint -v" says what.</p>'
    return _card("What lint finds", body)


class _Mistake(NamedTuple):
    """Values that one or more mistakes of the table give, and what the grader says to them."""

    slips: tuple[Slip, ...]
    report: Report


def _mistakes(known: Subject, controls: Sequence[Control]) -> str:
    made = list(_distinct(known))
    rows = "\n".join(_row(mistake, controls) for mistake in made[:_MOST])
    more = len(made) - _MOST
    left = f"<p>{more:,} more are not listed.</p>" if more > 0 else ""
    if not rows:
        return ""
    first = (
        "<p>Each is one mistake in one unit of a right answer. A button sets the sliders and shows "
        "what the grader says.</p>"
    )
    return _card("Mistakes", f'{first}\n<ul class="mistakes">\n{rows}\n</ul>\n{left}', " wide")


def _distinct(known: Subject) -> Iterator[_Mistake]:
    """Yield each set of wrong values once, with all mistakes that lead to it."""
    same: dict[tuple[tuple[str, Fraction], ...], list[Slip]] = {}
    for slip in known.slips:
        if not slip.is_right:
            same.setdefault(tuple(slip.parameters.items()), []).append(slip)
    for values, slips in same.items():
        yield _Mistake(tuple(slips), grade(known.exercise, Submission(dict(values))))


def _row(mistake: _Mistake, controls: Sequence[Control]) -> str:
    slip, report = mistake.slips[0], mistake.report
    name = text(f"Unit {slip.unit}: {DIAGNOSES[slip.code]}")
    said = [diagnosis_text(each) for each in report.diagnoses] or ["The report names no mistake."]
    codes = {each.code for each in report.diagnoses}
    if not codes & {each.code for each in mistake.slips}:
        said.append(f"The report does not name {slip.code}.")
    full = report.max_score or Fraction(0)
    score = f"{points_of(report.score or Fraction(0), full)} of {points(full)} points"
    message = "".join(f"<p>{text(each, 2000)}</p>" for each in said)
    return (
        f"<li>{_button(name, slip.parameters, controls)} "
        f'<span class="score">{score}</span>\n<div class="told">{message}</div></li>'
    )


def _button(name: str, values: Mapping[str, Fraction], controls: Sequence[Control]) -> str:
    """Return what sets the sliders, or the name alone where they do not reach the values."""
    if not all(each.min <= values[each.name] <= each.max for each in controls):
        return f'<span class="beyond">{name} (beyond the sliders)</span>'
    data = text(json.dumps({name: str(value) for name, value in values.items()}), 10_000)
    return f'<button type="button" data-values="{data}" aria-pressed="false">{name}</button>'


def _right(known: Subject, controls: Sequence[Control]) -> str:
    """Return the right answers, under a heading that warns."""
    examples = [family.example for family in known.solution.families]
    rows = "\n".join(
        f"<li>{_button(text(assignments(each), 10_000), each, controls)}</li>"
        for each in examples[:MOST_SHOWN]
    )
    body = f"<ul>\n{rows}\n</ul>" if rows else "<p>No right answer is known.</p>"
    if examples[MOST_SHOWN:]:
        body += '\n<p>"grader solve" shows all.</p>'
    return _card("Holds the answer. Do not publish.", body, " wide")
