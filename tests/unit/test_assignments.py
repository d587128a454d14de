from fractions import Fraction

import pytest

from assignments import assignments, given_away


@pytest.mark.parametrize(
    "text",
    [
        "w1 = 1",
        "set w1 to 1",
        "w1 should be 1",
        '"w1": 1,',
        "w1 has to be exactly 1",
        "put 1 into w1",
        "<b>w1</b>: 1",
        "**w1** = 1",
        "the right value of w1 is\n  1",
    ],
)
def test_an_assignment_is_found(text: str) -> None:
    assert ("w1", Fraction(1)) in assignments(text)


@pytest.mark.parametrize("text", ["Look at w1 and b1 next.", "w*x + b is 0", "relu(w1*x + b1)"])
def test_other_words_are_none(text: str) -> None:
    assert assignments(text) == []


def test_the_students_own_value_is_nobodys_secret() -> None:
    assert given_away("w1 = 2, b1 = -1/2", {"w1": Fraction(2), "b1": Fraction(-1, 2)}) == []
    assert given_away("w1 = 2", {"w1": Fraction(1)}) == [("w1", Fraction(2))]
