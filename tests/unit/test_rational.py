from fractions import Fraction
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exact.rational import from_double, from_text, to_double


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1", Fraction(1, 10)),
        ("-2", Fraction(-2)),
        ("+3", Fraction(3)),
        ("1/3", Fraction(1, 3)),
        ("-2/6", Fraction(-1, 3)),
        ("+2/6", Fraction(1, 3)),
        ("1e-3", Fraction(1, 1000)),
        ("1.5E+2", Fraction(150)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("-0", Fraction(0)),
        ("0", Fraction(0)),
        ("0.0", Fraction(0)),
        ("0/7", Fraction(0)),
        ("1e9", Fraction(10**9)),
        ("-1000000000", Fraction(-(10**9))),
        ("1e-400", Fraction(1, 10**400)),
        ("0." + "1" * 38, Fraction(int("1" * 38), 10**38)),
    ],
)
def test_a_number_means_what_is_written(text: str, expected: Fraction) -> None:
    assert from_text(text) == expected


NOT = "is not a number"
RATIO = "is not a ratio of two whole numbers"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", NOT),
        ("one", NOT),
        ("0x10", NOT),
        ("0o17", NOT),
        ("017", NOT),
        ("-017", NOT),
        ("1_000", NOT),
        ("1:30", NOT),
        ("1,5", NOT),
        (" 1", NOT),
        ("1e", NOT),
        ("e5", NOT),
        ("1e+-5", NOT),
        ("--1", NOT),
        ("1.2.3", NOT),
        ("٣", NOT),
        (".inf", NOT),
        ("nan", NOT),
        ("01/2", NOT),
        ("1/02", NOT),
        ("1/0", RATIO),
        ("1/-2", RATIO),
        ("++1/2", RATIO),
        ("+-1/2", RATIO),
        ("1/2/3", RATIO),
        ("1.5/2", RATIO),
        ("/", RATIO),
        ("1/2e5", RATIO),
        ("1" * 41, "is longer than 40 characters"),
        ("1000000000.1", "is over 1e9 in magnitude"),
        ("-1e10", "is over 1e9 in magnitude"),
        ("1e400", "is over 1e9 in magnitude"),
        ("1e401", "has an exponent beyond 400"),
        ("1e-401", "has an exponent beyond 400"),
        ("1e-999999999", "has an exponent beyond 400"),
        ("1e" + "9" * 38, "has an exponent beyond 400"),
    ],
)
def test_what_is_no_number_is_refused_at_once(text: str, message: str) -> None:
    before = process_time()
    with pytest.raises(ValueError, match=f"^{message}$"):
        from_text(text)
    assert process_time() - before < 0.05


@pytest.mark.parametrize(
    ("double", "expected"),
    [
        (0.1, Fraction(1, 10)),
        (-0.0, Fraction(0)),
        (3.0, Fraction(3)),
        (1e9, Fraction(10**9)),
        (1e-320, Fraction(1, 10**320)),
        (0.1 + 0.2, Fraction(30000000000000004, 10**17)),
    ],
)
def test_a_double_is_the_shortest_decimal_that_reads_back(
    double: float, expected: Fraction
) -> None:
    assert from_double(double) == expected


@pytest.mark.parametrize("double", [1.1e9, -1.1e9, float("inf"), float("-inf"), float("nan")])
def test_a_double_beyond_the_limit_is_refused(double: float) -> None:
    with pytest.raises(ValueError, match=r"^is over 1e9 in magnitude$"):
        from_double(double)


def test_to_double_gives_the_nearest_or_none() -> None:
    assert to_double(Fraction(1, 3)) == 1 / 3
    assert to_double(Fraction(1, 10**400)) == 0
    assert to_double(Fraction(10**400)) is None
    assert to_double(Fraction(-(10**400))) is None


@given(st.floats(-1e9, 1e9))
def test_doubles_survive_the_way_there_and_back(double: float) -> None:
    assert to_double(from_double(double)) == double


@given(st.decimals(-1000, 1000, places=3))
def test_decimals_are_read_exactly(decimal: object) -> None:
    assert from_text(str(decimal)) == Fraction(str(decimal))
