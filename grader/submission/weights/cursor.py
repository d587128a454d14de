"""Bytes that are read within their bounds: a length that lies is reported, never followed."""

import struct

from grader.submission.weights.layers import refusal


class Cursor:
    """A part of a file's bytes, and how far it has been read; `what` names it in messages.

    Reading past its end is the one error that every damaged file ends in.
    """

    __slots__ = ("at", "data", "end", "what")

    def __init__(self, data: bytes, what: str, at: int = 0, end: int | None = None) -> None:
        """Begin at a place; the end is a place, too. Raises: SubmissionError (not-weights)."""
        self.data = data
        self.what = what
        self.at = at
        self.end = len(data) if end is None else end
        if not 0 <= self.at <= self.end <= len(data):
            raise damaged(what)

    @property
    def left(self) -> int:
        """How many bytes are left."""
        return self.end - self.at

    def take(self, count: int) -> bytes:
        """Return so many bytes. Raises: SubmissionError (not-weights)."""
        if not 0 <= count <= self.left:
            raise damaged(self.what)
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, size: int, *, big: bool = False) -> int:
        """Return an unsigned number of so many bytes."""
        return int.from_bytes(self.take(size), "big" if big else "little")

    def numbers(self, form: str) -> tuple[int, ...]:
        """Return whole numbers that lie as `struct` spells it."""
        return struct.unpack(form, self.take(struct.calcsize(form)))

    def skip(self, count: int) -> None:
        """Pass over so many bytes."""
        self.take(count)

    def align(self, size: int, start: int = 0) -> None:
        """Pass over the bytes up to the next multiple of a size, counted from a place."""
        self.skip(-(self.at - start) % size)


def damaged(what: str) -> Exception:
    """Return the error for bytes that end too early or point outside."""
    return refusal(f"{what} is damaged or cut off; save it again and hand in the new file")
