"""A collection in a zip archive: its list of members, and the bytes of one.

The list at the archive's end is read as a stream, so that one of a hundred thousand members takes
little memory and one that claims millions is refused while it is read. Members are packed plainly
or by deflate, as every program does unless it is told otherwise.

Source: APPNOTE.TXT 6.3.10, sections 4.3 to 4.6; Fifield, A better zip bomb, on overlaps.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from grader.cohort.holding import (
    MAX_MEMBERS,
    CollectionError,
    Key,
    Listing,
    Member,
    fault_of_mode,
    fault_of_size,
    in_archive,
    passed_over,
)
from grader.errors import SubmissionError

_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ROW = struct.Struct("<4sBB5H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 65_535
_PIECE = 1 << 16
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8 = 0x1, 0x800
_DOS, _UNIX, _DARWIN = 0, 3, 19
_WIDE = 0xFFFFFFFF  # the number stands in the extra field
_EXTRA_SIZES, _EXTRA_NAME = 0x0001, 0x7075


class _Row(NamedTuple):
    """A member as the archive's list has it."""

    raw: bytes
    extra: bytes
    system: int
    flags: int
    method: int
    sum: int
    packed: int
    size: int
    mode: int
    offset: int


class _List(NamedTuple):
    """Where the list of members is; `shift` is how far the archive is moved in its file."""

    offset: int
    size: int
    shift: int


class Zip:
    """A zip archive that is open."""

    def __init__(self, file: BinaryIO, shown: str) -> None:
        """List the members. Raises: CollectionError."""
        self.file = file
        self.size = file.seek(0, os.SEEK_END)
        try:
            self.listing = self._listed(shown)
        except (struct.error, ValueError, OverflowError):
            raise _broken(shown) from None

    def data(self, key: Key, most: int) -> bytes:
        """Return the member's bytes, at most so many, unpacked no further.

        Raises: SubmissionError if it is damaged.
        """
        offset, packed, size, method, checksum = map(int, key)
        try:
            self.file.seek(offset)
            local = _LOCAL.unpack(self.file.read(_LOCAL.size))
            self.file.seek(local[-2] + local[-1], os.SEEK_CUR)
            data = b"".join(self._unpacked(packed, method, most))
        except (struct.error, zlib.error, OverflowError):
            raise _damaged() from None
        is_whole = size <= most
        if local[0] != b"PK\x03\x04" or len(data) != min(most, size):
            raise _damaged()
        if is_whole and zlib.crc32(data) != checksum:
            raise _damaged()
        return data

    def _unpacked(self, packed: int, method: int, most: int) -> Iterator[bytes]:
        unpack = zlib.decompressobj(-zlib.MAX_WBITS) if method == _DEFLATED else None
        while packed > 0 and most > 0:
            piece = self.file.read(min(packed, _PIECE))
            if not piece:
                return
            packed -= len(piece)
            if unpack is None:
                piece = piece[:most]
                most -= len(piece)
                yield piece
                continue
            while piece and most > 0:
                made = unpack.decompress(piece, most)
                most -= len(made)
                yield made
                piece = unpack.unconsumed_tail if made else b""

    def _listed(self, shown: str) -> Listing:
        members, passed, foreign, used = [], [], 0, 0
        rows = encrypted = 0
        where = self._list(shown)
        for row in self._rows(where):
            rows += 1
            if rows > MAX_MEMBERS:
                raise CollectionError(
                    f"{shown} holds more than {MAX_MEMBERS:,} members; split it, or name a folder"
                )
            used += row.packed + _LOCAL.size + len(row.raw)
            name, known = _name(row)
            foreign += not known
            if row.system == _DOS:
                name = name.replace("\\", "/")
            path, reason = in_archive(name)
            encrypted += bool(row.flags & _ENCRYPTED)
            if name.endswith("/") and not reason:
                continue
            if reason:
                passed.append(passed_over(name, reason))
                continue
            key = (row.offset + where.shift, row.packed, row.size, row.method, row.sum)
            members.append(Member(path, key, _fault(row)))
        if used > self.size:
            raise CollectionError(
                f"{shown}: its members overlap, as only a zip bomb's do; make the archive again"
            )
        if members and encrypted >= len(members):
            raise CollectionError(
                f"{shown} is encrypted; unpack it with its password and name the folder"
            )
        return Listing(tuple(members), tuple(passed), _notes(foreign))

    def _list(self, shown: str) -> _List:
        """Find the list by the record at the end. Raises: CollectionError, struct.error."""
        start = max(0, self.size - _LONGEST_COMMENT - _END.size)
        self.file.seek(start)
        tail = self.file.read()
        at = tail.rfind(b"PK\x05\x06", 0, len(tail) - _END.size + 4)
        if at < 0:
            raise _broken(shown)
        end = _END.unpack_from(tail, at)
        size, offset, position = end[5], end[6], start + at
        if position >= _LOCATOR.size:
            self.file.seek(position - _LOCATOR.size)
            mark, _, end64, _ = _LOCATOR.unpack(self.file.read(_LOCATOR.size))
            if mark == b"PK\x06\x07":
                self.file.seek(end64)
                record = _END64.unpack(self.file.read(_END64.size))
                size, offset, position = record[8], record[9], end64
        shift = position - size - offset
        if shift < 0:
            raise _broken(shown)
        return _List(offset + shift, size, shift)

    def _rows(self, where: _List) -> Iterator[_Row]:
        self.file.seek(where.offset)
        left = where.size
        while left >= _ROW.size:
            row = _ROW.unpack(self.file.read(_ROW.size))
            if row[0] != b"PK\x01\x02":
                raise ValueError
            lengths = row[11:14]
            rest = self.file.read(sum(lengths))
            left -= _ROW.size + sum(lengths)
            raw, extra = rest[: lengths[0]], rest[lengths[0] : lengths[0] + lengths[1]]
            packed, size, offset = _wide(extra, row[9], row[10], row[17])
            system, attributes = row[2], row[16]
            mode = attributes >> 16 if system in (_UNIX, _DARWIN) else 0
            yield _Row(raw, extra, system, row[4], row[5], row[8], packed, size, mode, offset)


