"""Formulas against Python's own arithmetic on fractions, and what is said of those that are none."""

import re
from collections.abc import Callable
from fractions import Fraction
from operator import add, mul, sub, truediv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exact.formula import MAX_FORMULA, condition, formula

VALUES = {"a": Fraction(1, 3), "b": Fraction(-2), "t1": Fraction(5, 2)}
SIGNS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
}
Known = tuple[str, Fraction | None]  # a text in brackets where it needs them, and its value


def leaves() -> st.SearchStrategy[Known]:
    numbers = [(str(n), Fraction(n)) for n in range(4)] + [("0.25", Fraction(1, 4))]
    names = [(f"{sign}{name}", value) for name, value in VALUES.items() for sign in ("", "$")]
    return st.sampled_from([*numbers, *names])


def combined(inner: st.SearchStrategy[Known]) -> st.SearchStrategy[Known]:
    def joined(parts: tuple[Known, str, Known]) -> Known:
        (left, a), sign, (right, b) = parts
        text = f"({left} {sign}{right})"
        if a is None or b is None or (sign == "/" and not b):
            return text, None
        return text, SIGNS[sign](a, b)

    def negated(part: Known) -> Known:
        return f"-{part[0]}", None if part[1] is None else -part[1]

    return st.one_of(
        st.tuples(inner, st.sampled_from(list(SIGNS)), inner).map(joined), inner.map(negated)
    )


@given(st.recursive(leaves(), combined, max_leaves=12))
def test_a_formula_is_what_its_operations_give(known: Known) -> None:
    text, value = known
    if len(text) > MAX_FORMULA:
        return
    if value is None:
        with pytest.raises(ZeroDivisionError):
            formula(text).value(VALUES)
    else:
        assert formula(text).value(VALUES) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$t1 - 1", "3/2"),
        ("2*$t1-$b*3 + 1", 12),
        ("1 - 2 - 3", -4),
        ("8/2/2", 2),
        ("-a*3", -1),
        ("+ - 2", -2),
        ("1e2", 100),
        (".5", "1/2"),
    ],
)
def test_products_come_before_sums_and_both_from_the_left(text: str, value: object) -> None:
    assert formula(text).value(VALUES) == Fraction(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "ends where a number, a name or a bracket would follow"),
        ("$t1 +", "ends where a number, a name or a bracket would follow"),
        ("2 $t1", 'has "$t1" where + - * / or the end would follow'),
        ("(1 + 2", "has a bracket that is not closed"),
        ("1 + 2)", 'has ")" where + - * / or the end would follow'),
        ("2**3", 'has "*" where a number, a name or a bracket would follow'),
        (
            "a.b",
            'has "."; only names, numbers, + - * /, brackets and comparison are allowed',
        ),
        (
            "a[0]",
            'has "["; only names, numbers, + - * /, brackets and comparison are allowed',
        ),
        ("f(1)", 'has "(" where + - * / or the end would follow'),
        ("a < b", 'has "<" where + - * / or the end would follow'),
        ("1e999", 'has "1e999", which has an exponent beyond 400'),
        ("a" * 201, "is longer than 200 characters"),
        ("(" * 30 + "1", "has more than 20 brackets or signs inside each other"),
    ],
)
def test_what_is_wrong_with_a_formula_is_said(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(complaint)}$"):
        formula(text)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a < b", False),
        ("b < a", True),
        ("b < a < t1", True),
        ("b < t1 < a", False),
        ("t1 - 1/2 == 2", True),
        ("t1 >= 2.5", True),
        ("t1 <= 5/2", True),
        ("a != 1/3", False),
        ("t1 > 5/2", False),
    ],
)
def test_conditions_compare_exactly(text: str, *, holds: bool) -> None:
    assert condition(text).holds(VALUES) is holds


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a", "compares nothing; write a comparison such as a < b or a != b"),
        ("a = b", "has a single =; write == for equal"),
        ("a < ", "ends where a number, a name or a bracket would follow"),
        ("a < b and b < a", 'has "and" where + - * / or the end would follow'),
    ],
)
def test_what_is_wrong_with_a_condition_is_said(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(complaint)}$"):
        condition(text)


def test_names_are_told_once_in_the_order_of_writing() -> None:
    assert formula("$t1*a - t1").names == ("t1", "a")
    assert condition("b < $a <= b").names == ("b", "a")
