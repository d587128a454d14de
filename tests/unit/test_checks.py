"""Each rule for a check, on numbers that a person can follow."""

from fractions import Fraction as F

import pytest

from grader.exact.network import Knot
from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.checks import (
    Rules,
    SegmentFinding,
    Tolerance,
    check_breakpoint,
    check_segment,
    faded,
    within,
)

RULES = Rules(Tolerance(F(1, 10), F(1, 10), F(1, 10)))


def knots(*given: tuple[str, int | str]) -> list[Knot]:
    """Unit 0 is the first one given, and so on."""
    return sorted(Knot(F(x), F(bend), k) for k, (x, bend) in enumerate(given))


@pytest.mark.parametrize(
    ("height", "credit", "basis", "coverage"),
    [
        ("0", 1, "full", 1),
        ("0.1", 1, "full", 1),
        ("0.101", F(699, 700), "near", F(100, 101)),
        ("0.2", F(6, 7), "near", F(1, 2)),
        ("0.45", F(1, 2), "near", F(2, 9)),
        ("0.799", F(1, 700), "near", F(100, 799)),
        ("0.8", 0, "none", F(1, 8)),
    ],
)
def test_a_segments_tolerance_is_closed(height: str, credit: F, basis: str, coverage: F) -> None:
    error = PiecewiseLinear.from_points([(F(0), F(0)), (F(2), F(height))])
    at = F(2) if F(height) else F(0)
    assert check_segment(error, F(0), F(2), RULES) == SegmentFinding(
        F(credit), basis, F(height), at, F(coverage)
    )


ONE_FREE, TWO_FREE, THREE_FREE = {0}, {0, 1}, {0, 1, 2}


@pytest.mark.parametrize(
    ("there", "free", "credit", "basis", "found"),
    [
        (knots(("1", 3)), ONE_FREE, 1, "full", 3),
        (knots(("1.1", "3.1")), ONE_FREE, 1, "full", "3.1"),
        (knots(("0.9", "2.9")), ONE_FREE, 1, "full", "2.9"),
        (knots(("1", 1), ("1.05", 2)), TWO_FREE, 1, "full", 3),
        (knots(("1", 3), ("1", 1)), TWO_FREE, 1, "own-unit", 4),
        (knots(("1", 2), ("1", 2), ("1", 1)), {0, 1}, 1, "own-unit", 5),
        (knots(("1", 3), ("1", 1), ("1", 1)), THREE_FREE, F(1, 2), "position", 5),
        (knots(("1.25", 3)), ONE_FREE, F(1, 2), "near", 0),
        (knots(("1.2", "3.3")), ONE_FREE, F(1, 3), "near", 0),
        (knots(("1.3", "3.2")), ONE_FREE, F(1, 3), "near", 0),
        (knots(("1.2", "3.4")), ONE_FREE, 0, "none", 0),
        (knots(("1.4", 3)), ONE_FREE, 0, "none", 0),
        (knots(("1.2", 1), ("1.1", 2)), TWO_FREE, F(2, 3), "near", 2),
        (knots(("1.2", 3), ("1.1", 9)), TWO_FREE, F(2, 3), "near", 9),
        (knots(("1.2", 3), ("1.3", 1), ("1.3", 1)), THREE_FREE, 0, "none", 0),
        (knots(("1", 2)), ONE_FREE, F(1, 3), "position", 2),
        (knots(("1", 6)), ONE_FREE, F(1, 4), "position", 6),
        (knots(("1", 1), ("1", 4)), {0}, 0, "none", 5),
        (knots(("1", -3)), ONE_FREE, 0, "none", -3),
        (knots(), ONE_FREE, 0, "none", 0),
    ],
)
def test_a_breakpoint_of_slope_change_3_at_1(
    there: list[Knot], free: set[int], credit: F, basis: str, found: F
) -> None:
    finding = check_breakpoint(there, free, F(1), F(3), RULES)
    assert finding[:3] == (F(credit), basis, F(found))
    assert (finding.near is not None) == (basis == "near")
    assert finding.near is None or finding.near.credit == finding.credit


def test_of_near_and_position_the_larger_counts() -> None:
    there = knots(("1", "2.75"))
    generous = RULES._replace(position_credit=F(3, 4))
    near = check_breakpoint(there, ONE_FREE, F(1), F(3), RULES)
    more = check_breakpoint(there, ONE_FREE, F(1), F(3), generous)
    assert (near.credit, near.basis) == (F(1, 2), "near")
    assert (more.credit, more.basis) == (F(3, 4) * F(275, 300), "position")


def test_near_is_named_where_near_and_position_give_the_same() -> None:
    equal = RULES._replace(position_credit=F(6, 11))
    found = check_breakpoint(knots(("1", "2.75")), ONE_FREE, F(1), F(3), equal)
    assert (found.credit, found.basis) == (F(1, 2), "near")


@pytest.mark.parametrize(
    ("off", "tolerance", "times", "credit"),
    [
        ("0.05", "0.05", 8, 1),
        ("0.1", "0.05", 8, F(6, 7)),
        ("0.4", "0.05", 8, 0),
        ("0.5", "0.05", 8, 0),
        ("0", "0", 8, 1),
        ("0.001", "0", 8, 0),
        ("0.1", "0.1", 1, 1),
        ("0.1001", "0.1", 1, 0),
    ],
)
def test_credit_fades_in_a_straight_line(off: str, tolerance: str, times: int, credit: F) -> None:
    assert faded(F(off), F(tolerance), F(times)) == credit


def test_no_slope_change_needs_no_knot() -> None:
    assert check_breakpoint([], set(), F(1), F(0), RULES).basis == "full"
    assert check_breakpoint(knots(("1", 1)), ONE_FREE, F(1), F(0), RULES).credit == 0


def test_within_takes_both_ends() -> None:
    three = knots(("0.9", 1), ("1", 1), ("1.1", 1))
    assert list(within(three, F(1), F(1, 10))) == three
    assert list(within(three, F(1), F(0))) == [three[1]]
