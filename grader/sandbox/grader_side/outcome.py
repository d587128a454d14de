"""What came of one run, as the rest of the grader sees it: plain data."""

from typing import NamedTuple

from grader.sandbox.protocol.wire import Refused, Value

__all__ = ["Outcome", "Refused", "Value"]


class Outcome(NamedTuple):
    """One run's end.

    `status` is returned, or one of the error codes no-function, raised, timed-out, out-of-memory,
    crashed, bad-return, with a `message` for the student and `where`, a line of their file.
    `items` are the values in order, each with its name, or with None where a sequence was
    returned. `output` is what the code printed, cut and inert. `passed` tells, a line each, what
    failed on the way and was passed over.
    """

    status: str
    items: tuple[tuple[str | None, Value], ...] = ()
    message: str = ""
    where: str | None = None
    output: str = ""
    passed: tuple[str, ...] = ()
