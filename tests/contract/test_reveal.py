"""At reveal "hints" no report of a wrong submission gives a parameter any value but its own."""

from importlib import import_module
from itertools import islice
from pkgutil import iter_modules

import pytest
from assignments import given_away
from planted import EXERCISES, plantings, shipped

import grader.reports
from grader import Exercise, grade
from grader.reports import Layout

FORMATS = sorted(module.name for module in iter_modules(grader.reports.__path__))
INNER_WORDS = ("goal", "guard", "basis", "credit", "bend")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("exercise", shipped(), ids=[path.stem for path in EXERCISES])
def test_nothing_is_given_away(exercise: Exercise, form: str) -> None:
    render = import_module(f"grader.reports.{form}").render
    for planted in islice(plantings(exercise), 0, None, 5):
        report = grade(exercise._replace(messages={}), planted.parameters, reveal="hints")
        text = render(report, Layout())
        assert given_away(text, planted.parameters) == []
        for found in report.diagnoses:
            assert not any(word in found.message for word in INNER_WORDS)


def test_at_answers_it_is_given() -> None:
    exercise = next(one for one in shipped() if one.id == "relu-three-segments")
    report = grade(exercise._replace(reveal="answers"), dict.fromkeys(exercise.free, 0))
    assert [found.message[-27:] for found in report.diagnoses] == [
        " Right is w1 = 1 and b1 = -1.",
        " Right is w2 = 2 and b2 = -4.",
    ] or all("Right is w" in found.message for found in report.diagnoses)
