"""Laws of the algebra of piecewise-linear functions, each checked at points of its own."""

from fractions import Fraction
from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.exact.network import Network, Unit
from grader.exact.piecewise import PiecewiseLinear, Segment, length_within

small = st.fractions(min_value=-4, max_value=4, max_denominator=6)
positive = st.fractions(min_value=Fraction(1, 6), max_value=3, max_denominator=6)
shares = st.fractions(min_value=0, max_value=1, max_denominator=60)
LEFT, RIGHT = Fraction(-2), Fraction(5)


@st.composite
def functions(draw: st.DrawFn) -> PiecewiseLinear:
    """Return a function on [-2, 5] through random points, some of them on one line."""
    widths = draw(st.lists(positive, min_size=1, max_size=6))
    scale = (RIGHT - LEFT) / sum(widths)
    xs = [LEFT, *(LEFT + w * scale for w in accumulate(widths))]
    ys = draw(st.lists(st.integers(-3, 3), min_size=len(xs), max_size=len(xs)))
    return PiecewiseLinear.from_points([(x, Fraction(y)) for x, y in zip(xs, ys, strict=True)])


units = st.lists(st.builds(Unit, small, small, small), max_size=6).map(tuple)
networks = st.builds(Network, units, small)


def at(share: Fraction) -> Fraction:
    return LEFT + share * (RIGHT - LEFT)


@given(networks, shares)
def test_as_piecewise_equals_direct_evaluation_at_any_x(network: Network, share: Fraction) -> None:
    x = at(share)
    assert network.as_piecewise(LEFT, RIGHT).value(x) == network.value(x)
    units_there = sum((u.v * max(u.w * x + u.b, 0) for u in network.units), network.bias)
    assert network.value(x) == units_there


@given(networks)
def test_breakpoints_of_a_network_are_its_knots_whose_bends_do_not_cancel(network: Network) -> None:
    sums: dict[Fraction, Fraction] = {}
    for knot in network.knots(LEFT, RIGHT):
        sums[knot.x] = sums.get(knot.x, Fraction(0)) + knot.bend
    expected = [(x, bend) for x, bend in sorted(sums.items()) if bend]
    assert list(network.as_piecewise(LEFT, RIGHT).breakpoints) == expected


@given(functions(), functions(), shares)
def test_sum_and_difference_are_pointwise(
    f: PiecewiseLinear, g: PiecewiseLinear, share: Fraction
) -> None:
    x = at(share)
    assert (f + g).value(x) == f.value(x) + g.value(x)
    assert (f - g).value(x) == f.value(x) - g.value(x)


@given(functions(), functions(), functions())
def test_functions_form_a_commutative_group(
    f: PiecewiseLinear, g: PiecewiseLinear, h: PiecewiseLinear
) -> None:
    zero = f - f
    assert f + g == g + f
    assert (f + g) + h == f + (g + h)
    assert (f + g) - g == f
    assert f + zero == f
    assert zero.segments == (Segment(LEFT, RIGHT, Fraction(0), Fraction(0)),)


@given(functions(), functions())
def test_equal_means_the_same_function(f: PiecewiseLinear, g: PiecewiseLinear) -> None:
    xs = sorted({s.left for s in (*f.segments, *g.segments)} | {RIGHT})
    same = all(f.value(x) == g.value(x) for x in xs)
    assert (f == g) is same
    if same:
        assert hash(f) == hash(g)


@given(functions(), st.lists(shares, max_size=5))
def test_cutting_a_function_into_more_segments_changes_nothing(
    f: PiecewiseLinear, cuts: list[Fraction]
) -> None:
    xs = sorted({at(c) for c in cuts} | {s.left for s in f.segments} | {RIGHT})
    again = PiecewiseLinear.from_points([(x, f.value(x)) for x in xs])
    assert again == f
    assert hash(again) == hash(f)
    assert all(a.slope != b.slope for a, b in pairwise(again.segments))
    assert all(a.value(a.right) == b.value(b.left) for a, b in pairwise(again.segments))


@given(functions(), shares, shares, shares)
def test_the_maximum_is_a_bound_is_attained_and_is_the_leftmost(
    f: PiecewiseLinear, one: Fraction, other: Fraction, share: Fraction
) -> None:
    left, right = sorted((at(one), at(other)))
    if left == right:
        right += 1
        left -= 1
        left, right = max(left, LEFT), min(right, RIGHT)
    worst = f.max_abs(left, right)
    x = left + share * (right - left)
    assert abs(f.value(x)) <= worst.value
    assert left <= worst.x <= right
    assert abs(f.value(worst.x)) == worst.value
    if x < worst.x:
        assert abs(f.value(x)) < worst.value


@settings(max_examples=60)
@given(functions(), st.fractions(min_value=0, max_value=3, max_denominator=4), shares)
def test_the_length_within_a_bound_is_exact(
    f: PiecewiseLinear, bound: Fraction, cut: Fraction
) -> None:
    middle = at(cut)
    whole = length_within(f.segments, bound)
    assert 0 <= whole <= RIGHT - LEFT
    assert whole <= length_within(f.segments, bound + 1)
    if LEFT < middle < RIGHT:  # lengths add up
        parts = [f.clipped(LEFT, middle), f.clipped(middle, RIGHT)]
        assert sum(length_within(part, bound) for part in parts) == whole
    assert (f.max_abs(LEFT, RIGHT).value <= bound) is (whole == RIGHT - LEFT)
    crossings = {LEFT, RIGHT, *(s.left for s in f.segments)}
    for left, right, slope, intercept in f.segments:
        for height in (bound, -bound):
            if slope and left < (x := (height - intercept) / slope) < right:
                crossings.add(x)
    inside = sum(
        b - a for a, b in pairwise(sorted(crossings)) if abs(f.value((a + b) / 2)) <= bound
    )
    assert whole == inside
