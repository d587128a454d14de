from fractions import Fraction

import pytest

from grader import Exercise, load_exercise
from grader.exact.network import Network
from grader.exact.piecewise import PiecewiseLinear, lines_through
from grader.mistakes.answers import (
    EXACT_UP_TO,
    idle,
    in_order,
    leftover,
    plans,
    right_answers,
)
from grader.mistakes.sides import balanced_plans, sided_plans
from planted import EXERCISES, shipped

FREE = (None, None, Fraction(1))


def through(*points: tuple[int, int]) -> PiecewiseLinear:
    return PiecewiseLinear(lines_through([(Fraction(x), Fraction(y)) for x, y in points]))


def found(
    target: PiecewiseLinear, *units: tuple[Fraction | None, Fraction | None, Fraction]
) -> list[list[str]]:
    answers = right_answers(target, units, Fraction(0))
    return [[f"{unit.w} {unit.b}" for unit in answer] for answer in answers]


@pytest.mark.parametrize("exercise", shipped(), ids=[path.stem for path in EXERCISES])
def test_every_answer_is_the_target(exercise: Exercise) -> None:
    answers = list(right_answers(exercise.target, exercise.units, exercise.bias))
    assert answers
    for units in answers:
        function = Network(units, exercise.bias).as_piecewise(*exercise.domain)
        assert function == exercise.target
    assert len(set(answers)) == len(answers)


def test_the_lab_has_exactly_two() -> None:
    lab = load_exercise("relu-three-segments")
    assert found(lab.target, *lab.units) == [["-2 2", "1 -1", "2 -4"], ["-2 2", "2 -4", "1 -1"]]


def test_a_unit_on_each_side_of_one_breakpoint() -> None:
    absolute = through((-2, 2), (0, 0), (2, 2))
    assert found(absolute, FREE, FREE) == [["-1 0", "1 0"], ["1 0", "-1 0"]]


def test_a_line_goes_to_a_unit_that_is_active_everywhere() -> None:
    answers = found(through((0, 1), (1, 2), (2, 5)), FREE, FREE)
    assert answers == [["2 -2", "1 1"], ["1 1", "2 -2"]]


def test_a_line_of_both_signs_goes_to_nobody() -> None:
    assert found(through((0, -1), (2, 1)), FREE) == []


def test_one_unit_on_the_left_is_found_once() -> None:
    assert found(through((0, 1), (1, 0), (2, 0)), FREE) == [["-1 1"]]


def test_who_is_left_over_is_idle() -> None:
    assert found(through((0, 0), (1, 0), (2, 1)), FREE, FREE)[:2] == [
        ["1 -1", "0 0"],
        ["0 0", "1 -1"],
    ]


def test_fixed_parameters_decide_who_does_what() -> None:
    target = through((0, 0), (1, 0), (2, 1), (3, 3))
    half_free = (Fraction(1), None, Fraction(1)), (None, Fraction(-2), Fraction(1))
    assert found(target, *half_free) == [["1 -1", "1 -2"]]
    assert found(target, (Fraction(2), None, Fraction(1)), FREE) == []


def test_output_weights_have_to_have_the_sign() -> None:
    assert found(through((0, 0), (1, 0), (2, 1)), (None, None, Fraction(-1))) == []
    assert found(through((0, 0), (1, 0), (2, 1)), (None, None, Fraction(1, 2))) == [["2 -2"]]


def test_too_few_units_have_no_answer() -> None:
    assert list(plans(through((0, 0), (1, 0), (2, 1), (3, 3)), 1)) == []


@pytest.mark.parametrize(
    ("unit", "domain", "expected"),
    [
        ((None, None, Fraction(1)), (0, 3), "0 0"),
        ((Fraction(2), None, Fraction(1)), (0, 3), "2 -6"),
        ((Fraction(-2), None, Fraction(1)), (1, 3), "-2 2"),
        ((None, Fraction(-2), Fraction(1)), (0, 3), "0 -2"),
        ((None, Fraction(2), Fraction(0)), (0, 3), "0 2"),
        ((None, Fraction(2), Fraction(1)), (1, 3), "-2 2"),
        ((None, Fraction(2), Fraction(1)), (-3, -1), "2 2"),
        ((None, Fraction(2), Fraction(1)), (-1, 1), None),
    ],
)
def test_idle(
    unit: tuple[Fraction | None, Fraction | None, Fraction],
    domain: tuple[int, int],
    expected: str | None,
) -> None:
    left, right = Fraction(domain[0]), Fraction(domain[1])
    result = idle(unit, (left, right))
    assert (result and f"{result.w} {result.b}") == expected
    if result:
        assert result.v == 0 or result.active(left, right) is None


def test_a_unit_that_cannot_be_idle_has_no_answer() -> None:
    target = through((-1, 0), (0, 0), (1, 1))
    assert found(target, FREE, (None, Fraction(2), Fraction(1))) == []


def parabola(count: int) -> PiecewiseLinear:
    return through(*((x, x * x) for x in range(count + 2)))


@pytest.mark.parametrize("count", [EXACT_UP_TO + 1, 40])
def test_many_units_get_their_tasks_in_order(count: int) -> None:
    target = parabola(count)
    (answer,) = right_answers(target, (FREE,) * (count + 1), Fraction(0))
    assert Network(answer).as_piecewise(*target.domain) == target


def test_many_units_may_stand_on_the_left() -> None:
    target = through(*((x, (x - 4) ** 2) for x in range(9)))
    (answer,) = right_answers(target, (FREE,) * 8, Fraction(0))
    assert Network(answer).as_piecewise(*target.domain) == target


def test_many_units_and_a_task_for_nobody() -> None:
    target = parabola(7)
    assert found(target, *((None, None, Fraction(-1)),) * 8) == []
    assert found(target, *(FREE,) * 8, (None, Fraction(-2), Fraction(1))) != []
    shifted = through(*((x - 4, x * x) for x in range(9)))
    assert found(shifted, *(FREE,) * 9, (None, Fraction(20), Fraction(1))) == []


def test_a_fixed_parameter_counts_in_order() -> None:
    target = through((0, 0), (1, 0), (2, 1), (3, 3))
    (plan,) = plans(leftover(target, (), Fraction(0)), 2)
    units = (FREE, (Fraction(1), None, Fraction(1)), (None, Fraction(-1), Fraction(1)))
    tasks = in_order(plan, units, (0, 1, 2))
    assert tasks == (None, plan[0], None) or tasks == (plan[1], plan[0], None)


def test_sides_that_are_known_give_their_plans_alone() -> None:
    points = [(Fraction(x), Fraction(y)) for x, y in ((0, 0), (1, 0), (2, 1))]
    rest = PiecewiseLinear(lines_through(points))
    assert list(sided_plans(rest, (), 0)) == list(balanced_plans(rest, (), 0)) == []
    (plan,) = sided_plans(rest, (), 1)
    assert [task.x for task in plan] == [1]
