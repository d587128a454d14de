"""The page's hints are the report's advice: units, codes and sentences, by the module in Node."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import islice, product
from random import Random

import pytest

from browser_module import Batch, Row, in_node, shown
from cases import random_graded
from grader import grade, load_exercise
from grader.exercise.checks import Rules, Tolerance
from grader.exercise.record import Exercise
from grader.mistakes.answers import EXACT_UP_TO, right_answers
from grader.mistakes.table import DIAGNOSES
from grader.text.codes import REVEAL, Reveal
from planted import generated, plantings
from planted import shipped as shipped_exercises
from samples import together as answers_together
from samples.crowded import crowded
from samples.networks import number, solvable

LAB = "relu-three-segments"
# Contract section 5.
TABLE = """1 -1 2 -4; 2 -4 1 -1; 1 -1.04 2 -4; 1.04 -1.04 2 -4; 1 -1 2 -3.9; 1 -1 2.1 -4.2; 1 -1 3 -6;
1 -1 0 0; -1 1 2 -4; 1 -1 3 -5; 1 -1 2 -2; 1 -1.1 2 -4; 1 -0.9 2 -4; 1 0 2 -4; 2 -2 0 0; 0 0 0 0"""


def in_report(exercise: Exercise, row: Row) -> list[dict[str, object]]:
    report = grade(exercise, {name: float(text) for name, text in row.items()})
    return [
        {
            "unit": each.unit,
            "code": each.code,
            "message": each.message,
            "also": list(each.also),
            "parts": each.parts and each.parts._asdict(),
        }
        for each in report.diagnoses
    ]


def codes_compared(batches: Sequence[Batch], reveal: Reveal = "answers") -> set[str]:
    """Hold module against grader at a level of reveal; return the codes that were said."""
    codes: set[str] = set()
    known = [(exercise._replace(reveal=reveal), rows) for exercise, rows in batches]
    for (exercise, rows), found in zip(known, in_node("hintTexts", known, reveal), strict=True):
        for row, diagnoses in zip(rows, found, strict=True):
            assert diagnoses == in_report(exercise, row), (exercise.id, dict(row))
            codes.update(each["code"] for each in diagnoses)
            codes.update(code for each in diagnoses for code in each["also"])
    return codes


def rows_of(settings: Iterable[dict[str, Fraction]]) -> list[Row]:
    return [{name: shown(value) for name, value in each.items()} for each in settings]


def every(exercise: Exercise, values: Iterable[str]) -> list[Row]:
    return [
        dict(zip(exercise.free, chosen, strict=True))
        for chosen in product(values, repeat=len(exercise.free))
    ]


def right_ones(exercise: Exercise) -> list[dict[str, Fraction]]:
    """Return the parameters of some right answers, their units in different orders."""
    found = islice(right_answers(exercise.target, exercise.units, exercise.bias), 6)
    return [
        {name: getattr(units[k], letter) for name, (k, letter) in exercise.free.items()}
        for units in found
    ]


def halved(exercise: Exercise, right: dict[str, Fraction], random: Random) -> dict[str, Fraction]:
    """Return a right answer in which one unit does a part of another one's work."""
    free = [k for k, unit in enumerate(exercise.units) if unit[:2] == (None, None) and unit.v]
    if len(free) < 2:
        return right
    k, other = random.sample(free, 2)
    share = random.choice([Fraction(1, 2), Fraction(1, 3), Fraction(-1, 2), Fraction(3, 2)])
    ratio = share * exercise.units[k].v / exercise.units[other].v
    w, b = right[f"w{k}"], right[f"b{k}"]
    return {
        **right,
        f"w{k}": w * (1 - share),
        f"b{k}": b * (1 - share),
        f"w{other}": w * ratio,
        f"b{other}": b * ratio,
    }


def near_misses(exercise: Exercise, random: Random, count: int) -> list[Row]:
    """Return right answers of which some numbers are off by a little, or somebody else's."""
    right = right_ones(exercise)
    tolerance = exercise.rules.tolerance
    by = [Fraction(0)] * 5 + [
        n * (t or 1) for t in tolerance for n in (1, -1, 2, -7, Fraction(1, 2), Fraction(1, 10**12))
    ]
    made = []
    for _ in range(count if right else 0):
        chosen = random.choice(right)
        if random.random() < 1 / 2:
            chosen = halved(exercise, chosen, random)
        chosen = {name: value + random.choice(by) for name, value in chosen.items()}
        if random.random() < 1 / 4:
            one, other = random.choice(list(chosen)), random.choice(list(chosen))
            chosen[one], chosen[other] = chosen[other], chosen[one]
        made.append(chosen)
    return rows_of(made)


