"""Running a student's code in a child that is already shut in.

Whatever the code does, this module's part is to write one answer. Blind excepts are right here and
nowhere else: the code under test may raise anything, and may have broken every function that this
module calls; then no answer is written, and the grader says that the code ended the process.
"""

import builtins
import contextlib
import difflib
import errno
import os
import sys
import types
from collections.abc import Iterable
from typing import NamedTuple

from grader.sandbox.child import late, values
from grader.sandbox.protocol import wire

_MOST_FRAMES = 5
_LONGEST_LINE = 120
_ROOM = 1000  # frames that this module's own calls may need after the code has changed the limit


# What the code may have replaced by the time it is called here is kept under names of our own.
_write = os.write
_set_recursion_limit = sys.setrecursionlimit
_get_close_matches = difflib.get_close_matches
_suppress = contextlib.suppress


class Job(NamedTuple):
    """What to run, and NumPy's classes as they were before it ran."""

    function: str
    filename: str
    source: bytes
    numpy: values.Numpy | None


def prepare(given: tuple[str, ...], hidden: tuple[str, ...]) -> Job:
    """Read the code, and take out of reach what it must not find.

    `given` are the parts of NumPy that it may have, `hidden` the modules that came with others.
    """
    chunks = []
    while chunk := os.read(wire.IN, 1 << 20):
        chunks.append(chunk)
    os.close(wire.IN)
    code = wire.code(b"".join(chunks))
    numpy = values.numpy_classes()
    for name in hidden:
        sys.modules.pop(name, None)
        parent, _, leaf = name.rpartition(".")
        if parent in sys.modules:
            vars(sys.modules[parent]).pop(leaf, None)
    sys.meta_path.insert(0, late.Finder(given))
    _guard_builtins()
    sys.argv = [code.filename]
    return Job(*code, numpy)


def _guard_builtins() -> None:
    """Give the code builtins of its own: what it replaces there, this module does not call."""
    own = types.ModuleType("builtins")
    vars(own).update(vars(builtins))
    sys.modules["builtins"] = own


def run(job: Job) -> None:
    """Run the code and its function, and say what came of it."""
    streams = (sys.stdout, sys.stderr)
    try:
        said = list(_outcome(job))
    except MemoryError:
        said = [b"memory"]
    except BaseException as error:  # noqa: BLE001 - a student's code may raise anything
        _set_recursion_limit(_ROOM)
        said = _raised(error, job.filename, job.source)
    for stream in streams:
        with _suppress(BaseException):  # the code may have closed or replaced it
            stream.flush()
    _say(wire.write(said))


def _outcome(job: Job) -> Iterable[bytes]:
    module = types.ModuleType("submission")
    module.__file__ = job.filename
    module.__dict__["__builtins__"] = sys.modules["builtins"]
    sys.modules["submission"] = module
    sys.modules["__main__"] = types.ModuleType("__main__")
    exec(compile(job.source, job.filename, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - the purpose
    made = module.__dict__.get(job.function)
    if not callable(made):
        stands = "" if made is None else values.kind(made, job.numpy)
        return [b"missing " + wire.text(stands) + b" " + wire.text(_nearest(module, job.function))]
    returned = made()
    _set_recursion_limit(_ROOM)
    try:
        return list(values.lines(returned, job.numpy))
    except values.NotAnObjectError as error:
        return [b"bad " + wire.text(str(error)[: 2 * wire.LONGEST_NAME])]


def _nearest(module: types.ModuleType, function: str) -> str:
    """Find the function that is most likely meant: one with a like name, or the only one."""
    own = [
        name
        for name, made in module.__dict__.items()
        if isinstance(made, types.FunctionType) and made.__module__ == "submission"
    ]
    near = _get_close_matches(function, own, 1, 0.5)
    return near[0] if near else own[0] if len(own) == 1 else ""


def _raised(error: BaseException, filename: str, source: bytes) -> list[bytes]:
    """Tell an exception's type, text and the last frames of the student's own file."""
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return [b"memory"]
    try:
        kind = str(type.__dict__["__name__"].__get__(type(error)))[: wire.LONGEST_NAME]
        rows = source.splitlines()
        frames = _syntax_frame(error, filename) or _frames(error, filename)
        return [
            b"raised " + wire.text(kind) + b" " + wire.text(_text(error)),
            *(_at(line, name, rows) for line, name in frames[-_MOST_FRAMES:]),
        ]
    except MemoryError:
        return [b"memory"]


def _text(error: BaseException) -> str:
    try:
        words = error.msg if isinstance(error, SyntaxError) else str(error)
        return str(words)[: wire.LONGEST_TEXT]
    except MemoryError:
        raise
    except BaseException:  # noqa: BLE001 - its __str__ is a student's too
        return "(its text cannot be had)"


def _syntax_frame(error: BaseException, filename: str) -> list[tuple[int, str]]:
    """Tell the line of a syntax error in the file itself, where no frame of it has run."""
    if not isinstance(error, SyntaxError) or error.filename != filename:
        return []
    return [(error.lineno, "")] if isinstance(error.lineno, int) and error.lineno > 0 else []


def _frames(error: BaseException, filename: str) -> list[tuple[int, str]]:
    found = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == filename:
            found.append((trace.tb_lineno or 0, code.co_name))
            del found[:-_MOST_FRAMES]
        trace = trace.tb_next
    return found


def _at(line: int, function: str, rows: list[bytes]) -> bytes:
    row = rows[line - 1].decode("utf-8", "replace").strip() if 0 < line <= len(rows) else ""
    name = function[: wire.LONGEST_NAME]
    return b"at %d %s %s" % (line, wire.text(name), wire.text(row[:_LONGEST_LINE]))


def _say(words: bytes) -> None:
    while words:
        words = words[_write(wire.OUT, words) :]
