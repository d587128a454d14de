"""Submissions with one planted mistake: in the shipped exercises, and in generated ones."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

from grader import Exercise, load_exercise
from grader.exact.network import Network, Unit, UnitSpec
from grader.exact.piecewise import lines_through
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.mistakes.answers import right_answers
from grader.mistakes.cases import KNOT, NUMBERS, Answer
from grader.mistakes.table import MISTAKES

EXERCISES = sorted((Path(__file__).parents[2] / "exercises").glob("*.yaml"))
ANSWERS_AT_MOST = 4


class Planted(NamedTuple):
    """Parameters that are right save for one unit, and the mistake made in it."""

    parameters: dict[str, Fraction]
    unit: int
    code: str


def shipped() -> list[Exercise]:
    """Return the installed exercises; of one with variants, the variant in the middle."""
    return [in_the_middle(load_exercise(path)) for path in EXERCISES]


def in_the_middle(exercise: Exercise) -> Exercise:
    variant = exercise.variant
    if variant is None or variant.make is None:
        return exercise
    return variant.make(variant.of // 2)


def generated(seed: int) -> Exercise:
    """Return an exercise with 2 to 6 free units on a grid of tenths, as an author would write."""
    random = Random(seed)  # noqa: S311 - no secret
    count = random.randint(2, 6)
    xs = [Fraction(x, 2) for x in random.sample(range(1, 20), count)]
    weights = [Fraction(random.choice((1, 1, 1, -1, 2, -2, Fraction(1, 2)))) for _ in xs]
    given = UnitSpec(Fraction(random.randint(-3, 3)), Fraction(random.randint(0, 4)))
    units = [Unit(given.w or Fraction(0), given.b or Fraction(0), Fraction(1))]
    for x, v in zip(xs, weights, strict=True):
        w = Fraction(random.choice((-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6)), 2)
        units.append(Unit(w, -w * x, v))
    target = Network(tuple(units)).as_piecewise(Fraction(0), Fraction(10))
    slack = Fraction(1, 20)
    points = [(s.left, s.value(s.left)) for s in target.segments]
    points.append((Fraction(10), target.value(Fraction(10))))
    return build(
        id=f"generated-{seed}",
        title="Generated",
        segments=lines_through(points),
        units=(given, *(UnitSpec(None, None, v) for v in weights)),
        rules=Rules(Tolerance(slack, slack, slack)),
    )


def plantings(exercise: Exercise) -> Iterator[Planted]:
    """Yield every mistake of the table in every unit of the first right answers, where it is one.

    Left out: what a fixed parameter does not allow, and what changes nothing or is right as well.
    """
    answers = right_answers(exercise.target, exercise.units, exercise.bias)
    for units in islice(answers, ANSWERS_AT_MOST):
        for k in sorted(exercise.free_units):
            for code, w, b in _mistakes(exercise, units[k]):
                spec = exercise.units[k]
                if spec.w not in (None, w) or spec.b not in (None, b):
                    continue
                changed = [*units[:k], Unit(w, b, units[k].v), *units[k + 1 :]]
                yield Planted(_parameters(exercise, changed), k, code)


def _parameters(exercise: Exercise, units: list[Unit]) -> dict[str, Fraction]:
    return {
        name: units[k].w if letter == "w" else units[k].b
        for name, (k, letter) in exercise.free.items()
    }


def _mistakes(exercise: Exercise, unit: Unit) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Yield code, w and b of every mistake that can be made about a right unit."""
    left, right = exercise.domain
    knot = unit.knot
    if unit.v == 0 or unit.active(left, right) is None:
        return
    answer = Answer(NUMBERS, *unit)
    if knot is not None and left < knot < right:
        segments = exercise.target.clipped(*sorted((knot, right if unit.w > 0 else left)))
        beside = segments[0 if unit.w > 0 else -1]
        places = [left, *(segment.right for segment in exercise.segments)]
        elsewhere = tuple(x for x in places if x != knot)
        answer = Answer(KNOT, *unit, knot, beside.slope, beside.intercept, elsewhere)
        gap = min(after - before for before, after in pairwise(sorted({*places, knot})))
        yield "slope-change-off", unit.w * 7 / 5, unit.b * 7 / 5
        yield "knot-off", unit.w, -unit.w * (knot + gap * 2 / 5)
        yield "dead-unit", unit.w, -unit.w * (right + 2) if unit.w > 0 else -unit.w * (left - 2)
        yield "always-on", unit.w, -unit.w * (left - 3) if unit.w > 0 else -unit.w * (right + 3)
    tolerance = exercise.rules.tolerance
    for row in MISTAKES:
        if row.numbers is None or row.needs > answer.known:
            continue
        for w, b in row.numbers(answer):
            off_w, off_b = abs(unit.v * (w - unit.w)), abs(unit.v * (b - unit.b))
            if off_w > tolerance.slope or off_b > tolerance.value:
                yield row.code, w, b


def is_ambiguous(exercise: Exercise, planted: Planted) -> bool:
    """Tell whether nobody can know which unit is meant: it has a twin, or is idle beside one."""
    units = exercise.network(planted.parameters).units
    own = units[planted.unit]
    others = [units[k] for k in exercise.free_units if k != planted.unit]
    is_dead = own.active(*exercise.domain) is None
    return own in others or (
        is_dead and any(other.active(*exercise.domain) is None for other in others)
    )
