"""grade TABLE -o OUT/: what the command asks of a table's run, and what that says back."""

import os
from collections import Counter
from collections.abc import Sequence

from grader.cohort.marking import Criteria
from grader.cohort.tables.table_rows import TableError
from grader.cohort.tables.table_run import Table, TableResult, TableRun, recognised, run
from grader.cohort.telling import plural
from grader.console.class_options import ClassOptions
from grader.console.lookup import exercise_or_none
from grader.console.options import Options
from grader.desk.files import complain, to_standard_output
from grader.text.inert import inert
from grader.text.lists import listed

_KINDS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}
_TITLES = {"jsonl": "JSON lines", "csv": "CSV", "parquet": "Parquet"}
_STATUS = {"graded": 0, "invalid": 3, "failed": 4}


def run_table(options: Options, asked: ClassOptions) -> int:
    """Grade a table and return the exit status. Raises: GraderError, OSError."""
    path = options.submissions[0]
    _check(options, asked)
    exercise = exercise_or_none(options.exercise or "")
    if exercise is None:
        return 2
    if exercise.variant is not None and exercise.variant.number is None:
        raise TableError(
            f"{inert(exercise.id, 60)} has {exercise.variant.of:,} variants, and a table's rows "
            "are graded by one target; put each submission into a file of its own"
        )
    kind = _KINDS[os.path.splitext(path)[1].lower()]
    try:
        table = recognised(path, kind, tuple(exercise.free))
    except OSError as error:
        raise TableError(
            f"{inert(path)}: {error.strerror or error}; name a table that is there"
        ) from error
    lines = "\n".join(_told(table))
    if asked.dry_run:
        to_standard_output([f"{lines}\n"])
        return 0

    def say(text: str) -> None:
        if not asked.quiet:
            complain(text)

    say(lines)
    folder = os.path.join(options.output or "", "").rstrip(os.sep) or os.sep
    marking = Criteria(options.exercise or "", options.reveal)
    wanted = TableRun(folder, marking, asked.csv, asked.restart, asked.quiet)
    result = run(wanted, exercise, table, say)
    if not asked.quiet:
        to_standard_output(["\n".join([*_summary(result, folder), ""])])
    return max((_STATUS[name] for name in _of(result.counts, "status")), default=0)


def _check(options: Options, asked: ClassOptions) -> None:
    """Refuse what a table's rows cannot have. Raises: TableError."""
    if options.exercise is None:
        raise TableError("a table is graded against one exercise; name it: -e EXERCISE")
    refused = (
        ("--names", asked.names),
        ("--roster", asked.roster),
        ("--due", asked.due),
        ("--into", asked.into),
        ("--reports", asked.reports),
        ("--shard", asked.shard),
        ("--scheduler", asked.scheduler),
        ("--parquet", asked.parquet),
        ("--keep best", asked.keep == "best"),
        ("--fail-under", options.fail_under is not None),
        ("--secret-file", options.whose is not None and options.whose.secret is not None),
        ("--variant", options.whose is not None and options.whose.number is not None),
    )
    used = [name for name, value in refused if value]
    if used:
        raise TableError(
            f"{listed(used)}: in a table each row counts by itself, so there is nothing to "
            "choose; leave it out, or put each submission into a file of its own"
        )


def _told(table: Table) -> Sequence[str]:
    """Return what a teacher reads first."""
    at = table.heading
    lines = [f"Recognised: {_TITLES[table.kind]}, a submission a row"]
    if table.kind == "parquet":
        lines.append(f"Found: {plural(table.rows, 'row')}")
    if table.kind == "jsonl":
        lines.append('Students: the key "student", else the line')
    else:
        who = "the row" if at.student is None else f'the column "{at.names[at.student]}"'
        lines.append(f"Students: {who}")
    if at.passed:
        shown = listed([inert(name, 40) for name in at.passed], most=8)
        lines.append(f"Passed over: {plural(len(at.passed), 'column')}: {shown}")
    return lines


def _summary(result: TableResult, folder: str) -> Sequence[str]:
    count = _of(result.counts, "status")
    said = [f"{count['graded']:,} graded", f"{count['invalid']:,} that could not be read"]
    if count["failed"]:
        said.append(f"{count['failed']:,} on which the grader failed (no score)")
    files = ", ".join(inert(os.path.join(folder, name), 200) for name in result.files)
    return [f"{plural(result.rows, 'submission')}: {', '.join(said)}", f"Written: {files}"]


def _of(counts: Counter[str], what: str) -> Counter[str]:
    """Return the counts of one kind."""
    pairs = ((key.split("\t"), number) for key, number in counts.items())
    return Counter({name: number for (kind, name), number in pairs if kind == what})
