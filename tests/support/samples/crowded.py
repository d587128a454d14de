"""Exercises that give a search much to try: shared turns, ties, spare and half-given units."""

from collections.abc import Callable
from fractions import Fraction as F
from random import Random

from grader.exact.network import Network, Unit, UnitSpec
from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.record import Exercise
from samples.networks import exercise


def _unit(random: Random, v: F, x: F) -> Unit:
    w = F(random.choice([-2, -1, 1, 2]))
    return Unit(w, -w * x, v)


def _given(random: Random, unit: Unit, kinds: str) -> UnitSpec:
    """Return what an author leaves free of a unit: f all, w or b one of the two, x nothing."""
    kind = random.choice(kinds)
    return UnitSpec(None if kind in "fw" else unit.w, None if kind in "fb" else unit.b, unit.v)


def ties(random: Random) -> Exercise:
    """Return units with one output weight, of which several turn at the same x."""
    v = F(random.choice([1, 2]))
    units = [_unit(random, v, F(random.choice([1, 2, 3]))) for _ in range(random.randint(4, 6))]
    target = Network(tuple(units), F(0)).as_piecewise(F(0), F(4))
    return exercise(target, [UnitSpec(None, None, v)] * len(units))


def flat(random: Random) -> Exercise:
    """Return a straight or nearly straight target, on which everything has to cancel."""
    points = [(F(x), F(random.randint(-1, 1))) for x in range(random.randint(1, 3))]
    weights = [F(1), F(-1), F(1), F(-1)] + [F(random.choice([-2, 2]))] * random.randint(0, 2)
    return exercise(
        PiecewiseLinear.from_points([*points, (F(4), F(1))]),
        [UnitSpec(None, None, v) for v in weights],
    )


def spare(random: Random) -> Exercise:
    """Return more free units than the target needs, some of them half given."""
    units = [
        _unit(random, F(random.choice([-2, -1, 1, 2])), F(random.randint(1, 11)))
        for _ in range(random.randint(4, 6))
    ]
    target = Network(tuple(units[: random.randint(1, 3)]), F(0)).as_piecewise(F(0), F(12))
    return exercise(target, [_given(random, unit, "fffwb") for unit in units])


def long(random: Random) -> Exercise:
    """Return many breakpoints, and units of every kind."""
    units = []
    for _ in range(random.randint(4, 10)):
        x = F(random.randint(1, 38), random.choice([1, 2, 3]))
        units.append(_unit(random, F(random.choice([-2, -1, 1, 2])), x))
    target = Network(tuple(units), F(0)).as_piecewise(F(0), F(40))
    more = [UnitSpec(None, None, F(1))] * random.randint(0, 4)
    return exercise(target, [*(_given(random, unit, "ffwbx") for unit in units), *more])


def out_of_reach(random: Random) -> Exercise:
    """Return a target with more breakpoints than there are units, up to three times as many."""
    count = random.choice([4, 5, 6, 8, 12])
    points = [(F(x), F(random.randint(-9, 9))) for x in range(random.randint(count, 3 * count) + 1)]
    units = [UnitSpec(None, None, F(random.choice([-1, 1, 2]))) for _ in range(count)]
    return exercise(PiecewiseLinear.from_points(points), units)


CROWDED: tuple[Callable[[Random], Exercise], ...] = (ties, flat, spare, long, out_of_reach)


def crowded(seed: int) -> Exercise:
    """Return an exercise, each fifth seed one of a kind."""
    random = Random(seed)  # noqa: S311 - the same exercises in every run
    while True:
        try:
            return CROWDED[seed % len(CROWDED)](random)
        except ValueError:  # nothing is free, or nothing is left to do
            continue
