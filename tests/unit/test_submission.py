"""Every refusal to the letter, and which of several comes first."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

from grader.errors import SubmissionError
from grader.exact.network import UnitSpec
from grader.submission.described import describe
from grader.submission.origin import Origin
from grader.submission.record import (
    Placed,
    Unnumber,
    check_keys,
    read_parameters,
)
from lab import FREE, lab
from refusals import LAB, RIGHT, refusal


def test_parameters_come_in_the_exercises_order() -> None:
    entries = [*reversed(RIGHT.items()), ("student", "ada"), ("exercise", "lab")]
    submission = read_parameters(entries, LAB, Origin("x.json", None, "ab"))
    assert list(submission.parameters.items()) == [("w1", 1), ("b1", -1), ("w2", 2), ("b2", -4)]
    assert submission.origin == Origin("x.json", "ada", "ab")


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (0.1, F(1, 10)),
        (F(1, 3), F(3333333333333333, 10**16)),
        (Decimal("0.1000000000000000000001"), F(1, 10)),
        (-0.0, F(0)),
        (10**9, F(10**9)),
        (2**53 + 1 - 2**53, F(1)),
    ],
)
def test_a_number_counts_as_its_nearest_double(value: object, exact: F) -> None:
    assert read_parameters(list((RIGHT | {"w1": value}).items()), LAB).parameters["w1"] == exact


NUMBER = "must be a number such as 1 or -0.5, but it is"
LARGE = '"w1" is over 1,000,000,000 in magnitude; such a number cannot be right here'


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        (True, "not-a-number", f'"w1" {NUMBER} the boolean true'),
        (None, "not-a-number", f'"w1" {NUMBER} null'),
        ("1", "not-a-number", f'"w1" {NUMBER} the text "1"; take the quotes away'),
        ("\x1b[2J", "not-a-number", f'"w1" {NUMBER} the text "\\x1b[2J"'),
        ([1], "not-a-number", f'"w1" {NUMBER} a list'),
        ({}, "not-a-number", f'"w1" {NUMBER} a dict'),
        (1j, "not-a-number", f'"w1" {NUMBER} a complex'),
        (Unnumber("NaN"), "not-a-number", f'"w1" {NUMBER} NaN'),
        (float("nan"), "not-a-number", f'"w1" {NUMBER} NaN'),
        (Decimal("sNaN"), "not-a-number", f'"w1" {NUMBER} NaN'),
        (Unnumber("Infinity"), "not-a-number", f'"w1" {NUMBER} Infinity'),
        (float("inf"), "out-of-range", LARGE),
        (10**400, "out-of-range", LARGE),
        (-1000000001, "out-of-range", LARGE),
        (F(10**400), "out-of-range", LARGE),
        (Decimal("1e500"), "out-of-range", LARGE),
    ],
)
def test_what_is_no_number(value: object, code: str, message: str) -> None:
    assert refusal(RIGHT | {"w1": value}) == (code, message, "w1")


def test_a_key_that_stands_twice() -> None:
    assert refusal([*RIGHT.items(), ("w1", 1)]) == (
        "duplicate-key",
        'the key "w1" appears twice; keep the one that you mean',
        "w1",
    )


ALLOWED = "Allowed are w1, b1, w2, b2, exercise and student."


@pytest.mark.parametrize(
    ("keys", "message", "where"),
    [
        (["w3"], f'"w3" is not a key of this exercise. {ALLOWED}', "w3"),
        (["W1"], f'"W1" is not a key of this exercise; did you mean w1? {ALLOWED}', "W1"),
        (
            ["w1\u202c"],
            f'"w1\\u202c" is not a key of this exercise; did you mean w1? An invisible character, U+202C, got in here; delete it. {ALLOWED}',
            "w1\\u202c",
        ),
        (
            ["w\u2081"],
            f'"w\u2081" is not a key of this exercise; did you mean w1? The character U+2081 is not an ordinary digit; type 1. {ALLOWED}',
            "w\u2081",
        ),
        (["w01"], f'"w01" is not a key of this exercise; did you mean w1? {ALLOWED}', "w01"),
        (
            ["studnet"],
            '"studnet" is not a key of this exercise; did you mean student? ' + ALLOWED,
            "studnet",
        ),
        ([""], f'"" is not a key of this exercise. {ALLOWED}', ""),
        (["zz", "\x07"], f'"zz" and "\\x07" are not keys of this exercise. {ALLOWED}', "zz"),
        (
            ["w²"],
            f'"w²" is not a key of this exercise; did you mean w2? The character U+00B2 is not an ordinary digit; type 2. {ALLOWED}',
            "w²",
        ),
        (
            ["w10000"],
            f'"w10000" is not a key of this exercise. {ALLOWED}',
            "w10000",
        ),
    ],
)
def test_keys_that_the_exercise_does_not_have(keys: list[str], message: str, where: str) -> None:
    found = refusal(RIGHT | dict.fromkeys(keys, 1))
    assert found == ("unknown-parameter", message, where)


def test_without_an_exercise_any_parameters_name_will_do() -> None:
    assert check_keys([("w17", 1), ("b9999", 2)]) == {"w17": 1, "b9999": 2}
    with pytest.raises(SubmissionError) as caught:
        check_keys([("x", 1)])
    assert caught.value.message == '"x" is not a key of this exercise.'


@pytest.mark.parametrize(
    ("given", "message", "where"),
    [
        (
            {"w1": 1, "b1": 1, "w2": 1},
            "b2 is missing; give every free parameter a number: w1, b1, w2 and b2",
            "b2",
        ),
        (
            {"w2": 1, "b1": 1},
            "w1 and b2 are missing; give every free parameter a number: w1, b1, w2 and b2",
            "w1",
        ),
    ],
)
def test_missing_parameters(given: dict[str, object], message: str, where: str) -> None:
    assert refusal(given) == ("missing-parameter", message, where)


def test_many_missing_parameters_are_not_all_named() -> None:
    exercise = lab(units=[UnitSpec(F(-2), F(2)), *[FREE] * 20])
    assert refusal({}, exercise)[1] == (
        "w1, b1, w2, b2, w3 and 35 more are missing; give every free parameter a number: "
        "w1, b1, w2, b2, w3 and 35 more"
    )


def test_the_first_code_that_applies_is_reported() -> None:
    """Each submission has one mistake fewer than the one before."""
    wrong: list[tuple[str, object]] = [
        ("w1", 1e300),
        ("b1", None),
        ("w0", 1),
        ("exercise", "hat"),
        ("student", 1.5),
        ("zz", 1),
        ("w1", 1),
    ]
    expected = [
        ("duplicate-key", "w1"),
        ("unknown-parameter", "zz"),
        ("not-text", "student"),
        ("wrong-exercise", "exercise"),
        ("fixed-parameter", "w0"),
        ("missing-parameter", "w2"),
    ]
    for code, where in expected:
        found = refusal(wrong)
        assert (found[0], found[2]) == (code, where)
        wrong.pop()
    assert wrong == [("w1", 1e300)]
    last = [("w1", 1e300), ("w2", 2), ("b2", None), ("b1", None)]
    assert refusal(last)[::2] == ("not-a-number", "b1")
    last = [("b2", 1e300), ("w2", 2), ("b1", 1e300), ("w1", 0)]
    assert refusal(last)[::2] == ("out-of-range", "b1")
    assert refusal(RIGHT | {"exercise": "x", "zz": 1}, known=lambda _: False)[0] == (
        "unknown-parameter"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "1"),
        (1.0, "1"),
        (0.25, "0.25"),
        ((), "a list"),
        (b"", "a bytes"),
        (False, "the boolean false"),
    ],
)
def test_describing_a_value(value: object, words: str) -> None:
    assert describe(value) == words


def test_ten_thousand_units() -> None:
    units = [UnitSpec(None, F(k)) for k in range(10_000)]
    exercise = lab(units=units)
    entries = [(f"w{k}", 1.0) for k in range(10_000)]
    assert len(read_parameters(entries, exercise).parameters) == 10_000


def test_values_in_order_are_those_of_the_free_parameters() -> None:
    placed = Placed([("0", 1), ("1", -1), ("2", 2), ("3", -4)])
    assert read_parameters(placed, LAB).parameters == RIGHT


@pytest.mark.parametrize(("count", "values"), [(1, "1 value"), (3, "3 values")])
def test_values_in_order_of_another_number(count: int, values: str) -> None:
    assert refusal(Placed([(str(k), 1) for k in range(count)])) == (
        "bad-return",
        f"the function returned {values} in order, but this exercise has 4 free parameters; "
        "return a value for each in this order: w1, b1, w2 and b2",
        None,
    )
