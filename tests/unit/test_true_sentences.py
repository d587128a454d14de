"""What is said of a wrong unit is true of it: kinds of false sentences, each with a submission."""

from fractions import Fraction as F

import pytest

from grader import Exercise, grade, load_exercise
from grader.exact.network import UnitSpec
from grader.exact.piecewise import lines_through
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance

TWENTIETH = Rules(Tolerance(F(1, 20), F(1, 20), F(1, 20)))


def told(exercise: Exercise | str, **parameters: float | str | F) -> dict[int | None, str]:
    """Return code and message of each unit that is named."""
    loaded = load_exercise(exercise) if isinstance(exercise, str) else exercise
    found = grade(loaded, {name: F(value) for name, value in parameters.items()}).diagnoses
    return {each.unit: f"{each.code}: {each.message}" for each in found}


def made(points: str, units: str, bias: str = "0", rules: Rules = TWENTIETH) -> Exercise:
    """Return an exercise through points "x,y x,y ...", with units "w,b,v ...", ? where free."""
    corners = [tuple(F(n) for n in pair.split(",")) for pair in points.split()]
    rows = [[None if n == "?" else F(n) for n in row.split(",")] for row in units.split()]
    return build(
        id="made",
        title="Made",
        segments=lines_through([(x, y) for x, y in corners]),
        units=[UnitSpec(w, b, v or F(0)) for w, b, v in rows],
        bias=F(bias),
        rules=rules,
    )


SHARED_TURN = made("0,4 0.75,1 2.5,1 5,33.5", "?,-12.5,2 -4,3,1 3,?,1", "1")
SEVEN = made("0,32 1,26 2,21 3,18 4,18 5,19 6,22 7,28", " ".join(["?,?,1"] * 7))
LINE = made("0,1 3,4", "?,?,1")


def test_of_units_that_share_a_turn_only_the_wrong_one_is_named() -> None:
    half = {"w0": -1, "b0": -1, "w1": "1/2", "b1": "-1/2"}
    found = told("spare-unit", **half, w2="1/2", b2="-0.3")
    assert list(found) == [2]
    assert found[2].startswith("knot-off: ")
    thirds = {"w0": -1, "b0": -1, "w1": "1/2", "b1": "-1/2"}
    found = told("spare-unit", **thirds, w2="1/4", b2="-1/4")
    assert list(found) == [2]
    assert found[2].startswith("slope-change-off: ")


def test_where_only_a_shared_turn_is_right_the_wrong_unit_is_named() -> None:
    found = told(SHARED_TURN, w0=5, b2="-7.35")
    assert list(found) == [2]
    assert told(SHARED_TURN, w0=5, b2="-7.5") == {}
    assert list(told(SHARED_TURN, w0=5, b2=0)) == [2]
    assert list(told(SHARED_TURN, w0=3, b2="-7.5")) == [0]


def test_of_more_units_than_are_compared_in_full_a_slip_blames_one() -> None:
    right = ["1 -1", "2 -4", "3 -9", "-1 4", "-2 10", "-3 18", "0 0"]
    answer = {}
    for k, (w, b) in enumerate(unit.split() for unit in right):
        answer |= {f"w{k}": F(w), f"b{k}": F(b)}
    for k in range(6):
        for slip in ({f"b{k}": answer[f"b{k}"] + F(3, 10)}, {f"w{k}": -answer[f"w{k}"]}):
            assert list(told(SEVEN, **answer | slip)) == [k], slip
        mirrored = {f"w{k}": -answer[f"w{k}"], f"b{k}": -answer[f"b{k}"]}
        assert list(told(SEVEN, **answer | mirrored)) == [k]


def test_a_mistake_comes_first_only_if_it_explains_something_wrong() -> None:
    found = told("flat-roof", w0=-2, b0=2, w1=-1, b1=3)
    (message,) = found.values()
    assert message.startswith("wrong-side: ")


def test_permuted_are_only_units_that_do_each_others_work() -> None:
    lab = "relu-three-segments"
    assert None not in told(lab, w1=2, b1="3.5", w2=1, b2=-1)
    assert told(lab, w1=2, b1=-4, w2=1, b2=-1)[None].startswith("units-permuted: ")


