"""The journal of a class run: what is graded stays graded, whatever ends the process.

Theory of operation. A run is fixed by its terms (the exercise's digest, the options, the version)
and its hand-ins, in order; both are written before the first is graded. Rows are then committed in
groups, by SQLite with full synchronisation: after a kill or a power cut a row is there whole or not
at all; the same command finds what is missing and grades only that. Files are made at the
end from the committed rows in the hand-ins' order, so they cannot tell how often a run was stopped.
With WAL a commit costs one sync; it needs memory that processes share, which network file systems
lack, so there the journal is of the older kind.
"""

import errno
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from shutil import rmtree
from typing import NamedTuple, Self

from grader.cohort.graded import GradedRow, packed, unpacked
from grader.errors import GraderError
from grader.text.inert import inert

FOLDER, NAME = "journal", "journal.sqlite"
_FRESH = "journal.new"
TABLE = "the table"  # the term that a table's run has
FORMAT = 3
_APPLICATION = 0x47524A31  # "GRJ1"
_NETWORKED = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse", "lustre", "9p", "afs", "ceph", "gpfs")
_TABLES = """\
CREATE TABLE term (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE spec (file BLOB NOT NULL) STRICT;
CREATE TABLE hand_in (seq INTEGER PRIMARY KEY, told TEXT NOT NULL) STRICT;
CREATE TABLE outcome (seq INTEGER PRIMARY KEY, told TEXT NOT NULL) STRICT;
CREATE TABLE earlier_run (number INTEGER PRIMARY KEY, terms TEXT NOT NULL, spec BLOB NOT NULL)
  STRICT;
CREATE TABLE earlier_outcome (number INTEGER, seq INTEGER, told TEXT NOT NULL,
  PRIMARY KEY (number, seq)) STRICT;
CREATE TABLE output (name TEXT, sha256 TEXT, PRIMARY KEY (name, sha256)) STRICT;
"""


class JournalError(GraderError):
    """The teacher must act: a journal that is there cannot be gone on with."""


class Terms(NamedTuple):
    """What a run is fixed by: its terms by name, its hand-ins, each as one text, the spec's bytes.

    The terms have the spec's digest; its bytes are kept so that results can be looked at, and
    compared with those by another spec, after the file has changed.
    """

    terms: Mapping[str, str]
    hand_ins: tuple[str, ...]
    spec: bytes = b""


class Earlier(NamedTuple):
    """A run that was regraded: its number, what it was fixed by, its rows by their numbers."""

    number: int
    terms: Mapping[str, str]
    rows: tuple[tuple[int, GradedRow], ...]


class Journal:
    """An open journal. Rows are added one by one and stay from the next `commit` on."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over an open database."""
        self._database = connection

    def __enter__(self) -> Self:
        """Give the journal itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it; what was not committed is not kept."""
        self.close()

    def close(self) -> None:
        """Close it."""
        self._database.close()

    def terms(self) -> Terms:
        """Return what the run that began it was fixed by."""
        terms = self._database.execute("SELECT name, value FROM term ORDER BY rowid").fetchall()
        texts = self._database.execute("SELECT told FROM hand_in ORDER BY seq").fetchall()
        spec = self._database.execute("SELECT file FROM spec").fetchone() or (b"",)
        return Terms(dict(terms), tuple(text for (text,) in texts), *spec)

    def begin(self, terms: Terms) -> None:
        """Write what the run is fixed by, in one transaction."""
        self._fix(terms)
        rows = enumerate(terms.hand_ins)
        self._database.executemany("INSERT INTO hand_in VALUES (?, ?)", rows)
        self.commit()

    def _fix(self, terms: Terms) -> None:
        self._database.executemany("INSERT INTO term VALUES (?, ?)", terms.terms.items())
        self._database.execute("INSERT INTO spec VALUES (?)", (terms.spec,))

    def done(self) -> dict[int, str | None]:
        """Return the digest of each hand-in that is graded, by number."""
        return {seq: row.digest for seq, row in self.rows()}

    def rows(self) -> Iterator[tuple[int, GradedRow]]:
        """Yield the committed rows in the hand-ins' order."""
        for seq, text in self._database.execute("SELECT seq, told FROM outcome ORDER BY seq"):
            yield seq, unpacked(text)

    def add(self, rows: Iterable[tuple[int, GradedRow]]) -> None:
        """Add rows; a number that is there already keeps the row that was first."""
        texts = [(seq, packed(row)) for seq, row in rows]
        self._database.executemany("INSERT OR IGNORE INTO outcome VALUES (?, ?)", texts)

    def supersede(self, terms: Terms, rows: Iterable[GradedRow]) -> None:
        """Put other terms and rows in the place of these, which are kept, in one transaction."""
        ask = self._database.execute
        old = self.terms()
        number = 1 + len(self.earlier())
        texts = json.dumps(dict(old.terms), ensure_ascii=False)
        ask("INSERT INTO earlier_run VALUES (?, ?, ?)", (number, texts, old.spec))
        ask("INSERT INTO earlier_outcome SELECT ?, seq, told FROM outcome", (number,))
        ask("DELETE FROM term")
        ask("DELETE FROM spec")
        ask("DELETE FROM outcome")
        self._fix(terms)
        self.add(enumerate(rows))
        self.commit()

    def earlier(self) -> tuple[Earlier, ...]:
        """Return the runs whose rows others have taken the place of, the first one first."""
        ask = self._database.execute
        found = ask("SELECT number, terms FROM earlier_run ORDER BY number").fetchall()
        return tuple(
            Earlier(
                number,
                json.loads(terms),
                tuple(
                    (seq, unpacked(texts))
                    for seq, texts in ask(
                        "SELECT seq, told FROM earlier_outcome WHERE number = ? ORDER BY seq",
                        (number,),
                    )
                ),
            )
            for number, terms in found
        )

    def keep_chunk(self, seq: int, text: str) -> None:
        """Add what a chunk of a table came to."""
        self._database.execute("INSERT INTO outcome VALUES (?, ?)", (seq, text))

    def chunk_texts(self) -> list[str]:
        """Return what a table's chunks came to, in order."""
        rows = self._database.execute("SELECT told FROM outcome ORDER BY seq").fetchall()
        return [text for (text,) in rows]

    def commit(self) -> None:
        """Let everything that was added stay."""
        self._database.commit()

    def wrote(self, name: str, sha256: str) -> bool:
        """Tell whether a run here has written, or was about to write, a file with this content."""
        asked = "SELECT 1 FROM output WHERE name = ? AND sha256 = ?"
        return self._database.execute(asked, (name, sha256)).fetchone() is not None

    def will_write(self, files: Iterable[tuple[str, str]]) -> None:
        """Keep, before files are put in their place, that these names and digests are ours."""
        self._database.executemany("INSERT OR IGNORE INTO output VALUES (?, ?)", files)
        self.commit()

    def outputs(self) -> list[tuple[str, str]]:
        """Return the names and digests of all that was written."""
        return self._database.execute("SELECT name, sha256 FROM output").fetchall()


