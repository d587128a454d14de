"""What a diagnosis says where there is less, or more, to say than usual."""

from fractions import Fraction

import pytest

from grader import Exercise, grade
from grader.exact.network import UnitSpec
from grader.explaining import explain
from grader.mistakes.table import DIAGNOSES
from grader.text.codes import ERRORS
from samples.networks import through

FREE = UnitSpec(None, None)


def said(about: Exercise, *values: float) -> dict[int | None, str]:
    report = grade(about, dict(zip(about.free, values, strict=True)))
    return {found.unit: found.message for found in report.diagnoses}


def test_where_the_network_is_exact_beside_a_wrong_unit_no_x_is_named() -> None:
    stairs = through([(0, 0), (1, 0), (5, 8), (9, 24), (11, 40)], FREE, FREE, FREE)
    told = said(stairs, 1, -1, 1, -1, 2, -10)  # two do the first turn's work, none the last one's
    assert "the target is" not in told[0]
    assert told[0].endswith("Look at w0 and b0. The right values are w0 = 2 and b0 = -2.")
    assert "At x = 11 the target is 40 and your network gives 32." in told[1]


def test_without_a_right_answer_none_is_given() -> None:
    roof = through([(0, 1), (1, 0), (2, 2), (3, 2)], FREE, FREE)
    assert "The right values" not in said(roof, 2, -2, 1, -2)[0]


def test_of_many_permuted_units_five_are_named() -> None:
    parabola = through([(x, x * x - x) for x in range(8)], *(FREE,) * 6)
    values = [number for x in range(6, 0, -1) for number in (2, -2 * x)]
    assert said(parabola, *values) == {
        None: "The units do each other's work: unit 0 turns at x = 6, unit 1 turns at x = 5, "
        "unit 2 turns at x = 4, unit 3 turns at x = 3, unit 4 turns at x = 2 and so on, 1 more. "
        "That is not a mistake: the network adds them up, in any order."
    }


def test_where_nothing_has_to_turn_no_turn_is_asked_for() -> None:
    rising = through([(0, 0), (2, 2)], FREE)
    assert "The unit has to be active everywhere" in said(rising, 3, -3)[0]
    falling = through([(0, 0), (2, -2)], FREE)  # no right answer
    assert "The target is one straight line. Together the free units" in said(falling, 3, -3)[0]
    given = UnitSpec(Fraction(1), Fraction(-1))
    bent = through([(0, -1), (1, -1), (3, 1)], given, FREE)  # nor here, below 0
    assert "The nearest breakpoint of the target is at x = 1. Tog" in said(bent, 3, -6)[1]


@pytest.mark.parametrize("code", [*DIAGNOSES, *ERRORS])
def test_every_code_is_explained_by_an_example(code: str) -> None:
    text = explain(code)
    assert text.startswith(f"{code}: {(DIAGNOSES | ERRORS)[code]}.\n\nFor example:\n")
    assert text.count("\n") > 3


def test_another_code_has_no_explanation() -> None:
    with pytest.raises(KeyError):
        explain("bias")
