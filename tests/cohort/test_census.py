"""A census against the exact core, setting by setting, and the lab's known figures."""

import json
from collections import Counter
from fractions import Fraction
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from command import run
from grader import grade, load_exercise
from grader.cohort.columns.settings import scores
from grader.cohort.columns.shown import shown
from grader.cohort.columns.slider_grid import settings
from grader.exact.rational import from_double
from grader.exercise.record import Exercise
from grader.mistakes.wrong_units import diagnose


def by_the_core(
    exercise: Exercise, values: tuple[float, ...]
) -> tuple[Counter[float], Counter[str]]:
    points: Counter[float] = Counter()
    codes: Counter[str] = Counter()
    for row in product(values, repeat=len(exercise.free)):
        given = dict(zip(exercise.free, row, strict=True))
        report = grade(exercise, given, reveal="verdict")
        assert report.score is not None
        points[float(report.score)] += 1
        if any(check.credit != 1 for check in report.checks):
            network = exercise.network({name: from_double(x) for name, x in given.items()})
            found = diagnose(exercise, network, passed=False).findings
            codes.update({each.codes[0] for each in found})
    return points, codes


@pytest.mark.parametrize(
    ("id_", "values"),
    [
        ("relu-three-segments", (-4.0, -1.0, 0.0, 1.0, 2.0)),
        ("half-given-units", tuple(n / 4 for n in range(-20, 21))),
        ("first-turn", tuple(n / 2 for n in range(-12, 13))),
        ("mind-the-output-weights", (-2.0, -1.0, 0.0, 1.0, 2.0)),
        ("flat-roof", (-3.9, -2.0, 1.0, 2.0)),
        pytest.param(
            "relu-three-segments",
            (-4.0, -3.9, -1.0, -0.9, 0.0, 1.0, 1.1, 2.0),
            marks=pytest.mark.thorough,
        ),
    ],
)
def test_a_small_grid_is_what_the_core_says(id_: str, values: tuple[float, ...]) -> None:
    exercise = load_exercise(id_)
    given = settings(exercise, values)
    points, codes = by_the_core(exercise, values)
    parts = [scores(given, (part, 3)) for part in range(3)]
    counts = sum((part.counts for part in parts), Counter())
    assert +counts == points
    passed = tuple(row for part in parts for row in part.passed)
    named = [shown(given, passed, (part, 2)) for part in range(2)]
    assert None not in named
    assert sum((each or Counter() for each in named), Counter()) == codes


def test_units_to_spare_are_counted_without_mistakes() -> None:
    exercise = load_exercise("absolute-value")
    given = settings(exercise, (-1.0, 0.0, 1.0))
    points, _ = by_the_core(exercise, given.values)
    assert +scores(given).counts == points
    assert shown(given, ()) is None


@pytest.mark.thorough
def test_the_lab_has_its_known_figures() -> None:
    answer = run("grader", "census", "relu-three-segments", "-f", "json")
    found = json.loads(answer.out)
    assert found["settings"] == 43_046_721
    assert found["at_least"] == {"100": 2, "90": 4, "75": 56, "60": 144, "50": 4_463, "25": 64_798}
    assert found["scores"][0] == {"score": 0.0, "settings": 39_564_481}
    assert round(found["mean"], 6) == 0.534963
    assert sum(each["settings"] for each in found["scores"]) == 43_046_721
    assert found["mistakes"]["dead-unit"] == 21_665_372


def test_the_command_says_it_in_three_forms(tmp_path: Path) -> None:
    words = ("census", "relu-three-segments", "--step", "1")
    text = run("grader", *words).out
    assert text.startswith(
        "relu-three-segments: 6,561 slider settings, 9 values of each of\nw1, b1, w2 and b2\n"
    )
    assert "     100           2  1 in 3,280" in text
    assert "unrecognised" in text
    found = json.loads(run("grader", *words, "-f", "json").out)
    assert found["at_least"]["100"] == 2
    scape = found["landscape"]
    assert scape["names"] == ["w1", "b1"]
    lab = load_exercise("relu-three-segments")
    for (n, w), (m, b) in product(enumerate(scape["values"]), repeat=2):
        score = grade(lab, {"w1": w, "b1": b, "w2": 2, "b2": -4}, reveal="verdict").score
        assert scape["scores"][n][m] == float(score or Fraction(0))
    picture = tmp_path / "census.svg"
    assert run("grader", *words, "-f", "svg", "--of", "w2", "b2", "-o", picture).status == 0
    assert ET.parse(picture).getroot().get("role") == "img"  # noqa: S314 - our own
    assert ">w2</text>" in picture.read_text()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            ["zigzag"],
            "zigzag has 2,565,726,409 slider settings, and a census counts at most 200,000,000; give a larger --step",
        ),
        (
            ["relu-three-segments", "--step", "0"],
            "--step must be above 0 and at most what the sliders reach",
        ),
        (
            ["relu-three-segments", "--of", "w1", "w9"],
            '--of: "w9" is not free; choose from w1, b1, w2 and b2',
        ),
        (["relu-three-segments", "--of", "w1", "w1"], "--of: name two different parameters"),
    ],
)
def test_what_cannot_be_counted_is_said(words: list[str], reason: str) -> None:
    answer = run("grader", "census", *words)
    assert (answer.status, answer.out, answer.err.strip()) == (2, "", reason)
