"""Reading of a command's arguments: argparse, with nothing on the screen that moves the cursor."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from grader.text.inert import inert


def parse(
    parser: argparse.ArgumentParser, arguments: Sequence[str] | None = None
) -> argparse.Namespace:
    """Return the arguments' values; argparse itself would show an unknown one as it came in.

    Raises: SystemExit after --help, --version, and with status 2 where the usage is wrong.
    """
    try:
        options, unknown = parser.parse_known_args(arguments)
        if unknown:
            shown = " ".join(inert(argument, 60) for argument in unknown[:5])
            parser.error(f"unrecognized arguments: {shown}")
    except OSError:  # before 3.11.4 argparse fails where its message cannot be written
        sys.exit(2)
    return options


def formatter(prog: str) -> argparse.HelpFormatter:
    """Return what lays out the help; argparse asks for it even where none is shown.

    Without a width it would import shutil to find one: 2 ms.
    """
    return argparse.RawDescriptionHelpFormatter(prog, width=columns() - 2)


def columns() -> int:
    """Return the columns that COLUMNS names, else the terminal's, else 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) < 10 and int(columns):  # noqa: PLR2004 - any width
        return int(columns)
    with suppress(AttributeError, OSError, ValueError):  # closed, not there, no terminal
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    return 80
