"""One run at a time in a folder: a lock that ends with its holder, however it ends.

The lock is a record lock of POSIX (lockf). It belongs to the process: a worker that outlives its
killed parent does not hold it, as it would hold flock's. Where a file system or a system has none,
the run goes on without; on one of several machines `holders` adds a file that only one can make.
"""

import errno
import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from grader.cohort import holders
from grader.cohort.journal import is_networked
from grader.errors import GraderError
from grader.text.inert import inert

if sys.platform != "win32":
    import fcntl

NAME = "lock"
PATIENCE = 5.0  # seconds; a run that is being stopped takes less
_PAUSE = 0.1
_TAKEN = frozenset({errno.EACCES, errno.EAGAIN})


class Taken(GraderError):
    """Another run is at work in the folder."""


class Lock:
    """Holds a folder from its beginning to its end."""

    def __init__(
        self, folder: str, patience: float = PATIENCE, *, shared: bool | None = None
    ) -> None:
        """Hold nothing yet; `shared`: other machines may reach the folder, which else is seen."""
        self.folder = folder
        self.path = os.path.join(folder, NAME)
        self.patience = patience
        self.shared = is_networked(self.path) if shared is None else shared

    def __enter__(self) -> Self:
        """Take the folder, after waiting a little.

        Raises: Taken with who has it; OSError where nothing can be written there.
        """
        self.descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            refusal = self._refusal(time.monotonic() + self.patience)
        except OSError:
            os.close(self.descriptor)
            raise
        if refusal:
            os.close(self.descriptor)
            raise Taken(refusal)
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, f"{os.getpid()} {socket.gethostname()}\n".encode(), 0)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the folder back; the file stays, since to remove it would race with the next run."""
        if self.shared:
            with suppress(OSError):  # the next run here takes it away
                holders.given_back(self.folder)
        os.close(self.descriptor)

    def _refusal(self, until: float) -> str:
        """Take both locks; "" if that could be done in time, else who has the folder."""
        if not _waited(lambda: _locked(self.descriptor), until):
            return self._whose()
        if self.shared and not _waited(lambda: holders.taken(self.folder), until):
            return holders.refusal(self.folder)
        return ""

    def _whose(self) -> str:
        pid, _, host = os.pread(self.descriptor, 300, 0).decode("utf-8", "replace").partition(" ")
        whose = f" (process {inert(pid, 20)} on {inert(host.strip(), 80)})" if host else ""
        return (
            f"another run{whose} is writing to {inert(os.path.dirname(self.path))}; wait for its "
            "end, or name another folder after -o"
        )


def _waited(take: Callable[[], bool], until: float) -> bool:
    """Tell whether it could be taken within the time that there is."""
    while not take():
        if time.monotonic() >= until:
            return False
        time.sleep(_PAUSE)
    return True


def _locked(descriptor: int) -> bool:
    """Try to take the lock; True as well where locks do not exist."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    return True
