"""Distinct rows of doubles, also where different rows have one hash."""

import numpy as np
import pytest

from grader.cohort.tables import distinct_rows
from grader.cohort.tables.distinct_rows import distinct


@pytest.mark.parametrize("odd", [distinct_rows._ODD, 0])  # noqa: SLF001 - with 0 all hashes are equal
def test_rows_are_told_apart_bit_for_bit(odd: int, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(distinct_rows, "_ODD", odd)
    table = np.random.default_rng(1).integers(0, 3, (500, 4)) / 8.0
    table[3, 0], table[4, 0] = 0.0, -0.0
    first, which = distinct(table)
    assert len(first) == len({row.tobytes() for row in table})
    for row, place in zip(table, which, strict=True):
        assert table[first[place]].tobytes() == row.tobytes()


def test_no_rows_are_none() -> None:
    first, which = distinct(np.zeros((0, 3)))
    assert (len(first), len(which)) == (0, 0)
