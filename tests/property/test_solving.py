"""Solving against networks that are known, against reasons that are known, and against z3."""

from fractions import Fraction
from itertools import chain
from random import Random

import pytest
import z3

from grader.authoring.solving.families import Family
from grader.authoring.solving.residual import Residual, residual
from grader.authoring.solving.solve import SOLVABLE, solve
from grader.authoring.solving.solve import UNSOLVABLE as NOT_SOLVABLE
from grader.exact.network import Network, Unit, UnitSpec
from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.evidence import examine
from grader.exercise.record import Exercise
from right_answers import contains
from samples.networks import UNSOLVABLE, exercise, solvable, unsolvable
from shares import always, one_in

ROUNDS = 500
MOST_CHECKED = 40  # of the families of one exercise; most have a handful
GROUPS = 20
FEW, REASONED = 8, 125  # of each of the four reasons


@pytest.mark.parametrize("group", one_in(5, range(GROUPS)))
def test_the_network_behind_a_target_is_among_its_answers_and_all_are_right(group: int) -> None:
    for seed in range(group, ROUNDS, GROUPS):
        made, network = solvable(seed)
        solution = solve(made)
        assert solution.status == SOLVABLE, seed
        rest = residual(made)
        found = any(contains(family, rest, network) for family in solution.families)
        assert found or solution.unsearched, seed
        for family in solution.families[:MOST_CHECKED]:
            check(made, rest, family)


def check(made: Exercise, rest: Residual, family: Family) -> None:
    """An answer gets full marks, and meets the conditions of its own family."""
    network = made.network(family.example)
    findings = examine(made, made.checks, network)
    assert all(finding.credit == 1 for finding in findings), family
    assert contains(family, rest, network), family
    for name, form in family.known.items():
        assert form.value(family.example) == family.example[name], family
    for form, closed in family.inequalities:
        value = form.value(family.example)
        assert value >= 0 if closed else value > 0, family


def test_other_answers_of_a_set_are_right_too() -> None:
    random = Random(7)  # noqa: S311 - the same numbers every time
    sampled = 0
    for seed in range(60):
        made, _ = solvable(seed)
        for family in solve(made).families[:MOST_CHECKED]:
            if family.dimension and not family.meeting:
                sampled += sum(is_right(made, family, random) for _ in range(4))
    assert sampled >= 100


def is_right(made: Exercise, family: Family, random: Random) -> bool:
    """Check an answer beside the example; False if it is outside the set."""
    bound = {n for form in family.known.values() for n in form.coefficients}
    bound |= {n for form, _ in family.inequalities for n in form.coefficients}
    values = dict(family.example)
    for name in bound - family.known.keys():
        values[name] += Fraction(random.randint(-20, 20), 10)
    values |= {name: form.value(values) for name, form in family.known.items()}
    for form, closed in family.inequalities:
        value = form.value(values)
        if value < 0 or (not value and not closed):
            return False
    findings = examine(made, made.checks, made.network(values))
    assert all(finding.credit == 1 for finding in findings), (family, values)
    return True


@pytest.mark.parametrize("seeds", always([FEW], [FEW, REASONED]))
@pytest.mark.parametrize("code", UNSOLVABLE)
def test_what_cannot_be_solved_is_proved_with_its_reason(code: str, seeds: int) -> None:
    for seed in range(seeds):
        solution = solve(unsolvable(code, seed), approximate=False)
        assert solution.status == NOT_SOLVABLE, seed
        assert solution.proof is not None
        assert solution.proof.code == code, seed


def test_the_nearest_network_is_as_far_off_as_is_said() -> None:
    for code, seed in ((code, seed) for code in UNSOLVABLE for seed in range(2)):
        made = unsolvable(code, seed)
        near = solve(made).nearest
        assert near is not None
        function = made.network(near.parameters).as_piecewise(*made.domain)
        assert (function - made.target).max_abs(*made.domain) == near.error
        assert near.error.value > 0


def relu(z: z3.ArithRef) -> z3.ArithRef:
    return z3.If(z > 0, z, 0)


