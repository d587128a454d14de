"""At reveal "hints" no report of a wrong submission gives a parameter any value but its own.

At "verdict" none says what was expected or found, or names a mistake.
"""

import json
import re
from fractions import Fraction
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules

import pytest

import grader.reports
from assignments import given_away
from grader import Exercise, Report, grade, load_exercise, read_submission
from grader.mistakes.table import DIAGNOSES
from grader.reports import Layout
from planted import EXERCISES, plantings, shipped
from samples import GRADED, SUBMISSIONS, Sample
from samples.variants import own_exercise
from shares import always, one_in

FORMATS = sorted(module.name for module in iter_modules(grader.reports.__path__))
a_sample = pytest.mark.parametrize(
    "sample", one_in(4, GRADED), ids=[sample.file for sample in GRADED]
)
FOR_PEOPLE = [form for form in FORMATS if form not in {"json", "jsonl"}]
INNER_WORD = re.compile(r"\b(guard|basis|credit|bend)", re.IGNORECASE)
TELLING = re.compile(
    r"expected|found|should|gives|too far|is allowed|slope change \S", re.IGNORECASE
)
# What the exercise asks for, and how it is marked, is the same whatever was handed in.
PUBLIC = re.compile(
    r"<details[^>]*>\n<summary>The exercise and how it is marked</summary>.*?</details>", re.DOTALL
)


def rendered(report: Report, form: str) -> str:
    """Return the report without its style sheet, whose words nobody reads."""
    text: str = import_module(f"grader.reports.{form}").render(report, Layout())
    return re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


def without_the_authors_words(exercise: Exercise) -> Exercise:
    return exercise._replace(messages={}, title="", description="")


def public(exercise: Exercise) -> dict[str, Fraction]:
    """Return the parameters that the exercise itself gives."""
    return {
        f"{letter}{k}": value
        for k, unit in enumerate(exercise.units)
        for letter, value in (("w", unit.w), ("b", unit.b))
        if value is not None
    }


def graded(sample: Sample, reveal: str) -> Report:
    exercise = without_the_authors_words(own_exercise(sample))
    submission = read_submission(SUBMISSIONS / sample.file, exercise)
    return grade(exercise._replace(reveal="answers"), submission, reveal=reveal)


@pytest.mark.parametrize("step", always([48], [48, 12]))
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("exercise", shipped(), ids=[path.stem for path in EXERCISES])
def test_nothing_is_given_away(exercise: Exercise, form: str, step: int) -> None:
    ours = without_the_authors_words(exercise)
    for planted in islice(plantings(exercise), 0, None, step):
        report = grade(ours, planted.parameters, reveal="hints")
        assert given_away(rendered(report, form), public(exercise) | planted.parameters) == []


@a_sample
def test_no_report_of_a_sample_gives_a_parameter_away(sample: Sample) -> None:
    report = graded(sample, "hints")
    assert report.exercise is not None
    own = public(report.exercise) | dict(report.parameters)
    for form in FORMATS:
        assert given_away(rendered(report, form), own) == [], form


@a_sample
@pytest.mark.parametrize("reveal", ["verdict", "hints", "answers"])
def test_no_report_of_a_sample_has_an_inner_word(sample: Sample, reveal: str) -> None:
    report = graded(sample, reveal)
    for form in FOR_PEOPLE:
        assert INNER_WORD.search(rendered(report, form)) is None, form
    for said in (*report.diagnoses, *report.checks):
        assert INNER_WORD.search(said.message) is None


@a_sample
def test_at_verdict_nothing_is_expected_found_or_diagnosed(sample: Sample) -> None:
    report = graded(sample, "verdict")
    data = json.loads(rendered(report, "json"))
    assert data["diagnoses"] == []
    assert {check.get(key) for check in data["checks"] for key in ("expected", "found")} == {None}
    for form in FOR_PEOPLE:
        text = PUBLIC.sub("", rendered(report, form)).replace(sample.file.split("/")[1], "")
        assert TELLING.search(text) is None, (form, TELLING.search(text))
        assert not [code for code in DIAGNOSES if code in text], form


def test_at_answers_it_is_given() -> None:
    exercise = load_exercise("relu-three-segments")._replace(reveal="answers")
    told = [found.message for found in grade(exercise, dict.fromkeys(exercise.free, 0)).diagnoses]
    assert [message.partition("The right ")[2] for message in told] == [
        "values are w1 = 1 and b1 = -1.",
        "values are w2 = 2 and b2 = -4.",
    ]
