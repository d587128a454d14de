"""grade COLLECTION -o OUT/: what the command asks of a class run, and what that says back."""

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from fractions import Fraction
from functools import partial

from grader.cohort.classrun import ClassResult, ClassRun, Cohort, Hiring, run
from grader.cohort.classwork import Crew, Read
from grader.cohort.collection import manifest, reader
from grader.cohort.courses.record import NAME as COURSE
from grader.cohort.deadlines import (
    Deadline,
)
from grader.cohort.graded import GradedRow
from grader.cohort.manifest import Manifest
from grader.cohort.manifest_lines import manifest_lines, plural
from grader.cohort.marking import Criteria
from grader.cohort.parquet import check_polars
from grader.console.class_checks import WrongOptions, check, checked, deadline_of, into_of
from grader.console.class_options import TABLES, ClassOptions
from grader.console.lookup import exercise_or_none
from grader.console.options import Options
from grader.console.variant_options import unchecked
from grader.desk.catalogue import find, is_installed, is_known
from grader.desk.files import complain, to_standard_output
from grader.desk.intake import entries
from grader.errors import GraderError, SubmissionError
from grader.exercise.record import Variant
from grader.sandbox.protocol.limits import MEBIBYTE, Limits
from grader.text.inert import inert

USAGE_ERROR = 2
_STATUS = {"graded": 0, "invalid": 3, "failed": 4}


def run_class(options: Options, asked: ClassOptions) -> int:
    """Grade a class and return the command's exit status."""
    place = options.submissions[0]
    if options.exercise is None and os.path.isfile(os.path.join(place, COURSE)):
        from grader.console.courses import run_course

        return run_course(options, asked)
    return guarded(lambda: _run(options, asked), options.output or place)


def guarded(work: Callable[[], int], folder: str) -> int:
    """Return the status of work on a class's folder; what ends it early is said in words."""
    try:
        return work()
    except GraderError as error:
        complain(str(error))
    except sqlite3.OperationalError as error:
        _complain_of_writing(folder, str(error))
    except OSError as error:
        _complain_of_writing(folder, error.strerror or str(error), error.filename)
    except (KeyboardInterrupt, SystemExit):
        complain("stopped; what is graded is kept, and the same command resumes from there")
        raise
    return USAGE_ERROR


def _run(options: Options, asked: ClassOptions) -> int:
    path, reports = checked(options, asked)
    deadline_of(asked)  # what is wrong with it is said before anything is looked at
    if path.lower().endswith(TABLES) and not os.path.isdir(path):
        from grader.console.table_classes import run_table

        return run_table(options, asked, reports)
    try:
        found = manifest(path, names=asked.names, roster=asked.roster)
    except OSError as error:
        where = inert(str(error.filename or path))
        raise WrongOptions(
            f"{where}: {error.strerror or error}; name the folder or archive of a class"
        ) from error
    if not asked.quiet or asked.dry_run:
        (say_as_report if asked.dry_run else complain)("\n".join(manifest_lines(found)))
    if asked.dry_run:
        return 0
    with reader(path) as read:
        name = options.exercise or _named_by_all(found, read)
        exercise = exercise_or_none(name)
        if exercise is None:
            return USAGE_ERROR
        marking = criteria(name, options, reports)
        return graded(options, asked, marking, Cohort(exercise, found, read))


def graded(options: Options, asked: ClassOptions, marking: Criteria, cohort: Cohort) -> int:
    """Grade who handed in what, say what came of it and return the command's exit status."""
    if cohort.exercise.variant is not None:
        _check_variants(cohort.exercise.variant, options)
    folder = folder_of(options)
    outcome = _outcome(wanted_of(folder, marking, asked, deadline_of(asked)), asked, cohort)
    if not asked.quiet:
        say_as_report("\n".join(summary(outcome, cohort.manifest, folder)))
    return status_of(outcome.rows, options.fail_under)


def _check_variants(variant: Variant, options: Options) -> None:
    """Say that nobody checks whose variant is named. Raises: WrongOptions with a threshold."""
    reason = unchecked(variant, options.whose, options.fail_under)
    check(((bool(reason), reason),))
    if options.whose is None and variant.number is None:
        complain(
            "note: without --secret-file nobody checks whose variant a submission is for; each is "
            "graded by the one that it names"
        )


def criteria(exercise: str, options: Options, reports: tuple[str, ...]) -> Criteria:
    """Return what the options ask of every hand-in for an exercise, an id or a path."""
    limits = Limits(
        options.code.max_wall,
        options.code.max_cpu,
        int(options.code.max_memory * MEBIBYTE),
        int(options.code.max_output * 1024),
    )
    code = options.code
    return Criteria(exercise, options.reveal, reports, code.function, limits, options.whose)


