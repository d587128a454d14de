"""What a collection is kept in: a folder, a zip or a tar; its members and their bytes.

Theory of operation. A holder lists its members once, without unpacking any, and gives the bytes of
one when asked, from memory to memory: nothing is written to disk, so that no name in an archive can
reach any path. A member whose name leads elsewhere is passed over. One whose name is fine and whose
bytes cannot be had (a link, a device, encrypted, a bomb) stays a member with a fault: it is
somebody's hand-in, who gets a row that says so. Whatever is asked for is read up to a limit and no
further, so that a bomb costs what an honest file costs.
"""

import stat
from collections.abc import Callable
from typing import NamedTuple, Protocol

from grader.cohort.manifest import LONGEST_PATH, PassedOver, whole
from grader.desk.intake import NOTEBOOK_BYTES, Received, taken
from grader.desk.kinds import may_be_notebook
from grader.errors import GraderError
from grader.submission.record import MAX_BYTES
from grader.text.inert import inert

# A class has hundreds of files, a MOOC's exercise a hundred thousand; a bomb's list has no end.
MAX_MEMBERS = 250_000
# Deflate reaches 1032 to 1; honest files of some size stay below 50.
MAX_RATIO = 200
Key = tuple[str | int | bytes, ...]


class CollectionError(GraderError):
    """The teacher must act: what was named cannot be read as a collection."""


class Member(NamedTuple):
    """A file of a collection: its path there, what finds its bytes, why they cannot be had."""

    path: str
    key: Key
    fault: str = ""


class Listing(NamedTuple):
    """What a holder lists: members, what it has passed over itself, remarks in words."""

    members: tuple[Member, ...]
    passed: tuple[PassedOver, ...] = ()
    notes: tuple[str, ...] = ()


class Holder(Protocol):
    """A collection that has been opened."""

    listing: Listing

    def data(self, key: Key, most: int) -> bytes:
        """Return the member's bytes, at most so many. Raises: SubmissionError, OSError."""


def in_archive(path: str) -> tuple[str, str]:
    """Return a member's path as it is used, and why it is passed over, if it is."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    reason = ""
    if path.startswith("/") or path[1:2] == ":":
        reason = "its name is a path from the root of a disk, outside of the archive"
    elif ".." in parts:
        reason = 'its name leads out of the archive by ".."'
    elif not parts or "\0" in path:
        reason = "its name is not one that a file can have"
    elif len(path) > LONGEST_PATH:
        reason = f"its name is longer than {LONGEST_PATH:,} characters"
    return "/".join(parts), reason


def passed_over(path: str, reason: str) -> PassedOver:
    """Return a file as one that is passed over."""
    return PassedOver(whole(path[: LONGEST_PATH + 1]), inert(reason, 400))


def fault_of_mode(mode: int) -> str:
    """Return why a member with this Unix mode is not a file, in words; "" if it is one."""
    kind = stat.S_IFMT(mode)
    if kind == stat.S_IFLNK:
        return "is a link in the archive; hand in the file itself"
    if kind not in (0, stat.S_IFREG):
        return "is a device or a pipe in the archive; hand in a file"
    return ""


def fault_of_size(size: int, packed: int) -> str:
    """Return why a member of this size, packed to that one, is not unpacked; "" if it is."""
    if size > MAX_BYTES and size > MAX_RATIO * packed:
        return (
            f"unpacks from {packed:,} to {size:,} bytes, as only a bomb does, and was left packed"
        )
    return ""


def received(data: Callable[[int], bytes], name: str) -> Received:
    """Return a submission that an archive holds, within the limits for one in a file.

    `data` returns at most as many bytes as it is asked for. Raises: SubmissionError.
    """
    read = data(MAX_BYTES + 1)
    if len(read) > MAX_BYTES and (".ipynb" in name.lower() or may_be_notebook(read)):
        read = data(NOTEBOOK_BYTES + 1)
    return taken(read, name)
