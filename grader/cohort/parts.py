"""The parts that shards have written, seen as one run: all there, all whole, all of it."""

import json
import os
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.cohort.beginning import differences, hand_in_text
from grader.cohort.journal import Terms
from grader.cohort.manifest import HandIn, Manifest
from grader.cohort.shards import Head, Shard, ShardError, ShardRow, head_from, head_of, row_from
from grader.text.digest import sha256
from grader.text.inert import inert
from grader.text.lists import listed

_NAMES = re.compile(r"shard-\d{4}-of-\d{4}\.part")
_SHOWN = 10  # shards named in a message


class WholePart(NamedTuple):
    """A part that was read through once and is whole: where it is, its head, its digest."""

    path: str
    head: Head
    sha256: str


class ShardedRun(NamedTuple):
    """All parts of a run, in order of their shards, and the run's terms and hand-ins."""

    files: tuple[WholePart, ...]
    terms: Terms
    manifest: Manifest


def found(paths: Sequence[str]) -> list[str]:
    """Return the paths of the parts: files as they are named, of a folder those that lie in it.

    Raises: ShardError where a folder has none; OSError.
    """
    files = []
    for path in paths:
        if not os.path.isdir(path):
            files.append(path)
            continue
        inside = sorted(name for name in os.listdir(path) if _NAMES.fullmatch(name))
        if not inside:
            raise ShardError(
                f"{inert(path)} holds no shard-....part; a shard that is finished leaves one: "
                "grade COLLECTION -o OUT/ --shard i/n"
            )
        files += [os.path.join(path, name) for name in inside]
    return files


def gathered(paths: Sequence[str]) -> ShardedRun:
    """Read all parts of one run through.

    Raises: ShardError if one is missing, damaged or of another run; OSError.
    """
    by_shard: dict[Shard, WholePart] = {}
    hand_ins: dict[int, HandIn] = {}
    for path in found(paths):
        part = _read_through(path, hand_ins)
        other = by_shard.setdefault(part.head.shard, part)
        if other.sha256 != part.sha256:
            raise ShardError(
                f"{inert(other.path)} and {inert(path)} are the same shard with different content; "
                "keep the one that is right, or run that shard anew"
            )
    files = tuple(part for _, part in sorted(by_shard.items()))
    _check_alike(files)
    _check_all_there(files)
    head = files[0].head
    if sorted(hand_ins) != list(range(head.hand_ins)):
        raise ShardError(
            f"the parts hold {len(hand_ins):,} hand-ins, but the run has {head.hand_ins:,}; run "
            "all shards anew"
        )
    entries = tuple(hand_ins[seq] for seq in range(head.hand_ins))
    manifest = Manifest(head.layout, entries, missing=head.missing)
    terms = Terms(head.terms, tuple(hand_in_text(each) for each in entries), b64decode(head.spec))
    if head_of(head.shard, terms, manifest) != head:
        raise ShardError("the hand-ins of the parts are not those of their run; run all anew")
    return ShardedRun(files, terms, manifest)


def _read_through(path: str, hand_ins: dict[int, HandIn]) -> WholePart:
    """Read a part to its end and keep whose its rows are. Raises: ShardError; OSError."""
    try:
        head, digest = _checked(path, hand_ins)
    except ShardError as error:
        raise ShardError(f"{inert(path)} {error}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ShardError(
            f"{inert(path)} is damaged or not a part of a class run ({inert(str(error), 80)}); "
            "copy it anew, or run its shard again"
        ) from None
    return WholePart(path, head, digest)


def _checked(path: str, hand_ins: dict[int, HandIn]) -> tuple[Head, str]:
    with open(path, "rb") as file:
        head = head_from(file.readline())
    for row in rows(path):
        hand_ins[row.seq] = row.hand_in
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - 200))
        digest = str(json.loads(file.read().splitlines()[-1])["sha256"])
    return head, digest


def rows(path: str) -> Iterator[ShardRow]:
    """Yield a part's rows, chunk by chunk. Raises: ValueError where it is not what was written."""
    every = sha256()
    with open(path, "rb") as file:
        every.update(file.readline())
        while "chunk" in (said := json.loads(line := file.readline() or b"{}")):
            data = file.read(said["bytes"])
            if sha256(data).hexdigest() != said["sha256"]:
                raise ValueError(f"chunk {said['chunk']} is not what was written")
            every.update(line + data)
            yield from map(row_from, data.splitlines())
        if said.get("sha256") != every.hexdigest() or file.read(1):
            raise ValueError("its end is missing or was changed")


def _check_alike(files: Sequence[WholePart]) -> None:
    """Refuse parts of several runs. Raises: ShardError with what is another."""
    first = files[0]
    for part in files[1:]:
        if part.head.shard.of != first.head.shard.of:
            reason = (
                f"one of {part.head.shard.of:,} shards, the other one of {first.head.shard.of:,}"
            )
        elif part.head.fingerprint != first.head.fingerprint:
            before, after = Terms(first.head.terms, ()), Terms(part.head.terms, ())
            reason = "; ".join(differences(before, after)) or "the hand-ins are others"
        else:
            continue
        raise ShardError(
            f"{inert(part.path)} is of another run than {inert(first.path)}: {reason}. Name the "
            "parts of one run"
        )


def _check_all_there(files: Sequence[WholePart]) -> None:
    """Refuse to go on without a shard. Raises: ShardError with those that are missing."""
    of = files[0].head.shard.of
    missing = sorted(set(range(1, of + 1)) - {part.head.shard.number for part in files})
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        named = listed([f"{number}/{of}" for number in missing], most=_SHOWN)
        raise ShardError(
            f"{named} {verb} missing; run what is missing with --shard, then merge again"
        )
