"""One shard of a class run, in a folder of its own, and the part that it leaves for `merge`."""

import os
from collections.abc import Callable, Iterator

from grader.cohort.beginning import terms_of
from grader.cohort.book import Book
from grader.cohort.classrun import ClassResult, ClassRun, Cohort, grade_left, held
from grader.cohort.graded import GradedRow
from grader.cohort.journal import Journal
from grader.cohort.manifest import Manifest
from grader.cohort.marking import ENDINGS
from grader.cohort.outputs import REPORTS, digest, not_ours, put_made, report_names
from grader.cohort.shards import Shard, ShardRow, head_of, lines


def run_shard(
    asked: ClassRun, shard: Shard, cohort: Cohort, say: Callable[[str], None]
) -> ClassResult:
    """Grade a shard's hand-ins, or what is left of them, and write its part beside its folder.

    Raises: as `classrun.run`.
    """
    exercise, manifest, _ = cohort
    terms = terms_of(asked.marking, exercise, manifest)
    own = terms._replace(terms={**terms.terms, "--shard": f"{shard.number}/{shard.of}"})
    here = asked._replace(folder=os.path.join(asked.folder, shard.name))
    chunks = list(shard.chunks(len(manifest.entries)))
    only = [seq for _, every in chunks for seq in every]
    part = f"{shard.name}.part"
    with held(here, own, say) as journal:
        grade_left(here, cohort, journal, say, frozenset(only))
        rows = dict(journal.rows())
        written = (
            (chunk, list(_rows(every, rows, here, manifest, journal))) for chunk, every in chunks
        )
        head = head_of(shard, terms, manifest)

        def write(path: str) -> None:
            with open(path, "wb") as file:
                file.writelines(lines(head, written))
                file.flush()
                os.fsync(file.fileno())

        put_made(here.folder, os.path.join(os.pardir, part), write, journal)
    entries = tuple(manifest.entries[seq] for seq in only)
    own_rows = tuple(rows[seq] for seq in only)
    book = Book(exercise, Manifest(manifest.layout, entries), own_rows, frozenset())
    return ClassResult(book, (part,), ())


def _rows(
    every: range, rows: dict[int, GradedRow], asked: ClassRun, manifest: Manifest, journal: Journal
) -> Iterator[ShardRow]:
    """Yield a chunk's rows with the texts of their reports. Raises: NotOurs; OSError."""
    forms = asked.marking.reports
    names = report_names(manifest.entries) if forms else ()
    for seq in every:
        texts = []
        for form in forms:
            name = f"{REPORTS}/{names[seq]}{ENDINGS[form]}"
            path = os.path.join(asked.folder, name)
            with open(path, "rb") as file:
                data = file.read()
            if not journal.wrote(name, digest(data)):
                raise not_ours(path, "was made or changed by something other than this run")
            texts.append(data.decode())
        yield ShardRow(seq, manifest.entries[seq], rows[seq], tuple(texts))
