"""Running a source piece by piece, and passing over what fails, as a notebook does.

A notebook's source begins with a zero byte and has one before each further cell. Its cells compile
and run one after the other in one namespace; one that fails ends where it fails, and the next one
runs. Any other source is one piece. Two things go on within a piece: an import that fails costs
only what uses it, and in a file, which has no cells, any failing statement of its top level is
passed over. What `from __future__` asks for counts from there on, wherever it is.

What was passed over is reported, and is an error only where it matters: `blame` marks the first
failure that should have bound a name that turned out to be missing.
"""

import __future__

import ast
import re
from collections.abc import Callable, Coroutine
from inspect import CO_COROUTINE
from itertools import islice
from types import CodeType
from typing import Any, NamedTuple

from grader.sandbox.child import absent
from grader.sandbox.protocol.wire import MOST_PASSED

CELL = b"\0"
# What the code may have replaced by the time it is called here is kept under names of our own.
_parse, _unparse, _words = ast.parse, ast.unparse, re.compile(r"\w+").findall
_FEATURES = {name: getattr(__future__, name).compiler_flag for name in __future__.all_feature_names}
_EVERYTHING = "*"  # what a star import that failed should have bound: nobody can tell
_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_ALL_FEATURES = sum(set(_FEATURES.values()))


class PieceFailure(NamedTuple):
    """Something that failed: what is said about it, and the words of what was not done."""

    line: bytes
    words: frozenset[str]


class Piece(NamedTuple):
    """A part of a source that runs alone: what its code is called, and the lines before it."""

    filename: str
    offset: int
    source: str | bytes
    is_cell: bool


def pieces(source: bytes, filename: str) -> list[Piece]:
    """Return the pieces of a source. A cell is text: a coding cookie in it means nothing."""
    if not source.startswith(CELL):
        return [Piece(filename, 0, source, is_cell=False)]
    found, offset = [], 0
    for number, cell in enumerate(source[1:].split(CELL), 1):
        text = cell.decode("utf-8", "replace")
        found.append(Piece(f"{filename}, cell {number}", offset, text, is_cell=True))
        offset += cell.count(b"\n")
    return found


