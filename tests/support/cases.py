"""Random exercises and submissions in which the interesting things happen often."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from random import Random

from grader.exact.network import UnitSpec
from grader.exact.piecewise import Segment
from grader.exercise.build import build
from grader.exercise.checks import Fade, Rules, Tolerance
from grader.exercise.record import Exercise
from oracle import Case, F, free_names

_SLOPES = [F(n) for n in range(-3, 4)] + [F(1, 3), F(-2, 3), F(1, 2), F(1, 10)]
_TOLERANCES = [F(0), F(1, 20), F(1, 10), F(1, 8), F(1, 3)]
_OUTPUT = [F(1), F(1), F(1), F(2), F(-1), F(1, 3), F(-1, 2)]


def random_case(random: Random) -> tuple[Case, dict[str, Fraction]]:
    """Return an exercise and a right answer to it, where it has one by construction."""
    tolerance = tuple(random.choice(_TOLERANCES) for _ in range(3))
    fade = tuple(random.choice([F(1), F(3, 2), F(2), F(4), F(8)]) for _ in range(3))
    xs = [random.choice([F(0), F(0), F(-2), F(-7, 3), F(1, 2)])]
    for _ in range(random.randint(1, 5)):
        xs.append(xs[-1] + 2 * fade[1] * tolerance[1] + random.choice([F(1), F(1, 3), F(2, 5)]))
    y = random.choice(_SLOPES)
    slope = random.choice(_SLOPES)
    segments = []
    for left, right in pairwise(xs):
        segments.append((left, right, slope, y - slope * left))
        y += slope * (right - left)
        slope = slope if random.random() < 0.1 else random.choice(_SLOPES)
    units, answer = _right_units(random, segments)
    names = [f"segment-{i + 1}" for i in range(len(segments))]
    case = Case(
        tuple(segments),
        tuple(units),
        segments[0][2] * xs[0] + segments[0][3],
        tolerance,
        fade,
        random.choice([F(0), F(1, 2), F(1, 2), F(3, 4), F(9, 10)]),
        random.choice([F(100), F(10), F(7, 3)]),
        {name: F(random.randint(1, 5), 2) for name in names if random.random() < 0.2},
    )
    return case, answer


def _right_units(
    random: Random, segments: list[tuple[Fraction, Fraction, Fraction, Fraction]]
) -> tuple[list[tuple[Fraction | None, Fraction | None, Fraction]], dict[str, Fraction]]:
    start, first = segments[0][0], segments[0][2]
    right = [(abs(first), -abs(first) * start, F(1 if first >= 0 else -1))]
    for before, after in pairwise(segments):
        change = after[2] - before[2]
        v = abs(random.choice(_OUTPUT)) * (1 if change >= 0 else -1)
        right.append((change / v, -change / v * after[0], v))
    for _ in range(random.choice([0, 0, 1, 2])):  # spare units
        v = random.choice([*_OUTPUT, F(0)])
        right.append((F(0), -random.choice([F(0), F(1)]), v))
    random.shuffle(right)
    units: list[tuple[Fraction | None, Fraction | None, Fraction]] = []
    answer = {}
    for k, (w, b, v) in enumerate(right):
        free_w, free_b = random.choice(
            [(True, True)] * 5 + [(False, False), (True, False), (False, True)]
        )
        units.append((None if free_w else w, None if free_b else b, v))
        answer.update({f"w{k}": w} if free_w else {})
        answer.update({f"b{k}": b} if free_b else {})
    return units, answer


def random_parameters(
    random: Random, case: Case, answer: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """Return the right answer with mistakes: exactly at a tolerance, beside it, or anywhere."""
    given = dict(answer)
    pairs = [(f"w{k}", f"b{k}") for k, (w, b, _) in enumerate(case.units) if w is None is b]
    for w, b in pairs:
        if random.random() < 0.4:
            _move(random, case, given, w, b)
    if len(pairs) > 1 and random.random() < 0.2:
        (w1, b1), (w2, b2) = random.sample(pairs, 2)
        given.update({w1: given[w2], w2: given[w1], b1: given[b2], b2: given[b1]})
    for name, value in given.items():
        if random.random() < 0.1:
            given[name] = random.choice([F(0), -value, random.choice(_SLOPES), F(10**9)])
    return given


def _move(random: Random, case: Case, given: dict[str, Fraction], w: str, b: str) -> None:
    """Move a unit's knot, bend or height by a multiple of a tolerance."""
    value, x, slope = case.tolerance
    by = random.choice(
        [F(1), F(-1), *case.fade, -random.choice(case.fade), F(1, 2), F(5), F(1) + F(1, 10**15)]
    )
    what = random.randrange(4)
    if what == 0:
        given[b] -= given[w] * by * x
    elif what == 1 and given[w]:
        factor = 1 + by * slope / abs(given[w])
        given[w], given[b] = given[w] * factor, given[b] * factor
    elif what == 2:
        given[b] += by * value
    else:
        given[w], given[b] = -given[w], -given[b]


def built(case: Case) -> Exercise:
    """Return the case as an exercise; ValueError if the blank passes it or nothing is free."""
    return build(
        id="random",
        title="Random",
        segments=[Segment(*segment) for segment in case.segments],
        units=[UnitSpec(*unit) for unit in case.units],
        bias=case.bias,
        rules=Rules(Tolerance(*case.tolerance), Fade(*case.fade), case.position_credit),
        points=case.points,
        weights=case.weights,
    )


def random_graded(seed: int) -> tuple[Case, Exercise, dict[str, Fraction], Random]:
    """Return an exercise that can be graded, and a submission to it."""
    random = Random(seed)  # noqa: S311 - the same cases every time
    while True:
        case, answer = random_case(random)
        if not free_names(case):
            continue
        try:
            exercise = built(case)
        except ValueError:
            continue
        return case, exercise, random_parameters(random, case, answer), random
