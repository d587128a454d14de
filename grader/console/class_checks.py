"""What is asked of a class run, checked: what does not go together is refused before any work."""

import os
from collections.abc import Iterable

from grader.cohort.classrun import Into
from grader.cohort.deadlines import (
    Deadline,
    DeadlineError,
    read_duration,
    read_rule,
    read_time,
)
from grader.cohort.exports import Wanted
from grader.cohort.marking import ENDINGS
from grader.console.class_options import ClassOptions
from grader.console.options import Options
from grader.errors import GraderError
from grader.text.inert import inert


class WrongOptions(GraderError):
    """The command asks for something that does not go together."""


def checked(options: Options, asked: ClassOptions) -> tuple[str, tuple[str, ...]]:
    """Return the collection's path and the reports' formats. Raises: WrongOptions."""
    check(_refusals(options, asked))
    return options.submissions[0], reports_of(asked)


def check(refusals: Iterable[tuple[bool, str]]) -> None:
    """Refuse what does not go together, for the first reason that holds. Raises: GraderError."""
    for is_refused, reason in refusals:
        if is_refused:
            raise WrongOptions(reason)


def reports_of(asked: ClassOptions) -> tuple[str, ...]:
    """Return the forms of the reports, each once. Raises: GraderError."""
    reports = tuple(filter(None, (name.strip() for name in asked.reports.split(","))))
    unknown = [name for name in reports if name not in ENDINGS]
    if unknown:
        raise WrongOptions(
            f'--reports: unknown form "{inert(unknown[0], 40)}"; choose from {", ".join(ENDINGS)}'
        )
    return tuple(dict.fromkeys(reports))


def deadline_of(asked: ClassOptions) -> Deadline:
    """Return when it is due and what lateness takes off. Raises: WrongOptions."""
    option = "--due"
    try:
        due = None if asked.due is None else read_time(asked.due)
        option = "--grace"
        grace = 0 if asked.grace is None else read_duration(asked.grace)
        option = "--late"
        rule = None if asked.late is None else read_rule(asked.late)
    except DeadlineError as error:
        raise WrongOptions(f"{option}: {error}") from error
    return Deadline(due, grace, rule)


def refusals(options: Options, asked: ClassOptions) -> tuple[tuple[bool, str], ...]:
    """Return what goes together neither for a class nor for a course, and why."""
    path, output = options.submissions[0], options.output or ""
    return (
        (
            bool(output) and _is_within(output, path),
            f"{inert(output)} is in the folder of the submissions; name another folder after -o",
        ),
        (len(options.submissions) != 1, "a class is one folder or archive; name it alone"),
        (
            options.whose is not None and options.whose.student is not None,
            "--student is one student; a class's ids come with what was handed in",
        ),
        (
            options.output is None and not asked.dry_run,
            "name a folder for what is written: -o OUT/",
        ),
        (
            options.since is not None or options.format is not None,
            "--since and --format are for single files; a class has --reports",
        ),
        (
            options.fail_under is not None and options.exercise is None,
            "--fail-under needs -e and the exercise",
        ),
    )


def _refusals(options: Options, asked: ClassOptions) -> tuple[tuple[bool, str], ...]:
    return (
        *refusals(options, asked),
        (
            bool(asked.grace or asked.late) and asked.due is None,
            "--grace and --late count from when it was due; say when: --due TIME",
        ),
        (
            bool(asked.key or asked.column) and not asked.into,
            "--key and --column say what to fill in a file; name it after --into",
        ),
        (
            asked.shard is not None
            and (bool(asked.into) or asked.keep not in (None, "last") or asked.due is not None),
            "--into, --keep and --due are for the whole class; give them to grader merge",
        ),
        (
            bool(asked.into) and asked.keep == "all",
            "--into has one score for each student; use --keep last or --keep best",
        ),
    )


def _is_within(output: str, path: str) -> bool:
    folder = os.path.join(os.path.realpath(path), "")
    return os.path.isdir(path) and os.path.join(os.path.realpath(output), "").startswith(folder)


def into_of(asked: ClassOptions) -> Into | None:
    """Return the file of grades that is to be filled, read. Raises: GraderError."""
    if asked.into is None:
        return None
    try:
        with open(asked.into, "rb") as file:
            data = file.read()
    except OSError as error:
        raise WrongOptions(
            f"{inert(asked.into)}: {error.strerror or error}; name your file of grades after --into"
        ) from error
    return Into(asked.into, data, Wanted(asked.key, asked.column), asked.roster)
