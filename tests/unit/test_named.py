from copy import copy
from fractions import Fraction as F
from pickle import dumps, loads

import pytest

from grader.named import NamedTuple


class Pair(NamedTuple):
    """Two numbers."""

    left: F
    right: F = F(1)

    @property
    def width(self) -> F:
        return self.right - self.left

    def __repr__(self) -> str:
        return f"<{self.left} to {self.right}>"


def test_fields_defaults_and_methods_are_those_of_the_class_body() -> None:
    pair = Pair(F(0))
    assert (pair.left, pair.right, pair.width, repr(pair)) == (F(0), F(1), F(1), "<0 to 1>")
    assert pair == (F(0), F(1))
    assert pair._replace(right=F(3)).width == F(3)
    assert (Pair._fields, Pair._field_defaults) == (("left", "right"), {"right": F(1)})
    assert (Pair.__doc__, Pair.__name__, Pair.__module__) == ("Two numbers.", "Pair", __name__)
    assert set(Pair.__annotations__) == {"left", "right"}


def test_a_record_is_frozen_and_can_be_copied_and_pickled() -> None:
    pair = Pair(F(0))
    with pytest.raises(AttributeError):
        pair.left = F(1)  # type: ignore[misc]
    assert copy(pair) == pair
    again = loads(dumps(pair))  # noqa: S301 - it was dumped here
    assert (again, type(again)) == (pair, Pair)


def test_too_few_and_unknown_fields_are_refused() -> None:
    with pytest.raises(TypeError, match="left"):
        Pair()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="middle"):
        Pair(F(0), middle=F(1))  # type: ignore[call-arg]
