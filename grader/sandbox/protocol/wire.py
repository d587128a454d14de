r"""What a child says about one run: the lines it writes and the one expression that reads them.

ASCII lines, each ended by a line feed. Text is written as hexadecimal UTF-8, so that no key, name
or message of a student's can look like a line. A whole answer is `ready`, then what was passed
over, then one of the others, then a line with a full stop:

    passed 0 N HEX HEX HEX ...   line, type, text and source of an error that was passed over;
                                 1 in place of 0 if it should have bound a name that is missing

    n HEX VALUE  ...   the returned object's items, by name
    p VALUE      ...   the returned values, in order
    raised HEX HEX, at N HEX HEX ...   type and text; line, function, source of each frame
    missing HEX HEX    no such function: what that name means, the name nearest to it
    bad HEX            what was returned in place of an object
    memory             MemoryError

Of a file with weights, which our own reader reads, the answer is another one:

    saved TEXT         what it holds, one line of printable ASCII
    refused HEX HEX    an error's code and its message
    memory             MemoryError

One other answer ends without a full stop, since the code has not come to its end: `ready`, then
`needs` and the part of NumPy that is to be loaded before it is run anew.

A value is `d:` and a double in hexadecimal, `t:` and text, or `r:` and what it is instead of a
number. The child is under the student's control when it writes, so its words prove nothing; what
can be forged is what could as well have been returned.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

OUT = 3  # a child's descriptor of the pipe that takes what is said
IN = 4  # and that of the code, until it is read

READY = b"ready\n"
NEEDS = b"needs "
FAULT = b"fault "
END = b".\n"
LONGEST = 1 << 20  # bytes of an answer, as much as a JSON submission may have
MOST_VALUES = 20_002  # 10,000 units of two parameters, `exercise` and `student`
LONGEST_NAME = 100  # characters of a key or a kind; more is cut
MOST_PASSED = 20  # errors that are reported; what fails after them is passed over as well
LONGEST_TEXT = 2000  # characters of an error's text
LONGEST_PART = 40  # characters of one name in numpy.name.name

# Possessive repeats: what was read once is not tried again, so that reading stays linear.
_HEX = rb"[0-9a-f]{0,262144}+"
_EXPONENT = rb"(?:[0-9]{1,3}|10[01][0-9]|102[0-3])"  # what a double can have: 1023 at most
_DOUBLE = rb"-?(?:0x[01]\.[0-9a-f]{1,13}p[+-]" + _EXPONENT + rb"|inf)"
_VALUE = rb"(?:d:" + _DOUBLE + rb"|[tr]:" + _HEX + rb")"
_PASSED = rb"passed [01] [0-9]{1,9} " + _HEX + rb" " + _HEX + rb" " + _HEX + rb"\n"
_WHOLE = re.compile(
    rb"ready\n(?P<passed>(?:" + _PASSED + rb"){0,20}+)(?:"
    rb"(?P<named>(?:n " + _HEX + rb" " + _VALUE + rb"\n)*+)"
    rb"|(?P<placed>(?:p " + _VALUE + rb"\n)++)"
    rb"|raised (?P<kind>" + _HEX + rb") (?P<text>" + _HEX + rb")\n"
    rb"(?P<frames>(?:at [0-9]{1,9} " + _HEX + rb" " + _HEX + rb"\n){0,9})"
    rb"|missing (?P<stands>" + _HEX + rb") (?P<nearest>" + _HEX + rb")\n"
    rb"|bad (?P<bad>" + _HEX + rb")\n"
    rb"|(?P<memory>memory)\n"
    rb")\.\n"
)

_READING = re.compile(
    rb"ready\n(?:saved (?P<saved>[ -~]++)|refused (?P<code>" + _HEX + rb") (?P<why>" + _HEX + rb")"
    rb"|memory)\n\.\n"
)
_NEEDED = re.compile(rb"ready\nneeds (?P<part>numpy(?:\.[A-Za-z0-9_]{1,%d}){0,4})\n" % LONGEST_PART)


class Refused(NamedTuple):
    """What is found where a number should be: "a string", "a boolean", "NaN"."""

    kind: str


Value = float | str | Refused


class Returned(NamedTuple):
    """The items of what was returned, in order; the names are None where it was a sequence."""

    items: tuple[tuple[str | None, Value], ...]


class StackFrame(NamedTuple):
    """One line of the student's own file in a traceback."""

    line: int
    function: str
    source: str


class Passed(NamedTuple):
    """An error that was passed over; `blamed` if it should have bound a name that is missing."""

    blamed: bool
    line: int
    kind: str
    text: str
    source: str


class Raised(NamedTuple):
    """An exception of the student's code, its last frame last."""

    kind: str
    text: str
    frames: tuple[StackFrame, ...]


