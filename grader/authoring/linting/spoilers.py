"""Findings about an exercise's own words."""

import re
from collections.abc import Iterator
from fractions import Fraction

from grader.authoring.linting.subject import WARNING, LintRow, Subject
from grader.authoring.solving.solution_text import exact
from grader.exact.rational import from_text

_ASSIGNMENT = r"\b([wb][0-9]{1,4})[`\"'*\s]*(?:=|:|\bis\b)[`\"'*\s]*([-+]?[0-9][0-9./eE+-]*)"


def answer_in_text(known: Subject) -> Iterator[str]:
    """Yield the values of right answers that title, description or messages spell out."""
    exercise = known.exercise
    if exercise.reveal == "answers":
        return
    right = {
        (name, form.constant)
        for family in known.solution.families
        for name, form in family.known.items()
        if not form.coefficients
    }
    texts = {"the title": exercise.title, "the description": exercise.description}
    texts |= {f"the message for {code}": text for code, text in exercise.messages.items()}
    for where, text in texts.items():
        for name, value in _assigned(text):
            if (name, value) in right:
                yield (
                    f"{where} says {name} = {exact(value)}, which is right, although feedback is "
                    f'to reveal no more than "{exercise.reveal}"; leave the value out'
                )


def _assigned(text: str) -> Iterator[tuple[str, Fraction]]:
    for name, written in re.findall(_ASSIGNMENT, text):
        try:
            yield name, from_text(written.rstrip(".-+eE/"))
        except ValueError:
            continue


ROWS = (
    LintRow(
        "answer-in-text",
        WARNING,
        "description",
        "title, description or a message gives a right value away",
        answer_in_text,
    ),
)
