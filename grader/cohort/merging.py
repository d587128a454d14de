"""All shards of a class run put together: the same folder as that of a run on one machine."""

from collections.abc import Callable, Iterator
from itertools import islice

from grader.cohort.classrun import ClassResult, ClassRun, held, written
from grader.cohort.journal import Journal
from grader.cohort.marking import ENDINGS
from grader.cohort.outputs import REPORTS, put_reports, report_names
from grader.cohort.parts import ShardedRun, rows
from grader.cohort.shards import CHUNK, ShardError, ShardRow
from grader.exercise.record import Exercise
from grader.specs.exercise import read_exercise
from grader.text.inert import inert
from grader.version import VERSION


def merge(asked: ClassRun, parts: ShardedRun, say: Callable[[str], None]) -> ClassResult:
    """Take over the rows of all parts and write what a run writes at its end.

    Raises: as `classrun.run`; ShardError where exercise or version are others than the shards'.
    """
    exercise = _exercise(parts)
    with held(asked, parts.terms, say) as journal:
        names = report_names(parts.manifest.entries)
        for part in parts.files:
            every = rows(part.path)
            while group := list(islice(every, CHUNK)):
                _take(asked, journal, names, group)
        return written(asked, exercise, parts.manifest, journal)


def _exercise(parts: ShardedRun) -> Exercise:
    """Return the exercise that the shards were graded against. Raises: ShardError."""
    terms = parts.terms.terms
    if terms["version"] != VERSION:
        raise ShardError(
            f"the shards were graded by version {inert(terms['version'], 40)}, and this is "
            f"{VERSION}; merge with that version, or run all shards anew"
        )
    id_ = terms["exercise"]
    return read_exercise(parts.terms.spec, inert(id_, 255), id_)


def _take(asked: ClassRun, journal: Journal, names: tuple[str, ...], group: list[ShardRow]) -> None:
    """Keep some rows, their reports first."""
    put_reports(asked.folder, dict(_reports(asked, names, group)), journal)
    journal.add((each.seq, each.row) for each in group)
    journal.commit()


def _reports(
    asked: ClassRun, names: tuple[str, ...], group: list[ShardRow]
) -> Iterator[tuple[str, bytes]]:
    for each in group:
        for form, text in zip(asked.marking.reports, each.texts, strict=True):
            yield f"{REPORTS}/{names[each.seq]}{ENDINGS[form]}", text.encode()
