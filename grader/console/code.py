"""The part of `grade` that has to do with code: one sandbox, and what is shown of it."""

from collections.abc import Callable, Sequence

from grader.console.options import CodeOptions
from grader.desk.files import complain
from grader.submission.record import Entries, Run
from grader.text.inert import inert

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from grader.sandbox.grader_side.running import RunSettings
    from grader.sandbox.grader_side.sandbox import Sandbox
    from grader.sandbox.grader_side.spawning import Spawned


class Runner:
    """One sandbox for all submissions of a command; nothing of it is loaded before one is code."""

    def __init__(
        self,
        options: CodeOptions,
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

        def run(
            source: bytes, place: Callable[[int], str], notes: Sequence[str], kind: str = ""
        ) -> Entries:
            from grader.sandbox.grader_side.running import run_in

            sandbox = self._ready(b"" if kind else source)
            return run_in(sandbox, self._settings(), filename, show)(source, place, notes, kind)

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
                complain(f"containment: {self._sandbox.start(numpy_named(source)).summary()}")
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
