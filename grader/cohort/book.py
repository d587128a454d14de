"""What every file at the end of a run is made of: the rows, what came late, what counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.choices import Keep
from grader.cohort.counting import counted, passed_by
from grader.cohort.deadlines import NONE, ZERO, Deadline, seconds_late, taken_off
from grader.cohort.graded import GradedRow
from grader.cohort.manifest import HandIn, Manifest
from grader.exercise.record import Exercise

_SHOWN = 5


class Lateness(NamedTuple):
    """How many seconds late a hand-in came, None where nobody knows, and what that takes off."""

    seconds: int | None = None
    off: Fraction = ZERO


class Book(NamedTuple):
    """A run's rows with what the policies make of them, all in the hand-ins' order.

    `late` has something for each row where anything was due; `notes` are sentences for the teacher.
    """

    exercise: Exercise
    manifest: Manifest
    rows: tuple[GradedRow, ...]
    counts: frozenset[int]
    deadline: Deadline = NONE
    late: tuple[Lateness, ...] = ()
    notes: tuple[str, ...] = ()

    def lateness(self, seq: int) -> Lateness:
        """Return how late a hand-in came."""
        return self.late[seq] if self.late else Lateness()

    def score(self, seq: int) -> Fraction | None:
        """Return the score after what lateness takes off; None if the grader failed."""
        exact = self.rows[seq].exact
        off = self.lateness(seq).off
        return exact if exact is None or off == ZERO else exact - off


def bound(
    exercise: Exercise,
    manifest: Manifest,
    rows: tuple[GradedRow, ...],
    keep: Keep,
    deadline: Deadline = NONE,
) -> Book:
    """Return the rows as a book, by the policies on lateness and on attempts."""
    late = tuple(
        _lateness(hand_in, row, deadline, exercise.points)
        for hand_in, row in zip(manifest.entries, rows, strict=True)
    )
    plain = Book(exercise, manifest, rows, frozenset(), deadline, late)
    scores = [plain.score(seq) for seq in range(len(rows))]
    counts = counted(manifest.entries, rows, keep, scores)
    notes = (
        *_some(tuple(passed_by(manifest.entries, rows, counts, keep))),
        *_timeless(manifest.entries, late, deadline),
    )
    return plain._replace(counts=counts, notes=notes)


def attempts(hand_ins: Sequence[HandIn]) -> Counter[str]:
    """Return how often each student handed in."""
    return Counter(str(each.student) for each in hand_ins)


def _lateness(hand_in: HandIn, row: GradedRow, deadline: Deadline, most: Fraction) -> Lateness:
    due = deadline.of(hand_in.student)
    seconds = None if due is None else seconds_late(hand_in.submitted, due, deadline.grace)
    if deadline.rule is None or not seconds or row.exact is None:
        return Lateness(seconds)
    return Lateness(seconds, taken_off(deadline.rule, seconds, row.exact, most))


def _timeless(
    hand_ins: Sequence[HandIn], late: Sequence[Lateness], deadline: Deadline
) -> Iterator[str]:
    """Say whose time nobody knows although it matters."""
    without = [
        hand_in
        for hand_in, each in zip(hand_ins, late, strict=True)
        if each.seconds is None and deadline.of(hand_in.student) is not None
    ]
    if not without:
        return
    marked = tuple(str(each.student) for each in without if each.late)
    are = "1 hand-in has" if len(without) == 1 else f"{len(without):,} hand-ins have"
    named = f"; the platform marks as late: {', '.join(_some(marked))}" if marked else ""
    yield f"{are} no time that can be read, so nothing is known of their lateness{named}"


def _some(texts: tuple[str, ...]) -> tuple[str, ...]:
    more = len(texts) - _SHOWN
    return texts if more <= 0 else (*texts[:_SHOWN], f"and {more:,} more like this")
