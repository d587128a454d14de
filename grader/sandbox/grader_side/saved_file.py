"""From how a child ended and what it said to what came of a file with weights."""

from grader.errors import SandboxError
from grader.sandbox.grader_side.outcome import Outcome
from grader.sandbox.grader_side.verdict import Heard, exceeded
from grader.sandbox.protocol import wire
from grader.sandbox.protocol.limits import MEBIBYTE, Limits

SAVED = "saved"
AS_JSON = (
    "What works everywhere is JSON: json.dump([a.tolist() for a in model.get_weights()], file), "
    "or of a state_dict [a.tolist() for a in state.values()]."
)
_SMALLER = "hand in the network that the exercise asks for: it has a few kilobytes"


def outcome(heard: Heard, limits: Limits) -> Outcome:
    """Judge a reading that is not a fault by `verdict.fault`; limits come first, as for code.

    Raises: SandboxError where there is no answer: the reader is ours, and so is its fault.
    """
    spent = exceeded(heard.reply, limits)
    if spent == "time":
        return Outcome(
            "timed-out",
            message=f"Reading the file took more than {limits.cpu:g} s, the limit; {_SMALLER}.",
        )
    found = wire.reading(heard.said)
    if spent == "memory" or isinstance(found, wire.OutOfMemory):
        return Outcome(
            "out-of-memory",
            message=f"Reading the file takes more than {limits.memory / MEBIBYTE:g} MiB of memory, "
            f"the limit; {_SMALLER}.",
        )
    if isinstance(found, wire.Layers):
        return Outcome("returned", ((SAVED, found.text),))
    if isinstance(found, wire.Unfit):
        return Outcome(found.code, message=found.message)
    raise SandboxError("grader-fault", "The grader's reader of this kind of file failed.")


def unavailable(of_code: str) -> SandboxError:
    """Return the error where no child can be contained; `of_code` says so of code."""
    reason = of_code.partition(": ")[2].strip()
    return SandboxError(
        "sandbox-unavailable",
        f"Files with weights cannot be read safely on this system: {reason} {AS_JSON}",
    )
