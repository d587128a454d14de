"""PyTorch's pickles, read opcode by opcode: values are noted down, and nothing is ever called.

A pickle is a program for a stack machine. Two of its commands, GLOBAL and REDUCE, find a function
and call it, which is how a file takes over whoever loads it. Here GLOBAL gives a name, and REDUCE
of one of the few names that a state_dict needs gives a record; any other name ends the reading.

Source: pickletools of CPython 3.13; torch 2.14 serialization.py and _utils.py.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from grader.submission.weights.cursor import Cursor, damaged
from grader.submission.weights.layers import refusal
from grader.text.inert import inert

_WHAT = "the PyTorch file"
_MOST_STEPS = 200_000
_STATE = "torch.save(model.state_dict(), 'weights.pt')"
STORAGES = {
    "HalfStorage": "float16", "BFloat16Storage": "bfloat16", "FloatStorage": "float32",
    "DoubleStorage": "float64", "CharStorage": "int8", "ShortStorage": "int16",
    "IntStorage": "int32", "LongStorage": "int64", "ByteStorage": "uint8",
}  # fmt: skip
_ORDERED = ("collections", "OrderedDict")
_TENSOR = ("torch._utils", "_rebuild_tensor_v2")
_PARAMETER = ("torch._utils", "_rebuild_parameter")
_KNOWN = {_ORDERED, _TENSOR, _PARAMETER, *(("torch", name) for name in STORAGES)}


class Global(NamedTuple):
    """A function or class that the file names."""

    module: str
    name: str


class Persistent(NamedTuple):
    """What the file keeps outside of the pickle: a storage, by what names it."""

    about: object


class Tensor(NamedTuple):
    """A tensor as the file describes it; what the fields are is still to be looked at."""

    storage: object
    offset: object
    lengths: object
    strides: object


class _Mark:
    """The place on the stack where the items of a tuple, list or dictionary begin."""


_MARK = _Mark()


class Machine:
    """The stack and the memory of one pickle."""

    def __init__(self, data: bytes) -> None:
        """Begin at the first opcode."""
        self._window = Cursor(data, _WHAT)
        self._stack: list[object] = []
        self._memory: dict[int, object] = {}

    def run(self) -> object:
        """Return the value that the pickle describes. Raises: SubmissionError (not-weights)."""
        for _ in range(_MOST_STEPS):
            code = self._window.take(1)
            if code == b".":
                return self._pop()
            step = _STEPS.get(code)
            if step is None:
                raise refusal(
                    "the file is a pickle of more than tensors, and nothing in a file is called; "
                    f"save only the numbers: {_STATE}"
                )
            step(self)
        raise damaged(_WHAT)

    def number(self, size: int) -> int:
        """Read a number that follows an opcode."""
        return self._window.number(size)

    def take(self, count: int) -> bytes:
        """Read bytes that stand after an opcode."""
        return self._window.take(count)

    def skip(self, count: int) -> None:
        """Pass over bytes that stand after an opcode."""
        self._window.skip(count)

    def line(self) -> str:
        """Read text up to the end of its line."""
        end = self._window.data.find(b"\n", self._window.at)
        if end < 0:
            raise damaged(_WHAT)
        text = self._window.take(end - self._window.at)
        self._window.skip(1)
        return text.decode("utf-8", "replace")

    def push(self, value: object) -> None:
        """Put a value onto the stack."""
        self._stack.append(value)

    def _pop(self) -> object:
        if not self._stack:
            raise damaged(_WHAT)
        return self._stack.pop()

    def pop(self, count: int) -> list[object]:
        """Take the last values, in the order in which they came."""
        return [self._pop() for _ in range(count)][::-1]

    def marked(self) -> list[object]:
        """Take all values since the last mark."""
        items: list[object] = []
        while (item := self._pop()) is not _MARK:
            items.append(item)
        return items[::-1]

    def top(self) -> object:
        """Return the last value, and leave it."""
        if not self._stack:
            raise damaged(_WHAT)
        return self._stack[-1]

    def keep(self, index: int | None = None) -> None:
        """Remember the last value."""
        self._memory[len(self._memory) if index is None else index] = self.top()

    def recall(self, index: int) -> None:
        """Put a value that was remembered onto the stack."""
        if index not in self._memory:
            raise damaged(_WHAT)
        self.push(self._memory[index])

    def name(self, module: object, name: object) -> None:
        """Note down a name. Raises: SubmissionError (not-weights) for one that is not known."""
        if (module, name) not in _KNOWN:
            raise _unknown(f"{module}.{name}")
        self.push(Global(str(module), str(name)))

    def reduce(self) -> None:
        """Note down what a call of a known name would give."""
        function, arguments = self.pop(2)
        if not isinstance(function, Global) or not isinstance(arguments, tuple):
            raise damaged(_WHAT)
        if function == _ORDERED and not arguments:
            self.push({})
        elif function == _TENSOR and len(arguments) >= 4:
            self.push(Tensor(*arguments[:4]))
        elif function == _PARAMETER and arguments:
            self.push(arguments[0])
        else:
            raise damaged(_WHAT)

    def fill(self, items: list[object]) -> None:
        """Put keys and values into the dictionary below them."""
        target = self.top()
        if not isinstance(target, dict) or len(items) % 2:
            raise damaged(_WHAT)
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, (str, int)):
                raise refusal(f"the file has a key that is not a name; save it by {_STATE}")
            target[key] = value

    def extend(self, items: list[object]) -> None:
        """Put items into the list below them."""
        target = self.top()
        if not isinstance(target, list):
            raise damaged(_WHAT)
        target += items

    def build(self) -> None:
        """Leave out what an object would be given besides, such as a state_dict's metadata."""
        target, _ = self.pop(2)
        if not isinstance(target, dict):
            raise damaged(_WHAT)
        self.push(target)


