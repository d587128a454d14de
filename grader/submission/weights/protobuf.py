"""Protocol buffers' wire format, as far as ONNX uses it: a message as its fields, in their order.

Source: protobuf.dev, "Encoding".
"""

from collections.abc import Iterator
from typing import NamedTuple

from grader.submission.weights.cursor import Cursor, damaged

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
_MOST_FIELDS = 100_000
_MOST_BITS = 64


class Tagged(NamedTuple):
    """A field: its number, and a whole number or bytes."""

    number: int
    value: int
    data: bytes


def fields(data: bytes, what: str) -> Iterator[Tagged]:
    """Yield a message's fields. Raises: SubmissionError (not-weights)."""
    window = Cursor(data, what)
    for _ in range(_MOST_FIELDS):
        if not window.left:
            return
        number, kind = divmod(varint(window), 8)
        if kind == _VARINT:
            yield Tagged(number, varint(window), b"")
        elif kind == _BYTES:
            yield Tagged(number, 0, window.take(varint(window)))
        elif kind in {_EIGHT, _FOUR}:
            yield Tagged(number, 0, window.take(8 if kind == _EIGHT else 4))
        else:
            raise damaged(what)
    raise damaged(what)


def grouped(data: bytes, what: str) -> dict[int, list[Tagged]]:
    """Return a message's fields by their numbers. Raises: SubmissionError (not-weights)."""
    found: dict[int, list[Tagged]] = {}
    for field in fields(data, what):
        found.setdefault(field.number, []).append(field)
    return found


def varint(window: Cursor) -> int:
    """Read a number of seven bits a byte."""
    number = 0
    for shift in range(0, _MOST_BITS + 6, 7):
        byte = window.number(1)
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number & ((1 << _MOST_BITS) - 1)
    raise damaged(window.what)


def numbers(field: Tagged, what: str) -> tuple[int, ...]:
    """Return a repeated whole number's values: one, or many that are packed into bytes."""
    if not field.data:
        return (field.value,)
    window = Cursor(field.data, what)
    found: list[int] = []
    while window.left:
        found.append(varint(window))
    return tuple(found)
