"""A zip archive's members by name, each unpacked only to its bound; nothing is written anywhere.

Names are looked up and never opened, so that ../ in one is a name like any other.

Source: PKWARE's APPNOTE.TXT 6.3.10, 4.3 and 4.4; NumPy and PyTorch write members that are stored or
deflated, with the sizes in the central directory.
"""

import zlib

from grader.named import NamedTuple
from grader.submission.weights.cursor import Cursor, damaged
from grader.submission.weights.layers import refusal
from grader.text.inert import inert

MOST_BYTES = 1 << 22  # of a member when unpacked: ten times what the largest exercise needs
_MOST_MEMBERS = 2_000
_END, _CENTRAL, _LOCAL = b"PK\5\6", b"PK\1\2", b"PK\3\4"
_END_SIZE, _LONGEST_COMMENT = 22, 65_535
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
_WHAT = "the zip archive"


class Packed(NamedTuple):
    """A member: how it is packed, its check sum, both sizes, and where it begins."""

    name: str
    method: int
    check: int
    packed: int
    size: int
    start: int


def members(data: bytes) -> dict[str, Packed]:
    """Return what the archive holds, in its order.

    Raises: SubmissionError (not-weights) for one that is damaged, encrypted, or has a name twice.
    """
    end = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_COMMENT))
    if end < 0:
        raise damaged(_WHAT)
    _, _, _, count, _, start = Cursor(data, _WHAT, end + 4).numbers("<4H2I")
    if count > _MOST_MEMBERS:
        raise refusal(f"the archive has {count:,} members; saved weights have a few")
    window = Cursor(data, _WHAT, start)
    found: dict[str, Packed] = {}
    for _ in range(count):
        member = _member(window)
        if member.name in found:
            raise refusal(f'the archive has "{inert(member.name, 60)}" twice; save it again')
        found[member.name] = member
    return found


def _member(window: Cursor) -> Packed:
    if window.take(4) != _CENTRAL:
        raise damaged(_WHAT)
    _, _, flags, method, _, _, check, packed, size = window.numbers("<6H3I")
    name, extra, comment, _, _, _, start = window.numbers("<5H2I")
    text = window.take(name).decode("utf-8", "replace")
    window.skip(extra + comment)
    if flags & _ENCRYPTED:
        raise refusal("the archive is encrypted; save it without a password")
    return Packed(text, method, check, packed, size, start)


def unpacked(data: bytes, member: Packed) -> bytes:
    """Return a member's bytes. Raises: SubmissionError (not-weights)."""
    shown = inert(member.name, 60)
    if member.size > MOST_BYTES:
        raise refusal(
            f'"{shown}" unpacks to {member.size:,} bytes, and no exercise needs more than '
            f"{MOST_BYTES:,}; hand in the network that the exercise asks for"
        )
    window = Cursor(data, _WHAT, member.start)
    if window.take(4) != _LOCAL:
        raise damaged(_WHAT)
    *_, name, extra = window.numbers("<5H3I2H")
    window.skip(name + extra)
    packed = window.take(member.packed)
    if member.method == _DEFLATED:
        packed = _inflated(packed, member.size)
    elif member.method != _STORED:
        raise refusal(f'"{shown}" is packed in a way that no framework uses; save it again')
    if len(packed) != member.size or zlib.crc32(packed) != member.check:
        raise damaged(f'"{shown}" in the archive')
    return packed


def _inflated(packed: bytes, size: int) -> bytes:
    """Return what is deflated, at most one byte more than it should be."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
    except zlib.error:
        raise damaged(_WHAT) from None
