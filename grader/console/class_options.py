"""What may be asked about a class; read with the other words after `grade`, so light to import."""

from argparse import ArgumentParser, Namespace

from grader.named import NamedTuple


class ClassOptions(NamedTuple):
    """What may be asked about a class's folder or archive, as the command's words have it."""

    names: str | None = None
    roster: str | None = None
    dry_run: bool = False


def class_options(given: Namespace) -> ClassOptions | None:
    """Return what is asked about a class; None if the words ask for nothing of that."""
    options = ClassOptions(*(getattr(given, name) for name in ClassOptions._fields))
    return options if options != ClassOptions() else None


def add_class_options(parser: ArgumentParser) -> None:
    """Add the options for a class."""
    group = parser.add_argument_group("for a class: a folder, zip or tar.gz of submissions")
    group.add_argument("--dry-run", action="store_true", help="only say what is recognised")
    group.add_argument(
        "--names",
        metavar="REGEX",
        help="how paths are made: named groups id, student, time, file, attempt, late",
    )
    group.add_argument(
        "--roster", metavar="FILE", help="CSV of everybody, to say who handed nothing in"
    )
