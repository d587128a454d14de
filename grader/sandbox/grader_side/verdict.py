"""From how a child ended and what it said to an outcome with words for the student.

How it ended is the helper's account: exit status, signal, time, memory. It is looked at first, so
that a limit beats an answer that was already written. Only a child that ended well and within its
limits is believed to have answered at all.
"""

import re
import signal
from collections.abc import Callable
from typing import NamedTuple

from grader.sandbox.grader_side import hints
from grader.sandbox.grader_side.outcome import Outcome
from grader.sandbox.protocol import wire
from grader.sandbox.protocol.limits import MEBIBYTE, Limits
from grader.sandbox.protocol.packets import Reply
from grader.text.inert import inert

_LONGEST_KIND = 100
_LONGEST_TEXT = 200
_LONGEST_LINE = 60
_TRACEBACK = 3  # the last lines of it that a message shows
_LONGEST_MESSAGE = 500
_CPU_GRAIN = 0.1  # seconds by which the kernel may be early
# What a processor or Python itself raises; every other signal comes from somebody else.
_OF_ITS_OWN = (
    signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGSEGV, signal.SIGSYS,
    signal.SIGTRAP,
)  # fmt: skip


class Heard(NamedTuple):
    """One run: the helper's account, the child's answer, what it printed and how much was cut."""

    reply: Reply
    said: bytes
    printed: bytes
    cut: int


class Question(NamedTuple):
    """What was asked: the function's name, the limits, how to name a line, and the source."""

    function: str
    limits: Limits
    place: Callable[[int], str]
    source: bytes = b""


def fault(heard: Heard, limits: Limits) -> str | None:
    """Tell why a run says nothing about the student's code, or None where it does."""
    if heard.reply.end == "fault":
        return heard.reply.reason
    if heard.said.startswith(wire.FAULT):
        return f"the sandbox could not be set up ({wire.fault(heard.said)})"
    if not heard.said.startswith(wire.READY):
        return "the child died before any of the student's code ran"
    reply = heard.reply
    if reply.end != "signal" or reply.code in _OF_ITS_OWN or reply.late or _used_up(reply, limits):
        return None
    if reply.code == signal.SIGKILL and reply.peak >= limits.memory // 2:
        return None  # a container's own limit of memory
    # No code in a child can send signals; people can, and a machine that runs out of memory.
    return f"the child was ended from outside by {_signal_name(reply.code)}"


def _signal_name(number: int) -> str:
    known = {int(one): one.name for one in signal.Signals}
    return known.get(number, f"signal {number}")


def outcome(heard: Heard, question: Question) -> Outcome:
    """Judge a run that `fault` has nothing to say about."""
    printed = _printed(heard)
    ended = _limit(heard, question.limits) or _crash(heard.reply)
    if ended is None:
        found = wire.read(heard.said)
        passed = () if found is None else wire.passed(heard.said)
        ended = (
            _unanswered(heard)
            if found is None
            else _blamed(found, passed, question) or _answered(found, question, bool(printed))
        )
        ended = ended._replace(passed=_notes(passed, question, ended))
    message = ended.message
    if len(message) > _LONGEST_MESSAGE:
        message = message[: _LONGEST_MESSAGE - 3] + "..."
    return ended._replace(message=message, output=printed)


def _printed(heard: Heard) -> str:
    text = heard.printed.decode("utf-8", "replace").expandtabs(4).rstrip("\n")
    longest = 10 * len(heard.printed)  # the output's own limit is what cuts it
    lines = [inert(line, longest) for line in text.split("\n")]
    note = [f"[cut: {heard.cut:,} bytes more were printed]"] if heard.cut else []
    return "\n".join(lines + note)


def _limit(heard: Heard, limits: Limits) -> Outcome | None:
    reply = heard.reply
    if reply.late:
        return Outcome(
            "timed-out",
            message=f"The code was still running after {limits.wall:g} s, the limit of time. Look "
            "for a loop that never ends, or for something that waits.",
        )
    if _used_up(reply, limits):
        return Outcome(
            "timed-out",
            message=f"The code used more than {limits.cpu:g} s of computing time, the limit. Look "
            "for a loop that never ends; the exercise needs hardly any computing.",
        )
    if reply.end == "signal" and reply.code == signal.SIGKILL:
        return _out_of_memory(limits)
    return None


def exceeded(reply: Reply, limits: Limits) -> str:
    """Tell which limit ended a child: "time", "memory", or "" for none."""
    if reply.late or _used_up(reply, limits):
        return "time"
    return "memory" if reply.end == "signal" and reply.code == signal.SIGKILL else ""


def _used_up(reply: Reply, limits: Limits) -> bool:
    if reply.end == "signal" and reply.code == signal.SIGXCPU:
        # The kernel sends it by its count of clock ticks, which on a busy machine runs well ahead
        # of the time that it tells afterwards.
        return reply.cpu > limits.cpu / 2
    return reply.cpu > limits.cpu - (_CPU_GRAIN if reply.end == "signal" else 0)


def _out_of_memory(limits: Limits) -> Outcome:
    return Outcome(
        "out-of-memory",
        message=f"The code needs more than {limits.memory / MEBIBYTE:g} MiB of memory, the limit. "
        "Look for a list, an array or a number that grows without end.",
    )


def _crash(reply: Reply) -> Outcome | None:
    if reply.end == "exit" and reply.code == 0:
        return None
    if reply.end == "exit":
        how = f"ended the process with status {reply.code}"
    elif reply.code == signal.SIGSYS:
        how = "made a system call by a forbidden way"
    else:
        how = f"made Python itself crash ({_signal_name(reply.code)})"
    return Outcome("crashed", message=f"The code {how}. Only a returned value can be graded.")


