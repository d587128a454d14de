"""What is graded of a table: the part of the gradebook on the disk, and its chunks in the journal.

The order is: append, let it reach the disk, commit. So the part is never shorter than the journal
says, and what is longer was not committed and is cut off.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from grader.cohort.journal import Journal, JournalError
from grader.cohort.outputs import GRADEBOOK, check_free, settle
from grader.cohort.tables.chunks import Chunk
from grader.cohort.tables.gradebook_rows import ChunkPart
from grader.text.inert import inert

PART = f"{GRADEBOOK}.part"
_PIECE = 1 << 20
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)


class Committed(NamedTuple):
    """A committed chunk: where it and its part end, what both are, and its counts."""

    n: int
    end: int
    out_end: int
    source: str  # SHA-256 of the chunk
    written: str  # SHA-256 of the gradebook up to here
    rows: int
    counts: dict[str, int]


class Ledger:
    """The gradebook as far as it is written."""

    def __init__(self, folder: str, journal: Journal, header: bytes) -> None:
        """Find what is done. Raises: JournalError where the part is not what the journal says."""
        self._folder = folder
        self._journal = journal
        self.path = os.path.join(folder, PART)
        self.entries = [Committed(*json.loads(text)) for text in journal.chunk_texts()]
        self.rows = sum(entry.rows for entry in self.entries)
        self.counts: Counter[str] = Counter()
        for entry in self.entries:
            self.counts.update(entry.counts)
        self.digest = hashlib.sha256()
        self.is_whole = self._is_put()
        if not self.is_whole:
            self._file = os.fdopen(os.open(self.path, _OPEN, 0o666), "r+b")
            self._go_on(header)

    def _is_put(self) -> bool:
        """Tell whether the gradebook is whole and in its place."""
        if not self.entries or os.path.exists(self.path):
            return False
        return self._journal.wrote(GRADEBOOK, self.entries[-1].written) and os.path.exists(
            os.path.join(self._folder, GRADEBOOK)
        )

    def _go_on(self, header: bytes) -> None:
        if not self.entries:
            self._file.truncate(0)
            self._file.write(header)
            self.digest.update(header)
            return
        end = self.entries[-1].out_end
        for piece in _pieces(self._file.read, end):
            self.digest.update(piece)
        if self._file.tell() != end or self.digest.hexdigest() != self.entries[-1].written:
            raise JournalError(
                f"{inert(self.path)} is not what the journal says; it is kept as it is. Add "
                "--restart to grade everything anew, or name another folder after -o"
            )
        self._file.truncate(end)

    def add(self, chunk: Chunk, part: ChunkPart, source: str) -> None:
        """Append a chunk's part and commit it. Raises: OSError, sqlite3.OperationalError."""
        self._file.write(part.data)
        self._file.flush()
        os.fdatasync(self._file.fileno())
        self.digest.update(part.data)
        counts = {"\t".join(key): count for key, count in sorted(part.counts.items())}
        entry = Committed(
            chunk.n,
            chunk.end,
            self._file.tell(),
            source,
            self.digest.hexdigest(),
            part.rows,
            counts,
        )
        self._journal.keep_chunk(chunk.n, json.dumps(entry))
        self._journal.commit()
        self.rows += part.rows
        self.counts.update(counts)

    def put(self) -> None:
        """Put the whole gradebook in its place. Raises: NotOurs, OSError."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        check_free(self._folder, GRADEBOOK, self._journal)
        self._journal.will_write([(GRADEBOOK, self.digest.hexdigest())])
        os.replace(self.path, os.path.join(self._folder, GRADEBOOK))
        settle(self._folder)

    def close(self) -> None:
        """Leave the file as it is."""
        if not self.is_whole:
            self._file.close()


def _pieces(read: object, most: int) -> Iterator[bytes]:
    """Yield what is read, at most so much."""
    left = most
    while left and callable(read):
        piece: bytes = read(min(_PIECE, left))
        if not piece:
            return
        left -= len(piece)
        yield piece
