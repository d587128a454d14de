"""A whole class: begin or go on, grade what is missing, write the files, say what came of it.

Everything in the output folder belongs to one run of fixed terms. The folder is held while it is
written; the journal in it says what is done; the files at the end are made of the journal alone.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from grader.cohort import journal as journals
from grader.cohort.choices import Keep, Style
from grader.cohort.classwork import Grading, Read
from grader.cohort.counting import counted
from grader.cohort.exports import Wanted
from grader.cohort.gradebook import Book, gradebook
from grader.cohort.graded import GradedRow
from grader.cohort.into import Filled, fill
from grader.cohort.journal import Journal, Terms
from grader.cohort.lock import NAME as LOCK
from grader.cohort.lock import Lock
from grader.cohort.manifest import HandIn, Manifest
from grader.cohort.marking import Criteria, Marker
from grader.cohort.outputs import (
    GRADEBOOK,
    REPORTS,
    RESULTS,
    NotOurs,
    check_free,
    clear,
    free_name,
    put,
    put_made,
)
from grader.cohort.progress import Progress
from grader.cohort.results import write_results
from grader.cohort.scores import Mark
from grader.errors import GraderError, SubmissionError
from grader.exercise.record import Exercise
from grader.text.inert import inert
from grader.version import VERSION

_SHOWN = 5  # hand-ins named in a message
_OWN = (GRADEBOOK, RESULTS, REPORTS, LOCK, journals.FOLDER)


class Into(NamedTuple):
    """The teacher's own file: its path, its bytes, and its columns as far as they are named."""

    path: str
    data: bytes
    wanted: Wanted


class ClassRun(NamedTuple):
    """What is asked of a run, besides its exercise and its hand-ins."""

    folder: str
    marking: Criteria
    keep: Keep = "last"
    style: Style = "excel"
    into: Into | None = None
    restart: bool = False
    quiet: bool = False


class ClassResult(NamedTuple):
    """What came of a run: its rows, what was written, and what is to be said of --into."""

    rows: tuple[GradedRow, ...]
    files: tuple[str, ...]
    told: tuple[str, ...]


class Changed(GraderError):
    """The terms or the hand-ins are others than those of the run that is there."""


def run(
    asked: ClassRun, exercise: Exercise, manifest: Manifest, read: Read, say: Callable[[str], None]
) -> ClassResult:
    """Grade a class, or what is left of it; `say` gets what the teacher should know meanwhile.

    Raises: GraderError where the teacher has to decide something; OSError and
    sqlite3.OperationalError where nothing can be written.
    """
    if asked.into is not None:
        fill(asked.into.data, (), asked.into.wanted)  # what is wrong with it is wrong now
    os.makedirs(asked.folder, exist_ok=True)
    with Lock(asked.folder), _begun(asked, exercise, manifest, say) as journal:
        clear(asked.folder)
        for name in (GRADEBOOK, RESULTS):
            check_free(asked.folder, name, journal)
        done = journal.done()
        if done:
            _check_unchanged(manifest, done, read)
            say(f"going on: {len(done):,} of {len(manifest.entries):,} were graded before")
        total = len(manifest.entries)
        progress = Progress(total, quiet=asked.quiet, already=len(done))
        try:
            marker = Marker(asked.marking, exercise)
            grading = Grading(asked.folder, journal, marker, manifest.entries, progress)
            grading.grade(read, done)
        finally:
            progress.close()
        return _written(asked, exercise, manifest, journal)


@contextmanager
def _begun(
    asked: ClassRun, exercise: Exercise, manifest: Manifest, say: Callable[[str], None]
) -> Iterator[Journal]:
    """Open the run's journal: the one that is there, or with --restart or without one a new one."""
    terms = _terms(asked, exercise, manifest)
    journal = journals.opened(asked.folder)
    if journal is None:
        for name in (GRADEBOOK, RESULTS, REPORTS):
            check_free(asked.folder, name, None)
        journal = journals.made(asked.folder)
    try:
        before = journal.terms()
        differences = tuple(_differences(before, terms)) if before.terms else ()
        if asked.restart and before.terms:
            journal, aside = journals.made_anew(asked.folder, journal)
            before = Terms({}, ())
            what = "; ".join(differences) or "nothing has changed"
            say(f"starting anew ({what}); the journal of before is {aside}/ now")
        elif differences:
            raise Changed(
                f"{inert(asked.folder)} holds another run: {'; '.join(differences)}. "
                "To grade everything anew add --restart; to keep both name another folder after -o"
            )
        if not before.terms:
            journal.begin(terms)
        yield journal
    finally:
        journal.close()


