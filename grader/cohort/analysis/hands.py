"""A run's rows as an analysis needs them, from memory or from its results.sqlite.

Scores here are those that were earned, before anything is taken off for lateness.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from fractions import Fraction
from typing import Any, NamedTuple
from urllib.parse import quote

from grader.cohort.book import Book
from grader.cohort.graded import VariantRow, exact_of
from grader.cohort.outputs import RESULTS
from grader.cohort.results import FORMAT
from grader.errors import GraderError, SpecError
from grader.exercise.record import Exercise
from grader.specs.exercise import read_exercise
from grader.text.inert import inert


class Hand(NamedTuple):
    """A hand-in and what came of it; credits are in the order of the exercise's checks.

    `mistakes` are (unit, code), `parameters` the free ones in their order; both are empty where it
    was not graded.
    """

    student: str
    name: str
    attempt: int
    late: bool
    counts: bool
    source: str
    digest: str | None
    status: str
    error: str
    score: Fraction
    credits: tuple[Fraction, ...]
    mistakes: tuple[tuple[int, str], ...]
    parameters: tuple[Fraction, ...]
    variant: VariantRow | None = None


class Results(NamedTuple):
    """What a run found out: its exercise, its rows, those without one, what it was fixed by."""

    exercise: Exercise
    hands: tuple[Hand, ...]
    missing: tuple[tuple[str, str], ...]
    terms: Mapping[str, str]


class NoResults(GraderError):
    """The teacher must act: there are no results, or they cannot be read."""


def of_book(book: Book, terms: Mapping[str, str]) -> Results:
    """Return a run's results as they are about to be written."""
    hands = tuple(
        Hand(
            str(each.student),
            str(each.name),
            each.attempt,
            each.late or bool(book.lateness(seq).seconds),
            seq in book.counts,
            str(each.source),
            row.digest,
            row.status,
            row.error,
            exact_of(row.score or "0"),
            tuple(exact_of(point.credit) for point in row.points),
            tuple((mistake.unit, mistake.code) for mistake in row.mistakes),
            tuple(map(exact_of, row.parameters)),
            row.variant,
        )
        for seq, (each, row) in enumerate(zip(book.manifest.entries, book.rows, strict=True))
    )
    missing = tuple((str(each.student), str(each.name)) for each in book.manifest.missing)
    return Results(book.exercise, hands, missing, terms)


def of_folder(folder: str) -> Results:
    """Return the results that are in a run's folder.

    Raises: NoResults.
    """
    path = os.path.join(folder, RESULTS)
    if not os.path.isfile(path):
        raise NoResults(
            f"{inert(path)} is not there; grade a class first: grade -e EXERCISE COLLECTION -o "
            f"{inert(folder)}"
        )
    try:
        with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version != FORMAT:
                raise NoResults(
                    f"{inert(path)} is of version {version}; this grader reads version {FORMAT}. "
                    "Grade the class again, into another folder"
                )
            return _read(database)
    except (sqlite3.DatabaseError, SpecError, KeyError, ArithmeticError, ValueError) as error:
        raise NoResults(
            f"{inert(path)} cannot be read ({inert(str(error), 200)}); it is kept as it is. Grade "
            "the class again, into another folder"
        ) from error


def _read(database: sqlite3.Connection) -> Results:
    terms = dict(database.execute("SELECT name, value FROM run"))
    spec = database.execute("SELECT bytes FROM spec").fetchone()
    if spec is None:
        raise sqlite3.DatabaseError("no exercise is in it")
    exercise = read_exercise(spec[0], "the exercise", terms["exercise"])
    missing = tuple(database.execute("SELECT student, name FROM missing ORDER BY rowid"))
    return Results(exercise, tuple(_hands(database, exercise)), missing, terms)


def _hands(database: sqlite3.Connection, exercise: Exercise) -> Iterator[Hand]:
    """Yield the rows; four cursors go through four tables side by side, all by number."""
    same: dict[Fraction, Fraction] = {}  # one object for equal scores: it is counted faster
    rows = database.execute(
        "SELECT seq, student, name, attempt, late, counts, source, digest, status, error "
        "FROM submission JOIN result USING (seq) ORDER BY seq"
    )
    place = {check.id: k for k, check in enumerate(exercise.checks)}
    names = {name: k for k, name in enumerate(exercise.free)}
    earned = _Side(database, "SELECT seq, check_id, credit_exact, points_exact FROM point")
    wrong = _Side(database, "SELECT seq, rank, unit, code FROM mistake")
    variants = _variants(database, exercise)
    handed = _Side(database, "SELECT seq, name, value_exact FROM parameter")
    for seq, student, name, attempt, late, counts, source, digest, status, error in rows:
        points = sorted(earned.of(seq), key=lambda row: place[row[1]])
        mistakes = sorted(wrong.of(seq), key=lambda row: row[1])
        values = sorted(handed.of(seq), key=lambda row: names[row[1]])
        score = sum((exact_of(row[3]) for row in points), Fraction(0))
        yield Hand(
            student,
            name,
            attempt,
            bool(late),
            bool(counts),
            source,
            digest,
            status,
            error,
            same.setdefault(score, score),
            tuple(exact_of(row[2]) for row in points),
            tuple((row[2], row[3]) for row in mistakes),
            tuple(exact_of(row[2]) for row in values),
            variants.get(seq),
        )


def _variants(database: sqlite3.Connection, exercise: Exercise) -> dict[int, VariantRow]:
    """Return the variants by the hand-ins' numbers; none where everybody has the same."""
    if exercise.variant is None:
        return {}
    rows = database.execute("SELECT seq, number, chosen_by, right_for FROM variant")
    return {seq: VariantRow(number, by, right_for) for seq, number, by, right_for in rows}


class _Side:
    """A table read once, in the order of its first column, beside another in the same order."""

    def __init__(self, database: sqlite3.Connection, question: str) -> None:
        self.rows = database.execute(f"{question} ORDER BY seq")
        self.next = self.rows.fetchone()

    def of(self, seq: int) -> list[tuple[int, Any, Any, str]]:
        """Return the rows of a number, each asked for once, in order."""
        found = []
        while self.next is not None and self.next[0] == seq:
            found.append(self.next)
            self.next = self.rows.fetchone()
        return found
