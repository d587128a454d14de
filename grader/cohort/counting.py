"""Which of a student's attempts count, by the policy that the teacher chose."""

from collections.abc import Sequence
from fractions import Fraction

from grader.cohort.choices import Keep
from grader.cohort.graded import GradedRow
from grader.cohort.manifest import HandIn

_NOTHING = Fraction(-1)


def counted(hand_ins: Sequence[HandIn], rows: Sequence[GradedRow], keep: Keep) -> frozenset[int]:
    """Return the numbers of the hand-ins that count.

    last: the last that could be read, else the last. best: of the highest score the earliest. One
    on which the grader failed never counts, as nobody knows its score.
    """
    students: dict[str, list[int]] = {}
    for seq, (hand_in, row) in enumerate(zip(hand_ins, rows, strict=True)):
        if row.status != "failed":
            students.setdefault(hand_in.student, []).append(seq)
    if keep == "all":
        return frozenset(seq for every in students.values() for seq in every)
    choose = _best if keep == "best" else _last
    return frozenset(choose(every, rows) for every in students.values())


def _last(every: Sequence[int], rows: Sequence[GradedRow]) -> int:
    readable = [seq for seq in every if rows[seq].status == "graded"]
    return (readable or every)[-1]


def _best(every: Sequence[int], rows: Sequence[GradedRow]) -> int:
    """Return the first of the highest score; at 0, one that could be read before one that not."""

    def rank(seq: int) -> tuple[Fraction, bool]:
        row = rows[seq]
        return (_NOTHING if row.exact is None else row.exact, row.status == "graded")

    return max(every, key=rank)  # of equals the first
