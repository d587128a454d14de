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
from grader.sandbox.protocol.wire import IN, OUT

_NOTEBOOK = "__main__"
_OWN = ("submission", _NOTEBOOK)
_MOST_FRAMES = 5
_LONGEST_LINE = 120
_REHEARSALS = 20
_REHEARSED = b"import math\ndef submission():\n    return {'w1': 1, 'b1': -1.0}\n"
_REHEARSED_WITH_NUMPY = (
    b"import numpy as np\ndef submission():\n    return np.array([1.0, -1.0, 2.0, -4.0])\n"
)
_ROOM = 1000  # frames that this module's own calls may need after the code has changed the limit


# What the code may have replaced by the time it is called here is kept under names of our own.
_write = os.write
_seek, _read, _close, _START, _END = os.lseek, os.read, os.close, os.SEEK_SET, os.SEEK_END
_recursion_limit, _set_recursion_limit = sys.getrecursionlimit, sys.setrecursionlimit
_get_close_matches = difflib.get_close_matches
_suppress = contextlib.suppress


class Stage(NamedTuple):
    """What is ready before the code is there: its module, and NumPy's classes as they are."""

    module: types.ModuleType
    finder: late.LateFinder
    numpy: values.Numpy | None


def staged() -> Stage:
    """Build the stage in the helper, for every child that will be: there it is built once."""
    own = types.ModuleType("builtins")  # what the code replaces there, this module does not call
    vars(own).update(vars(builtins))
    return Stage(_module(own), late.LateFinder(), values.numpy_classes())


def _module(own: types.ModuleType) -> types.ModuleType:
    module = types.ModuleType("submission")
    vars(module)["__builtins__"] = own
    absent.equip(module.__dict__, own)
    return module


def open_stage(stage: Stage) -> None:
    """Show the stage to whoever imports; the helper itself imports nothing any more."""
    sys.meta_path.insert(0, stage.finder)
    sys.meta_path.append(absent.StandInFinder)
    sys.modules["builtins"] = vars(stage.module)["__builtins__"]
    sys.modules["submission"] = stage.module
    sys.modules["__main__"] = types.ModuleType("__main__")


def received() -> wire.Code:
    """Read the code that was sent; to know its length first spares room for the longest."""
    size = _seek(IN, 0, _END)
    _seek(IN, 0, _START)
    code = _read(IN, size)
    _close(IN)
    return wire.code(code)


def hide(names: tuple[str, ...]) -> None:
    """Take modules out of reach that came with parts of NumPy that others have named."""
    for name in names:
        sys.modules.pop(name, None)
        parent, _, leaf = name.rpartition(".")
        if parent in sys.modules:
            vars(sys.modules[parent]).pop(leaf, None)


def rehearse(stage: Stage) -> None:
    """Run code of our own in the helper, so that a child finds done what Python does only once.

    Python rewrites a function's code as it gets to know it, and keeps what it has looked up. In a
    child each of these writes copies a page, which is most of what a run costs.
    """
    source = _REHEARSED if stage.numpy is None else _REHEARSED_WITH_NUMPY
    argv = sys.argv
    for _ in range(_REHEARSALS):
        module = _module(vars(stage.module)["__builtins__"])
        run(wire.Code("submission", "submission.py", source), stage._replace(module=module))
    absent.equip(vars(stage.module), vars(stage.module)["__builtins__"])
    sys.argv = argv


def run(code: wire.Code, stage: Stage) -> bytes:
    """Run the code and its function; return what came of it, as an answer's lines."""
    streams = (sys.stdout, sys.stderr)
    parts = pieces(code.source, code.filename)
    numbering = Numbering({piece.filename: piece.offset for piece in parts}, code.source)

    def passed(error: BaseException, piece: Piece) -> bytes:
        _set_recursion_limit(max(_ROOM, _recursion_limit()))
        return _passed(error, piece, numbering)

    sys.argv = [code.filename]
    stage.module.__file__ = code.filename
    if code.source.startswith(CELL):  # what is under if __name__ == "__main__" runs there
        stage.module.__name__ = _NOTEBOOK
        sys.modules[_NOTEBOOK] = stage.module
    course = Course(stage.module.__dict__, passed)
    try:
        said = list(_outcome(code.function, stage, course, parts))
    except MemoryError:
        said = [b"memory"]
    except BaseException as error:  # a student's code may raise anything
        _set_recursion_limit(_ROOM)
        said = [*_failures(course, _missing_name(error)), *_raised(error, numbering)]
    for stream in streams:
        try:
            stream.flush()
        except BaseException:  # noqa: S112 - the code may have closed or replaced it
            continue
    return wire.write(said)


