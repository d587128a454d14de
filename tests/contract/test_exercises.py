"""The exercises: each can be worked from, none gives itself away, together they use everything."""

import json
import re
from collections.abc import Callable
from fractions import Fraction

import pytest

from grader import Exercise, load_exercise
from grader.authoring.linting.lint import lint
from grader.authoring.linting.subject import INFORMATION
from grader.exact.rational import from_double
from samples import EXERCISE_IDS, EXERCISES, GRADED, ROOT, SAMPLES, SUBMISSIONS

ALL = {name: load_exercise(EXERCISES / f"{name}.yaml") for name in EXERCISE_IDS}
PERFECT = {
    sample.file: json.loads((SUBMISSIONS / sample.file).read_text("utf-8-sig"))
    for sample in GRADED
    if sample.folder in ALL and sample.score == ALL[sample.folder].points
}


def slopes(exercise: Exercise) -> list[Fraction]:
    return [segment.slope for segment in exercise.segments]


FEATURES: dict[str, Callable[[Exercise], bool]] = {
    "two units": lambda e: len(e.units) == 2,
    "three units": lambda e: len(e.units) == 3,
    "four units": lambda e: len(e.units) == 4,
    "five units": lambda e: len(e.units) == 5,
    "six units": lambda e: len(e.units) == 6,
    "points form": lambda e: "points: [[" in (EXERCISES / f"{e.id}.yaml").read_text("utf-8"),
    "a concave target with negative output weights": lambda e: (
        slopes(e) == sorted(slopes(e), reverse=True) and all(unit.v < 0 for unit in e.units)
    ),
    "output weights other than 1 and -1": lambda e: any(abs(unit.v) != 1 for unit in e.units),
    "an output bias": lambda e: e.bias != 0,
    "a unit with only its weight fixed": lambda e: any(
        unit.w is not None and unit.b is None for unit in e.units
    ),
    "a unit with only its bias fixed": lambda e: any(
        unit.w is None and unit.b is not None for unit in e.units
    ),
    "a fixed unit in the middle": lambda e: any(unit.fixed for unit in e.units[1:-1]),
    "a fixed unit on the right": lambda e: e.units[-1].fixed,
    "a spare unit": lambda e: len(e.free_units) > len(e.segments) - 1,
    "a domain with negative x": lambda e: e.domain[0] < 0,
    "thirds": lambda e: any(segment.right.denominator == 3 for segment in e.segments),
    "weights of its own": lambda e: len({check.share for check in e.checks}) > 1,
    "points of its own": lambda e: e.points != 100,
    "no tolerance": lambda e: e.rules.tolerance == (0, 0, 0),
    "messages of its own": lambda e: bool(e.messages),
    "verdict": lambda e: e.reveal == "verdict",
    "hints": lambda e: e.reveal == "hints",
    "answers": lambda e: e.reveal == "answers",
    "two guards": lambda e: sum(check.role == "guard" for check in e.checks) == 2,
    "no guard": lambda e: all(check.role == "goal" for check in e.checks),
}


@pytest.mark.parametrize("feature", FEATURES)
def test_some_exercise_has(feature: str) -> None:
    assert any(FEATURES[feature](exercise) for exercise in ALL.values())


@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_the_description_says_what_is_given_and_what_to_choose(exercise: Exercise) -> None:
    text = exercise.description
    assert 60 <= len(text.split()) <= 250
    assert "f(x)" in text
    assert "|--" in text or "connects the points" in text
    for k, unit in enumerate(exercise.units):
        if unit.fixed:
            assert f"`w{k} = {unit.w}`" in text or f"| {k}    | {unit.w} " in text
    assert exercise.title == exercise.title.strip()
    assert 10 <= len(exercise.title) <= 60


@pytest.mark.parametrize("file", PERFECT)
def test_the_description_does_not_give_the_answer_away(file: str) -> None:
    exercise = ALL[file.split("/", maxsplit=1)[0]]
    text = exercise.description
    for name in exercise.free:
        assert not re.search(rf"\b{name}`? *=", text)
    values = PERFECT[file]
    for k in exercise.free_units:
        if f"w{k}" in values and f"b{k}" in values:
            assert f"({values[f'w{k}']}, {values[f'b{k}']})" not in text


def test_where_copying_is_said_to_be_never_right_it_never_is() -> None:
    exercise = ALL["never-copy-the-line"]
    lines = {(segment.slope, segment.intercept) for segment in exercise.segments}
    for file, values in PERFECT.items():
        if file.startswith(exercise.id):
            units = {(values[f"w{k}"], values[f"b{k}"]) for k in (1, 2, 3)}
            assert not units & lines


@pytest.mark.parametrize("file", [f for f in PERFECT if f.endswith("/perfect.json")])
def test_sliders_reach_the_answer_and_start_at_zero(file: str) -> None:
    exercise = ALL[file.split("/", maxsplit=1)[0]]
    sliders = exercise.sliders
    assert sliders is not None
    for value in [0.0, *(PERFECT[file][name] for name in exercise.free)]:
        number = from_double(float(value))
        assert sliders.min <= number <= sliders.max
        assert (number - sliders.min) % sliders.step == 0


def test_the_docs_list_them() -> None:
    text = (ROOT / "docs" / "authors.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|", text, re.MULTILINE)
    assert rows == [(name, exercise.title) for name, exercise in ALL.items()]
    assert f"{len(SAMPLES)} samples" in text


# What is the point of these exercises: the first steps, and the one in which nothing is allowed for.
MEANT = {
    "absolute-value": {"copied-lines-earn"},
    "fixed-on-the-right": {"copied-lines-earn"},
    "spare-unit": {"copied-lines-earn"},
    "exact-match": {"computed-misses"},
}


@pytest.mark.parametrize("name", EXERCISE_IDS)
def test_lint_has_neither_errors_nor_warnings_that_are_not_meant(name: str) -> None:
    findings = lint((EXERCISES / f"{name}.yaml").read_bytes(), f"{name}.yaml", name)
    warned = {finding.code for finding in findings if finding.level != INFORMATION}
    assert warned == MEANT.get(name, set())
    told = {finding.code for finding in findings}
    exercise = ALL[name]
    if exercise.sliders and len(exercise.free_units) <= 2:
        assert {"slider-count", "slider-gap"} <= told
        assert not any("not counted" in finding.message for finding in findings)
