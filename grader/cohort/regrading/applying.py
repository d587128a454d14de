"""Putting a regrading in the place of a run: the old rows stay in the journal, beside the new."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from grader.cohort.analysis.hands import NoResults, of_folder
from grader.cohort.choices import Keep
from grader.cohort.classrun import ClassResult, ClassRun, written
from grader.cohort.journal import Journal
from grader.cohort.lock import Lock
from grader.cohort.manifest import Enrolled, Manifest
from grader.cohort.outputs import CLASS_PAGE, GRADEBOOK, RESULTS, check_free, clear
from grader.cohort.regrading.changes import Regrading, compared
from grader.cohort.regrading.rewriting import check_reports, rewritten
from grader.cohort.regrading.runs import Graded, RegradeError, finished, opened, under
from grader.desk.choice import given
from grader.exercise.record import Exercise
from grader.text.inert import inert

_KEPT: dict[str, Keep] = {"best": "best", "first": "first", "all": "all"}
_POLICIES = ("--due", "--grace", "--late")


class Applied(NamedTuple):
    """What a regrading changed, what was written, and what else there is to do."""

    changes: Regrading
    outcome: ClassResult
    notes: tuple[str, ...]


def compare(folder: str, exercise: Exercise, spec: bytes) -> Regrading:
    """Compare a run with what a changed exercise makes of it.

    Raises: RegradeError, JournalError, lock.Taken; OSError.
    """
    with _read(folder) as before:
        return compared(before, under(before, exercise, spec))


def compare_runs(folder: str, other: str) -> Regrading:
    """Compare two runs of the same hand-ins. Raises: as `compare`."""
    with _read(folder) as before, _read(other) as after:
        if before.exercise.id != after.exercise.id:
            raise RegradeError(
                f"{inert(folder)} is about {inert(before.exercise.id, 60)} and {inert(other)} "
                f"about {inert(after.exercise.id, 60)}: regrading compares one exercise"
            )
        return compared(before, after)


@contextmanager
def _read(folder: str) -> Iterator[Graded]:
    journal = opened(folder)
    with journal:
        yield finished(folder, journal)


def apply(asked: ClassRun, exercise: Exercise, spec: bytes) -> Applied:
    """Let the new scores count: the journal first, in one step, then the files that are made of it.

    Whatever ends it between the two, the same command goes on. Raises: as `compare`; NotOurs where
    a file was changed by somebody else.
    """
    opened(asked.folder).close()  # a lock file is made in no folder that is not a run's
    with Lock(asked.folder), opened(asked.folder) as journal:
        before = finished(asked.folder, journal)
        new = under(before, exercise, spec)
        changes = compared(before, new)
        recorded, missing = _recorded(asked.folder)
        policies = _check_policies(asked, recorded)
        clear(asked.folder)
        for name in (GRADEBOOK, RESULTS, CLASS_PAGE):
            check_free(asked.folder, name, journal)
        check_reports(asked.folder, before, journal)
        if new.terms.terms != before.terms.terms:
            journal.supersede(new.terms, new.rows)
        kept = rewritten(asked.folder, new, given(asked.marking.exercise, exercise), journal)
        manifest = Manifest("", before.hand_ins, missing=missing)
        outcome = written(policies, exercise, manifest, journal)
        return Applied(changes, outcome, tuple(_notes(kept, journal)))


def _recorded(folder: str) -> tuple[Mapping[str, str], tuple[Enrolled, ...]]:
    """Return what the files were last made by, and who was missing; nothing where they are gone."""
    try:
        results = of_folder(folder)
    except NoResults:
        return {}, ()
    return results.terms, tuple(Enrolled(inert(a), inert(b)) for a, b in results.missing)


def _check_policies(asked: ClassRun, recorded: Mapping[str, str]) -> ClassRun:
    """Return what is asked with the run's own policy on attempts, where no other is asked for.

    Raises: RegradeError if deductions would silently go.
    """
    had = [f"{name} {recorded[name]}" for name in _POLICIES if name in recorded]
    if had and asked.deadline.due is None:
        raise RegradeError(
            f"the run's files were made with {inert(' '.join(had), 200)}; give --due, --grace and "
            "--late again as they were, or the deductions would be gone"
        )
    kept = _KEPT.get(recorded.get("--keep", ""), asked.keep)
    return asked._replace(keep=kept) if asked.keep == "last" else asked


def _notes(kept: str, journal: Journal) -> Iterator[str]:
    runs = len(journal.earlier())
    yield (
        f"the earlier rows are kept in the journal as run {runs}"
        if runs
        else "nothing in the journal has changed"
    )
    if kept:
        yield f"the earlier reports are kept in {kept}/"
