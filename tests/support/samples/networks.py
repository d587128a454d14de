"""Exercises made from random networks, and ones that cannot be solved, each for a known reason."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random

from grader.exact.network import Network, Unit, UnitSpec
from grader.exact.piecewise import PiecewiseLinear, Segment, lines_through
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.exercise.record import Exercise

NO_TOLERANCE = Rules(Tolerance(Fraction(0), Fraction(0), Fraction(0)))
KINDS = ["free"] * 5 + ["fixed", "only b free", "only w free"]


def exercise(
    target: PiecewiseLinear, units: list[UnitSpec], bias: Fraction = Fraction(0)
) -> Exercise:
    return build(
        id="x", title="x", segments=target.segments, units=units, bias=bias, rules=NO_TOLERANCE
    )


def through(points: Sequence[tuple[int, int]], *units: UnitSpec) -> Exercise:
    """Return an exercise whose target goes through the points, with tolerances of 1/20."""
    slack = Fraction(1, 20)
    return build(
        id="example",
        title="Example",
        segments=lines_through([(Fraction(x), Fraction(y)) for x, y in points]),
        units=units,
        rules=Rules(Tolerance(slack, slack, slack)),
        reveal="answers",
    )


def number(random: Random, size: int = 4, denominators: tuple[int, ...] = (1, 1, 2, 3)) -> Fraction:
    return Fraction(random.randint(-size, size), random.choice(denominators))


def solvable(seed: int) -> tuple[Exercise, Network]:
    """Return an exercise with up to 4 units that can do anything, and the network behind it."""
    random = Random(seed)  # noqa: S311 - the same networks in every run
    while True:
        count = random.randint(1, 4)
        weights = [Fraction(random.choice([1, 1, 1, -1, -1, 2, -3, 0])) for _ in range(count)]
        units = tuple(Unit(number(random), number(random), v) for v in weights)
        network = Network(units, Fraction(random.choice([0, 0, 1, -2])))
        left = Fraction(random.randint(-3, 1))
        target = network.as_piecewise(left, left + random.randint(1, 4))
        specs = [_spec(unit, random.choice(KINDS)) for unit in units]
        try:
            return exercise(target, specs, network.bias), network
        except ValueError:  # nothing is free, or nothing is left to do
            continue


def _spec(unit: Unit, kind: str) -> UnitSpec:
    w = unit.w if kind in {"fixed", "only b free"} else None
    b = unit.b if kind in {"fixed", "only w free"} else None
    return UnitSpec(w, b, unit.v)


def _free(weights: list[int]) -> list[UnitSpec]:
    return [UnitSpec(None, None, Fraction(v)) for v in weights]


def _target(start: int, slope: int, changes: list[int]) -> PiecewiseLinear:
    """Return a target from 0 on with these slope changes at 1, 2, ..."""
    segments, x, value = [], Fraction(0), Fraction(start)
    for change in [0, *changes]:
        slope += change
        segments.append(Segment(x, x + 1, Fraction(slope), value - slope * x))
        x, value = x + 1, value + slope
    return PiecewiseLinear(segments)


def too_many(random: Random) -> Exercise:
    """Return one more breakpoint than free units."""
    count = random.randint(1, 4)
    changes = [random.choice([-3, -2, -1, 1, 2, 3]) for _ in range(count + 1)]
    return exercise(_target(random.randint(1, 4), 0, changes), _free([1, -1, 1, -1][:count]))


def wrong_direction(random: Random) -> Exercise:
    """Return a bend down for units that bend up, or the other way."""
    count = random.choice([1, 2, 2, 3, 3, 3, 4])
    changes = [random.randint(1, 4) for _ in range(count)]
    changes[random.randrange(count)] *= -1
    sign = random.choice([1, -1])
    units = _free([sign * random.randint(1, 3) for _ in range(count)])
    return exercise(_target(9, 0, [change * sign for change in changes]), units)


def no_slope(random: Random) -> Exercise:
    """Return a rising start for units that are all needed to bend up."""
    count = random.choice([1, 2, 2, 3, 3, 3, 4])
    changes = [random.randint(1, 4) for _ in range(count)]
    units = _free([random.randint(1, 3) for _ in range(count)])
    return exercise(_target(random.randint(1, 5), random.randint(1, 4), changes), units)


def no_offset(random: Random) -> Exercise:
    """Return a target lifted by a constant that no unit is left to supply."""
    count = random.choice([1, 2, 2, 3, 3, 3, 4])
    changes = [random.randint(1, 4) for _ in range(count)]
    units = _free([random.randint(1, 3) for _ in range(count)])
    return exercise(_target(random.randint(1, 5), 0, changes), units)


UNSOLVABLE: dict[str, Callable[[Random], Exercise]] = {
    "too-many-breakpoints": too_many,
    "wrong-direction": wrong_direction,
    "slope-not-supplied": no_slope,
    "offset-not-supplied": no_offset,
}


def unsolvable(code: str, seed: int) -> Exercise:
    return UNSOLVABLE[code](Random(seed))  # noqa: S311 - the same exercises in every run