class Missing(NamedTuple):
    """No such function; `stands` tells what the name means instead, `nearest` a name like it."""

    stands: str
    nearest: str


class BadReturn(NamedTuple):
    """What was returned in place of an object or a sequence."""

    kind: str


class OutOfMemory(NamedTuple):
    """MemoryError ended the code."""


class Code(NamedTuple):
    """What a child runs, written into one file that the helper hands on and never reads."""

    function: str
    filename: str
    source: bytes


class Layers(NamedTuple):
    """What a file with weights holds, as `grader.submission.weights.carried` writes it."""

    text: str


class Unfit(NamedTuple):
    """Why a file with weights cannot be read: an error's code and its message."""

    code: str
    message: str


Answer = Returned | Raised | Missing | BadReturn | OutOfMemory
Reading = Layers | Unfit | OutOfMemory


def text(words: str) -> bytes:
    """Write text as hexadecimal."""
    return words.encode("utf-8", "backslashreplace").hex().encode()


def double(number: float) -> bytes:
    """Write a double, which must not be NaN."""
    return b"d:" + number.hex().encode()


def write(lines: Iterable[bytes]) -> bytes:
    """Put an answer together, all but its first line, which goes out before the code runs."""
    return b"".join(line + b"\n" for line in lines) + END


def pack(code: Code) -> bytes:
    """Write code as a child reads it: the names, which hold no zero byte, then the source."""
    names = (name.encode("utf-8", "surrogateescape") for name in (code.function, code.filename))
    return b"\0".join((*names, code.source))


def code(data: bytes) -> Code:
    """Read code as `pack` writes it."""
    function, filename, source = data.split(b"\0", 2)
    known, named = (name.decode("utf-8", "surrogateescape") for name in (function, filename))
    return Code(known, named, source)


def needed(data: bytes) -> str | None:
    """Tell the part of NumPy that a child lacks; None where it says anything else."""
    found = _NEEDED.fullmatch(data)
    return found["part"].decode() if found else None


def fault(data: bytes) -> str:
    """Read why a child could not be walled in; it may have died while it said so."""
    try:
        return _words(data[len(FAULT) :].rstrip(b"\n"))
    except ValueError:
        return "no reason was given"


def read(data: bytes) -> Answer | None:
    """Read an answer; None where it is anything else than one whole and regular one."""
    found = _WHOLE.fullmatch(data)
    try:
        if found is None:
            return None
        _passed(found)
        return _answer(found)
    except ValueError:  # half a byte
        return None


def reading(data: bytes) -> Reading | None:
    """Read what came of a file with weights; None where it is anything else than one answer."""
    found = _READING.fullmatch(data)
    if found is None:
        return None
    if found["saved"] is not None:
        return Layers(found["saved"].decode())
    if found["code"] is None:
        return OutOfMemory()
    try:
        return Unfit(_words(found["code"]), _words(found["why"]))
    except ValueError:  # half a byte
        return None


def passed(data: bytes) -> tuple[Passed, ...]:
    """Read what was passed over on the way to an answer that `read` can read."""
    found = _WHOLE.fullmatch(data)
    return _passed(found) if found else ()


def _passed(found: re.Match[bytes]) -> tuple[Passed, ...]:
    lines = [line.split(b" ") for line in found["passed"].splitlines()]
    return tuple(
        Passed(blamed == b"1", int(line), _words(kind), _words(words), _words(source))
        for _, blamed, line, kind, words, source in lines
    )


def _answer(found: re.Match[bytes]) -> Answer:
    if found["memory"]:
        return OutOfMemory()
    if found["bad"] is not None:
        return BadReturn(_words(found["bad"]))
    if found["stands"] is not None:
        return Missing(_words(found["stands"]), _words(found["nearest"]))
    if found["kind"] is not None:
        rows = [line.split(b" ") for line in found["frames"].splitlines()]
        frames = tuple(StackFrame(int(n), _words(f), _words(source)) for _, n, f, source in rows)
        return Raised(_words(found["kind"]), _words(found["text"]), frames)
    if found["placed"] is not None:
        values = (line[2:] for line in found["placed"].splitlines())
        return Returned(tuple((None, _value(value)) for value in values))
    pairs = (line.split(b" ") for line in found["named"].splitlines())
    return Returned(tuple((_words(name), _value(value)) for _, name, value in pairs))


def _value(data: bytes) -> Value:
    tag, _, rest = data.partition(b":")
    if tag == b"d":
        return float.fromhex(rest.decode())
    return _words(rest) if tag == b"t" else Refused(_words(rest))


def _words(data: bytes) -> str:
    return bytes.fromhex(data.decode()).decode("utf-8", "replace")
