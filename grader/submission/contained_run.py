"""The type of what runs code, or has a file with weights read, for whoever only names it."""

from collections.abc import Callable, Sequence
from typing import Protocol


class ContainedRun(Protocol):
    """How a kind of submission that is not read in this process gets its values.

    Of code: the source, what a line of it is called, notes for the student on how it was read.
    Of a file with weights: its bytes, and the kind that it is. Raises: SubmissionError,
    SandboxError.
    """

    def __call__(
        self,
        source: bytes,
        place: Callable[[int], str],
        notes: Sequence[str],
        kind: str = "",
        /,
    ) -> Sequence[tuple[str, object]]:
        """Return the entries."""
