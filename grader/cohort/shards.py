"""A share of a class: which hand-ins one of several machines grades, and the file with its rows.

Theory of operation. The hand-ins, in the manifest's order, are cut into chunks; chunk c belongs to
shard c mod n + 1, so that neighbours, who may be alike, go to different machines. Each shard writes
one file that says of what run it is a part (the fingerprint: the terms and all hand-ins) and holds
its chunks, each with its length and digest, and at the end the digest of all that is before. So
whoever puts the parts together needs neither the hand-ins nor the machines, and a part that was cut
off, changed or belongs to another run is seen.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grader.cohort.beginning import hand_in_text
from grader.cohort.graded import GradedRow, packed, unpacked
from grader.cohort.journal import Terms
from grader.cohort.manifest import Enrolled, HandIn, Manifest, Whereabouts
from grader.errors import GraderError
from grader.text.digest import sha256
from grader.text.inert import Inert, inert

FORMAT = 1
CHUNK = 100  # hand-ins; fewer where there would not be some chunks for each shard
_CHUNKS_EACH = 4
MOST = 9999
_PATTERN = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")


class ShardError(GraderError):
    """The operator must act: a part is missing, damaged, or of another run."""


class Shard(NamedTuple):
    """Shard i of n, counted from 1."""

    number: int
    of: int

    @property
    def name(self) -> str:
        """What its folder is called, and its file, which ends in .part."""
        return f"shard-{self.number:04}-of-{self.of:04}"

    def chunks(self, total: int) -> Iterator[tuple[int, range]]:
        """Yield the shard's chunks of so many hand-ins: their numbers, and the hand-ins'."""
        size = max(1, min(CHUNK, total // (self.of * _CHUNKS_EACH)))
        for chunk in range(self.number - 1, -(-total // size), self.of):
            yield chunk, range(chunk * size, min(chunk * size + size, total))


def shard_of(text: str) -> Shard:
    """Return the shard that i/n names. Raises: ShardError."""
    found = _PATTERN.fullmatch(text)
    shard = Shard(*map(int, found.groups())) if found else Shard(0, 0)
    if not 1 <= shard.number <= shard.of:
        raise ShardError(
            f'--shard: "{inert(text, 40)}" is not a share of a class; write i/n with i from 1 to n '
            f"and n at most {MOST:,}, as in 3/16"
        )
    return shard


class Head(NamedTuple):
    """The first line of a part: what it is a part of.

    `manifest` is the digest of all hand-ins; `missing` are those of the roster who handed nothing
    in; `spec` is the exercise's file in base 64, whose digest is among the terms.
    """

    shard: Shard
    terms: dict[str, str]
    hand_ins: int
    manifest: str
    layout: str
    missing: tuple[Enrolled, ...]
    spec: str

    @property
    def fingerprint(self) -> str:
        """What all parts of one run have alike."""
        alike = [self.terms, self.hand_ins, self.manifest, self.layout, self.missing]
        return _digest(_line(alike))


class ShardRow(NamedTuple):
    """A hand-in of a part: its number, who handed it in, its row, its reports' texts."""

    seq: int
    hand_in: HandIn
    row: GradedRow
    texts: tuple[str, ...]


def head_of(shard: Shard, terms: Terms, manifest: Manifest) -> Head:
    """Return the first line of a shard's part."""
    every = _digest("\n".join(terms.hand_ins).encode("utf-8", "surrogatepass"))
    spec = b64encode(terms.spec).decode()
    return Head(
        shard,
        {**terms.terms},
        len(terms.hand_ins),
        every,
        manifest.layout,
        manifest.missing,
        spec,
    )


def lines(head: Head, chunks: Iterable[tuple[int, list[ShardRow]]]) -> Iterator[bytes]:
    """Yield a part's bytes: its head, its chunks, the digest of all that."""
    every = sha256()
    fingerprint = {"format": FORMAT, "fingerprint": head.fingerprint}
    parts = [_line({**fingerprint, **head._asdict()})]
    number = 0
    for chunk, rows in chunks:
        data = b"".join(_packed(row) for row in rows)
        parts += [_line({"chunk": chunk, "bytes": len(data), "sha256": _digest(data)}), data]
        for part in parts:
            every.update(part)
        yield from parts
        parts = []
        number += 1
    for part in parts:
        every.update(part)
    yield from parts
    yield _line({"chunks": number, "sha256": every.hexdigest()})


def _packed(row: ShardRow) -> bytes:
    texts = json.dumps(row.texts)
    return f"[{row.seq},{hand_in_text(row.hand_in)},{packed(row.row)},{texts}]\n".encode(
        "utf-8", "surrogatepass"
    )


def row_from(line: bytes) -> ShardRow:
    """Return the row that a line of a chunk holds."""
    seq, hand_in, row, texts = json.loads(line.decode("utf-8", "surrogatepass"))
    student, name, attempt, submitted, late, source = hand_in
    place = Whereabouts((), "")
    whose = HandIn(Inert(student), Inert(name), attempt, submitted, late, Inert(source), place)
    return ShardRow(seq, whose, unpacked(json.dumps(row)), tuple(texts))


def head_from(line: bytes) -> Head:
    """Return the head of a part. Raises: ShardError in the middle of a sentence; ValueError."""
    read = json.loads(line)
    if read["format"] != FORMAT:
        raise ShardError(f"is of version {read['format']}; this grader reads version {FORMAT}")
    head = Head(
        Shard(*read["shard"]),
        read["terms"],
        read["hand_ins"],
        read["manifest"],
        read["layout"],
        tuple(Enrolled(Inert(who), Inert(name)) for who, name in read["missing"]),
        read["spec"],
    )
    if head.fingerprint != read["fingerprint"]:
        raise ValueError("the head was changed")
    return head


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _digest(data: bytes) -> str:
    return str(sha256(data).hexdigest())