def _unknown(asked: str) -> Exception:
    shown = inert(asked, 80)
    if asked.startswith(("torch.nn.", "__main__.", "torch.fx.", "torch.jit.", "__torch__.")):
        return refusal(
            f"the file holds a whole model ({shown}), which only running code can rebuild; save "
            f"its numbers: {_STATE}"
        )
    return refusal(
        f"to read the file, Python would have to call {shown}, and nothing in a file is called; "
        f"save only the numbers: {_STATE}"
    )


def _text(machine: Machine, size: int) -> None:
    machine.push(machine.take(machine.number(size)).decode("utf-8", "replace"))


def _signed(machine: Machine, size: int) -> None:
    machine.push(int.from_bytes(machine.take(size), "little", signed=True))


def _constant(machine: Machine, value: object) -> None:
    machine.push(value)


_CONSTANTS = {b"\x88": True, b"\x89": False, b"N": None}
_STEPS: dict[bytes, Callable[[Machine], None]] = {
    b"\x80": lambda m: m.skip(1),
    b"\x95": lambda m: m.skip(8),
    b"c": lambda m: m.name(m.line(), m.line()),
    b"\x93": lambda m: m.name(*m.pop(2)),
    b")": lambda m: m.push(()),
    b"]": lambda m: m.push([]),
    b"}": lambda m: m.push({}),
    b"(": lambda m: m.push(_MARK),
    b"t": lambda m: m.push(tuple(m.marked())),
    b"\x85": lambda m: m.push(tuple(m.pop(1))),
    b"\x86": lambda m: m.push(tuple(m.pop(2))),
    b"\x87": lambda m: m.push(tuple(m.pop(3))),
    b"R": Machine.reduce,
    b"b": Machine.build,
    b"q": lambda m: m.keep(m.number(1)),
    b"r": lambda m: m.keep(m.number(4)),
    b"\x94": Machine.keep,
    b"h": lambda m: m.recall(m.number(1)),
    b"j": lambda m: m.recall(m.number(4)),
    b"X": lambda m: _text(m, 4),
    b"\x8c": lambda m: _text(m, 1),
    b"\x8d": lambda m: _text(m, 8),
    b"J": lambda m: _signed(m, 4),
    b"K": lambda m: m.push(m.number(1)),
    b"M": lambda m: m.push(m.number(2)),
    b"\x8a": lambda m: _signed(m, m.number(1)),
    b"G": lambda m: m.push(m.take(8)),  # a double, which no tensor is described by
    **{code: partial(_constant, value=value) for code, value in _CONSTANTS.items()},
    b"Q": lambda m: m.push(Persistent(*m.pop(1))),
    b"s": lambda m: m.fill(m.pop(2)),
    b"u": lambda m: m.fill(m.marked()),
    b"a": lambda m: m.extend(m.pop(1)),
    b"e": lambda m: m.extend(m.marked()),
}
