"""Which attempt counts, by each policy."""

from fractions import Fraction

import pytest

from grader.cohort.choices import Keep
from grader.cohort.counting import counted, passed_by
from grader.cohort.graded import GradedRow
from grader.cohort.manifest import HandIn, Whereabouts, whole


def hand_in(student: str, attempt: int) -> HandIn:
    return HandIn(
        whole(student),
        whole(""),
        attempt,
        "",
        late=False,
        source=whole("x"),
        place=Whereabouts((0,), "x"),
    )


A = [hand_in("a", 1), hand_in("a", 2), hand_in("a", 3), hand_in("b", 1)]
G = "graded"


@pytest.mark.parametrize(
    ("keep", "rows", "expected"),
    [
        ("last", [(G, "5"), (G, "9"), (G, "7"), (G, "1")], {2, 3}),
        ("last", [(G, "5"), (G, "9"), ("invalid", "0"), (G, "1")], {1, 3}),
        ("last", [("invalid", "0"), ("invalid", "0"), ("invalid", "0"), ("failed", None)], {2}),
        ("last", [(G, "5"), (G, "9"), ("failed", None), (G, "1")], {1, 3}),
        ("first", [(G, "5"), (G, "9"), (G, "7"), (G, "1")], {0, 3}),
        ("first", [("invalid", "0"), (G, "9"), ("failed", None), ("invalid", "0")], {1, 3}),
        ("first", [("failed", None), ("invalid", "0"), ("invalid", "0"), (G, "1")], {1, 3}),
        ("best", [(G, "5"), (G, "9"), (G, "7"), (G, "1")], {1, 3}),
        ("best", [(G, "9"), (G, "9"), (G, "7"), (G, "1")], {0, 3}),
        ("best", [("invalid", "0"), (G, "0"), ("failed", None), (G, "1")], {1, 3}),
        ("best", [(G, "28/3"), (G, "9"), ("failed", None), (G, "1")], {0, 3}),
        ("all", [(G, "5"), ("invalid", "0"), ("failed", None), (G, "1")], {0, 1, 3}),
    ],
)
def test_what_counts(keep: Keep, rows: list[tuple[str, str | None]], expected: set[int]) -> None:
    assert counted(A, [GradedRow(status, score, None) for status, score in rows], keep) == expected


def test_best_is_after_what_lateness_takes_off() -> None:
    rows = [GradedRow("graded", score, None) for score in ("80", "90", "85", "1")]
    scores = [Fraction(80), Fraction(80), Fraction(75), Fraction(1)]
    assert counted(A, rows, "best", scores) == {0, 3}


def test_whose_last_or_first_attempt_does_not_count_is_said() -> None:
    rows = [GradedRow(s, "0", None) for s in ("invalid", "graded", "failed", "invalid")]
    last = counted(A, rows, "last")
    assert [*passed_by(A, rows, last, "last")] == [
        "a: attempt 2 counts, as attempt 3 could not be graded"
    ]
    assert [*passed_by(A, rows, counted(A, rows, "first"), "first")] == [
        "a: attempt 2 counts, as attempt 1 could not be read"
    ]
    assert not [*passed_by(A, rows, counted(A, rows, "best"), "best")]
