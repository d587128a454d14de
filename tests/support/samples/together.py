"""Right answers as free as units allow: they share turns, cancel, draw lines together or rest."""

from fractions import Fraction as F
from random import Random

from grader import Exercise
from grader.exact.network import Network, Unit, UnitSpec
from grader.exercise.build import build
from grader.exercise.checks import Rules


def _number(random: Random) -> F:
    return F(random.choice([-3, -2, -1, 1, 2, 3]), random.choice([1, 1, 2]))


def _unit_beside(random: Random, units: list[Unit], place: int) -> Unit:
    """Return a unit that shares the last one's turn, cancels it there, draws a line or turns."""
    v, how, w = F(random.choice([1, 1, -1, -1, 2, -2])), random.random(), _number(random)
    if units and units[-1].w and how < 0.3:
        last = units[-1]
        w = random.choice([w, last.bend / v, -last.bend / v])
        return Unit(w, last.b / last.w * w, v)
    if how < 0.45:
        return Unit(w, max(F(0), -5 * w) + random.randint(0, 2), v)
    return Unit(F(0), F(0), v) if how < 0.5 else Unit(w, -w * place, v)


def made(random: Random, rules: Rules, given: float) -> tuple[Exercise, list[Unit]]:
    """Return an exercise of 2 to 4 units, a share of them partly given, and a right answer."""
    while True:
        units: list[Unit] = []
        for place in random.sample(range(1, 5), random.randint(2, 4)):
            units.append(_unit_beside(random, units, place))
        specs = [
            UnitSpec(*random.choice([(w, None), (None, b)]), v)
            if random.random() < given
            else UnitSpec(None, None, v)
            for w, b, v in units
        ]
        segments = Network(tuple(units)).as_piecewise(F(0), F(5)).segments
        try:
            exercise = build(
                id="made",
                title="Made",
                segments=segments,
                units=specs,
                rules=rules,
                reveal="answers",
            )
        except ValueError:  # the units come to nothing
            continue
        return exercise, units


def spoiled(random: Random, exercise: Exercise, units: list[Unit], wrong: int) -> list[Unit]:
    """Return the units with at least one and at most so many made wrong, never all."""
    found = list(units)
    for k in random.sample(range(len(units)), random.randint(1, min(wrong, len(units) - 1))):
        spec = exercise.units[k]
        w = _number(random) if spec.w is None else spec.w
        found[k] = Unit(w, 2 * _number(random) if spec.b is None else spec.b, spec.v)
    return found
