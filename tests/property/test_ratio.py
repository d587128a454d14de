"""A Ratio is a Fraction: each operation with each kind of number gives what Fraction gives."""

import operator
import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from sys import hash_info
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.exact.ratio import Ratio

WHOLE = st.integers(-(10**12), 10**12) | st.integers(-12, 12)
FRACTIONS = st.builds(Fraction, WHOLE, st.integers(1, 10**12) | st.integers(1, 12))
OTHERS = FRACTIONS | FRACTIONS.map(Ratio) | WHOLE | st.booleans() | st.floats(-1e9, 1e9)
BINARY = [
    operator.add,
    operator.sub,
    operator.mul,
    operator.truediv,
    operator.eq,
    operator.ne,
    operator.lt,
    operator.le,
    operator.gt,
    operator.ge,
]
UNARY = [operator.neg, operator.pos, abs, bool, hash, str, repr, floor, ceil, round, float]


def outcome(work: Callable[..., Any], *numbers: object) -> object:
    try:
        return work(*numbers)
    except (ZeroDivisionError, OverflowError, TypeError) as error:
        return type(error)


@given(one=FRACTIONS, other=OTHERS)
@example(one=Fraction(0), other=0)
@example(one=Fraction(1, 3), other=Fraction(0))
@pytest.mark.parametrize("operation", BINARY)
def test_of_two(operation: Callable[..., Any], one: Fraction, other: Any) -> None:  # noqa: ANN401 - any number
    plain = Fraction(other) if isinstance(other, Ratio) else other
    for numbers, expected in (
        ((Ratio(one), other), (one, plain)),
        ((other, Ratio(one)), (plain, one)),
    ):
        found, meant = outcome(operation, *numbers), outcome(operation, *expected)
        assert found == meant
        if isinstance(meant, Fraction):
            assert isinstance(found, Fraction)
            assert (found.numerator, found.denominator) == (meant.numerator, meant.denominator)
        else:
            assert type(found) is type(meant)


@given(one=FRACTIONS)
@example(one=Fraction(1, hash_info.modulus))  # which has no hash of the usual kind
@example(one=Fraction(-3, 2 * hash_info.modulus))
@example(one=Fraction(-1))
@pytest.mark.parametrize("operation", UNARY)
def test_of_one(operation: Callable[..., Any], one: Fraction) -> None:
    assert operation(Ratio(one)) == operation(one)


@given(one=FRACTIONS)
def test_it_is_one(one: Fraction) -> None:
    ratio = Ratio(one)
    assert isinstance(ratio, Fraction)
    assert {ratio: 1}[one] == {one: 1}[ratio] == 1
    assert pickle.loads(pickle.dumps(ratio)) == ratio  # noqa: S301 - our own bytes
    assert sum([ratio, ratio], Ratio(0)) == 2 * one
    assert type(ratio + one) is type(one + ratio) is type(1 - ratio) is Ratio


def test_with_what_is_no_number_it_does_as_a_fraction_does() -> None:
    assert Ratio(1, 2) == Decimal("0.5") or Fraction(1, 2) != Decimal("0.5")
    for other in ("1", None, []):
        for operation in (operator.add, operator.sub, operator.mul, operator.lt):
            with pytest.raises(TypeError):
                operation(Ratio(1), other)
        assert (Ratio(1) == other) is (Fraction(1) == other)