def _outcome(function: str, stage: Stage, course: Course, parts: list[Piece]) -> Iterable[bytes]:
    for piece in parts:
        course.run(piece)
    made = stage.module.__dict__.get(function)
    if not callable(made) or isinstance(made, absent.StandIn):
        stands = "" if made is None else values.kind(made, stage.numpy)
        near = _nearest(stage.module, function)
        failures = _failures(course, function)
        return [*failures, b"missing " + wire.text(stands) + b" " + wire.text(near)]
    returned = made()
    _set_recursion_limit(_ROOM)
    try:
        return [*_failures(course, ""), *values.lines(returned, stage.numpy)]
    except values.NotAnObjectError as error:
        kind = wire.text(str(error)[: 2 * wire.LONGEST_NAME])
        return [*_failures(course, ""), b"bad " + kind]


def _failures(course: Course, name: str) -> list[bytes]:
    """Tell what was passed over; marks the failure that should have bound the name."""
    blamed = course.blame(name) if name else None
    return [
        b"passed %d %s" % (k == blamed, failure.line) for k, failure in enumerate(course.failures)
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
        if isinstance(made, types.FunctionType) and made.__module__ in _OWN
    ]
    near = _get_close_matches(function, own, 1, 0.5)
    return near[0] if near else own[0] if len(own) == 1 else ""


class Numbering(NamedTuple):
    """What tells a place: by the names of the pieces the lines before them, and the source."""

    offsets: dict[str, int]
    source: bytes


def _raised(error: BaseException, numbering: Numbering) -> list[bytes]:
    """Tell an exception's type, text and the last frames of the student's own file."""
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return [b"memory"]
    try:
        frames = _syntax_frame(error, numbering) or _frames(error, numbering)
        return [
            b"raised " + _kind(error) + b" " + wire.text(_text(error)),
            *(_at(line, name, numbering.source) for line, name in frames[-_MOST_FRAMES:]),
        ]
    except MemoryError:
        return [b"memory"]


def _passed(error: BaseException, piece: Piece, numbering: Numbering) -> bytes:
    """Tell an exception that was passed over: line, type, text, source."""
    frames = _syntax_frame(error, numbering) or _frames(error, numbering)
    line = frames[0][0] if frames else piece.offset + 1
    row = _row(line, numbering.source)
    text = _text(error)[: wire.LONGEST_NAME]
    return b"%d %s %s %s" % (line, _kind(error), wire.text(text), wire.text(row))


def _kind(error: BaseException) -> bytes:
    return wire.text(str(type.__dict__["__name__"].__get__(type(error)))[: wire.LONGEST_NAME])


def _text(error: BaseException) -> str:
    try:
        words = error.msg if isinstance(error, SyntaxError) else str(error)
        return str(words)[: wire.LONGEST_TEXT]
    except MemoryError:
        raise
    except BaseException:  # its __str__ is a student's too
        return "(its text is unavailable)"


def _syntax_frame(error: BaseException, numbering: Numbering) -> list[tuple[int, str]]:
    """Tell the line of a syntax error in the file itself, where no frame of it has run."""
    if not isinstance(error, SyntaxError) or type(error.filename) is not str:
        return []
    offset = numbering.offsets.get(error.filename)
    if offset is None or not isinstance(error.lineno, int) or error.lineno <= 0:
        return []
    return [(offset + error.lineno, "")]


def _frames(error: BaseException, numbering: Numbering) -> list[tuple[int, str]]:
    found = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        offset = numbering.offsets.get(code.co_filename)
        if offset is not None:
            found.append((offset + (trace.tb_lineno or 0), code.co_name))
            del found[:-_MOST_FRAMES]
        trace = trace.tb_next
    return found


def _at(line: int, function: str, source: bytes) -> bytes:
    name = function[: wire.LONGEST_NAME]
    return b"at %d %s %s" % (line, wire.text(name), wire.text(_row(line, source)))


def _row(line: int, source: bytes) -> str:
    rows = source.replace(CELL, b"").splitlines()
    row = rows[line - 1].decode("utf-8", "replace").strip() if 0 < line <= len(rows) else ""
    return row[:_LONGEST_LINE]


def say(words: bytes) -> None:
    """Write an answer to its pipe."""
    while words:
        words = words[_write(OUT, words) :]
