"""Every number and every claim of a diagnosis, read again and compared with the exact numbers."""

import re
from fractions import Fraction as F
from random import Random

import pytest

from grader import Exercise, Report, grade
from grader.exact.network import Network, Unit, UnitSpec
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance

SLACK = F(1, 20)
RULES = Rules(Tolerance(SLACK, SLACK, SLACK))
N = r"(-?\d+(?:\.\d+)?(?:/\d+)?)"
VALUE = re.compile(rf"([wb])(\d+) = {N}")


def made(seed: int) -> tuple[Exercise, dict[str, F], dict[str, F]]:
    """Return an exercise of 1 to 8 free units, a right answer, and one with one to three slips."""
    random = Random(seed)  # noqa: S311 - the same cases every time
    while True:
        count = random.choice([1, 2, 2, 3, 3, 4, 5, 7, 8])
        places = random.sample(range(1, 10), count)
        if 1 < count < 6 and random.random() < 0.2:
            places[1] = places[0]  # a shared turn
        units, given = [], []
        for x in places:
            w = random.choice([F(1), F(2), F(3), F(-1), F(-2), F(1, 2), F(-3, 2)])
            v = random.choice([F(1), F(1), F(1), F(2), F(-1), F(1, 2)])
            units.append(Unit(w, -w * x, v))
            how = random.random()
            given.append(UnitSpec(w if how < 0.1 else None, -w * x if how > 0.9 else None, v))
        if random.random() < 0.3:
            units.append(Unit(F(0), F(0), F(1)))
            given.append(UnitSpec(None, None))
        target = Network(tuple(units)).as_piecewise(F(0), F(10))
        try:
            exercise = build(
                id="made",
                title="Made",
                segments=target.segments,
                units=given,
                rules=RULES,
                reveal="answers",
            )
        except ValueError:
            continue
        right = {
            name: units[k].w if letter == "w" else units[k].b
            for name, (k, letter) in exercise.free.items()
        }
        return exercise, right, slipped(random, right)


def slipped(random: Random, right: dict[str, F]) -> dict[str, F]:
    wrong = dict(right)
    for name in random.sample(list(right), min(len(right), random.randint(1, 3))):
        value = right[name]
        wrong[name] = random.choice(
            [-value, F(0), value + 1, value - F(3, 10), value * 2, value / 2]
        )
    return wrong


def right_values(text: str) -> dict[str, F]:
    """Return the values that a message gives, by letter."""
    return {letter: F(value) for letter, _, value in VALUE.findall(text.partition("The right ")[2])}


def read(report: Report) -> None:
    """Check the claims of every message against the report's own exact numbers."""
    for found in report.diagnoses:
        if found.unit is not None:
            check_numbers(report, found.unit, found.message)
            check_claims(report, found.unit, found.message)


def check_numbers(report: Report, k: int, text: str) -> None:
    exercise, network = report.exercise, report.network
    assert exercise is not None
    assert network is not None
    unit, function = network.units[k], network.as_piecewise(*exercise.domain)
    if place := re.search(rf"turns at x = {N}, where it changes the slope by {N}\.", text):
        assert (unit.knot, unit.bend) == tuple(map(F, place.groups()))
    if place := re.search(rf"At x = {N} the target is {N} and your network gives {N}\.", text):
        x, target, own = map(F, place.groups())
        assert (exercise.target.value(x), function.value(x)) == (target, own)
    if place := re.search(rf"slope changes at x = {N} by {N}, from {N} to {N}", text):
        x, change, before, after = map(F, place.groups())
        sides = exercise.target.beside(x)
        assert [side.slope for side in sides] == [before, after]
        assert change == after - before


def check_claims(report: Report, k: int, text: str) -> None:
    exercise, network = report.exercise, report.network
    assert exercise is not None
    assert network is not None
    unit, given, domain = network.units[k], exercise.units[k], exercise.domain
    answers, slack = right_values(text), exercise.rules.tolerance.slope
    active, opening = unit.active(*domain), text.partition(". ")[0]
    side = re.search(r"active on the (left|right) of its turn", text)
    size = re.search(r"by too (much|little)", text)
    way = re.search(r"has to move to the (right|left)", text)
    looked = re.search(r"Look at ([wb\d and]+)\.", text)
    claims = {
        "does nothing yet": unit.w == unit.b == 0,
        "the bias is 0": unit.b == 0,
        "The weight is right": given.w is None
        and abs(unit.v) * abs(unit.w - answers.get("w", unit.w)) <= slack,
        "The weight is given": given.w is not None,
        "The bias is given": given.b is not None,
        "That is right, but": False,
    }
    assert [words for words, holds in claims.items() if words in text and not holds] == []
    assert "is 0 on the whole interval" not in opening or active is None
    assert "active on the whole interval" not in opening or active == domain
    assert side is None or (unit.w > 0) == (side[1] == "right")
    assert looked is None or set(re.findall(r"[wb]\d+", looked[1])) <= set(exercise.free)
    if len(answers) == 2:
        w, b = answers["w"], answers["b"]
        assert size is None or (abs(unit.w) > abs(w)) == (size[1] == "much")
        assert way is None or (-b / w > -unit.b / unit.w) == (way[1] == "right")


def mended(report: Report, wrong: dict[str, F]) -> dict[str, F]:
    """Return the submission with the right values that the messages give put in."""
    better = dict(wrong)
    for found in report.diagnoses:
        for letter, k, value in VALUE.findall(found.message.partition("The right ")[2]):
            better[f"{letter}{k}"] = F(value)
    return better


def check(seeds: range) -> None:
    told = 0
    for seed in seeds:
        exercise, _, wrong = made(seed)
        report = grade(exercise, wrong)
        read(report)
        named = [found for found in report.diagnoses if found.unit is not None]
        if all(check.credit == 1 for check in report.checks):
            assert not named, seed
            continue
        told += 1
        assert named, seed
        if all(
            "The right value" in found.message and "about" not in found.message for found in named
        ):
            assert grade(exercise, mended(report, wrong)).score == exercise.points, seed
    assert told > len(seeds) / 2


def test_what_is_said_of_150_submissions_is_true() -> None:
    check(range(150))


@pytest.mark.thorough
def test_what_is_said_of_2000_submissions_is_true() -> None:
    check(range(1000, 3000))
