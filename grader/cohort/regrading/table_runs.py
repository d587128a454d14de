"""Two runs of one table compared, row by row as their gradebooks have it: in constant memory.

A gradebook has the nearest doubles to the exact scores. Where these differ the scores do, in the
same direction; two different scores with one double are not told apart.
"""

import csv
import heapq
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from grader.cohort.journal import TABLE, Journal
from grader.cohort.manifest import HandIn, Whereabouts
from grader.cohort.outputs import GRADEBOOK, NotOurs, check_free
from grader.cohort.regrading.changes import ByCheck, CheckChange, ScoreChange, moved, unchanged
from grader.cohort.regrading.runs import RegradeError, opened
from grader.exercise.record import Exercise
from grader.specs.exercise import read_exercise
from grader.text.inert import Inert, inert

OUTERMOST = 20  # of those who fall, and of those who rise
_NOWHERE = Whereabouts((), "")
_SIZE = "its size"


class TableBook(NamedTuple):
    """A table's finished run: its folder, what it was fixed by, its exercise."""

    folder: str
    terms: dict[str, str]
    exercise: Exercise


class TableSummary(NamedTuple):
    """What is different: how many rows there are, rise and fall, and the outermost of them."""

    exercise: str
    rows: int
    rise: int
    fall: int
    outermost: tuple[ScoreChange, ...]
    by_check: tuple[ByCheck, ...]


def table_books(folder: str, other: str) -> tuple[TableBook, TableBook] | None:
    """Return two runs of one table; None if one is not a table's.

    Raises: RegradeError, JournalError, OSError.
    """
    with opened(folder) as one, opened(other) as two:
        terms = [journal.terms() for journal in (one, two)]
        if not all(TABLE in each.terms for each in terms):
            return None
        for place, journal in ((folder, one), (other, two)):
            _check_whole(place, journal)
    books = [
        TableBook(
            place,
            dict(each.terms),
            read_exercise(each.spec, inert(each.terms["exercise"], 255), each.terms["exercise"]),
        )
        for place, each in zip((folder, other), terms, strict=True)
    ]
    for what in ("exercise", TABLE, _SIZE):
        before, after = (inert(each.terms[what], 80) for each in books)
        if before != after:
            raise RegradeError(
                f"{what} of {inert(folder)} is {before}, and of {inert(other)} {after}: what is "
                "compared is one table, graded by two versions of one exercise"
            )
    return books[0], books[1]


def _check_whole(folder: str, journal: Journal) -> None:
    """See that the gradebook is there as the run wrote it. Raises: RegradeError."""
    path = os.path.join(folder, GRADEBOOK)
    try:
        check_free(folder, GRADEBOOK, journal)
        is_there = os.path.exists(path)
    except NotOurs:
        is_there = False
    if not is_there:
        raise RegradeError(
            f"{inert(path)} is not there as the run wrote it; give its command again, into another "
            "folder if you have changed the file"
        )


def row_changes(before: TableBook, after: TableBook) -> Iterator[ScoreChange]:
    """Yield every row under both. Raises: RegradeError; OSError."""
    checks = list(unchanged(before.exercise, after.exercise))
    with _rows(before) as old, _rows(after) as new:
        for seq, (one, two) in enumerate(zip(old, new, strict=False)):
            if one["source"] != two["source"]:
                raise RegradeError(
                    f"row {seq + 1:,} is not the same in both gradebooks; grade the table again"
                )
            yield _change(seq, one, two, checks)


def _change(
    seq: int, old: Mapping[str, str], new: Mapping[str, str], checks: Sequence[str]
) -> ScoreChange:
    both = (
        CheckChange(check, _number(old.get(check, "")), _number(new.get(check, "")))
        for check in checks
    )
    hand_in = HandIn(
        Inert(old["student"]),
        Inert(old["name"]),
        1,
        old["submitted"],
        late=False,
        source=Inert(old["source"]),
        place=_NOWHERE,
    )
    scores = (_number(old["score"]), _number(new["score"]))
    return ScoreChange(seq, hand_in, *scores, moved(both), (old["status"], new["status"]))


@contextmanager
def _rows(book: TableBook) -> Iterator[Iterator[Mapping[str, str]]]:
    path = os.path.join(book.folder, GRADEBOOK)
    delimiter = ";" if book.terms["--csv"] == "excel-eu" else ","
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield csv.DictReader(file, delimiter=delimiter)


@lru_cache(maxsize=10_000)
def _number(text: str) -> Fraction | None:
    return Fraction(text.replace(",", ".")) if text else None


def summary(before: TableBook, after: TableBook, rows: Iterable[ScoreChange]) -> TableSummary:
    """Return what is different, in one pass."""
    count = rise = fall = 0
    lowest: list[tuple[Fraction, int, ScoreChange]] = []
    highest: list[tuple[Fraction, int, ScoreChange]] = []
    sums = unchanged(before.exercise, after.exercise)
    for each in rows:
        count, rise, fall = count + 1, rise + (each.by > 0), fall + (each.by < 0)
        if each.by:
            _keep(lowest, (-each.by, -each.seq, each))
            _keep(highest, (each.by, each.seq, each))
        for check in each.checks:
            sums[check.check] = sums[check.check].plus(check.by)
    outermost = {each.seq: each for _, _, each in (*lowest, *highest)}
    return TableSummary(
        after.exercise.id,
        count,
        rise,
        fall,
        tuple(sorted(outermost.values(), key=lambda each: (each.by, each.seq))),
        tuple(each for each in sums.values() if each.rises or each.falls),
    )


def _keep(
    heap: list[tuple[Fraction, int, ScoreChange]], entry: tuple[Fraction, int, ScoreChange]
) -> None:
    """Keep the largest entries."""
    if len(heap) < OUTERMOST:
        heapq.heappush(heap, entry)
    elif entry[:2] > heap[0][:2]:
        heapq.heapreplace(heap, entry)