def opened(folder: str) -> Journal | None:
    """Open the journal in the output folder; None if there is none yet, or it has not begun.

    Raises: JournalError if it is damaged or another version's; OSError if it cannot be read.
    """
    here, fresh = os.path.join(folder, FOLDER), os.path.join(folder, _FRESH)
    if not os.path.lexists(here) and os.path.isdir(fresh):  # ended between two renamings
        os.rename(fresh, here)
    path = os.path.join(here, NAME)
    if not os.path.exists(path):
        return None
    database = sqlite3.connect(path)
    try:
        reason = _unlike(database)
    except sqlite3.OperationalError as error:
        database.close()
        raise OSError(None, str(error), path) from error
    except sqlite3.DatabaseError as error:
        reason = f"is damaged ({error})"
    if reason:
        database.close()
        raise JournalError(
            f"{inert(path)} {inert(reason)}; it is kept as it is. Name another folder after -o, or "
            "move this one away, to grade everything anew"
        )
    if reason is None:  # a run ended before its first transaction
        database.close()
        return made(folder)
    _synchronised(database, path)
    return Journal(database)


def _unlike(database: sqlite3.Connection) -> str | None:
    """Say why a database cannot be gone on with, "" if it can, None if nothing is in it yet.

    Nothing is written, whatever it is.
    """

    def asked(question: str) -> object:
        return database.execute(question).fetchone()[0]

    if not asked("SELECT count(*) FROM sqlite_master"):
        return None
    if asked("PRAGMA application_id") != _APPLICATION:
        return "is not the journal of a class run"
    version = asked("PRAGMA user_version")
    if version != FORMAT:
        return f"is of version {version}; this grader writes version {FORMAT}"
    check = asked("PRAGMA quick_check(1)")
    return "" if check == "ok" else f"is damaged ({check})"


def made(folder: str, name: str = FOLDER) -> Journal:
    """Make a new journal in the output folder. Raises: OSError."""
    path = os.path.join(folder, name, NAME)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    database = sqlite3.connect(path)
    _synchronised(database, path)
    database.executescript(
        f"BEGIN; PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {FORMAT};"
        f"{_TABLES} COMMIT;"
    )
    return Journal(database)


def made_anew(folder: str, old: Journal) -> tuple[Journal, str]:
    """Put the old journal aside and make a new one; return that, and what the old is called now.

    The new one knows which files the old run wrote. It is whole before the old one is moved.
    """
    here, fresh = os.path.join(folder, FOLDER), os.path.join(folder, _FRESH)
    rmtree(fresh, ignore_errors=True)
    written = old.outputs()
    old.close()
    with made(folder, _FRESH) as journal:
        journal.will_write(written)
    number = 1
    while os.path.lexists(f"{here}-{number}"):
        number += 1
    os.rename(here, f"{here}-{number}")
    os.rename(fresh, here)
    reopened = opened(folder)
    if reopened is None:
        raise OSError(errno.ENOENT, "it was removed", here)
    return reopened, f"{FOLDER}-{number}"


def _synchronised(database: sqlite3.Connection, path: str) -> None:
    mode = "DELETE" if is_networked(path) else "WAL"
    database.execute(f"PRAGMA journal_mode = {mode}")
    database.execute("PRAGMA synchronous = FULL")


def is_networked(path: str, mounts: str = "/proc/self/mounts") -> bool:
    """Tell whether the path is on a file system where processes may not share memory."""
    try:
        with open(mounts, encoding="utf-8", errors="surrogateescape") as file:
            rows = [line.split() for line in file]
    except OSError:
        return False
    real = os.path.join(os.path.realpath(path), "")
    found = ("", "")
    for _, place, kind, *_ in rows:
        folder = place.replace("\\040", " ")
        if real.startswith(os.path.join(folder, "")) and len(folder) >= len(found[0]):
            found = (folder, kind)
    return found[1].split(".")[0] in _NETWORKED
