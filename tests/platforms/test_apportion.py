from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.handover.apportion import whole, whole_within

SHARES = st.lists(st.fractions(0, 50, max_denominator=12), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("shares", "total", "expected"),
    [
        ([F(1), F(2)], 3, [1, 2]),
        ([F(10, 3)] * 3, 10, [4, 3, 3]),
        ([F(1, 2), F(1, 2), F(0)], 1, [1, 0, 0]),
    ],
)
def test_by_largest_remainder(shares: list[F], total: int, expected: list[int]) -> None:
    assert whole(shares, total) == expected


@pytest.mark.parametrize(
    ("shares", "limits", "expected"),
    [
        ([F(25), F(25, 2), F(25)], [25, 25, 25], [25, 12, 25]),
        ([F(49, 2), F(49, 2)], [25, 25], [25, 24]),
        ([F(1, 2), F(49, 2)], [3, 25], [1, 24]),
        ([F(99, 100)], [1], [0]),
        ([F(3, 2), F(3, 2)], [1, 3], [1, 2]),
    ],
)
def test_within_limits(shares: list[F], limits: list[int], expected: list[int]) -> None:
    assert whole_within(shares, limits) == expected


@given(SHARES, st.lists(st.fractions(0, 1, max_denominator=9), min_size=12, max_size=12))
def test_laws(worths: list[F], credits_: list[F]) -> None:
    total = int(sum(worths, F(0)))
    scale = total / sum(worths, F(0)) if total else F(0)
    worths = [worth * scale for worth in worths]
    limits = whole(worths, total)
    assert sum(limits) == total
    shares = [worth * credit for worth, credit in zip(worths, credits_, strict=False)]
    given_ = whole_within(shares, limits)
    assert sum(given_) == int(sum(shares, F(0)))
    assert all(0 <= points <= limit for points, limit in zip(given_, limits, strict=True))
