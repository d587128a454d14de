"""A table's run: recognise it, begin or go on, grade chunk after chunk, write the files."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from grader.cohort.beginning import Changed, begun, of_any_run
from grader.cohort.choices import Style
from grader.cohort.gradebook import columns_of
from grader.cohort.journal import TABLE, Terms
from grader.cohort.lock import Lock
from grader.cohort.marking import Criteria, spec_of
from grader.cohort.outputs import GRADEBOOK, RESULTS, check_free, clear, put_made
from grader.cohort.progress import Progress
from grader.cohort.results import new_results
from grader.cohort.tables.gradebook_rows import header
from grader.cohort.tables.ledger import Ledger
from grader.cohort.tables.recognised_table import Table, in_utf8, table_chunks
from grader.cohort.tables.table_crew import parts
from grader.cohort.tables.table_task import TableTask
from grader.exercise.record import Exercise
from grader.text.inert import inert

_COUNTS = """\
CREATE TABLE tally (
  what TEXT NOT NULL,           -- status, percent of the points, error, mistake, basis of a check
  key TEXT NOT NULL,
  rows INTEGER NOT NULL,
  PRIMARY KEY (what, key)
) STRICT;
"""


class TableRun(NamedTuple):
    """What is asked of a table's run."""

    folder: str
    marking: Criteria
    style: Style = "excel"
    restart: bool = False
    quiet: bool = False


class TableResult(NamedTuple):
    """What came of it: how many rows have what, by kind and name, and the files."""

    rows: int
    counts: Counter[str]
    files: tuple[str, ...]


def run(
    asked: TableRun, exercise: Exercise, table: Table, say: Callable[[str], None]
) -> TableResult:
    """Grade a table, or what is left of it.

    Raises: GraderError where the teacher has to decide something; OSError and
    sqlite3.OperationalError where nothing can be written.
    """
    os.makedirs(asked.folder, exist_ok=True)
    terms = _terms(asked, exercise, table)
    with Lock(asked.folder), begun(asked.folder, terms, say, restart=asked.restart) as journal:
        clear(asked.folder)
        for name in (GRADEBOOK, RESULTS):
            check_free(asked.folder, name, journal)
        names = [column.name for column in columns_of(exercise)]
        ledger = Ledger(asked.folder, journal, header(names, asked.style))
        try:
            with in_utf8(table, asked.folder) as plain:
                if ledger.entries:
                    _check_unchanged(plain, ledger, inert(table.path))
                    say(f"resuming: {ledger.rows:,} rows are graded already")
                if not ledger.is_whole:
                    _grade(asked, exercise, plain, ledger)
                    ledger.put()
        finally:
            ledger.close()
        put_made(asked.folder, RESULTS, lambda path: _write(path, exercise, terms, ledger), journal)
        return TableResult(ledger.rows, ledger.counts, (GRADEBOOK, RESULTS))


def _terms(asked: TableRun, exercise: Exercise, table: Table) -> Terms:
    terms = {
        **of_any_run(asked.marking, exercise),
        "--csv": asked.style,
        TABLE: os.path.basename(table.path),
        "its size": f"{os.path.getsize(table.path):,} bytes",
    }
    return Terms(terms, (), spec_of(asked.marking.exercise, exercise))


def _task(asked: TableRun, table: Table) -> TableTask:
    return TableTask(table.path, table.kind, table.heading, asked.marking, asked.style)


def _grade(asked: TableRun, exercise: Exercise, table: Table, ledger: Ledger) -> None:
    done = len(ledger.entries)
    total = table.rows if table.kind == "parquet" else os.path.getsize(table.path)
    before = ledger.entries[-1].end if done else 0
    what = "rows" if table.kind == "parquet" else "bytes"
    progress = Progress(total, quiet=asked.quiet, already=before, done=f"{what} graded")
    try:
        waiting = (chunk for chunk in table_chunks(table) if chunk.n >= done)
        for chunk, part in parts(_task(asked, table), exercise, waiting):
            ledger.add(chunk, part, _digest(table, chunk.start, chunk.end))
            progress.step(chunk.end - chunk.start)
    finally:
        progress.close()


def _digest(table: Table, start: int, end: int) -> str:
    """Return the SHA-256 of a chunk; Parquet's chunks are no bytes, and have none."""
    if table.kind == "parquet":
        return ""
    with open(table.path, "rb") as file:
        file.seek(start)
        return hashlib.sha256(file.read(end - start)).hexdigest()


def _check_unchanged(table: Table, ledger: Ledger, shown: str) -> None:
    """Refuse to mix what was graded with rows that are others now. Raises: Changed."""
    start = table.start
    for entry in ledger.entries:
        if _digest(table, start, entry.end) != entry.source:
            raise Changed(
                f"{shown} has changed since {ledger.rows:,} rows of it were graded. "
                "To grade everything again, add --restart; to keep both, name another folder "
                "after -o"
            )
        start = entry.end


def _write(path: str, exercise: Exercise, terms: Terms, ledger: Ledger) -> None:
    """Write results.sqlite: of a table it has what the run is fixed by, and how many have what."""
    with new_results(path, exercise, terms.terms, terms.spec, _COUNTS) as database:
        database.executemany(
            "INSERT INTO tally VALUES (?, ?, ?)",
            ((*key.split("\t"), count) for key, count in sorted(ledger.counts.items())),
        )