def _wide(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """Return the three numbers, from the extra field where they do not fit into four bytes."""
    if _WIDE not in (packed, size, offset):
        return packed, size, offset
    wide = _field(extra, _EXTRA_SIZES)
    numbers = iter(struct.unpack(f"<{len(wide) // 8}Q", wide[: len(wide) // 8 * 8]))
    size = next(numbers, size) if size == _WIDE else size
    packed = next(numbers, packed) if packed == _WIDE else packed
    offset = next(numbers, offset) if offset == _WIDE else offset
    return packed, size, offset


def _field(extra: bytes, wanted: int) -> bytes:
    at = 0
    while at + 4 <= len(extra):
        number, length = struct.unpack_from("<2H", extra, at)
        if number == wanted:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def _name(row: _Row) -> tuple[str, bool]:
    """Return the member's name, and whether its encoding is known and not a guess.

    Windows writes the computer's old code page and does not say which; macOS writes UTF-8 and does
    not say so.
    """
    unicode = _field(row.extra, _EXTRA_NAME)
    if len(unicode) > 5 and struct.unpack_from("<L", unicode, 1)[0] == zlib.crc32(row.raw):
        return unicode[5:].decode("utf-8", "replace"), True
    try:
        return row.raw.decode("utf-8"), True
    except UnicodeDecodeError:
        return row.raw.decode("cp437"), False


def _fault(row: _Row) -> str:
    if row.flags & _ENCRYPTED:
        return "is encrypted in the archive; hand it in without a password"
    if row.method not in (_STORED, _DEFLATED):
        return "is compressed in a way that cannot be read; pack it as an ordinary zip"
    return fault_of_mode(row.mode) or fault_of_size(row.size, row.packed)


def _notes(foreign: int) -> tuple[str, ...]:
    if not foreign:
        return ()
    note = (
        f"{foreign:,} names in the archive do not say their encoding and were read as code page "
        "437, so that letters beyond English may look wrong; ids of digits are not concerned."
    )
    return (note,)


def _damaged() -> SubmissionError:
    return SubmissionError(
        "unreadable", "the file is damaged inside the archive; get it once more from the platform"
    )


def _broken(shown: str) -> CollectionError:
    return CollectionError(
        f"{shown} is not a whole zip archive; its end is missing or damaged, so download it again"
    )
