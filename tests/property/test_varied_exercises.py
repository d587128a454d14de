"""The shipped exercises with variants: every one solved, graded and judged by the second evaluator."""

import random
from collections.abc import Mapping
from fractions import Fraction as F

import pytest

from grader import load_exercise
from grader.authoring.equality.said import Said, said
from grader.authoring.linting.lint import lint
from grader.authoring.linting.subject import INFORMATION
from grader.authoring.solving.solve import solve
from grader.exercise.record import Exercise
from grader.grading import grade
from oracle import Case, judge
from samples import EXERCISES, ROOT, VARIED_IDS


def variants(name: str) -> list[Exercise]:
    variant = load_exercise(EXERCISES / f"{name}.yaml").variant
    assert variant is not None
    assert variant.make is not None
    return [variant.make(number) for number in range(variant.of)]


def case(exercise: Exercise) -> Case:
    segments = tuple((s.left, s.right, s.slope, s.intercept) for s in exercise.segments)
    units = tuple((u.w, u.b, u.v) for u in exercise.units)
    return Case(segments, units, exercise.bias, tuple(exercise.rules.tolerance))  # type: ignore[arg-type]


def agrees(exercise: Exercise, parameters: Mapping[str, F]) -> F:
    score = grade(exercise, dict(parameters)).score
    assert judge(case(exercise), parameters)[0] == score
    assert score is not None
    return score


def test_there_are_four_and_the_lab_has_three_hundred() -> None:
    assert len(VARIED_IDS) == 4
    counts = {name: load_exercise(EXERCISES / f"{name}.yaml").variant.of for name in VARIED_IDS}  # type: ignore[union-attr]
    assert counts["stitch-your-own"] == 329
    text = (ROOT / "docs" / "authors.md").read_text("utf-8")
    for name, count in counts.items():
        assert f"`{name}` ({count})" in text


@pytest.mark.parametrize("name", VARIED_IDS)
def test_the_first_variant_has_nothing_to_warn_of(name: str) -> None:
    findings = lint((EXERCISES / f"{name}.yaml").read_bytes(), f"{name}.yaml", name)
    assert {finding.level for finding in findings} <= {INFORMATION}


@pytest.mark.thorough
@pytest.mark.parametrize("name", VARIED_IDS)
def test_all_variants_are_proved_equal(
    name: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    found: list[Said] = said(load_exercise(EXERCISES / f"{name}.yaml"))
    assert [each.code for each in found] == ["variants-proved"]


@pytest.mark.thorough
@pytest.mark.parametrize("name", VARIED_IDS)
def test_every_right_answer_of_every_variant_earns_everything(name: str) -> None:
    for exercise in variants(name):
        for family in solve(exercise).families:
            assert agrees(exercise, family.example) == exercise.points


@pytest.mark.thorough
def test_the_second_evaluator_agrees_on_a_thousand() -> None:
    chance = random.Random(5)  # noqa: S311 - a fixed sequence of examples
    for name in VARIED_IDS:
        made = variants(name)
        for _ in range(250):
            exercise = chance.choice(made)
            right = solve(chance.choice(made)).families[0].example
            off = {
                n: v + F(chance.randint(-10, 10), 20) * chance.randint(0, 1)
                for n, v in right.items()
            }
            agrees(exercise, off)