def _terms(asked: ClassRun, exercise: Exercise, manifest: Manifest) -> Terms:
    marking = asked.marking
    limits = ", ".join(f"{name} {value}" for name, value in marking.limits._asdict().items())
    terms = {
        "exercise": exercise.id,
        "exercise's file": exercise.digest,
        "version": VERSION,
        "--reveal": marking.reveal or "as the exercise says",
        "--function": marking.function,
        "limits of code": limits,
        "--reports": ",".join(marking.reports) or "none",
    }
    told = (json.dumps([*each[:-1]], ensure_ascii=False) for each in manifest.entries)
    return Terms(terms, tuple(told))


def _differences(before: Terms, after: Terms) -> Iterator[str]:
    """Say what is another, in words."""
    for name in {**before.terms, **after.terms}:
        old, new = before.terms.get(name, "nothing"), after.terms.get(name, "nothing")
        if name == "exercise's file" and old != new:
            yield "the exercise has changed"
        elif old != new:
            yield f"{name} was {inert(old, 80)} and is {inert(new, 80)}"
    if before.hand_ins != after.hand_ins:
        old_ones, new_ones = Counter(before.hand_ins), Counter(after.hand_ins)
        gone = _named((old_ones - new_ones).elements())
        come = _named((new_ones - old_ones).elements())
        sentences = [f"{come} new" if come else "", f"{gone} gone" if gone else ""]
        yield "hand-ins: " + (" and ".join(filter(None, sentences)) or "in another order")


def _named(told: Iterable[str]) -> str:
    sources = sorted({str(json.loads(each)[HandIn._fields.index("source")]) for each in told})
    more = f" and {len(sources) - _SHOWN} more" if len(sources) > _SHOWN else ""
    return ", ".join(inert(each, 80) for each in sources[:_SHOWN]) + more


def _check_unchanged(manifest: Manifest, done: dict[int, str | None], read: Read) -> None:
    """Refuse to mix what was graded with files that are others now. Raises: Changed."""
    other = []
    for seq, digest in done.items():
        hand_in = manifest.entries[seq]
        try:
            now = read(hand_in).origin.digest
        except (SubmissionError, OSError):
            now = None
        if now != digest:
            other.append(json.dumps([*hand_in[:-1]]))
    if other:
        raise Changed(
            f"graded before and changed since: {_named(other)}. To grade everything anew add "
            "--restart; to keep both name another folder after -o"
        )


def _written(
    asked: ClassRun, exercise: Exercise, manifest: Manifest, journal: Journal
) -> ClassResult:
    rows = tuple(row for _, row in journal.rows())
    counts = counted(manifest.entries, rows, asked.keep)
    book = Book(exercise, manifest, rows, counts)
    put(asked.folder, GRADEBOOK, gradebook(book, asked.style), journal)
    terms = journal.terms().terms
    put_made(asked.folder, RESULTS, lambda path: write_results(path, book, terms), journal)
    files = [GRADEBOOK, RESULTS]
    if asked.marking.reports:
        files.append(f"{REPORTS}/")
    told: tuple[str, ...] = ()
    if asked.into is not None:
        filled = _filled(asked.into, book)
        name = free_name(os.path.basename(asked.into.path), _OWN)
        _check_not_theirs(asked.into.path, os.path.join(asked.folder, name))
        put(asked.folder, name, filled.data, journal)
        files.append(name)
        told = filled.told
    return ClassResult(rows, tuple(files), told)


def _check_not_theirs(theirs: str, ours: str) -> None:
    if os.path.exists(ours) and os.path.samefile(theirs, ours):
        raise NotOurs(
            f"{inert(theirs)} is in the output folder and is not overwritten; move it elsewhere, "
            "and name it there after --into"
        )


def _filled(into: Into, book: Book) -> Filled:
    """Fill the teacher's file with what counts."""
    marks = []
    for seq, (hand_in, row) in enumerate(zip(book.manifest.entries, book.rows, strict=True)):
        if seq in book.counts or row.status == "failed":
            score = row.exact if seq in book.counts else None
            most = book.exercise.points
            marks.append(Mark(hand_in.student, hand_in.name, score, most, row.message))
    with_score = {mark.student for mark in marks if mark.score is not None}
    only = [m for m in marks if m.score is not None or m.student not in with_score]
    return fill(into.data, only, into.wanted)
