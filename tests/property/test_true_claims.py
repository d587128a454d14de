"""Every sentence of a diagnosis, read again and compared with the exact numbers."""

import json
from collections import Counter
from fractions import Fraction as F
from random import Random

import pytest

from grader import Exercise, Report, grade
from grader.exact.network import Network, Unit, UnitSpec
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.explaining import example
from grader.mistakes.table import DIAGNOSES
from grader.since import compare, summary
from grader.words.wording import name, points
from reading_reports import false_claims

WEIGHTS = [F(1), F(2), F(3), F(-1), F(-2), F(1, 2), F(-3, 2), F(1, 3), F(-5, 7), F(1, 50)]
OUTPUT = [F(1), F(1), F(1), F(2), F(-1), F(1, 2), F(-1, 3), F(-2)]
TWENTIETH = F(1, 20)


def made(random: Random) -> tuple[Exercise, dict[str, F]]:
    """Return an exercise of 1 to 8 free units, at places on the grid, and a right answer.

    Output weights, ratios, partly given units, given ones, shared turns, spare units, bias.
    """
    while True:
        count = random.choice([1, 2, 2, 3, 3, 4, 5, 6, 7, 8])
        left = random.choice([F(0), F(0), F(-5), F(-17, 3)])
        places = [left + n for n in random.sample(range(1, 10), count)]
        if 1 < count < 6 and random.random() < 0.2:
            places[1] = places[0]  # a shared turn
        if random.random() < 0.1:
            places[0] = left - 1  # a line over the whole interval
        units, given = [], []
        for x in places:
            w, v = random.choice(WEIGHTS), random.choice(OUTPUT)
            units.append(Unit(w, -w * x, v))
            how = random.random()
            given.append(
                UnitSpec(w if how < 0.15 else None, -w * x if how > 0.85 or how < 0.05 else None, v)
            )
        if random.random() < 0.3:
            units.append(Unit(F(0), F(0), random.choice(OUTPUT)))
            given.append(UnitSpec(None, None, units[-1].v))
        bias = random.choice([F(0), F(0), F(1), F(-2, 3)])
        target = Network(tuple(units), bias).as_piecewise(left, left + 10)
        id_ = "made"
        if random.random() < 0.1:
            given[0], id_ = given[0]._replace(v=-given[0].v), "mostly-without-an-answer"
        usual = random.random() < 0.7
        tolerance = Tolerance(
            TWENTIETH if usual else random.choice([F(0), F(1, 5), F(1, 2)]),
            TWENTIETH if usual else random.choice([F(0), F(1, 10)]),
            TWENTIETH if usual else random.choice([F(0), F(1, 5), F(1, 2)]),
        )
        try:
            exercise = build(
                id=id_,
                title="Made",
                segments=target.segments,
                units=given,
                rules=Rules(tolerance),
                bias=bias,
                reveal="answers",
            )
        except ValueError:
            continue
        return exercise, {
            name: units[k].w if letter == "w" else units[k].b
            for name, (k, letter) in exercise.free.items()
        }


def slipped(random: Random, exercise: Exercise, right: dict[str, F]) -> dict[str, F]:
    """Return the answer with one to three slips: in a number, in a unit, or two units changed."""
    wrong = dict(right)
    for _ in range(random.randint(1, 3)):
        name = random.choice(list(right))
        k, letter = exercise.free[name]
        value, other = wrong[name], wrong.get(f"{'b' if letter == 'w' else 'w'}{k}")
        v = exercise.units[k].v
        number = [
            -value,
            F(0),
            value + 1,
            value - F(3, 10),
            value * 2,
            value / 2,
            value + F(1, 50),
            value * (1 + F(1, 10**10)),
            value * v,
        ]
        if other is None or random.random() < 0.5:
            wrong[name] = random.choice(number)
            continue
        w, b = wrong[f"w{k}"], wrong[f"b{k}"]
        pairs = [
            (-w, -b),
            (b, w),
            (v * w, v * b),
            (F(0), F(0)),
            (w, F(-100)),
            (w, F(100)),
            (F(0), F(1, 50)),
            (w * F(7, 5), b * F(7, 5)),
            (-w, b + F(1, 3)),
        ]
        turn = -b / w if w else F(0)
        segment = exercise.target.beside(min(max(turn, exercise.domain[0]), exercise.domain[1]))[
            random.randint(0, 1)
        ]
        pairs += [
            (segment.slope, segment.intercept),
            (segment.slope, -segment.slope * turn),
            (w, -turn),
            (w, segment.intercept),
            (w, -w * segment.right),
        ]
        wrong[f"w{k}"], wrong[f"b{k}"] = random.choice(pairs)
        twin = random.choice(list(exercise.free_units))
        if random.random() < 0.1 and exercise.units[twin][:2] == (None, None):
            for letter in "wb":
                wrong[f"{letter}{k}"], wrong[f"{letter}{twin}"] = (
                    wrong[f"{letter}{twin}"],
                    wrong[f"{letter}{k}"],
                )
    return wrong  # fmt: skip


def check(seeds: range) -> None:
    told, false = 0, Counter[str]()
    for seed in seeds:
        random = Random(seed)  # noqa: S311 - the same cases every time
        exercise, right = made(random)
        wrong = slipped(random, exercise, right)
        report = grade(exercise, wrong)
        named = [found for found in report.diagnoses if found.unit is not None]
        said = list(false_claims(report))
        if all(check.credit == 1 for check in report.checks):
            assert not named, seed
            continue
        told += 1
        if not named and exercise.id == "made":
            said.append("nothing is said")
        for what in said:
            false[what] += 1
            print(seed, what)
    assert not false
    assert told > len(seeds) / 2


@pytest.mark.parametrize("code", DIAGNOSES)
def test_what_is_explained_is_true(code: str) -> None:
    exercise, parameters = example(code)
    report = grade(exercise, parameters)
    assert code in {found.code for found in report.diagnoses}
    assert list(false_claims(report)) == []


def changed(before: Report, after: Report, words: list[str]) -> bool:
    """Tell whether what is said to have changed since an earlier report is so."""
    was, now = ({name(c): float(c.credit) for c in report.checks} for report in (before, after))
    scores = [points(report.score) for report in (before, after) if report.score is not None]
    same = f"The score stayed at {scores[0]}."
    said = [same if scores[0] == scores[1] else f"The score went from {scores[0]} to {scores[1]}."]
    for word, sign in (("Gained", 1), ("Lost", -1)):
        moved = [one for one in was if (now[one] - was[one]) * sign > 0]
        if moved:
            whole = {one for one in moved if {was[one], now[one]} == {0, 1}}
            said.append(
                f"{word}: {', '.join(m if m in whole else f'{m} (in part)' for m in moved)}."
            )
    return words == (said if len(said) > 1 else [*said, "No check changed."])


def test_what_is_said_to_have_changed_has_changed() -> None:
    for seed in range(40):
        random = Random(seed)  # noqa: S311 - the same cases every time
        exercise, right = made(random)
        exercise = exercise._replace(digest="0" * 64)
        first, second = (grade(exercise, slipped(random, exercise, right)) for _ in range(2))
        said = summary(compare(second, json.loads(first.to_json())))
        assert changed(first, second, said), (seed, said)


def test_what_is_said_of_150_submissions_is_true() -> None:
    check(range(150))


@pytest.mark.thorough
def test_what_is_said_of_2000_submissions_is_true() -> None:
    check(range(1000, 3000))
