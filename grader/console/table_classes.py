"""grade TABLE -o OUT/: what the command asks of a table's run, and what that says back."""

import os
from collections import Counter
from collections.abc import Sequence

from grader.cohort.classrun import Cohort
from grader.cohort.holding import MAX_MEMBERS
from grader.cohort.manifest import Manifest
from grader.cohort.manifest_lines import manifest_lines, plural
from grader.cohort.marking import Criteria
from grader.cohort.tables import handed_in
from grader.cohort.tables.recognised_table import TITLES, Table, passed_over, recognised
from grader.cohort.tables.table_rows import TIMES, TableError
from grader.cohort.tables.table_run import TableResult, TableRun, run
from grader.console.class_options import ClassOptions
from grader.console.classes import criteria, folder_of, graded, say_as_report
from grader.console.lookup import exercise_or_none
from grader.console.options import CodeOptions, Options
from grader.desk.files import complain
from grader.exercise.record import Exercise
from grader.text.inert import inert
from grader.text.lists import listed

_KINDS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}
_STATUS = {"graded": 0, "invalid": 3, "failed": 4}


def run_table(options: Options, asked: ClassOptions, reports: tuple[str, ...]) -> int:
    """Grade a table and return the exit status. Raises: GraderError, OSError."""
    _check(options, asked)
    exercise = exercise_or_none(options.exercise or "")
    if exercise is None:
        return 2
    if exercise.variant is not None and exercise.is_open and options.whose is None:
        raise TableError(
            f"{inert(exercise.id, 60)} has {exercise.variant.of:,} variants, and a row does not "
            "say which it is for; draw them by the students' ids, --secret-file FILE, or name the "
            "one of all: --variant N"
        )
    table = _recognised(options.submissions[0], exercise)
    if asked.due is not None and table.heading.time is None:
        raise TableError(_timeless(table))
    of_class = _of_class(options, asked)
    if not of_class:
        return _as_columns(options, asked, exercise, table)
    found = _found(table, tuple(exercise.free), asked, of_class)
    if asked.dry_run:
        return 0
    marking = criteria(options.exercise or "", options, reports)
    return graded(options, asked, marking, Cohort(exercise, found, handed_in.read))


def _recognised(path: str, exercise: Exercise) -> Table:
    kind = _KINDS[os.path.splitext(path)[1].lower()]
    try:
        return recognised(path, kind, tuple(exercise.free))
    except OSError as error:
        raise TableError(
            f"{inert(path)}: {error.strerror or error}; name a table that exists"
        ) from error


def _found(table: Table, free: Sequence[str], asked: ClassOptions, of_class: str) -> Manifest:
    """Return who handed in what, and say it."""
    try:
        found = handed_in.manifest(table, free, asked.roster, of_class)
    except OSError as error:
        where = inert(str(error.filename or table.path))
        raise TableError(f"{where}: {error.strerror or error}; name a file that is there") from None
    if not asked.quiet or asked.dry_run:
        (say_as_report if asked.dry_run else complain)("\n".join(manifest_lines(found)))
    return found


def _as_columns(options: Options, asked: ClassOptions, exercise: Exercise, table: Table) -> int:
    """Grade column by column; each row counts."""
    lines = "\n".join(_table_lines(table))
    if asked.dry_run:
        say_as_report(lines)
        return 0

    def say(text: str) -> None:
        if not asked.quiet:
            complain(text)

    say(lines)
    folder = folder_of(options)
    marking = Criteria(options.exercise or "", options.reveal)
    wanted = TableRun(folder, marking, asked.csv, asked.restart, asked.quiet)
    result = run(wanted, exercise, table, say)
    if not asked.quiet:
        say_as_report("\n".join(_summary(result, folder)))
    return max((_STATUS[name] for name in _of(result.counts, "status")), default=0)


def _check(options: Options, asked: ClassOptions) -> None:
    """Refuse what a table's rows cannot have. Raises: TableError."""
    if options.exercise is None:
        raise TableError("a table is graded against one exercise; name it: -e EXERCISE")
    if asked.names is not None:
        raise TableError(
            "--names describes paths, and a table has columns: student or id, name, "
            f"{listed(TIMES, word='or')}"
        )
    if options.code != CodeOptions():
        raise TableError(
            "--function, --max-... and --verbose are about code, and a table holds numbers; leave "
            "them out"
        )


def _of_class(options: Options, asked: ClassOptions) -> str:
    """Return in words for what all rows must be known at once; "" if for nothing."""
    used = (
        ("--roster", asked.roster),
        ("--keep", asked.keep),
        ("--due", asked.due),
        ("--into", asked.into),
        ("--reports", asked.reports),
        ("--parquet", asked.parquet),
        ("--shard", asked.shard),
        ("--scheduler", asked.scheduler),
        ("--anonymous", asked.anonymous),
        ("--fail-under", options.fail_under is not None),
        ("--secret-file", options.whose is not None and options.whose.secret is not None),
        ("--variant", options.whose is not None and options.whose.number is not None),
    )
    return listed([name for name, value in used if value])


def _timeless(table: Table) -> str:
    shown = inert(table.path)
    if table.kind == "jsonl":
        return (
            f"{shown}: --due needs to know when each row was handed in, and a line of JSON does "
            f"not say; use CSV or Parquet with a column {TIMES[0]}"
        )
    return (
        f"{shown}: --due needs to know when each row was handed in; add a column called "
        f"{listed(TIMES, word='or')}"
    )


def _table_lines(table: Table) -> Sequence[str]:
    """Return what a teacher reads first."""
    at = table.heading
    lines = [f"Recognised: {TITLES[table.kind]}, a submission a row"]
    if table.kind == "parquet":
        lines.append(f"Found: {plural(table.rows, 'row')}")
    if table.kind == "jsonl":
        lines.append('Students: the key "student", else the line')
    else:
        who = "the row" if at.student is None else f'the column "{at.names[at.student]}"'
        lines.append(f"Students: {who}")
    passed = passed_over(table)
    return [*lines, passed] if passed else lines


def _summary(result: TableResult, folder: str) -> Sequence[str]:
    count = _of(result.counts, "status")
    said = [f"{count['graded']:,} graded", f"{count['invalid']:,} that could not be read"]
    if count["failed"]:
        said.append(f"{count['failed']:,} on which the grader failed (no score)")
    files = ", ".join(inert(os.path.join(folder, name), 200) for name in result.files)
    lines = [f"{plural(result.rows, 'submission')}: {', '.join(said)}"]
    if result.rows <= MAX_MEMBERS:
        lines.append("Note: each row counts by itself; for class.html and attempts add --keep last")
    return [*lines, f"Written: {files}"]


def _of(counts: Counter[str], what: str) -> Counter[str]:
    """Return the counts of one kind."""
    pairs = ((key.split("\t"), number) for key, number in counts.items())
    return Counter({name: number for (kind, name), number in pairs if kind == what})
