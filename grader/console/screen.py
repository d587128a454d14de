"""The place where a report is shown: how wide it is, and whether it has colours."""

import os
import sys

from grader.reports import Layout


def screen_layout(*, one_of_many: bool) -> Layout:
    """Return what the terminal allows; a pipe gets 80 columns without colour."""
    if sys.stdout is None or not sys.stdout.isatty():
        return Layout(width=80, one_of_many=one_of_many)
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Layout(columns(), colour, one_of_many)


def columns() -> int:
    """Return the columns that COLUMNS names, else the terminal's, else 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) < 10 and int(columns):  # any width
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (AttributeError, OSError, ValueError):  # closed, not there, no terminal
        return 80
