"""Putting a run's files into its folder: in one step each, and never over somebody else's.

A file that is there and that no run in this folder has written was changed or made by a person. It
is kept, and said; the journal knows what runs have written by its digest.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from grader.cohort.journal import Journal
from grader.cohort.manifest import HandIn
from grader.desk.files import replace
from grader.errors import GraderError
from grader.text.digest import sha256
from grader.text.inert import inert

GRADEBOOK, RESULTS, REPORTS = "gradebook.csv", "results.sqlite", "reports"
CLASS_PAGE = "class.html"
_LEFT_BEHIND = ".report-"
_TEMPORARY = f"{_LEFT_BEHIND}results"
_PIECE = 1 << 20
_LONGEST = 100  # characters of a file's name


class NotOurs(GraderError):
    """A file is not overwritten, because a person has written or changed it."""


def put(folder: str, name: str, data: bytes, journal: Journal) -> None:
    """Write a file of the run. Raises: NotOurs; OSError."""
    path = os.path.join(folder, name)
    check_free(folder, name, journal)
    journal.will_write([(name, digest(data))])
    with _done_after_all(path, digest(data)):
        replace(path, data)
    settle(os.path.dirname(path))


def put_made(folder: str, name: str, make: Callable[[str], None], journal: Journal) -> None:
    """Write a file that can only be made at a path. Raises: NotOurs; OSError."""
    check_free(folder, name, journal)
    temporary = os.path.join(folder, _TEMPORARY)
    with suppress(FileNotFoundError):
        os.unlink(temporary)
    try:
        make(temporary)
        made = _digest(temporary)
        journal.will_write([(name, made)])
        with _done_after_all(os.path.join(folder, name), made):
            os.replace(temporary, os.path.join(folder, name))
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
    settle(os.path.dirname(os.path.join(folder, name)))


@contextmanager
def _done_after_all(path: str, sha256_of_it: str) -> Iterator[None]:
    """Pass over an error of a renaming that has happened.

    Source: rename(2): on NFS it may fail although the server has done it, where its answer is lost.
    """
    try:
        yield
    except OSError:
        if not os.path.isfile(path) or _digest(path) != sha256_of_it:
            raise


def put_reports(folder: str, files: Mapping[str, bytes], journal: Journal) -> None:
    """Write reports, by their names in the folder; on the disk when this returns.

    Raises: NotOurs; OSError.
    """
    if not files:
        return
    for name in files:
        check_free(folder, name, journal)
    journal.will_write((name, digest(data)) for name, data in files.items())
    reports = os.path.join(folder, REPORTS)
    os.makedirs(reports, exist_ok=True)
    for name, data in files.items():
        path = os.path.join(folder, name)
        with _done_after_all(path, digest(data)):
            replace(path, data)
    settle(reports)


def check_free(folder: str, name: str, journal: Journal | None) -> None:
    """Refuse to write over what no run here has written. Raises: NotOurs."""
    path = os.path.join(folder, name)
    if not os.path.lexists(path):
        return
    if os.path.islink(path) or not os.path.isfile(path):
        reason = "is a link or no file"
    elif journal is not None and journal.wrote(name, _digest(path)):
        return
    else:
        reason = "was made or changed by something other than this run"
    raise not_ours(path, reason)


def not_ours(path: str, reason: str) -> NotOurs:
    """Return the error for a file that a person has made or changed."""
    return NotOurs(
        f"{inert(path)} {reason} and is not overwritten; move it away, or name another folder "
        "after -o"
    )


def settle(folder: str) -> None:
    """Let a folder's new names outlast a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder or ".", os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def clear(folder: str) -> None:
    """Remove what a run that was killed while it wrote has left behind."""
    for place in (folder, os.path.join(folder, REPORTS)):
        with suppress(FileNotFoundError):
            for name in os.listdir(place):
                if name.startswith(_LEFT_BEHIND):
                    os.unlink(os.path.join(place, name))


def report_names(hand_ins: Sequence[HandIn]) -> tuple[str, ...]:
    """Return what each hand-in's report is called, without its ending: student and attempt.

    An id that cannot be a file's name, or that another differs from only in case, gets a piece of
    its digest.
    """
    stems = [re.sub(r"[^\w.@+-]|^\.", "_", each.student)[:_LONGEST] for each in hand_ins]
    alike = {
        (stem.casefold(), str(each.student)) for stem, each in zip(stems, hand_ins, strict=True)
    }
    shared = Counter(stem for stem, _ in alike)
    times = Counter(str(each.student) for each in hand_ins)
    names = []
    for stem, each in zip(stems, hand_ins, strict=True):
        plain = stem == each.student and shared[stem.casefold()] == 1
        whose = stem if plain else f"{stem}-{digest(each.student.encode())[:8]}"
        names.append(f"{whose}~{each.attempt}" if times[each.student] > 1 else whose)
    return tuple(names)


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return a file's own name, or one beside it where a file of the run has that."""
    return f"filled-{name}" if name.casefold() in {each.casefold() for each in taken} else name


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return str(sha256(data).hexdigest())


def _digest(path: str) -> str:
    found = sha256()
    with open(path, "rb") as file:
        while piece := file.read(_PIECE):  # a table's gradebook may be larger than the memory
            found.update(piece)
    return str(found.hexdigest())