def real(value: Fraction) -> z3.RatNumRef:
    return z3.Q(value.numerator, value.denominator)


def line_by_line(target: PiecewiseLinear, x: z3.ArithRef) -> z3.ArithRef:
    """Return the target's value at an x that z3 has to find."""
    result = None
    for segment in reversed(target.segments):
        value = real(segment.slope) * x + real(segment.intercept)
        result = value if result is None else z3.If(x <= real(segment.right), value, result)
    return result


def decided_by_z3(made: Exercise) -> bool:
    """Tell whether there is an answer: two such functions are equal if they are where they turn."""
    units = [
        (
            z3.Real(f"w{k}") if unit.w is None else real(unit.w),
            z3.Real(f"b{k}") if unit.b is None else real(unit.b),
            real(unit.v),
        )
        for k, unit in enumerate(made.units)
    ]

    def network(x: z3.ArithRef) -> z3.ArithRef:
        return real(made.bias) + z3.Sum([v * relu(w * x + b) for w, b, v in units])

    left, right = made.domain
    solver = z3.Solver()
    solver.set("timeout", 20_000)
    for x in (left, right, *(turn.x for turn in made.target.breakpoints)):
        solver.add(network(real(x)) == real(made.target.value(x)))
    for k, (w, b, _) in enumerate(units):
        knot = z3.Real(f"p{k}")
        outside = z3.Or(knot <= real(left), knot >= real(right))
        equal = network(knot) == line_by_line(made.target, knot)
        solver.add(z3.Or(w == 0, z3.And(knot * w + b == 0, z3.Or(outside, equal))))
    answer = solver.check()
    assert answer != z3.unknown
    return bool(answer == z3.sat)


def small(made: Exercise) -> bool:
    return len(made.units) <= 2


def sample_for_z3() -> list[Exercise]:
    made = [one for one, _ in map(solvable, range(80)) if small(one)]
    reasons = (unsolvable(code, seed) for code in UNSOLVABLE for seed in range(20))
    moved = (other_target(one) for one in made)
    return [*made, *(one for one in chain(reasons, moved) if small(one))]


def other_target(made: Exercise) -> Exercise:
    """Return an exercise with the same units and a target that was not made for them."""
    left, right = made.domain
    units = (Unit(Fraction(1), -(left + right) / 2), Unit(Fraction(-1), left + 1))
    target = Network(units, Fraction(1)).as_piecewise(left, right)
    free = [UnitSpec(None, unit.b, unit.v) for unit in made.units]
    return exercise(target, free, made.bias)


def of_all_kinds(seed: int) -> Exercise:
    """Return a line to be drawn by a fixed weight, a fixed bias and a free unit."""
    random = Random(seed)  # noqa: S311 - the same numbers every time
    w, b, *weights = (Fraction(random.choice([-2, -1, 1, 2])) for _ in range(5))
    ends = [(Fraction(x), Fraction(random.randint(-9, 9), 2)) for x in (-1, 2)]
    kinds = ((w, None), (None, b), (None, None))
    units = [UnitSpec(*kind, v) for kind, v in zip(kinds, weights, strict=True)]
    return exercise(PiecewiseLinear.from_points(ends), units)


@pytest.mark.parametrize("seeds", always([20], [20, 40]))
def test_z3_agrees_where_units_of_all_kinds_may_turn_together(seeds: int) -> None:
    found = set()
    for seed in range(seeds):
        made = of_all_kinds(seed)
        status = solve(made, approximate=False).status
        assert (status == SOLVABLE) == decided_by_z3(made), made
        found.add(status)
    assert found == {SOLVABLE, NOT_SOLVABLE}


@pytest.mark.parametrize("every", always([8], [8, 1]))
def test_z3_agrees(every: int) -> None:
    sample = sample_for_z3()
    for made in sample[::every]:
        solution = solve(made, approximate=False)
        assert (solution.status == SOLVABLE) == decided_by_z3(made), made
    assert len(sample) >= 60
