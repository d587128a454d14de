"""Which texts, exercises and fixed parameters a submission may name, and what is said of others."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

from grader.exact.network import UnitSpec
from grader.submission.origin import Whole
from grader.submission.record import (
    Unnumber,
    read_parameters,
    unknown_exercise,
)
from lab import FREE, lab
from refusals import LAB, RIGHT, refusal


@pytest.mark.parametrize(("key", "value"), [("exercise", 5.0), ("student", 5.5)])
def test_exercise_and_student_are_text(key: str, value: float) -> None:
    shown = f"{value:g}"
    assert refusal(RIGHT | {key: value}) == (
        "not-text",
        f'"{key}" must be text in double quotes, but it is {shown}',
        key,
    )


@pytest.mark.parametrize(
    ("value", "student"),
    [(7, "7"), (7.0, "7"), (Whole.written("123456789012345678901"), "123456789012345678901")],
)
def test_a_whole_number_as_student_counts_as_the_text_of_its_digits(
    value: object, student: str
) -> None:
    entries = list((RIGHT | {"student": value}).items())
    assert read_parameters(entries, LAB).origin.student == student


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("-0.5", "take the quotes away"),
        ("1e3", "take the quotes away"),
        ("1/3", "JSON has no fractions"),
        ("0,5", "a decimal point in place of the comma"),
        ("\u22121", "U+2212 is not the minus sign"),
        ("\u20131/2", "JSON has no fractions"),
    ],
)
def test_a_number_in_quotes_is_told_how_to_be_one(text: str, hint: str) -> None:
    assert hint in refusal(RIGHT | {"w1": text})[1]


@pytest.mark.parametrize("text", ["one", "1 2", "1//2", "1,2,3"])
def test_text_that_is_not_a_number_gets_no_such_hint(text: str) -> None:
    assert refusal(RIGHT | {"w1": text})[1].endswith(f'it is the text "{text}"')


@pytest.mark.parametrize("value", [True, 7.5, float("nan"), float("inf"), 10**400, F(7), None])
def test_no_other_number_is_text(value: object) -> None:
    assert refusal(RIGHT | {"student": value})[0] == "not-text"


def test_another_exercise() -> None:
    assert refusal(RIGHT | {"exercise": "hat"}) == (
        "wrong-exercise",
        'this submission is for the exercise "hat", but it is being graded against "lab"; '
        'hand it in there, or correct the key "exercise"',
        "exercise",
    )
    assert refusal(RIGHT | {"exercise": "hat"}, known=lambda id_: id_ == "hat")[0] == (
        "wrong-exercise"
    )
    assert refusal(RIGHT | {"exercise": "labb"}, known=lambda _: False) == (
        "unknown-exercise",
        'unknown exercise "labb"; did you mean lab? Run "grader exercises" for the list, or '
        'leave the key "exercise" out.',
        "exercise",
    )


def test_an_exercise_that_resembles_none() -> None:
    assert unknown_exercise("zzz", ["lab"]).message == (
        'unknown exercise "zzz". Run "grader exercises" for the list, or leave the key '
        '"exercise" out.'
    )
    assert "; did you mean hat-2 or hat-1?" in unknown_exercise("hat-", ["hat-1", "hat-2"]).message


def test_a_fixed_parameter_may_be_repeated_with_its_own_value_alone() -> None:
    for own in (-2, -2.0, F(-2), Decimal(-2)):
        assert read_parameters(list((RIGHT | {"w0": own, "b0": 2}).items()), LAB)
    assert refusal(RIGHT | {"b0": 1, "w0": 1.5}) == (
        "fixed-parameter",
        '"w0" is fixed at -2 in this exercise, but the submission has 1.5; leave it out or give '
        "it its own value",
        "w0",
    )
    for value, shown in (
        (True, "the boolean true"),
        (Unnumber("NaN"), "NaN"),
        (float("nan"), "NaN"),
        ("-2", 'the text "-2"'),
        (10**999, "a very large number"),
        (1e300, "a very large number"),
    ):
        assert f"the submission has {shown};" in refusal(RIGHT | {"w0": value})[1]


def test_a_fixed_third_is_equal_as_a_double() -> None:
    units = [UnitSpec(F(1, 3), F(0)), UnitSpec(None, F(-1)), FREE]
    exercise = lab(units=units)
    right: dict[str, object] = {"w1": 1, "w2": 2, "b2": -4}
    assert read_parameters(list((right | {"w0": 1 / 3}).items()), exercise)
    assert refusal(right | {"w0": 0.333}, exercise)[0] == "fixed-parameter"
    assert refusal(right | {"b1": 2}, exercise)[0] == "fixed-parameter"
