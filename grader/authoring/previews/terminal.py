"""The preview for a terminal."""

from collections.abc import Iterator
from textwrap import wrap

from grader.authoring.previews.plot import plot
from grader.authoring.previews.preview import answer
from grader.exercise.record import Exercise
from grader.text.inert import shortened
from grader.words.tasks import formula, marking, parameters, rules

_WIDTH = 80
_LONGEST = 500  # of a line of the description


def preview_lines(exercise: Exercise, *, with_answer: bool) -> Iterator[str]:
    """Yield the lines; the answer only on request."""
    yield from wrap(exercise.title, _WIDTH)
    yield ""
    for line in exercise.description.splitlines():
        yield shortened(line, _LONGEST)
    yield ""
    yield from plot(exercise.target)
    yield ""
    yield formula(exercise)
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