def folder_of(options: Options) -> str:
    """Return the output's folder without a slash at its end."""
    return os.path.join(options.output or "", "").rstrip(os.sep) or os.sep


def wanted_of(folder: str, marking: Criteria, asked: ClassOptions, deadline: Deadline) -> ClassRun:
    """Return what the options ask of a run."""
    keep, style, into = asked.keep or "last", asked.csv, into_of(asked)
    if asked.parquet:
        check_polars()
    plain = ClassRun(folder, marking, keep, style, into, asked.restart, asked.quiet, deadline)
    return plain._replace(anonymous=asked.anonymous, parquet=asked.parquet)


def _outcome(wanted: ClassRun, asked: ClassOptions, cohort: Cohort) -> ClassResult:
    """Grade the class, or of it what --shard says, on the machines that --scheduler names."""
    wanted = wanted._replace(crew=crew_of(asked))

    def say(text: str) -> None:
        if not asked.quiet:
            complain(text)

    if asked.shard is None:
        return run(wanted, *cohort, say)
    from grader.cohort.sharding import run_shard
    from grader.cohort.shards import shard_of

    return run_shard(wanted, shard_of(asked.shard), cohort, say)


def crew_of(asked: ClassOptions) -> Callable[[Hiring], AbstractContextManager[Crew]] | None:
    """Return what gives the workers of a cluster; None where this machine's are meant.

    Raises: GraderError.
    """
    if asked.scheduler is None:
        return None
    try:
        from grader.cohort.scheduling import cluster
    except ModuleNotFoundError as error:
        raise WrongOptions(
            f"--scheduler needs {inert(error.name or 'Dask', 40)}, which is not installed: "
            "python -m pip install 'relu-grader[cluster]'"
        ) from None
    return partial(cluster, asked.scheduler)


def _named_by_all(found: Manifest, read: Read) -> str:
    """Return the one installed exercise that all submissions name. Raises: WrongOptions."""
    names: set[str | None] = set()
    for hand_in in found.entries:
        try:
            named = dict(entries(read(hand_in), _not_run)).get("exercise")
        except _IsCode:
            names.add(None)
            break
        except (SubmissionError, OSError):
            continue
        names.add(named if isinstance(named, str) else None)
    name = names.pop() if len(names) == 1 else None
    if name is not None and is_known(name) and is_installed(find(name).path):
        return name
    raise WrongOptions(
        "the submissions do not all name one installed exercise; name it: -e EXERCISE, an id or a "
        "path"
    )


class _IsCode(SubmissionError):
    """Code cannot say which exercise it is for before it runs."""


def _not_run(*_: object) -> tuple[tuple[str, object], ...]:
    raise _IsCode("crashed", "code is not run to find its exercise")


def summary(outcome: ClassResult, found: Manifest, folder: str) -> Sequence[str]:
    """Return what the teacher reads last: how many, and where everything is."""
    count = Counter(row.status for row in outcome.rows)
    full = plural(len(outcome.rows), "submission")
    said = [f"{count['graded']:,} graded", f"{count['invalid']:,} that could not be read"]
    if count["failed"]:
        said.append(f"{count['failed']:,} on which the grader failed (no score)")
    if found.missing:
        said.append(f"{len(found.missing):,} on the roster without one")
    lines = [f"{full}: {', '.join(said)}", *(f"Note: {note}" for note in outcome.book.notes)]
    lines += [f"--into: {line}" for line in outcome.remarks]
    files = ", ".join(inert(os.path.join(folder, name), 200) for name in outcome.files)
    return [*lines, f"Written: {files}"]


def status_of(rows: Sequence[GradedRow], threshold: Fraction | None = None) -> int:
    """Return the command's exit status: the highest of all submissions."""
    status = max((_STATUS[row.status] for row in rows), default=0)
    if threshold is not None:
        scores = [row.exact for row in rows if row.status == "graded" and row.exact is not None]
        status = max(status, int(any(score < threshold for score in scores)))
    return status


def say_as_report(text: str) -> None:
    """Write text to standard output."""
    to_standard_output([f"{text}\n"])


def _complain_of_writing(folder: str, reason: str, path: object = None) -> None:
    where = inert(os.fspath(path)) if isinstance(path, (str, os.PathLike)) else ""
    place = where or inert(folder)
    mended = "once that is mended, the same command resumes from there"
    complain(f"{place}: {inert(reason)}; {mended}")
