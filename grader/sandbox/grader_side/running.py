"""From source code or a file with weights to entries: the ways that sources are handed."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from grader.errors import SubmissionError
from grader.sandbox.grader_side.outcome import Outcome
from grader.sandbox.grader_side.sandbox import Sandbox
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.protocol.wire import Refused
from grader.submission.record import Entries, Placed, Run, Unnumber


class RunSettings(NamedTuple):
    """How to run every submission of a command."""

    function: str = "submission"
    limits: Limits = Limits()


def run_in(
    sandbox: Sandbox,
    settings: RunSettings = RunSettings(),
    filename: str = "submission.py",
    show: Callable[[Sequence[str], str], None] = lambda _notes, _printed: None,
) -> Run:
    """Return the way to run the source of one submission, known to its author as `filename`.

    `show` gets what is not part of a report: notes on how the source was read, and what it printed.
    """

    def run(
        source: bytes, place: Callable[[int], str], notes: Sequence[str], kind: str = ""
    ) -> Entries:
        if kind:
            return entries(sandbox.read(kind, source, settings.limits))
        outcome = sandbox.run(source, settings.function, settings.limits, filename, place)
        show((*notes, *outcome.passed), outcome.output)
        return entries(outcome)

    return run


def entries(outcome: Outcome) -> Entries:
    """Return what was returned. Raises: SubmissionError with the outcome's status as its code."""
    if outcome.status != "returned":
        raise SubmissionError(outcome.status, outcome.message, outcome.where)
    pairs = tuple((name or "", _plain(value)) for name, value in outcome.items)
    in_order = any(name is None for name, _ in outcome.items)
    return Placed(pairs) if in_order else pairs


def _plain(value: object) -> object:
    return Unnumber(value.kind) if isinstance(value, Refused) else value
