"""The numbers that are typed into a PrairieLearn question, and the phases of its server.py.

Source: PrairieLearn, docs/question/server.md and pl-string-input, commit 88fb855 (2026-08-21), read
in November 2026.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from grader.exact.network import ZERO
from grader.exact.rational import from_double, from_text, to_double
from grader.exercise.record import Exercise
from grader.grading import grade
from grader.handover.feedback import share
from grader.reports import html
from grader.submission.characters import plain_minus
from grader.submission.record import Submission
from grader.text.codes import Reveal

_NAME = re.compile("[wb][0-9]{1,4}")
_EXPECTED = "Type a number such as 1, -0.5 or 1/3."

Data = dict[str, Any]  # what PrairieLearn hands to server.py, which changes it in place


def parse(data: Data, exercise: Exercise) -> None:
    """Refuse what is typed into the page and is not a number: that costs no attempt."""
    typed = numbers_in(data["submitted_answers"])
    for name in exercise.free:
        if not isinstance(typed.get(name), Fraction):
            data["format_errors"][name] = _EXPECTED


def grade_page(data: Data, exercise: Exercise, reveal: Reveal | None = None) -> None:
    """Grade what is typed into the page, a ratio exactly, and set scores and feedback.

    Nothing but all fields together can be graded: each gets the score, whose mean is the score.

    Raises: KeyError for what `parse` should have refused: PrairieLearn then reports a fault.
    """
    typed = numbers_in(data["submitted_answers"])
    numbers = {name: value for name, value in typed.items() if isinstance(value, Fraction)}
    answer_there = Submission({name: numbers[name] for name in exercise.free})
    report = grade(exercise, answer_there, reveal=reveal)
    _set_score(data, exercise, share(report))
    data["feedback"]["report"] = html.fragment(report)


def write_test(data: Data, exercise: Exercise, right: Mapping[str, Fraction] | None) -> None:
    """Type in what PrairieLearn's own test of the question asks for, and say what comes of it.

    Raises: ValueError if it asks for a right answer and none is known.
    """
    kind = data["test_type"]
    if kind == "invalid":
        data["raw_submitted_answers"] |= dict.fromkeys(exercise.free, "one")
        data["format_errors"] |= dict.fromkeys(exercise.free, _EXPECTED)
        return
    if kind == "correct" and right is None:
        raise ValueError('no right answer is known; "grader solve" says what was looked for')
    values = right if kind == "correct" and right else dict.fromkeys(exercise.free, ZERO)
    data["raw_submitted_answers"] |= {name: str(value) for name, value in values.items()}
    _set_score(data, exercise, 1.0 if kind == "correct" else 0.0)


def _set_score(data: Data, exercise: Exercise, score: float) -> None:
    data["partial_scores"] |= {name: {"score": score} for name in exercise.free}
    data["score"] = score


def numbers_in(answers: Mapping[str, object]) -> dict[str, object]:
    """Return the answers named as parameters are, each that is a number as that number."""
    return {name: _number(value) for name, value in answers.items() if _NAME.fullmatch(name)}


def _number(value: object) -> object:
    """Return a number, as JSON has it, typed as text or packed by an input; else the value."""
    if isinstance(value, Mapping):
        value = value.get("_value")
    try:
        if isinstance(value, str):
            return from_text(plain_minus(value.strip()))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return from_double(float(value))
    except (OverflowError, ValueError):
        pass
    return value


def plain(value: object) -> object:
    """Return an answer as JSON has it."""
    return to_double(value) if isinstance(value, Fraction) else value
