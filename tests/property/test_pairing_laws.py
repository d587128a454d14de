"""Which unit of a file is which: laws of the assignment and of what `order: any` makes of it."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from grader.exact.network import UnitSpec
from grader.submission.weights.assignment import cheapest
from grader.submission.weights.pairing import FileUnit, is_there, paired, scale

SLACK = Fraction(1, 1 << 22)
few = st.integers(-2, 2).map(Fraction)
signs = st.sampled_from([Fraction(1), Fraction(-1), Fraction(2), Fraction(1, 3)])
specs = st.builds(UnitSpec, st.none() | few, st.none() | few, signs)
factors = st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 7)])
Cost = tuple[Fraction | int, ...]


@st.composite
def costs(draw: st.DrawFn) -> list[list[Cost]]:
    rows = draw(st.integers(0, 4))
    columns = draw(st.integers(rows, 5))
    cost = st.tuples(st.integers(0, 2), st.fractions(0, 3, max_denominator=5), st.integers(0, 9))
    line = st.lists(cost, min_size=columns, max_size=columns)
    return draw(st.lists(line, min_size=rows, max_size=rows))  # type: ignore[arg-type]


def added(costs: Sequence[Sequence[Cost]], places: Sequence[int]) -> list[Fraction]:
    taken = [row[at] for row, at in zip(costs, places, strict=True)]
    return [sum(map(Fraction, kind), Fraction(0)) for kind in zip(*taken, strict=True)]


@given(costs())
def test_no_other_assignment_costs_less(table: list[list[Cost]]) -> None:
    places = cheapest(table)
    assert len(set(places)) == len(table)
    columns = len(table[0]) if table else 0
    assert added(table, places) == min(
        added(table, others) for others in permutations(range(columns), len(table))
    )


@st.composite
def trained(draw: st.DrawFn) -> tuple[list[UnitSpec], list[FileUnit], list[int]]:
    """Return an exercise's units, a file that has all of them, and where each of them is.

    Each is scaled by what its output weight takes out again.
    """
    asked = draw(st.lists(specs, min_size=1, max_size=6))
    order = draw(st.permutations(range(len(asked))))
    units: list[FileUnit] = []
    for k in order:
        spec, factor = asked[k], draw(factors)
        w = draw(few) if spec.w is None else spec.w
        b = draw(few) if spec.b is None else spec.b
        units.append(FileUnit(w / factor, b / factor, spec.v * factor))
    return asked, units, [list(order).index(k) for k in range(len(asked))]


def bends(unit: FileUnit, factor: Fraction, v: Fraction) -> tuple[Fraction, Fraction, bool]:
    """Return the function that a unit is: v*relu(w*x + b) is |v|*w, |v|*b and the sign of v."""
    return unit.w * factor * abs(v), unit.b * factor * abs(v), v > 0


@given(trained())
def test_a_file_that_has_all_given_units_fits_in_every_order(
    case: tuple[list[UnitSpec], list[FileUnit], list[int]],
) -> None:
    asked, units, _ = case
    places = paired(units, asked, SLACK, in_any_order=True)
    assert sorted(places) == list(range(len(units)))
    for spec, at in zip(asked, places, strict=True):
        factor = scale(units[at], spec.v)
        assert factor is not None
        assert is_there(units[at].w * factor, spec.w, SLACK)
        assert is_there(units[at].b * factor, spec.b, SLACK)


@given(trained())
def test_the_function_is_the_file_s_own(
    case: tuple[list[UnitSpec], list[FileUnit], list[int]],
) -> None:
    asked, units, own = case
    places = paired(units, asked, SLACK, in_any_order=True)
    made, meant = (
        sorted(
            bends(units[at], scale(units[at], spec.v) or Fraction(0), spec.v)
            for spec, at in zip(asked, each, strict=True)
        )
        for each in (places, own)
    )
    assert made == meant


@given(trained())
def test_a_file_in_the_exercise_s_order_stays_in_it(
    case: tuple[list[UnitSpec], list[FileUnit], list[int]],
) -> None:
    asked, units, own = case
    in_order = [units[at] for at in own]
    places = paired(in_order, asked, SLACK, in_any_order=True)
    given_units = [k for k, spec in enumerate(asked) if (spec.w, spec.b) != (None, None)]
    assert [places[k] for k in given_units] == given_units


numbers = st.tuples(few, few, st.none() | signs)


@given(st.lists(specs, min_size=1, max_size=4), st.data())
def test_fully_given_units_choose_before_half_given_ones(
    asked: list[UnitSpec], data: st.DataObject
) -> None:
    """Against every order of the units: none has more fully given units, or has them nearer."""
    count = len(asked)
    units = [FileUnit(*data.draw(numbers)) for _ in range(count)]
    places = paired(units, asked, SLACK, in_any_order=True)
    assert sorted(places) == list(range(count))
    assert fit(units, asked, places) == min(
        fit(units, asked, others) for others in permutations(range(count))
    )


def fit(
    units: Sequence[FileUnit], asked: Sequence[UnitSpec], places: Sequence[int]
) -> list[Fraction]:
    """Return how far given units are from the file's: fully given ones first, then half-given."""
    worth = [Fraction(0)] * 5
    for k, (spec, at) in enumerate(zip(asked, places, strict=True)):
        if spec.w is None and spec.b is None:
            continue
        kind, factor = (0 if spec.fixed else 2), scale(units[at], spec.v)
        worth[4] += (k - at) ** 2
        if factor is None:
            worth[kind] += 2
            continue
        away = [
            (number * factor, given)
            for number, given in ((units[at].w, spec.w), (units[at].b, spec.b))
            if given is not None
        ]
        worth[kind] += any(abs(number - given) > SLACK * abs(given) for number, given in away)
        worth[kind + 1] += sum((number - given) ** 2 for number, given in away)
    return worth