class Course:
    """One run of a source's pieces; `worded` words an exception that a piece has raised."""

    def __init__(
        self, namespace: dict[str, Any], worded: Callable[[BaseException, Piece], bytes]
    ) -> None:
        """Start without a failure and without a feature of the future."""
        self.failures: list[PieceFailure] = []
        self._namespace = namespace
        self._worded = worded
        self._flags = 0

    def run(self, piece: Piece) -> None:
        """Run a piece to its end, or to where it fails.

        Raises: MemoryError, and in a file that is not Python what the compiler raises.
        """
        try:
            code = self._compiled(piece)
        except (SyntaxError, ValueError, RecursionError, OverflowError) as refusal:
            if not piece.is_cell:
                raise
            self._pass_over(refusal, piece, str(piece.source))
            return
        error = self._error(code)
        if error is None:
            return
        tree = self._without_features(piece)
        failed = _statement(tree, _place(error, code))
        for index, statement in enumerate(tree.body):
            if index > failed:
                module = ast.Module([statement], [])
                code = self._code(module, piece)
                error = self._error(code)
            if index >= failed and error is not None:
                goes_on = not piece.is_cell or self._is_absence(statement, error)
                undone = [statement] if goes_on else tree.body[index:]
                self._pass_over(error, piece, "\n".join(map(_unparse, undone)))
                if not goes_on:
                    return
                error = None

    def _is_absence(self, statement: ast.stmt, error: BaseException) -> bool:
        """Tell whether a cell failed only because something is absent while grading.

        An import that fails, what uses the name that it should have bound, and a stand-in that was
        asked for a value cost themselves; where the student ran the cell, it went on.
        """
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            return True
        if isinstance(error, NameError):
            name = error.name if type(error.name) is str else ""
            return any(self.blame(each) is not None for each in (name, _EVERYTHING))
        if type(error) is EOFError or _is_placeholder(statement):
            return True  # input() has nobody to ask
        reason = error.args[0] if type(error) is TypeError and error.args else ""
        return type(reason) is str and absent.REASON in reason

    def _compiled(self, piece: Piece) -> CodeType:
        def compiled(source: str | bytes | ast.Module) -> CodeType:
            return self._code(source, piece)

        try:
            code = compiled(piece.source)
        except SyntaxError:
            feature = "__future__" if isinstance(piece.source, str) else b"__future__"
            if feature not in piece.source:  # type: ignore[operator]
                raise
            code = compiled(self._without_features(piece))
        self._flags |= code.co_flags & _ALL_FEATURES
        return code

    def _code(self, source: str | bytes | ast.Module, piece: Piece) -> CodeType:
        flags = self._flags | (_AWAIT if piece.is_cell else 0)
        code: CodeType = compile(source, piece.filename, "exec", flags, dont_inherit=True)
        return code

    def _without_features(self, piece: Piece) -> ast.Module:
        """Take the lines on the future out, which Python wants at the top, and remember them."""
        tree = _parse(piece.source, piece.filename)
        for index, statement in enumerate(tree.body):
            if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
                names = [alias.name for alias in statement.names]
                if all(name in _FEATURES for name in names):
                    for name in names:
                        self._flags |= _FEATURES[name]
                    tree.body[index] = ast.copy_location(ast.Pass(), statement)
        return tree

    def _error(self, code: CodeType) -> BaseException | None:
        try:
            if code.co_flags & CO_COROUTINE:
                _finish(eval(code, self._namespace))  # a cell with await, as in Jupyter
            else:
                exec(code, self._namespace)  # the purpose
        except MemoryError:
            raise
        except BaseException as error:  # a student's code may raise anything
            return error
        return None

    def _pass_over(self, error: BaseException, piece: Piece, undone: str) -> None:
        if len(self.failures) < MOST_PASSED:
            words = frozenset(_words(undone))
            if "import *" in undone:
                words |= {_EVERYTHING}
            self.failures.append(PieceFailure(self._worded(error, piece), words))

    def blame(self, name: str) -> int | None:
        """Return the index of the failure that should have bound a name, None if none did."""
        return next((k for k, each in enumerate(self.failures) if name in each.words), None)


def _finish(coroutine: Coroutine[object, None, None]) -> None:
    """Run a coroutine to its end. There is no event loop, and nothing here is worth waiting for."""
    try:
        while True:
            coroutine.send(None)
    except StopIteration:
        return


def _is_placeholder(statement: ast.stmt) -> bool:
    """Tell whether it is what a course put where the answer was to go, and what was left there."""
    raised = statement.exc if isinstance(statement, ast.Raise) else None
    named = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(named, ast.Name) and named.id == "NotImplementedError"


def _statement(tree: ast.Module, place: tuple[int, int]) -> int:
    """Return the index of the last statement that begins at the place or before it."""
    begins = [
        min([(each.lineno, each.col_offset), *((d.lineno, 0) for d in _decorators(each))])
        for each in tree.body
    ]
    return max((k for k, begin in enumerate(begins) if begin <= place), default=0)


def _decorators(statement: ast.stmt) -> list[ast.expr]:
    return list(getattr(statement, "decorator_list", ()))


def _place(error: BaseException, code: CodeType) -> tuple[int, int]:
    """Return the line and the column at which a piece's own code failed; its end if none is known.

    An exception may come without its trace, which a student's code can take away.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code is not code:
        trace = trace.tb_next
    if trace is None:
        return (1 << 30, 0)
    line, _, column, _ = next(islice(code.co_positions(), trace.tb_lasti // 2, None))
    return (line or trace.tb_lineno or 1, column or 0)
