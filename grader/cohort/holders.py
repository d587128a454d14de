"""Who holds a folder on a file system of several machines: a file that only one can make.

There a lock of the system may reach no further than the machine, or be no lock at all. So a file is
made beside it with O_EXCL, which says who holds the folder: host, boot and process. Whoever is
killed leaves it behind. It is taken away only where it is known that its process has ended: on the
same host, by the process's number, or because the host has started again since. On another host
nobody knows, so the file is named, and a person decides.
"""

import os
import socket
from typing import NamedTuple

from grader.text.inert import inert

NAME = "lock.held"
_BOOT = "/proc/sys/kernel/random/boot_id"
_LONGEST = 300  # bytes


class Holding(NamedTuple):
    """Who holds a folder."""

    pid: int
    host: str
    boot: str

    @property
    def has_ended(self) -> bool:
        """Whether this process is known to have ended; one of our own number was another."""
        here = own()
        if self.host != here.host:
            return False
        return self.boot != here.boot or self.pid == here.pid or not _is_alive(self.pid)


def own() -> Holding:
    """Return this process."""
    try:
        with open(_BOOT, encoding="ascii") as file:
            boot = file.read().strip()
    except OSError:
        boot = "unknown"
    return Holding(os.getpid(), socket.gethostname(), boot)


def taken(folder: str) -> bool:
    """Make the file, unless somebody else has; what a dead process of this host left goes first.

    Whoever calls it holds the lock of this machine, so nobody else here does the same. Raises:
    OSError where nothing can be written.
    """
    path = os.path.join(folder, NAME)
    there = holding(folder)
    if there is not None and there.has_ended:
        os.unlink(path)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    except FileExistsError:
        return False
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(" ".join(map(str, own())))
        file.flush()
        os.fsync(descriptor)
    return True


def holding(folder: str) -> Holding | None:
    """Return who holds the folder; None if nobody does, or is about to say so."""
    try:
        with open(os.path.join(folder, NAME), "rb") as file:
            words = file.read(_LONGEST).decode("utf-8", "replace").split()
    except OSError:
        return None
    if len(words) != len(Holding._fields) or not words[0].isdecimal():
        return None
    return Holding(int(words[0]), words[1], words[2])


def given_back(folder: str) -> None:
    """Remove the file. Raises: OSError."""
    os.unlink(os.path.join(folder, NAME))


def refusal(folder: str) -> str:
    """Return who holds the folder, and what to do if that is not so any more."""
    path = inert(os.path.join(folder, NAME))
    there = holding(folder)
    who = f"process {there.pid} on {inert(there.host, 80)}" if there else "somebody"
    return (
        f"another run ({who}) is writing to {inert(folder)}; wait for its end, or name another "
        f"folder after -o. If that run has ended, remove {path} and give the same command again"
    )


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it is somebody else's
        return True
    return True
