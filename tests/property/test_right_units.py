"""A slip in one unit blames one unit: 1 to 8 free units, with a spare one, with a shared turn."""

from collections.abc import Iterator
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from grader import Exercise, grade, load_exercise
from grader.exact.network import Network, Unit, UnitSpec
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from shares import always, one_in

RULES = Rules(Tolerance(F(1, 20), F(1, 20), F(1, 20)))
KINDS = [
    (count, spare, shared)
    for count, spare, shared in product(range(1, 9), (False, True), (False, True))
    if count > shared  # one unit shares nothing
]


def made(random: Random, count: int, *, spare: bool, shared: bool) -> tuple[Exercise, list[Unit]]:
    """Return an exercise with so many free units that turn, and the right ones."""
    while True:
        places = random.sample(range(1, 10), count)
        outputs = [F(random.choice([1, 1, 1, 2, -1])) for _ in places]
        if shared:
            places[1], outputs[1] = places[0], outputs[0]
        units = []
        for x, v in zip(places, outputs, strict=True):
            w = F(random.choice([1, 2, 3, -1, -2, -3]), random.choice([1, 2]))
            units.append(Unit(w, -w * x, v))
        units += [Unit(F(0), F(0), F(1))] * spare
        target = Network(tuple(units)).as_piecewise(F(0), F(10))
        try:
            exercise = build(
                id="made",
                title="Made",
                segments=target.segments,
                units=[UnitSpec(None, None, unit.v) for unit in units],
                rules=RULES,
            )
        except ValueError:  # the units came to nothing
            continue
        return exercise, units


def slips(unit: Unit) -> Iterator[Unit]:
    w, b, v = unit
    yield Unit(w, b + F(3, 10), v)
    yield Unit(-w, b, v)
    yield Unit(-w, -b, v)
    yield Unit(w * F(7, 5), b * F(7, 5), v)
    yield Unit(w, -b, v)
    yield Unit(F(0), F(0), v)
    yield Unit(w, F(0), v)


def named(exercise: Exercise, units: list[Unit]) -> tuple[bool, set[int | None]]:
    """Return whether the units earn full marks, and which are called wrong."""
    numbers = {f"w{k}": unit.w for k, unit in enumerate(units)}
    numbers |= {f"b{k}": unit.b for k, unit in enumerate(units)}
    report = grade(exercise, {name: numbers[name] for name in exercise.free})
    passed = all(check.credit == 1 for check in report.checks)
    return passed, {found.unit for found in report.diagnoses} - {None}


def check(exercise: Exercise, units: list[Unit]) -> int:
    """Make every slip in every unit; another unit than that may be meant, but never two."""
    tried = 0
    for k, unit in enumerate(units):
        for slip in slips(unit):
            passed, told = named(exercise, [*units[:k], slip, *units[k + 1 :]])
            assert len(told) == (not passed), (units, k, slip, told)
            tried += 1
    return tried


@pytest.mark.parametrize("seed", always([0], range(4)))
@pytest.mark.parametrize(("count", "spare", "shared"), one_in(3, KINDS))
def test_one_slip_blames_one_unit(count: int, spare: bool, shared: bool, seed: int) -> None:  # noqa: FBT001
    exercise, units = made(Random(f"{count} {seed}"), count, spare=spare, shared=shared)  # noqa: S311
    assert check(exercise, units) == 7 * len(units)


def test_in_spare_unit_two_that_share_a_turn_are_right_together() -> None:
    exercise = load_exercise("spare-unit")
    one, half = F(1), F(1, 10)
    tried = 0
    for tenths in range(1, 10):
        part, rest = tenths * half, one - tenths * half
        for shares in (
            [Unit(-one, -one), Unit(part, -part), Unit(rest, -rest)],
            [Unit(-part, -part), Unit(one, -one), Unit(-rest, -rest)],
        ):
            assert named(exercise, shares) == (True, set())
            tried += check(exercise, shares)
    assert tried > 109


def test_half_given_units_get_a_mistake_of_their_own() -> None:
    """Of all slider settings with the other unit right, few are told no more than the general."""
    exercise = load_exercise("half-given-units")
    for free, right in (("b1", {"w2": F(3, 2)}), ("w2", {"b1": F(-2)})):
        told = []
        for tenths in range(-40, 41):
            found = grade(exercise, right | {free: F(tenths, 10)}).diagnoses
            told += [each.message for each in found]
        general = [text for text in told if "First find the weight" in text]
        moved = [text for text in told if "The turn has to move" in text]
        assert not general
        assert len(told) > 70
        assert len(moved) < len(told) / 2
