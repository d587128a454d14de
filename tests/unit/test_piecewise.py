from fractions import Fraction as F
from math import inf

import pytest

from grader.exact.piecewise import (
    Breakpoint,
    Extreme,
    PiecewiseLinear,
    Segment,
    length_within,
    lines_through,
)


def line(left: int, right: int, slope: int, intercept: int) -> Segment:
    return Segment(F(left), F(right), F(slope), F(intercept))


LAB = PiecewiseLinear([line(0, 1, -2, 2), line(1, 2, 1, -1), line(2, 3, 3, -5)])


def test_the_lab_target() -> None:
    assert LAB.domain == (0, 3)
    assert LAB.breakpoints == (Breakpoint(F(1), F(3)), Breakpoint(F(2), F(2)))
    assert [LAB.value(F(x)) for x in (0, 1, 2, 3)] == [2, 0, 1, 4]
    assert LAB.max_abs(F(0), F(3)) == Extreme(F(4), F(3))
    assert LAB.max_abs(F(0), F(2)) == Extreme(F(2), F(0))
    assert length_within(LAB.clipped(F(0), F(3)), F(1)) == F(3, 2)
    assert length_within(LAB.clipped(F(0), F(3)), F(0)) == 0


def test_neighbours_of_equal_slope_become_one() -> None:
    cut = PiecewiseLinear([line(0, 1, 1, 0), line(1, 2, 1, 0), line(2, 3, 0, 2)])
    assert cut.segments == (line(0, 2, 1, 0), line(2, 3, 0, 2))
    assert cut == PiecewiseLinear([line(0, 2, 1, 0), line(2, 3, 0, 2)])
    assert len({cut, PiecewiseLinear([line(0, 2, 1, 0), line(2, 3, 0, 2)])}) == 1


def test_points_become_lines() -> None:
    assert (
        PiecewiseLinear.from_points([(F(0), F(2)), (F(1), F(0)), (F(2), F(1)), (F(3), F(4))]) == LAB
    )


@pytest.mark.parametrize(
    ("segments", "message"),
    [
        ([], "a function needs at least one segment"),
        ([line(1, 1, 0, 0)], "a segment must go from left to right"),
        ([line(0, 1, 0, 0), line(2, 3, 0, 0)], "segments do not meet at x = 1"),
        ([line(0, 1, 0, 0), line(1, 2, 0, 1)], "the function jumps at x = 1"),
    ],
)
def test_what_is_no_continuous_function_is_refused(segments: list[Segment], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        PiecewiseLinear(segments)


def test_lines_need_two_points_and_increasing_x() -> None:
    with pytest.raises(ValueError, match=r"^a line needs at least two points$"):
        lines_through([(F(0), F(0))])
    with pytest.raises(ValueError, match=r"^x must increase, but 0 follows 1/2$"):
        lines_through([(F(1, 2), F(0)), (F(0), F(0))])


@pytest.mark.parametrize("x", [F(-1, 10**30), 3 + F(1, 10**30)])
def test_there_is_no_value_outside_the_domain(x: F) -> None:
    with pytest.raises(ValueError, match=f"^x = {x} is outside the domain from 0 to 3$"):
        LAB.value(x)


def test_different_domains_cannot_be_combined() -> None:
    with pytest.raises(ValueError, match=r"^functions on different domains cannot be combined$"):
        LAB + PiecewiseLinear([line(0, 2, 0, 0)])


def test_the_leftmost_of_equal_maxima_counts() -> None:
    zigzag = PiecewiseLinear.from_points([(F(x), F((-1) ** x)) for x in range(5)])
    assert zigzag.max_abs(F(0), F(4)) == Extreme(F(1), F(0))
    assert zigzag.max_abs(F(1, 2), F(4)) == Extreme(F(1), F(1))


def test_a_constant_is_within_its_own_size() -> None:
    constant = PiecewiseLinear([line(0, 2, 0, -1)])
    assert length_within(constant.clipped(F(0), F(2)), F(1)) == 2
    assert length_within(constant.clipped(F(0), F(2)), F(99, 100)) == 0


def test_clipping_keeps_what_is_inside() -> None:
    assert LAB.clipped(F(1), F(2)) == [line(1, 2, 1, -1)]
    assert [s.left for s in LAB.clipped(F(1, 2), F(5, 2))] == [F(1, 2), 1, 2]


def test_repr_is_python_and_other_types_are_never_equal() -> None:
    assert repr(PiecewiseLinear([line(0, 1, 2, 3)])) == (
        "PiecewiseLinear([Segment(left=Fraction(0, 1), right=Fraction(1, 1), "
        "slope=Fraction(2, 1), intercept=Fraction(3, 1))])"
    )
    assert (inf == LAB) is False