def test_unrecognised_names_one_breakpoint() -> None:
    found = told("relu-three-segments", w1=3, b1="-3.9", w2=2, b2=-4)
    assert found[1].startswith("unrecognised: ")
    assert "breakpoint" not in found[1]
    assert "x = 1 " in found[1]
    assert "x = 2 " not in found[1].replace("At x = 2 the target is", "")


def test_a_given_parameter_is_neither_right_nor_to_be_changed() -> None:
    found = told("half-given-units", b1=-2, w2=2)
    assert list(found) == [2]
    assert "The bias is given" in found[2]
    assert found[2].endswith("Look at w2.")
    for bias in (-1, 0, 1, 2, "-2.3", -6, 9):
        for message in told("half-given-units", b1=bias, w2="3/2").values():
            assert "weight is right" not in message
            assert message.endswith("Look at b1.")
    for weight in ("-3/2", 0, 1, 9, "0.5", -1):
        for message in told("half-given-units", b1=-2, w2=weight).values():
            assert "bias is right" not in message
            assert "bias together" not in message


@pytest.mark.parametrize(("bias", "says"), [("0", "turns at x = 0. "), ("0.02", "nearly 0. ")])
def test_without_a_bias_is_said_of_a_bias_of_0(bias: str, says: str) -> None:
    found = told("relu-three-segments", w1=1, b1=bias, w2=2, b2=-4)
    assert found[1].startswith("missing-bias: ")
    assert (
        f"The weight is right, but the bias is {'0, so the unit ' if bias == '0' else ''}{says}"
        in found[1]
    )


def test_a_unit_of_a_straight_target_need_not_turn_inside() -> None:
    assert "inside" not in " ".join(told(LINE, w0=1, b0=-9).values())
    found = told(LINE, w0=2, b0=1)
    assert "That is right" not in found[0]
    impossible = made("0,1 3,4", "?,0,1")
    assert "has to be inside" not in " ".join(told(impossible, w0=-1).values())


def test_rounding_is_called_rounding() -> None:
    strict = made("0,0 1,0 2,0.7", "?,?,1", rules=Rules(Tolerance(F(0), F(0), F(0))))
    found = told(strict, w0="0.7000000000000001", b0="-0.7")
    assert "only by rounding" in found[0]
    assert "only by rounding" not in told(strict, w0="0.70001", b0="-0.7")[0]


def test_an_output_weight_can_be_forgotten_in_one_number() -> None:
    bias_free = made("0,1 1,2 3,8", "1,1,1 1,?,2")
    assert "The bias is the intercept of the line" in told(bias_free, b1=-2)[1]
    weight_free = made("0,1 1,2 3,8", "1,1,1 ?,-1,2")
    found = told(weight_free, w1=2)
    assert found[1].startswith("ignored-output-weight: ")
    assert "The weight is the slope that has to come out after the unit's" in found[1]
    assert found[1].endswith("output weight, 2. Allow for the output weight. Look at w1.")
    negative = made("0,1 1,2 3,0", "1,1,1 ?,?,-2")
    assert "You gave the unit the line" in told(negative, w1=-2, b1=2)[1]


def test_units_within_rounding_are_passed_over_where_another_is_off() -> None:
    third = made("0,1 1,0 2,1/3 4,5", "-1,1,1 ?,?,1 ?,?,1")
    assert list(told(third, w1=1 / 3, b1=-1 / 3, w2="2.04", b2="-4.08")) == [2]


def test_within_tolerance_of_a_mistake_it_is_named_however_near_what_is_right() -> None:
    lab = load_exercise("relu-three-segments")
    wide = Tolerance(F(3, 4), lab.rules.tolerance.x, F(3, 4))
    exercise = lab._replace(rules=lab.rules._replace(tolerance=wide))
    # The line is 3x - 5, right would be 2x - 4: this bias is nearer to the latter.
    found = told(exercise, w1=1, b1=-1, w2="2.9", b2="-4.4")
    assert found[2].startswith("copied-line: ")
    assert "about the target's own line" in found[2]