def at_turns(exercise: Exercise, random: Random, count: int) -> list[Row]:
    """Return units that turn at the target's breakpoints, or nearly, and do some of what is needed."""
    turns = exercise.target.breakpoints
    shares = [Fraction(n) for n in ("1", "1", "1/2", "1/2", "-1/2", "3/2", "2")]
    made = []
    for _ in range(count if turns else 0):
        chosen = {}
        for k, (w, b, v) in enumerate(exercise.units):
            x, change = random.choice(turns)
            x += random.choice([0, 0, 1, Fraction(1, 2)]) * exercise.rules.tolerance.x
            side = random.choice([1, -1])
            weight = side * random.choice(shares) * change / (v or 1) if w is None else w
            chosen |= {f"w{k}": weight, f"b{k}": -weight * x if b is None else b}
        made.append({name: chosen[name] for name in exercise.free})
    return rows_of(made)


def anywhere(exercise: Exercise, random: Random, count: int) -> list[Row]:
    scale = random.choice([Fraction(1), Fraction(1, 8), Fraction(1, 64)])
    return rows_of(
        {name: number(random, 8) * scale for name in exercise.free} for _ in range(count)
    )


def mixed(exercise: Exercise, seed: int, count: int) -> Batch:
    random = Random(seed)  # noqa: S311 - the same settings in every run
    planted = rows_of(p.parameters for p in islice(plantings(exercise), 8 * count))
    near = near_misses(exercise, random, 6 * count)
    return exercise, [
        *rows_of(right_ones(exercise)[:3]),
        *planted,
        *near,
        *at_turns(exercise, random, 4 * count),
        *anywhere(exercise, random, count),
    ]


def tolerant(exercise: Exercise, seed: int) -> Exercise:
    """Return an exercise that forgives nothing, or little, or more than its own numbers."""
    slack = [Fraction(n) for n in ("0", "1/20", "1/3", "2")][seed % 4]
    rules = exercise.rules._replace(tolerance=Tolerance(slack, min(slack, Fraction(1, 3)), slack))
    return exercise._replace(rules=rules)


def together(seed: int) -> Batch:
    """Return units that share, cancel and draw lines together, some of them wrong."""
    random = Random(seed)  # noqa: S311 - the same settings in every run
    slack = random.choice([Fraction(0), Fraction(1, 20), Fraction(1, 3)])
    rules = Rules(Tolerance(slack, min(slack, Fraction(1, 20)), slack))
    exercise, units = answers_together.made(random, rules, random.choice([0.2, 0.7]))
    tried = [answers_together.spoiled(random, exercise, units, 3) for _ in range(4)]
    return exercise, rows_of(
        {name: getattr(some[k], letter) for name, (k, letter) in exercise.free.items()}
        for some in tried
    )


def random_batches(seeds: range) -> list[Batch]:
    """Return exercises with spare and half-given units, and others of up to 12 free units."""
    graded = [random_graded(seed) for seed in seeds]
    return [
        *((exercise, rows_of([given])) for _, exercise, given, _ in graded),
        *(mixed(tolerant(solvable(seed)[0], seed), seed, 1) for seed in seeds),
        *(mixed(tolerant(crowded(seed), seed // 3), seed, 1) for seed in seeds[::3]),
        *(mixed(generated(seed), seed, 1) for seed in seeds[::16]),
        *(together(seed) for seed in seeds),
    ]


def test_the_contracts_table() -> None:
    exercise = load_exercise(LAB)
    rows = [dict(zip(exercise.free, row.split(), strict=True)) for row in TABLE.split(";")]
    for reveal in REVEAL[1:]:
        codes = codes_compared([(exercise, rows)], reveal)
        assert codes >= {"unit-unset", "slope-change-off", "knot-off"}


def test_shipped_exercises() -> None:
    batches = [mixed(exercise, 5, 3) for exercise in shipped_exercises()]
    assert codes_compared(batches) == set(DIAGNOSES)


def test_random_exercises() -> None:
    batches = random_batches(range(1300, 1340))
    assert any(len(exercise.free_units) > EXACT_UP_TO for exercise, _ in batches)
    assert any(
        None in unit[:2] and unit[:2] != (None, None) for e, _ in batches for unit in e.units
    )
    assert len(codes_compared(batches)) > 10


@pytest.mark.thorough
def test_a_coarse_grid_of_the_lab() -> None:
    exercise = load_exercise(LAB)
    rows = every(exercise, ["-4", "-2", "-1", "0", "1", "2", "3"])
    codes_compared([(exercise, rows)])


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(3))
def test_many_random_exercises(part: int) -> None:
    codes_compared(random_batches(range(100 + 100 * part, 200 + 100 * part)))


@pytest.mark.thorough
def test_many_settings_of_shipped_exercises() -> None:
    codes_compared([mixed(exercise, 6, 40) for exercise in shipped_exercises()])
