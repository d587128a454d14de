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

from grader.sandbox.child import absent, late, values
from grader.sandbox.child.pieces import CELL, Course, Piece, pieces
from grader.sandbox.protocol import wire

_MOST_FRAMES = 5
_LONGEST_LINE = 120
_ROOM = 1000  # frames that this module's own calls may need after the code has changed the limit


# What the code may have replaced by the time it is called here is kept under names of our own.
_write = os.write
_recursion_limit, _set_recursion_limit = sys.getrecursionlimit, sys.setrecursionlimit
_get_close_matches = difflib.get_close_matches
_suppress = contextlib.suppress


class Job(NamedTuple):
    """What to run, and NumPy's classes as they were before it ran."""

    function: str
    filename: str
    source: bytes
    numpy: values.Numpy | None


def prepare(given: tuple[str, ...], hidden: tuple[str, ...], own: types.ModuleType) -> Job:
    """Read the code, and take out of reach what it must not find.

    `given` are the parts of NumPy that it may have, `hidden` the modules that came with others.
    """
    size = os.lseek(wire.IN, 0, os.SEEK_END)
    os.lseek(wire.IN, 0, os.SEEK_SET)
    code = wire.code(os.read(wire.IN, size))
    os.close(wire.IN)
    numpy = values.numpy_classes()
    for name in hidden:
        sys.modules.pop(name, None)
        parent, _, leaf = name.rpartition(".")
        if parent in sys.modules:
            vars(sys.modules[parent]).pop(leaf, None)
    sys.meta_path.insert(0, late.Finder(given))
    sys.modules["builtins"] = own
    sys.argv = [code.filename]
    return Job(*code, numpy)


def own_builtins() -> types.ModuleType:
    """Make builtins for the code alone: what it replaces there, this module does not call."""
    own = types.ModuleType("builtins")
    vars(own).update(vars(builtins))
    return own


def run(job: Job) -> None:
    """Run the code and its function, and say what came of it."""
    streams = (sys.stdout, sys.stderr)
    rows = job.source.replace(CELL, b"").splitlines()
    parts = pieces(job.source, job.filename)
    told = Told({piece.filename: piece.offset for piece in parts}, rows)

    def passed(error: BaseException, piece: Piece) -> bytes:
        _set_recursion_limit(max(_ROOM, _recursion_limit()))
        return _passed(error, piece, told)

    module = types.ModuleType("submission")
    course = Course(module.__dict__, passed)
    try:
        said = list(_outcome(job, module, course, parts))
    except MemoryError:
        said = [b"memory"]
    except BaseException as error:  # a student's code may raise anything
        _set_recursion_limit(_ROOM)
        said = [*_failures(course, _missing_name(error)), *_raised(error, told)]
    for stream in streams:
        with _suppress(BaseException):  # the code may have closed or replaced it
            stream.flush()
    _say(wire.write(said))


def _outcome(
    job: Job, module: types.ModuleType, course: Course, parts: list[Piece]
) -> Iterable[bytes]:
    module.__file__ = job.filename
    module.__dict__["__builtins__"] = sys.modules["builtins"]
    sys.modules["submission"] = module
    sys.modules["__main__"] = types.ModuleType("__main__")
    absent.install(module.__dict__)
    for piece in parts:
        course.run(piece)
    made = module.__dict__.get(job.function)
    if not callable(made) or isinstance(made, absent.StandIn):
        stands = "" if made is None else values.kind(made, job.numpy)
        near = _nearest(module, job.function)
        failures = _failures(course, job.function)
        return [*failures, b"missing " + wire.text(stands) + b" " + wire.text(near)]
    returned = made()
    _set_recursion_limit(_ROOM)
    try:
        return [*_failures(course, ""), *values.lines(returned, job.numpy)]
    except values.NotAnObjectError as error:
        kind = wire.text(str(error)[: 2 * wire.LONGEST_NAME])
        return [*_failures(course, ""), b"bad " + kind]


def _failures(course: Course, name: str) -> list[bytes]:
    """Tell what was passed over; marks the failure that should have bound the name."""
    blamed = course.blame(name) if name else None
    return [
        b"passed %d %s" % (k == blamed, failure.told) for k, failure in enumerate(course.failures)
    ]


def _missing_name(error: BaseException) -> str:
    """Tell the name that a NameError is about, empty for every other exception."""
    with _suppress(BaseException):  # a student's class may answer anything
        if isinstance(error, NameError) and type(error.name) is str:
            return error.name
    return ""


def _nearest(module: types.ModuleType, function: str) -> str:
    """Find the function that is most likely meant: one with a like name, or the only one."""
    own = [
        name
        for name, made in module.__dict__.items()
        if isinstance(made, types.FunctionType) and made.__module__ == "submission"
    ]
    near = _get_close_matches(function, own, 1, 0.5)
    return near[0] if near else own[0] if len(own) == 1 else ""


class Told(NamedTuple):
    """What tells a place: by the names of the pieces the lines before them, and all lines."""

    offsets: dict[str, int]
    rows: list[bytes]


def _raised(error: BaseException, told: Told) -> list[bytes]:
    """Tell an exception's type, text and the last frames of the student's own file."""
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return [b"memory"]
    try:
        frames = _syntax_frame(error, told) or _frames(error, told)
        return [
            b"raised " + _kind(error) + b" " + wire.text(_text(error)),
            *(_at(line, name, told.rows) for line, name in frames[-_MOST_FRAMES:]),
        ]
    except MemoryError:
        return [b"memory"]


def _passed(error: BaseException, piece: Piece, told: Told) -> bytes:
    """Tell an exception that was passed over: line, type, text, source."""
    frames = _syntax_frame(error, told) or _frames(error, told)
    line = frames[0][0] if frames else piece.offset + 1
    source = _row(line, told.rows)
    text = _text(error)[: wire.LONGEST_NAME]
    return b"%d %s %s %s" % (line, _kind(error), wire.text(text), wire.text(source))


def _kind(error: BaseException) -> bytes:
    return wire.text(str(type.__dict__["__name__"].__get__(type(error)))[: wire.LONGEST_NAME])


def _text(error: BaseException) -> str:
    try:
        words = error.msg if isinstance(error, SyntaxError) else str(error)
        return str(words)[: wire.LONGEST_TEXT]
    except MemoryError:
        raise
    except BaseException:  # its __str__ is a student's too
        return "(its text cannot be had)"


def _syntax_frame(error: BaseException, told: Told) -> list[tuple[int, str]]:
    """Tell the line of a syntax error in the file itself, where no frame of it has run."""
    if not isinstance(error, SyntaxError) or type(error.filename) is not str:
        return []
    offset = told.offsets.get(error.filename)
    if offset is None or not isinstance(error.lineno, int) or error.lineno <= 0:
        return []
    return [(offset + error.lineno, "")]


def _frames(error: BaseException, told: Told) -> list[tuple[int, str]]:
    found = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        offset = told.offsets.get(code.co_filename)
        if offset is not None:
            found.append((offset + (trace.tb_lineno or 0), code.co_name))
            del found[:-_MOST_FRAMES]
        trace = trace.tb_next
    return found


def _at(line: int, function: str, rows: list[bytes]) -> bytes:
    name = function[: wire.LONGEST_NAME]
    return b"at %d %s %s" % (line, wire.text(name), wire.text(_row(line, rows)))


def _row(line: int, rows: list[bytes]) -> str:
    row = rows[line - 1].decode("utf-8", "replace").strip() if 0 < line <= len(rows) else ""
    return row[:_LONGEST_LINE]


def _say(words: bytes) -> None:
    while words:
        words = words[_write(wire.OUT, words) :]
