"""What may be asked of a class run; read with the other words after `grade`, so light to import."""

import os
from argparse import ArgumentParser, Namespace

from grader.cohort.choices import KEEP, STYLES
from grader.named import NamedTuple

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from argparse import _ArgumentGroup

    from grader.cohort.choices import Keep, Style

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
TABLES = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")


class ClassOptions(NamedTuple):
    """What may be asked of a class run, as the command's words have it."""

    names: str | None = None
    roster: str | None = None
    keep: "Keep | None" = None  # None: last, of a table every row
    due: str | None = None
    grace: str | None = None
    late: str | None = None
    into: str | None = None
    key: str | None = None
    column: str | None = None
    csv: "Style" = "excel"
    reports: str = ""
    restart: bool = False
    dry_run: bool = False
    quiet: bool = False
    shard: str | None = None
    anonymous: bool = False
    parquet: bool = False
    scheduler: str | None = None


def class_options(given: Namespace) -> ClassOptions | None:
    """Return what is asked of a class run; None if the words ask for none.

    They do if one of its options is there, or if the one thing to grade is a folder or an archive
    and the output is a folder.
    """
    options = class_options_of(given)
    if options != ClassOptions():
        return options
    paths, output = given.submissions, given.output
    if len(paths) != 1 or output is None:
        return None
    is_collection = os.path.isdir(paths[0]) or paths[0].lower().endswith((*ARCHIVES, *TABLES))
    is_folder = output.endswith(("/", os.sep)) or os.path.isdir(output)
    return options if is_collection and is_folder else None


def class_options_of(given: Namespace) -> ClassOptions:
    """Return what the words say of a class; what a command does not ask about is as ever."""
    every = ClassOptions()._asdict() | vars(given)
    return ClassOptions(*(every[name] for name in ClassOptions._fields))


def add_class_options(parser: ArgumentParser) -> None:
    """Add the options for a class."""
    group = parser.add_argument_group(
        "for a class: a folder, zip, tar.gz or table, and -o FOLDER/",
        "a folder with course.yaml is a course: many exercises, one gradebook",
    )
    group.add_argument("--dry-run", action="store_true", help="say what would be graded, and stop")
    group.add_argument(
        "--names",
        metavar="REGEX",
        help="how to read paths: named groups id, student, time, file, attempt, late",
    )
    group.add_argument(
        "--roster", metavar="FILE", help="CSV file of all students, to list those without a hand-in"
    )
    group.add_argument(
        "--reports", metavar="FORMS", default="", help="a report for each submission: html,json,..."
    )
    group.add_argument(
        "--shard", metavar="I/N", help="grade part I of N here; grader merge joins the parts"
    )
    group.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="a Dask scheduler, or local:N to start N workers here",
    )
    add_file_options(group)


def add_file_options(group: "_ArgumentGroup") -> None:
    """Add the options about the files that a class run leaves."""
    group.add_argument("--keep", choices=KEEP, help="the attempt that counts (default: last)")
    group.add_argument(
        "--due", metavar="TIME", help="deadline, as in '2026-11-20 23:59 Europe/Berlin'"
    )
    group.add_argument(
        "--grace", metavar="TIME", help="time after the deadline that is not late, as in 15m"
    )
    group.add_argument(
        "--late", metavar="RULE", help="penalty for late work, as in '10%%/day floor 40%%'"
    )
    group.add_argument("--into", metavar="FILE", help="fill in a copy of your own gradebook")
    group.add_argument("--key", metavar="COLUMN", help="the column there that identifies students")
    group.add_argument("--column", metavar="COLUMN", help="the column there to fill in")
    group.add_argument("--csv", choices=STYLES, default="excel", help="style of gradebook.csv")
    group.add_argument("--parquet", action="store_true", help="write results.parquet as well")
    group.add_argument(
        "--restart",
        action="store_true",
        help="start over where the exercise, options or hand-ins changed",
    )
    group.add_argument("--anonymous", action="store_true", help="no names in class.html")
    group.add_argument("--quiet", action="store_true", help="show no progress and no summary")
