from fractions import Fraction as F

import pytest

from grader.exact.network import Unit, UnitSpec
from grader.exercise.build import check_ids
from grader.exercise.record import free_parameters
from lab import FREE, SEGMENTS, lab


def test_goals_guards_and_worth_of_the_lab() -> None:
    assert [(c.id, c.role, c.blank, c.share, c.worth) for c in lab().checks] == [
        ("segment-1", "guard", 1, F(1, 5), 0),
        ("segment-2", "goal", 0, F(1, 5), 25),
        ("segment-3", "goal", 0, F(1, 5), 25),
        ("breakpoint-1", "goal", 0, F(1, 5), 25),
        ("breakpoint-2", "goal", 0, F(1, 5), 25),
    ]


def test_weights_share_out_the_points() -> None:
    exercise = lab(weights={"segment-2": F(2), "segment-1": F(5)}, points=F(10))
    assert [c.worth for c in exercise.checks] == [0, 4, 2, 2, 2]
    assert [c.share for c in exercise.checks] == [F(1, 2), F(1, 5), F(1, 10), F(1, 10), F(1, 10)]


def test_free_parameters_by_name_in_order() -> None:
    units = [UnitSpec(None, F(1)), UnitSpec(F(1), F(1)), UnitSpec(F(0), None), FREE]
    assert free_parameters(units) == {
        "w0": (0, "w"),
        "b2": (2, "b"),
        "w3": (3, "w"),
        "b3": (3, "b"),
    }
    assert [u.fixed for u in units] == [False, True, False, False]


def test_check_ids() -> None:
    assert check_ids(1) == ["segment-1"]
    assert check_ids(2) == ["segment-1", "segment-2", "breakpoint-1"]
    assert check_ids(0) == []


def test_the_network_with_the_free_parameters_put_in() -> None:
    network = lab().network({"w1": F(1), "b1": F(-1), "w2": F(2), "b2": F(-4)})
    assert network.units == (Unit(F(-2), F(2)), Unit(F(1), F(-1)), Unit(F(2), F(-4)))
    assert lab().domain == (0, 3)


def test_what_is_no_exercise_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^no parameter is free$"):
        lab(units=[UnitSpec(F(1), F(1))])
    with pytest.raises(
        ValueError,
        match=r"^the blank submission, every free parameter 0, already passes every check$",
    ):
        lab(segments=SEGMENTS[:1])
    with pytest.raises(ValueError, match=r"^the function jumps at x = 1$"):
        lab(segments=[SEGMENTS[0], SEGMENTS[1]._replace(intercept=F(0))])
