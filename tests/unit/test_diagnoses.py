"""Section 6 of the contract: the planted mistake is named, whoever made which unit."""

import sys
from collections import Counter
from fractions import Fraction
from itertools import islice, product

import pytest

from grader import Exercise, grade, load_exercise
from grader.explaining import example
from grader.mistakes.cases import KNOT, Answer
from grader.mistakes.table import DIAGNOSES, MISTAKES, UNRECOGNISED
from grader.report import Report
from planted import EXERCISES, generated, is_ambiguous, plantings, shipped

LAB = load_exercise("relu-three-segments")
RIGHT = {1: (1, -1, 1, 1, -1, (0, 2, 3)), 2: (2, -4, 2, 3, -5, (0, 1, 3))}


def once_mistaken(unit: int) -> list[tuple[str, tuple[Fraction, Fraction]]]:
    w, b, t, s, c, places = RIGHT[unit]
    one = Fraction(1)
    answer = Answer(
        KNOT, w * one, b * one, one, t * one, s * one, c * one, (*map(Fraction, places),)
    )
    found = [("right", (answer.w, answer.b))]
    for row in MISTAKES:
        points = row.numbers(answer) if row.numbers else []
        found += [(row.code, point) for point in points if point != (answer.w, answer.b)]
    return found


def named(report: Report) -> dict[int | None, tuple[str, ...]]:
    return {found.unit: (found.code, *found.also) for found in report.diagnoses}


def test_in_the_lab_both_codes_of_every_pair_in_either_order_are_named() -> None:
    for (one, first), (two, second) in product(once_mistaken(1), once_mistaken(2)):
        for swapped in (False, True):
            a, b = (second, first) if swapped else (first, second)
            codes = {1: two if swapped else one, 2: one if swapped else two}
            found = named(grade(LAB, {"w1": a[0], "b1": a[1], "w2": b[0], "b2": b[1]}))
            for unit, code in codes.items():
                if code == "right":
                    assert unit not in found, (a, b)
                else:
                    assert code in found[unit], (a, b)


def confusion(
    exercises: list[Exercise], at_most: int | None
) -> tuple[int, Counter[tuple[str, str]]]:
    """Return how many plantings were tried, and those that were named otherwise."""
    tried, missed = 0, Counter[tuple[str, str]]()
    for exercise in exercises:
        told = exercise._replace(reveal="hints")
        for planted in islice(plantings(told), 0, None, 1 if at_most is None else 47):
            if is_ambiguous(told, planted):
                continue
            report = grade(told, planted.parameters)
            if all(check.credit == 1 for check in report.checks):
                continue
            tried += 1
            codes = named(report).get(planted.unit, ("nothing",))
            if planted.code not in codes:
                missed[planted.code, codes[0]] += 1
    return tried, missed


@pytest.mark.parametrize("rounds", [0, 15, pytest.param(300, marks=pytest.mark.thorough)])
def test_the_planted_code_is_named(rounds: int) -> None:
    if rounds == 0:
        tried, missed = confusion(shipped(), None)
    else:
        tried, missed = confusion([generated(seed) for seed in range(rounds)], 1)
    print(
        f"{rounds or 'shipped'}: {tried} planted, {missed.total()} named otherwise", file=sys.stderr
    )
    for (planted, code), count in missed.most_common():
        print(f"  {planted} was named {code}: {count}", file=sys.stderr)
    assert tried > 100
    assert missed.total() <= tried / 100


def test_every_row_has_a_meaning_and_stands_in_the_contracts_order() -> None:
    codes = [row.code for row in MISTAKES]
    assert [*codes, UNRECOGNISED, "units-permuted"] == list(DIAGNOSES)


@pytest.mark.parametrize("exercise", shipped(), ids=[path.stem for path in EXERCISES])
def test_a_blank_submission_is_told_something(exercise: Exercise) -> None:
    blank = dict.fromkeys(exercise.free, 0)
    report = grade(exercise, blank)
    assert bool(report.diagnoses) == (exercise.reveal != "verdict")


def test_a_perfect_submission_has_no_diagnosis() -> None:
    assert grade(LAB, {"w1": 1, "b1": -1, "w2": 2, "b2": -4}).diagnoses == ()


def test_swapped_units_are_an_observation() -> None:
    (observed,) = grade(LAB, {"w1": 2, "b1": -4, "w2": 1, "b2": -1}).diagnoses
    assert (observed.unit, observed.code, observed.also) == (None, "units-permuted", ())


def test_at_verdict_nothing_is_diagnosed() -> None:
    assert grade(LAB, dict.fromkeys(LAB.free, 0), reveal="verdict").diagnoses == ()


def test_without_any_right_answer_places_and_amounts_are_still_named() -> None:
    unsolvable = LAB._replace(units=(*LAB.units[:2], LAB.units[2]._replace(v=Fraction(-1))))
    found = named(grade(unsolvable, {"w1": 2, "b1": -2, "w2": 1, "b2": -2.5}))
    assert found[1][0] == "slope-change-off"
    assert found[2][0] == "unrecognised"
    found = named(grade(unsolvable, {"w1": 1, "b1": -1, "w2": 0, "b2": 5}))
    assert 1 not in found
    assert found[2] == ("always-on",)


def test_a_unit_without_output_weight_is_never_wrong() -> None:
    idle = LAB._replace(units=(*LAB.units[:2], LAB.units[2]._replace(v=Fraction(0))))
    assert 2 not in named(grade(idle, {"w1": 3, "b1": 1, "w2": 9, "b2": 9}))


def test_within_tolerance_of_right_the_inexact_unit_is_named() -> None:
    found = named(grade(LAB, {"w1": 1.04, "b1": -1.04, "w2": 2, "b2": -4}))
    assert found == {1: ("slope-change-off",)}


@pytest.mark.parametrize("code", DIAGNOSES)
def test_every_mistake_can_be_said_in_the_authors_words(code: str) -> None:
    exercise, parameters = example(code)
    ours = {found.code: found.message for found in grade(exercise, parameters).diagnoses}
    own = grade(exercise._replace(messages={code: "As I say."}), parameters).diagnoses
    assert {found.code: found.message for found in own} == ours | {code: "As I say."}
    assert ours[code] != "As I say."


def test_the_authors_text_replaces_ours() -> None:
    own = LAB._replace(messages={"bias-sign": "Mind the minus."})
    wrong = {"w1": 1, "b1": 1, "w2": 2, "b2": -4}
    assert [found.message for found in grade(own, wrong).diagnoses] == ["Mind the minus."]
