"""results.sqlite: all that a run found out, for whoever asks in SQL.

The database is written anew from the committed rows, in one transaction and in the hand-ins' order,
so it is the same bytes however often the run was stopped. No clock is in it.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction

from grader.cohort.book import Book, attempts
from grader.cohort.graded import VariantRow, shortest, shortest_of
from grader.cohort.journal import Earlier
from grader.exercise.record import Exercise

FORMAT = 3
# Exact numbers are text, as in '1850/21'; the nearest double is beside each.
_SCHEMA = """\
CREATE TABLE run (
  name TEXT PRIMARY KEY,        -- exercise, digest, version and the options, as in the journal
  value TEXT NOT NULL
) STRICT;
CREATE TABLE check_of (
  check_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,           -- segment, breakpoint
  role TEXT NOT NULL,           -- goal, guard
  max_points REAL NOT NULL
) STRICT;
CREATE TABLE submission (
  seq INTEGER PRIMARY KEY,      -- from 0, in the gradebook's order
  student TEXT NOT NULL,        -- the platform's id
  name TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  submitted TEXT NOT NULL,      -- ISO 8601, or empty
  late INTEGER NOT NULL,        -- 1 if after its due time, or so marked by the platform
  late_s INTEGER,               -- seconds after its due time, 0 within the grace, or null
  counts INTEGER NOT NULL,
  source TEXT NOT NULL,
  digest TEXT                   -- SHA-256 of the bytes
) STRICT;
CREATE TABLE result (
  seq INTEGER PRIMARY KEY REFERENCES submission,
  status TEXT NOT NULL,         -- graded, invalid, failed
  score REAL,                   -- after what lateness takes off; null if failed
  score_exact TEXT,
  late_points_exact TEXT NOT NULL, -- what lateness takes off, as in '-20', or '0'
  max_score REAL NOT NULL,
  error TEXT NOT NULL,          -- a code, or empty
  message TEXT NOT NULL
) STRICT;
CREATE TABLE point (
  seq INTEGER NOT NULL REFERENCES submission,
  check_id TEXT NOT NULL REFERENCES check_of,
  points REAL NOT NULL,
  points_exact TEXT NOT NULL,
  credit_exact TEXT NOT NULL,
  basis TEXT NOT NULL,
  PRIMARY KEY (seq, check_id)
) STRICT;
CREATE TABLE mistake (
  seq INTEGER NOT NULL REFERENCES submission,
  rank INTEGER NOT NULL,        -- 1 is the one in the gradebook
  unit INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (seq, rank)
) STRICT;
CREATE TABLE parameter (
  seq INTEGER NOT NULL REFERENCES submission,
  name TEXT NOT NULL,           -- of a free parameter, as in w1
  value REAL NOT NULL,
  value_exact TEXT NOT NULL,    -- what was handed in, as in '1/10'
  PRIMARY KEY (seq, name)
) STRICT;
CREATE TABLE earlier_run (      -- what was before a regrading: terms by name, as in run
  number INTEGER NOT NULL,      -- from 1
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (number, name)
) STRICT;
CREATE TABLE earlier_result (
  number INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES submission,
  status TEXT NOT NULL,
  score REAL,
  score_exact TEXT,
  PRIMARY KEY (number, seq)
) STRICT;
CREATE TABLE spec (
  digest TEXT PRIMARY KEY,      -- of the exercise's file
  bytes BLOB NOT NULL           -- the file, so that results can be looked at without it
) STRICT;
CREATE TABLE missing (
  student TEXT NOT NULL,        -- on the roster, without a hand-in
  name TEXT NOT NULL
) STRICT;
CREATE TABLE note (
  text TEXT NOT NULL            -- what the policies on attempts and lateness met
) STRICT;
"""
# Only where the exercise has variants.
_VARIANTS = """\
CREATE TABLE variant (
  seq INTEGER PRIMARY KEY REFERENCES submission,
  number INTEGER,               -- of the variant that counts, from 0, or null if nobody can tell
  chosen_by TEXT NOT NULL,      -- draw, override, command, submission, spec, nobody
  list TEXT NOT NULL,           -- the digest of the list of variants
  right_for INTEGER             -- another variant, which it says it is for and answers rightly
) STRICT;
"""


def write_results(
    path: str,
    book: Book,
    terms: Mapping[str, str],
    spec: bytes,
    earlier: Sequence[Earlier] = (),
) -> None:
    """Write a new database at the path, which is free. Raises: OSError.

    `spec` is the exercise's file; `earlier` are the runs before a regrading.
    """
    with new_results(path, book.exercise, terms, spec) as database:
        _fill(database, book)
        _fill_variants(database, book)
        _fill_earlier(database, earlier)


@contextmanager
def new_results(
    path: str, exercise: Exercise, terms: Mapping[str, str], spec: bytes, more: str = ""
) -> Iterator[sqlite3.Connection]:
    """Make the database with what the run is fixed by, and keep what is put in meanwhile.

    `more` makes tables of the run's own. Raises: OSError.
    """
    try:
        database = sqlite3.connect(path)
        try:
            database.execute("PRAGMA journal_mode = OFF")  # whoever is killed leaves no output
            database.executescript(f"BEGIN; PRAGMA user_version = {FORMAT}; {_SCHEMA}{more}")
            database.executemany("INSERT INTO run VALUES (?, ?)", iter(terms.items()))
            database.executemany(
                "INSERT INTO check_of VALUES (?, ?, ?, ?)",
                ((c.id, c.kind, c.role, _real(c.worth)) for c in exercise.checks),
            )
            database.execute("INSERT INTO spec VALUES (?, ?)", (exercise.digest, spec))
            yield database
            database.commit()
        finally:
            database.close()
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), path) from error
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _fill(database: sqlite3.Connection, book: Book) -> None:
    put = database.executemany
    put("INSERT INTO submission VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _submissions(book))
    put("INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _results(book))
    put(
        "INSERT INTO point VALUES (?, ?, ?, ?, ?, ?)",
        (
            (seq, p.check, _double(p.points), p.points, p.credit, p.basis)
            for seq, row in enumerate(book.rows)
            for p in row.points
        ),
    )
    put(
        "INSERT INTO mistake VALUES (?, ?, ?, ?, ?)",
        (
            (seq, rank, each.unit, each.code, each.message)
            for seq, row in enumerate(book.rows)
            for rank, each in enumerate(row.mistakes, 1)
        ),
    )
    put("INSERT INTO parameter VALUES (?, ?, ?, ?)", _parameters(book))
    put(
        "INSERT INTO missing VALUES (?, ?)",
        ((each.student, each.name) for each in book.manifest.missing),
    )
    put("INSERT INTO note VALUES (?)", ((text,) for text in book.notes))


def _fill_variants(database: sqlite3.Connection, book: Book) -> None:
    variant = book.exercise.variant
    if variant is not None:
        database.execute(_VARIANTS)
        nobodys = VariantRow(None, "nobody", None)
        rows = enumerate(row.variant or nobodys for row in book.rows)
        database.executemany(
            "INSERT INTO variant VALUES (?, ?, ?, ?, ?)",
            ((k, each.number, each.chosen_by, variant.digest, each.right_for) for k, each in rows),
        )


def _fill_earlier(database: sqlite3.Connection, earlier: Sequence[Earlier]) -> None:
    for number, terms, rows in earlier:
        database.executemany(
            "INSERT INTO earlier_run VALUES (?, ?, ?)",
            ((number, name, value) for name, value in terms.items()),
        )
        database.executemany(
            "INSERT INTO earlier_result VALUES (?, ?, ?, ?, ?)",
            ((number, seq, row.status, _real(row.exact), row.score) for seq, row in rows),
        )


def _submissions(book: Book) -> Iterator[tuple[object, ...]]:
    times = attempts(book.manifest.entries)
    for seq, (each, row) in enumerate(zip(book.manifest.entries, book.rows, strict=True)):
        hand_in = (each.student, each.name, each.attempt, times[each.student], each.submitted)
        seconds = book.lateness(seq).seconds
        late = (int(each.late or bool(seconds)), seconds)
        yield (seq, *hand_in, *late, int(seq in book.counts), each.source, row.digest)


def _results(book: Book) -> Iterator[tuple[object, ...]]:
    most = _real(book.exercise.points)
    for seq, row in enumerate(book.rows):
        score = book.score(seq)
        exact = None if score is None else str(score)
        off = str(-book.lateness(seq).off)
        yield seq, row.status, _real(score), exact, off, most, row.error, row.message


def _parameters(book: Book) -> Iterator[tuple[object, ...]]:
    for seq, row in enumerate(book.rows):
        if row.parameters:
            for name, value in zip(book.exercise.free, row.parameters, strict=True):
                yield seq, name, _double(value), value


def _real(exact: Fraction | None) -> float | None:
    double = shortest(exact)
    return None if double is None else float(double)


def _double(text: str) -> float | None:
    double = shortest_of(text)
    return None if double is None else float(double)
