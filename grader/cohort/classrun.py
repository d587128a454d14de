"""A whole class: begin or go on, grade what is missing, write the files, say what came of it.

Everything in the output folder belongs to one run of fixed terms. The folder is held while it is
written; the journal in it says what is done; the files at the end are made of the journal alone.
"""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple

from grader.cohort import journal as journals
from grader.cohort.analysis.class_page import class_page
from grader.cohort.beginning import begun, check_unchanged, terms_of
from grader.cohort.book import Book, bound
from grader.cohort.choices import Keep, Style
from grader.cohort.classwork import Crew, Grading, Read
from grader.cohort.deadlines import NONE, Deadline
from grader.cohort.exports import Wanted
from grader.cohort.gradebook import columns, gradebook, lines
from grader.cohort.graded import GradedRow
from grader.cohort.into import Filled, fill
from grader.cohort.journal import Journal, Terms
from grader.cohort.lock import NAME as LOCK
from grader.cohort.lock import Lock
from grader.cohort.manifest import Manifest
from grader.cohort.marking import Criteria, Job, Marker, job_of
from grader.cohort.outputs import (
    CLASS_PAGE,
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
from grader.cohort.parquet import PARQUET, write_parquet
from grader.cohort.progress import Progress
from grader.cohort.results import write_results
from grader.cohort.roster import people_of
from grader.cohort.scores import Mark
from grader.cohort.together import WORTH_IT, together
from grader.cohort.workers import Workers, cores
from grader.exercise.record import Exercise
from grader.text.inert import inert

_WORTH_A_CREW = 400  # hand-ins: below, starting Python again takes longer than grading them here
_KEEPS_UP = 8  # cores that run code while this process grades what they read
_OWN = (GRADEBOOK, RESULTS, PARQUET, CLASS_PAGE, REPORTS, LOCK, journals.FOLDER)


class Into(NamedTuple):
    """The teacher's own file: its path, its bytes, and its columns as far as they are named.

    `roster` is the path of a file that may have the ids of both sides beside each other.
    """

    path: str
    data: bytes
    wanted: Wanted
    roster: str | None = None


class Hiring(NamedTuple):
    """What a crew is wanted for: a job, so many hand-ins, whether code is among them.

    `say` gets what the teacher should know of it meanwhile.
    """

    job: Job
    hand_ins: int
    with_code: bool
    say: Callable[[str], None]


@contextmanager
def own_crew(hiring: Hiring) -> Iterator[Crew]:
    """Give this machine's cores; a few files without code are quicker graded by the caller."""
    crew = Workers(hiring.job, takes_all=hiring.hand_ins >= _WORTH_A_CREW and cores() > 1)
    try:
        yield crew
    finally:
        crew.close()


class ClassRun(NamedTuple):
    """What is asked of a run, besides its exercise and its hand-ins."""

    folder: str
    marking: Criteria
    keep: Keep = "last"
    style: Style = "excel"
    into: Into | None = None
    restart: bool = False
    quiet: bool = False
    deadline: Deadline = NONE
    anonymous: bool = False
    parquet: bool = False
    crew: Callable[[Hiring], AbstractContextManager[Crew]] | None = None


class Cohort(NamedTuple):
    """A class: what it is graded against, who handed in what, and how to read that."""

    exercise: Exercise
    manifest: Manifest
    read: Read


class ClassResult(NamedTuple):
    """What came of a run: its book, what was written, and what is to be said of --into."""

    book: Book
    files: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def rows(self) -> tuple[GradedRow, ...]:
        """The rows, in the hand-ins' order."""
        return self.book.rows


def run(
    asked: ClassRun, exercise: Exercise, manifest: Manifest, read: Read, say: Callable[[str], None]
) -> ClassResult:
    """Grade a class, or what is left of it; `say` gets what the teacher should know meanwhile.

    Raises: GraderError where the teacher has to decide something; OSError and
    sqlite3.OperationalError where nothing can be written.
    """
    if asked.into is not None:
        fill(asked.into.data, (), asked.into.wanted)  # what is wrong with it is wrong now
    terms = terms_of(asked.marking, exercise, manifest)
    with held(asked, terms, say) as journal:
        grade_left(asked, Cohort(exercise, manifest, read), journal, say)
        return written(asked, exercise, manifest, journal)


@contextmanager
def held(asked: ClassRun, terms: Terms, say: Callable[[str], None]) -> Iterator[Journal]:
    """Hold the run's folder and its journal, after seeing that its files can be written."""
    os.makedirs(asked.folder, exist_ok=True)
    with (
        Lock(asked.folder),
        begun(asked.folder, terms, say, restart=asked.restart) as journal,
    ):
        clear(asked.folder)
        for name in (GRADEBOOK, RESULTS, CLASS_PAGE):
            check_free(asked.folder, name, journal)
        yield journal


def grade_left(
    asked: ClassRun,
    cohort: Cohort,
    journal: Journal,
    say: Callable[[str], None],
    only: Collection[int] | None = None,
) -> None:
    """Grade what the journal lacks, of all hand-ins or of those with the numbers `only`."""
    exercise, manifest, read = cohort
    done = journal.done()
    total = len(manifest.entries) if only is None else len(only)
    if done:
        check_unchanged(manifest, done, read)
        say(f"resuming: {len(done):,} of {total:,} are graded already")
    left = (seq for seq in range(len(manifest.entries)) if only is None or seq in only)
    progress = Progress(total, quiet=asked.quiet, already=len(done))
    try:
        marker = Marker.here(asked.marking, exercise)
        missing = [seq for seq in left if seq not in done]
        others = sum(not manifest.entries[seq].place.name.endswith(".json") for seq in missing)
        many = len(missing) >= WORTH_IT
        columns = together(exercise, asked.marking) if many and asked.crew is None else None
        grading = Grading(asked.folder, journal, marker, manifest.entries, progress)
        job = job_of(asked.marking, exercise)
        if columns is not None and cores() <= _KEEPS_UP:
            job = job._replace(in_columns=True)
        alone = others if columns is not None else len(missing)
        with (asked.crew or own_crew)(Hiring(job, alone, others > 0, say)) as crew:
            grading.grade(read, missing, crew, columns)
    finally:
        progress.close()


def written(
    asked: ClassRun, exercise: Exercise, manifest: Manifest, journal: Journal
) -> ClassResult:
    """Write the run's files from the committed rows alone. Raises: NotOurs; OSError."""
    rows = tuple(row for _, row in journal.rows())
    book = bound(exercise, manifest, rows, asked.keep, asked.deadline)
    put(asked.folder, GRADEBOOK, gradebook(book, asked.style), journal)
    began = journal.terms()
    terms = {**began.terms, "--keep": asked.keep, **asked.deadline.options()}
    earlier = journal.earlier()

    def results(path: str) -> None:
        write_results(path, book, terms, began.spec, earlier)

    put_made(asked.folder, RESULTS, results, journal)
    page = class_page(book, terms, anonymous=asked.anonymous)
    put(asked.folder, CLASS_PAGE, page.encode(), journal)
    files = [GRADEBOOK, RESULTS, CLASS_PAGE]
    if asked.parquet:
        put_made(
            asked.folder,
            PARQUET,
            lambda path: write_parquet(path, columns(book), lines(book)),
            journal,
        )
        files.append(PARQUET)
    if asked.marking.reports:
        files.append(f"{REPORTS}/")
    remarks: tuple[str, ...] = ()
    if asked.into is not None:
        filled = _filled(asked.into, book)
        name = free_name(os.path.basename(asked.into.path), _OWN)
        check_not_theirs(asked.into.path, os.path.join(asked.folder, name))
        put(asked.folder, name, filled.data, journal)
        files.append(name)
        remarks = filled.remarks
    return ClassResult(book, tuple(files), remarks)


def check_not_theirs(theirs: str, ours: str) -> None:
    """Refuse to fill the teacher's own file where it is. Raises: NotOurs."""
    if os.path.exists(ours) and os.path.samefile(theirs, ours):
        raise NotOurs(
            f"{inert(theirs)} is in the output folder and is not overwritten; move it elsewhere, "
            "and name it there after --into"
        )


def _filled(into: Into, book: Book) -> Filled:
    """Fill the teacher's file with what counts."""
    marks = []
    others = _beside(into.roster, book) if into.roster is not None else {}
    for seq, (hand_in, row) in enumerate(zip(book.manifest.entries, book.rows, strict=True)):
        if seq in book.counts or row.status == "failed":
            score = book.score(seq) if seq in book.counts else None
            off, most = book.lateness(seq).off, book.exercise.points
            who = (hand_in.student, hand_in.name)
            known = others.get(hand_in.student, ())
            marks.append(Mark(*who, score, most, row.message, off, known))
    with_score = {mark.student for mark in marks if mark.score is not None}
    only = [m for m in marks if m.score is not None or m.student not in with_score]
    return fill(into.data, only, into.wanted)


def _beside(roster: str, book: Book) -> dict[str, tuple[str, ...]]:
    """Return the cells of each student's row of the roster."""
    people = people_of(roster, {str(each.student) for each in book.manifest.entries})
    return {
        person.student: tuple(filter(None, (cell.strip().removeprefix("#") for cell in person.row)))
        for person in people.persons
    }
