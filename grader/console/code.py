"""The part of `grade` that has to do with code: its options, one sandbox, what is shown of it."""

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from grader.desk.files import complain
from grader.submission.record import Entries, Run
from grader.text.inert import inert

if TYPE_CHECKING:
    from grader.sandbox.grader_side.running import RunSettings
    from grader.sandbox.grader_side.sandbox import Sandbox
    from grader.sandbox.grader_side.spawning import Spawned

_LONGEST_NAME = 100


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for Python submissions and notebooks."""
    group = parser.add_argument_group("for Python files and notebooks, which run contained")
    group.add_argument(
        "--function",
        metavar="NAME",
        default="submission",
        type=_function,
        help="the function that returns the answer (default: submission)",
    )
    for name, unit, default, meaning in (
        ("wall", "SECONDS", 10.0, "time that a run may take"),
        ("cpu", "SECONDS", 5.0, "computing time that a run may use, in whole seconds"),
        ("memory", "MIB", 512.0, "memory that a run may use"),
        ("output", "KIB", 4.0, "printed text that is shown"),
    ):
        group.add_argument(
            f"--max-{name}",
            metavar=unit,
            default=default,
            type=_limit,
            help=f"{meaning} (default: {default:g})",
        )
    group.add_argument(
        "--verbose", action="store_true", help="say how the code is contained, on standard error"
    )


def _function(text: str) -> str:
    if not text.isidentifier() or len(text) > _LONGEST_NAME:
        raise argparse.ArgumentTypeError(f'"{inert(text, 40)}" cannot be the name of a function')
    return text


def _limit(text: str) -> float:
    """Read a limit: above 0, and at most a million so that no unit of it overflows."""
    most = 1e6
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= most:
        raise argparse.ArgumentTypeError(
            f'"{inert(text, 40)}" has to be a number above 0, at most {most:,.0f}'
        )
    return number


class Runner:
    """One sandbox for all submissions of a command; nothing of it is loaded before one is code."""

    def __init__(
        self,
        options: argparse.Namespace,
        tell: Callable[[str], None] = complain,
        spawned: "Spawned | None" = None,
    ) -> None:
        """Keep the options, who is told what the code printed and what was left out of it.

        `spawned` is the helper's process, if one was started ahead.
        """
        self._options = options
        self._tell = tell
        self._spawned = spawned
        self._sandbox: Sandbox | None = None

    def close(self) -> None:
        """End the sandbox, if one was needed."""
        if self._sandbox is not None:
            self._sandbox.close()

    def run_as(self, filename: str, source: str) -> Run:
        """Return the way to run one submission's code; `source` is what its notes call it."""

        def run(source: bytes, place: Callable[[int], str], notes: Sequence[str]) -> Entries:
            from grader.sandbox.grader_side.running import run_in

            sandbox = self._ready(source)
            return run_in(sandbox, self._settings(), filename, show)(source, place, notes)

        def show(notes: Sequence[str], printed: str) -> None:
            name = inert(source, 60)
            for note in notes:
                self._tell(f"note: {name}: {inert(note, 500)}")
            if printed:
                lines = [f"{name} printed:", *(f"| {x}" for x in printed.split("\n"))]
                self._tell("\n".join(lines))

        return run

    def _ready(self, source: bytes) -> "Sandbox":
        from grader.sandbox.grader_side.sandbox import Sandbox
        from grader.sandbox.protocol.modules import numpy_named

        if self._sandbox is None:
            self._sandbox = Sandbox(spawned=self._spawned)
            if self._options.verbose:
                complain(f"containment: {self._sandbox.start(numpy_named(source)).told()}")
        return self._sandbox

    def _settings(self) -> "RunSettings":
        from grader.sandbox.grader_side.running import RunSettings
        from grader.sandbox.protocol.limits import MEBIBYTE, Limits

        given = self._options
        limits = Limits(
            given.max_wall,
            given.max_cpu,
            int(given.max_memory * MEBIBYTE),
            int(given.max_output * 1024),
        )
        return RunSettings(given.function, limits)
