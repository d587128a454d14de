"""A collection in a tar archive, plain or packed by gzip.

A packed one can only be read from its beginning on, so small members are kept in memory while it is
listed, up to a limit; what is beyond that is found again by unpacking up to it. The standard
library's reader does the format; what it may read at once and how far it may go is bounded here.

Source: POSIX pax; GNU tar's long names.
"""

import gzip
import os
import tarfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from grader.cohort.holding import (
    MAX_MEMBERS,
    MAX_RATIO,
    CollectionError,
    Key,
    Listing,
    Member,
    fault_of_mode,
    in_archive,
    passed_over,
)
from grader.errors import SubmissionError

if TYPE_CHECKING:
    from grader.cohort.manifest import PassedOver

_GZIP = b"\x1f\x8b"
_HELD_MEMBER, _HELD = 1 << 16, 1 << 26
_LONGEST_HEADER = 1 << 20  # of the records between members, which the reader takes in one piece
_FREE = 1 << 28  # bytes that any archive may unpack to
_MOST = 1 << 34
_ANY = 1 << 62  # what is not packed ends where the file does


class _BombError(Exception):
    """The archive goes on further than an honest one."""


class _Guarded:
    """A file as the reader sees it: it reads no piece and goes no way that is too long."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self.file = file
        self.most = most
        self.name = ""
        self.mode = "rb"

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _LONGEST_HEADER:
            raise _BombError
        return self.file.read(size)

    def seek(self, target: int, whence: int = os.SEEK_SET) -> int:
        if whence != os.SEEK_SET or target > self.most:
            raise _BombError
        return self.file.seek(target)

    def tell(self) -> int:
        return self.file.tell()


class Tar:
    """A tar archive that is open."""

    def __init__(self, file: BinaryIO, shown: str) -> None:
        """List the members. Raises: CollectionError, OSError."""
        self.raw = file
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        packed = file.read(2) == _GZIP
        file.seek(0)
        self.file = cast("BinaryIO", gzip.GzipFile(fileobj=file)) if packed else file
        self.listing = self._listed(shown, packed=packed, size=size)

    def data(self, key: Key, most: int) -> bytes:
        """Return the member's bytes, at most so many. Raises: SubmissionError if it is damaged."""
        _, where, size = key
        if isinstance(where, bytes):
            return where[:most]
        wanted = min(most, int(size))
        try:
            self.file.seek(int(where))
            data = self.file.read(wanted)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            data = b""
        if len(data) != wanted:
            raise SubmissionError(
                "unreadable", "the file is damaged inside the archive; get it once more"
            )
        return data

    def _listed(self, shown: str, *, packed: bool, size: int) -> Listing:
        most = min(_MOST, max(_FREE, MAX_RATIO * size)) if packed else _ANY
        guarded = cast("BinaryIO", _Guarded(self.file, most))
        members: list[Member] = []
        passed: list[PassedOver] = []
        held = 0
        try:
            with tarfile.open(fileobj=guarded, mode="r:") as archive:
                while (info := archive.next()) is not None:
                    archive.members.clear()  # type: ignore[attr-defined] # it keeps them all
                    if len(members) >= MAX_MEMBERS:
                        raise CollectionError(
                            f"{shown} holds more than {MAX_MEMBERS:,} members; split it"
                        )
                    path, reason = in_archive(_name(info.name))
                    if reason:
                        passed.append(passed_over(_name(info.name), reason))
                    elif not info.isdir():
                        member = self._member(path, info, keep=packed and held < _HELD)
                        held += info.size if isinstance(member.key[1], bytes) else 0
                        members.append(member)
                # The reader takes whatever is not a header for the end, were it in the middle.
                guarded.seek(archive.offset)
                if guarded.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
                    raise tarfile.ReadError
        except _BombError:
            raise CollectionError(
                f"{shown} unpacks to more than {most:,} bytes, as a bomb does; make it again "
                "with the submissions alone"
            ) from None
        except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError):
            raise CollectionError(
                f"{shown} is not a whole tar archive; it is cut off or damaged, so download it "
                "again"
            ) from None
        return Listing(tuple(members), tuple(passed))

    def _member(self, path: str, info: tarfile.TarInfo, *, keep: bool) -> Member:
        fault = "" if info.isreg() else fault_of_mode(_mode(info))
        if info.issparse():
            fault = "is a sparse file in the archive; hand in an ordinary one"
        where: int | bytes = info.offset_data
        if keep and not fault and info.size <= _HELD_MEMBER:
            self.file.seek(info.offset_data)
            where = self.file.read(info.size)
        return Member(path, ("tar", where, info.size), fault)


def _mode(info: tarfile.TarInfo) -> int:
    return 0o120000 if info.issym() or info.islnk() else 0o010000


def _name(name: str) -> str:
    """Return the name; what is not UTF-8 is what old Western systems write."""
    if name.isascii() or not any("\udc80" <= character <= "\udcff" for character in name):
        return name
    return name.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
