"""The whole task as HTML: one page that stands alone, and its parts for a page of a platform's.

No script, no request; everything from outside is escaped. The parts are XML, too.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from grader.exercise.record import Exercise
from grader.reports.html import head
from grader.reports.html.setting import authored
from grader.task.drawings import fading_svg, target_image, target_inside
from grader.text.markup import text
from grader.words.tasks import MOST, formula, marking, parameters, rules, target_rows

_LONGEST = 100_000


def task_html(exercise: Exercise, how_to_hand_in: str = "", *, shown_answer: str = "") -> str:
    """Return the whole task as a page: what a student needs to know, and how to hand it in."""
    fading = fading_svg(exercise)
    marked = [*_marked(exercise, 2), f"<figure>{fading}</figure>" if fading else ""]
    cards = [
        _columns(exercise),
        _card("", *marked),
        _card("", hand_in_section(how_to_hand_in, 2)) if how_to_hand_in else "",
    ]
    if shown_answer:
        cards.append(
            _card(
                " strong",
                _heading(2, "The answer"),
                '<p class="bad">Holds the answer. Do not publish.</p>',
                _paragraphs([shown_answer]),
            )
        )
    body = "\n".join(part for part in cards if part)
    return (
        f'{head(exercise.title)}<main class="page">\n<h1>{text(exercise.title)}</h1>\n{body}\n'
        "</main>\n</body>\n</html>\n"
    )


def _columns(exercise: Exercise) -> str:
    """Return what is asked for; where there is room, the target's picture is beside it."""
    drawn = "\n".join(target_inside(exercise))
    described = exercise.description.strip()
    figure = f"<figure>\n{drawn}\n</figure>"
    parts = [
        _card("", authored(exercise.description, 1)) if described else "",
        _card(" picture", _heading(2, "The target"), figure, _target(exercise)),
        _card("", *_network(exercise, 2)),
    ]
    body = "\n".join(part for part in parts if part)
    return f'<div class="columns two">\n{body}\n</div>'


def _card(kind: str, *parts: str) -> str:
    body = "\n".join(part for part in parts if part)
    return f'<section class="card{kind}">\n{body}\n</section>'


def task_parts(
    exercise: Exercise, level: int = 3, *, styled: bool = True, pictured: bool = True
) -> str:
    """Return the task for a page that has the title, headings of this level; pictures are <img>.

    Without `styled` the page's style sheet makes them fit, without `pictured` there are none.
    """
    sections = [
        authored(exercise.description, level - 1) if exercise.description.strip() else "",
        _heading(level, "The target"),
        f"<p>{target_image(exercise, styled=styled)}</p>" if pictured else "",
        _target(exercise),
        *_network(exercise, level),
        *_marked(exercise, level),
    ]
    return "\n".join(section for section in sections if section)


def hand_in_section(how: str, level: int = 3) -> str:
    """Return what Markdown says about handing in, under its heading; "" for nothing."""
    return f"{_heading(level, 'How to hand in')}\n{authored(how, level)}" if how else ""


def _target(exercise: Exercise) -> str:
    return _table("The target in words", ("from", "to", "target"), target_rows(exercise))


def _network(exercise: Exercise, level: int) -> list[str]:
    return [
        _heading(level, "The network"),
        f"<p><code>{text(formula(exercise), _LONGEST)}</code></p>",
        _paragraphs(parameters(exercise)),
    ]


def _marked(exercise: Exercise, level: int) -> list[str]:
    return [
        _heading(level, "How it is marked"),
        _table("What earns points", ("check", "asks that", "worth"), marking(exercise)),
        _paragraphs(rules(exercise)),
    ]


def _heading(level: int, words: str) -> str:
    return f"<h{level}>{words}</h{level}>"


def _paragraphs(sentences: Sequence[str]) -> str:
    return "\n".join(f"<p>{text(sentence, _LONGEST)}</p>" for sentence in sentences)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{each}</th>' for each in heads)
    rest = iter(rows)
    shown = "\n".join(map(_row, islice(rest, MOST)))
    more = sum(1 for _ in rest)
    note = f"; {more:,} more follow" if more else ""
    return (
        f'<table class="table">\n<caption>{caption}{note}</caption>\n'
        f"<thead><tr>{top}</tr></thead>\n<tbody>\n{shown}\n</tbody>\n</table>"
    )


def _row(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{text(cell)}</td>' for cell in cells)}</tr>"
