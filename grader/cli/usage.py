"""Reading of a command's arguments: argparse, with nothing on the screen that moves the cursor."""

import argparse
import sys
from collections.abc import Sequence

from grader.inert import inert


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
