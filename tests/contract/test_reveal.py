"""At reveal "hints" no report of a wrong submission gives a parameter any value but its own."""

from fractions import Fraction
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules

import pytest

import grader.reports
from assignments import given_away
from grader import Exercise, grade
from grader.reports import Layout
from planted import EXERCISES, plantings, shipped

FORMATS = sorted(module.name for module in iter_modules(grader.reports.__path__))
INNER_WORDS = ("goal", "guard", "basis", "credit", "bend")


def public(exercise: Exercise) -> dict[str, Fraction]:
    """Return the parameters that the exercise itself gives."""
    return {
        f"{letter}{k}": value
        for k, unit in enumerate(exercise.units)
        for letter, value in (("w", unit.w), ("b", unit.b))
        if value is not None
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("exercise", shipped(), ids=[path.stem for path in EXERCISES])
def test_nothing_is_given_away(exercise: Exercise, form: str) -> None:
    render = import_module(f"grader.reports.{form}").render
    ours = exercise._replace(messages={}, description="")  # the author's words are not ours
    for planted in islice(plantings(exercise), 0, None, 5):
        report = grade(ours, planted.parameters, reveal="hints")
        text = render(report, Layout())
        assert given_away(text, public(exercise) | planted.parameters) == []
        for found in report.diagnoses:
            assert not any(word in found.message for word in INNER_WORDS)


def test_at_answers_it_is_given() -> None:
    exercise = next(one for one in shipped() if one.id == "relu-three-segments")
    report = grade(exercise._replace(reveal="answers"), dict.fromkeys(exercise.free, 0))
    assert [found.message[-27:] for found in report.diagnoses] == [
        " Right is w1 = 1 and b1 = -1.",
        " Right is w2 = 2 and b2 = -4.",
    ] or all("Right is w" in found.message for found in report.diagnoses)
