"""The part of a large notebook that is read, cut out of its bytes without parsing the rest.

A parsed notebook takes several times its size, four times for one picture's worth of emoji alone.
This scanner walks the bytes and skips a value by looking for quotes and brackets only, so that
nothing but the result is ever made: of a document what `_KEPT` names, at any depth.
"""

import re
from collections.abc import Iterator

_SPACE = re.compile(rb"[ \t\r\n]*+")
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_SCALAR = re.compile(rb"[-+.0-9A-Za-z]++")
# The next brackets of one direction, whatever strings and scalars precede them.
_NEXT = re.compile(
    rb'(?:[^"{}\[\]]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+(?:(?P<open>[{\[]++)|(?P<close>[}\]]++))',
    re.DOTALL,
)
# Where a value of these keys is an object or a list of them, it is cut down in the same way.
_KEPT = frozenset((
    b"nbformat", b"metadata", b"language_info", b"name", b"kernelspec", b"language", b"worksheets",
    b"cells", b"cell_type", b"source", b"input", b"vscode", b"languageId", b"polyglot_notebook",
    b"kernelName", b"dotnet_interactive", b"kernel",
))  # fmt: skip
_WHOLE = frozenset((b"source", b"input"))
_NO_CODE = frozenset((b'"markdown"', b'"raw"', b'"heading"'))
_DEEPEST = 12
# What is kept is parsed, which takes several times its size. JSON writes a byte in at most six.
_MOST_KEPT = 6 * 2**20
_MOST_PARTS = 200_000  # of what is kept, which is more than 30,000 cells


class BrokenError(ValueError):
    """The bytes are not JSON; `at` is the place."""

    def __init__(self, at: int) -> None:
        """Keep the place."""
        self.at = at
        super().__init__(f"byte {at}")


class TooLargeError(ValueError):
    """There is more to keep than a notebook's code cells may have."""


def slim(data: bytes) -> bytes:
    """Return the document with nothing in it but what a notebook's reader looks for.

    Raises: BrokenError, TooLargeError.
    """
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    parts: list[bytes] = []
    end = _value(data, _skip(data, start), parts, 0)
    if _skip(data, end) != len(data):
        raise BrokenError(end)
    if sum(map(len, parts)) > _MOST_KEPT:
        raise TooLargeError
    return b"".join(parts)


def _value(data: bytes, at: int, parts: list[bytes], depth: int) -> int:
    """Add what is kept of the value at a place, and return where it ends."""
    first = data[at : at + 1]
    if depth > _DEEPEST or first not in (b"{", b"["):
        end = _end(data, at)
        parts.append(data[at:end])
        return end
    if len(parts) > _MOST_PARTS:
        raise TooLargeError
    begin = len(parts)
    parts.append(first)
    count = 0
    is_code = True
    for key, place in _members(data, at) if first == b"{" else _elements(data, at):
        if place < 0:  # the end
            if not is_code:
                del parts[begin + 1 :]
            parts.append(b"}" if first == b"{" else b"]")
            return -place
        name = key[1:-1]
        if key and name not in _KEPT:
            continue
        parts.append((b"," if count else b"") + key + (b":" if key else b""))
        count += 1
        if name in _WHOLE:
            parts.append(data[place : _end(data, place)])
        else:
            end = _value(data, place, parts, depth + 1)
            is_code = is_code and not (name == b"cell_type" and data[place:end] in _NO_CODE)
    raise BrokenError(at)


def _members(data: bytes, at: int) -> Iterator[tuple[bytes, int]]:
    """Yield each key of an object with the place of its value; last, the end as a negative."""
    at = _skip(data, at + 1)
    while data[at : at + 1] != b"}":
        found = _STRING.match(data, at)
        colon = _skip(data, found.end()) if found else at
        if found is None or data[colon : colon + 1] != b":":
            raise BrokenError(colon)
        place = _skip(data, colon + 1)
        yield found[0], place
        at = _after(data, _end(data, place), b"}")
    yield b"", -(at + 1)


def _elements(data: bytes, at: int) -> Iterator[tuple[bytes, int]]:
    """Yield the places of a list's values; last, the end as a negative."""
    at = _skip(data, at + 1)
    while data[at : at + 1] != b"]":
        yield b"", at
        at = _after(data, _end(data, at), b"]")
    yield b"", -(at + 1)


def _after(data: bytes, at: int, closing: bytes) -> int:
    at = _skip(data, at)
    if data[at : at + 1] == b",":
        return _skip(data, at + 1)
    if data[at : at + 1] != closing:
        raise BrokenError(at)
    return at


def _skip(data: bytes, at: int) -> int:
    found = _SPACE.match(data, at)
    return found.end() if found else at


def _end(data: bytes, at: int) -> int:
    """Return where the value at a place ends, whatever is in it."""
    first = data[at : at + 1]
    if first in (b"{", b"["):
        depth = 0
        while found := _NEXT.match(data, at):
            at = found.end()
            if found["open"]:
                depth += len(found["open"])
            elif depth > len(found["close"]):
                depth -= len(found["close"])
            else:
                return at - len(found["close"]) + depth
        raise BrokenError(at)
    found = (_STRING if first == b'"' else _SCALAR).match(data, at)
    if found is None:
        raise BrokenError(at)
    return found.end()
