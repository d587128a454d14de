"""Which of a student's attempts count, by the policy that the teacher chose."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.cohort.choices import Keep
from grader.cohort.graded import GradedRow
from grader.cohort.manifest import HandIn

_NOTHING = Fraction(-1)
Scores = Sequence[Fraction | None]


def counted(
    hand_ins: Sequence[HandIn],
    rows: Sequence[GradedRow],
    keep: Keep,
    scores: Scores | None = None,
) -> frozenset[int]:
    """Return the numbers of the hand-ins that count.

    last, first: the last or the first that could be read, else the last or the first. best: of the
    highest score the earliest. One on which the grader failed never counts, as nobody knows its
    score. `scores` are those after deductions, where there are any.
    """
    students = _attempts(hand_ins, rows)
    if keep == "all":
        return frozenset(seq for every in students.values() for seq in every)
    worth = [row.exact for row in rows] if scores is None else scores
    return frozenset(_chosen(every, rows, keep, worth) for every in students.values())


def passed_by(
    hand_ins: Sequence[HandIn], rows: Sequence[GradedRow], counts: frozenset[int], keep: Keep
) -> Iterator[str]:
    """Say whose attempt counts although the one that the policy is about could not be read."""
    if keep not in ("last", "first"):
        return
    for student, every in _attempts(hand_ins, rows, with_failed=True).items():
        counting = next((seq for seq in every if seq in counts), None)
        due = every[-1 if keep == "last" else 0]
        if counting is not None and counting != due:
            failed = rows[due].status == "failed"
            yield (
                f"{student}: attempt {hand_ins[counting].attempt} counts, as attempt "
                f"{hand_ins[due].attempt} could not be {'graded' if failed else 'read'}"
            )


def _attempts(
    hand_ins: Sequence[HandIn], rows: Sequence[GradedRow], *, with_failed: bool = False
) -> dict[str, list[int]]:
    students: dict[str, list[int]] = defaultdict(list)
    for seq, (hand_in, row) in enumerate(zip(hand_ins, rows, strict=True)):
        if with_failed or row.status != "failed":
            students[hand_in.student].append(seq)
    return students


def _chosen(every: Sequence[int], rows: Sequence[GradedRow], keep: Keep, scores: Scores) -> int:
    if keep == "best":
        return _best(every, rows, scores)
    readable = [seq for seq in every if rows[seq].status == "graded"] or every
    return readable[0] if keep == "first" else readable[-1]


def _best(every: Sequence[int], rows: Sequence[GradedRow], scores: Scores) -> int:
    """Return the first of the highest score; at 0, one that could be read before one that not."""

    def rank(seq: int) -> tuple[Fraction, bool]:
        score = scores[seq]
        return (_NOTHING if score is None else score, rows[seq].status == "graded")

    return max(every, key=rank)  # of equals the first
