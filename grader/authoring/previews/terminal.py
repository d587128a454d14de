"""The preview for a terminal."""

import re
from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap

from grader.authoring.previews.plot import plot
from grader.authoring.previews.preview import answer
from grader.exercise.record import Exercise
from grader.text.inert import shortened
from grader.words.tasks import formula, marking, parameters, rules

_WIDTH = 80
_OTHER = re.compile(
    r"\s|[-*+]\s|\d+[.)]\s|[#>|]|```|~~~"
)  # code, a list, a heading, a quote, a table
_LONGEST = 500  # of a line of the description


def preview_lines(exercise: Exercise, *, with_answer: bool) -> Iterator[str]:
    """Yield the lines; the answer only on request."""
    yield from wrap(exercise.title, _WIDTH)
    yield ""
    for line in _paragraphs(exercise.description):
        yield from _wrapped(line)
    yield ""
    yield from plot(exercise.target)
    yield ""
    yield from _wrapped(formula(exercise), deeper=2)
    yield ""
    for sentence in parameters(exercise):
        yield from wrap(sentence, _WIDTH)
    yield ""
    yield "How it is marked"
    for name, asks, worth in marking(exercise):
        yield from wrap(f"{name}: {asks}: {worth}.", _WIDTH, subsequent_indent="  ")
    yield ""
    for sentence in rules(exercise):
        yield from wrap(sentence, _WIDTH)
    if with_answer:
        yield ""
        yield from wrap(answer(exercise), _WIDTH)


def _paragraphs(markdown: str) -> Iterator[str]:
    """Yield the lines, those of one paragraph as one; code, lists and tables keep theirs."""
    lines = [shortened(line, _LONGEST) for line in markdown.splitlines()]
    for is_text, some in groupby(lines, key=_is_text):
        if is_text:
            yield " ".join(some)
        else:
            yield from some


def _is_text(line: str) -> bool:
    return bool(line) and _OTHER.match(line) is None


def _wrapped(line: str, deeper: int = 0) -> list[str]:
    """Return the line in as many as it needs, those after the first as deep as it or deeper."""
    indent = " " * min(len(line) - len(line.lstrip()) + deeper, _WIDTH // 2)
    return wrap(line, _WIDTH, subsequent_indent=indent) or [""]
