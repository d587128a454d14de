"""A folder or an archive, opened as what it is; its beginning says so and not its name."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from grader.cohort.folders import Folder
from grader.cohort.holding import CollectionError, Holder
from grader.cohort.tars import Tar
from grader.cohort.zips import Zip
from grader.text.inert import inert

_START = 512


@contextmanager
def opened(path: str) -> Iterator[Holder]:
    """Open the folder or the archive at the path.

    Raises: CollectionError if it is neither; OSError.
    """
    if os.path.isdir(path):
        yield Folder(path)
    elif not stat.S_ISREG(os.stat(path).st_mode):
        raise _neither(path)
    else:
        with open(path, "rb") as file:
            kind = _kind(file.read(_START))
            if kind is None:
                raise _neither(path)
            yield kind(file, inert(path))


def opened_within(data: bytes) -> Holder | None:
    """Open an archive that is in memory; None if it is none. Raises: CollectionError."""
    kind = _kind(data[:_START])
    return kind and kind(BytesIO(data), "the archive")


def is_archive(path: str) -> bool:
    """Tell whether there is an archive at the path. Raises: OSError."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        return False
    with open(path, "rb") as file:
        return _kind(file.read(_START)) is not None


def _kind(start: bytes) -> Callable[[BinaryIO, str], Holder] | None:
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Zip
    if start.startswith(b"\x1f\x8b") or start[257:262] == b"ustar":
        return Tar
    return None


def _neither(path: str) -> CollectionError:
    return CollectionError(
        f"{inert(path)} is neither a folder nor an archive; name the folder, the zip or the tar.gz "
        "that holds a class's submissions"
    )