def _unanswered(heard: Heard) -> Outcome:
    if heard.said == wire.READY:
        return Outcome(
            "crashed",
            message="The code ended the process before its function returned. Only a returned "
            "value can be graded: take out exit() and the like.",
        )
    return Outcome(
        "bad-return",
        message="The code's answer cannot be read: something else was written between its lines. "
        "Do not write to file descriptors; return the values.",
    )


def _answered(found: wire.Answer, question: Question, has_printed: bool) -> Outcome:  # noqa: FBT001 - a fact
    function = inert(question.function, _LONGEST_KIND)
    if isinstance(found, wire.Returned):
        return Outcome("returned", found.items)
    if isinstance(found, wire.OutOfMemory):
        return _out_of_memory(question.limits)
    if isinstance(found, wire.Raised):
        return _raised(found, question)
    if isinstance(found, wire.BadReturn):
        return _bad_return(function, inert(found.kind, 2 * _LONGEST_KIND), has_printed)
    return _missing(found, function, _indented(question))


def _blamed(
    found: wire.Answer, passed: tuple[wire.Passed, ...], question: Question
) -> Outcome | None:
    """Word an error by the failure that should have defined what is missing, if there is one."""
    cause = next((each for each in passed if each.blamed), None)
    if cause is None and isinstance(found, wire.Missing) and not (found.stands or found.nearest):
        cause = next(iter(passed), None)  # there is no sign of the function at all
    if cause is None or not isinstance(found, (wire.Missing, wire.Raised)):
        return None
    function = inert(question.function, _LONGEST_KIND)
    source = f"{question.place(cause.line)}: {inert(cause.source, _LONGEST_LINE)}"
    first = f"{_words(cause.kind, cause.text)} | {source}"
    told = (
        f"{first} | so {function}() was not defined"
        if isinstance(found, wire.Missing)
        else f"{_words(found.kind, found.text)}, because this failed before: {first}"
    )
    message = _advised(told, cause.kind, cause.text, cause.source)
    return Outcome("raised", message=message, where=question.place(cause.line))


def _notes(passed: tuple[wire.Passed, ...], question: Question, ended: Outcome) -> tuple[str, ...]:
    """Tell what was passed over, a line each, without what the outcome itself tells."""
    notes = [_told(each, question) for each in passed if not (each.blamed and ended.message)]
    return tuple(f"passed over: {note}" for note in notes)


def _told(passed: wire.Passed, question: Question) -> str:
    source = inert(passed.source, _LONGEST_LINE)
    return f"{question.place(passed.line)}: {_words(passed.kind, passed.text)}: {source}"


def _words(kind: str, text: str) -> str:
    kind, text = inert(kind, _LONGEST_KIND), inert(text, _LONGEST_TEXT)
    return f"{kind}: {text}" if text else kind


def _advised(told: str, kind: str, text: str, source: str) -> str:
    """Add the advice for an error, for which the rest has to make room."""
    advice = hints.advice(kind, text, source)
    room = _LONGEST_MESSAGE - len(advice) - 2
    told = told if len(told) <= room else told[: room - 3] + "..."
    return f"{told}. {advice}" if advice else told


def _indented(question: Question) -> str:
    """Tell the place where the function is defined inside something else; empty if nowhere."""
    name = re.escape(question.function.encode())
    definition = rb"^[ \t]+(?:async[ \t]+)?def[ \t]+%s[ \t]*\(" % name
    begun = re.search(definition, question.source, re.MULTILINE)
    return question.place(question.source.count(b"\n", 0, begun.start()) + 1) if begun else ""


def _missing(found: wire.Missing, function: str, indented: str) -> Outcome:
    nearest = inert(found.nearest, _LONGEST_KIND)
    if found.stands:
        stands = inert(found.stands, _LONGEST_KIND)
        message = f"{function} is {stands} here, not a function: write def {function}(): ..."
    elif indented:
        message = (
            f"{function}() is defined inside something else ({indented}), such as a class, another "
            'function or if __name__ == "__main__": write its def at the left margin.'
        )
    elif nearest:
        message = f"The file has no function {function}(). Did you mean {nearest}()? Rename it."
    else:
        message = f"The file has no function {function}(): put the code into def {function}(): ..."
    return Outcome("no-function", message=message)


def _bad_return(function: str, kind: str, has_printed: bool) -> Outcome:  # noqa: FBT001 - a fact
    if kind == "None" and has_printed:
        advice = "It printed something: write return instead of print"
    elif kind == "None":
        advice = "Is a return missing at its end? It has to"
    elif kind == "a coroutine":
        advice = "Write def instead of async def, and"
    elif kind == "a generator":
        advice = "Write return instead of yield, and"
    else:
        advice = "It has to"
    rest = "." if advice.endswith("print") else f" {hints.RULE}."
    return Outcome("bad-return", message=f"{function}() returned {kind}. {advice}{rest}")


def _raised(found: wire.Raised, question: Question) -> Outcome:
    parts = [_words(found.kind, found.text)]
    frames = found.frames[-_TRACEBACK:]
    where = question.place(frames[-1].line) if frames else None
    for frame in reversed(frames):
        source = inert(frame.source, _LONGEST_LINE)
        name = inert(frame.function, _LONGEST_KIND)
        inside = "" if name in ("", "<module>") else f", in {name}"
        parts.append(f"{question.place(frame.line)}{inside}: {source}")
    at_fault = frames[-1].source if frames else ""
    message = _advised(" | ".join(parts), found.kind, found.text, at_fault)
    return Outcome("raised", message=message, where=where)
