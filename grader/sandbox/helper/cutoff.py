"""Cutting the helper off from the machine, as far as the machine allows it.

Three arrangements are tried, the strongest first, each in a process of its own before the helper
enters it: half an arrangement cannot be undone. Where none is possible the helper stays where it
is, and only the filter and the limits contain its children.

`namespaces`: a user namespace (root gives up its user id first, so that not even a broken wall
leads to root), in it namespaces for processes, mounts, network, IPC, host name and cgroups, and an
empty read-only root. Then the helper gives up every capability.
`root-namespaces`: the same without a user namespace, where only root may make the others.
`chroot`: root in a container: an empty folder that is already deleted as root directory.
In the last two a child has a user id of its own, and the helper keeps the right to change to it.

The helper is the first process of its namespace. From inside, the kernel delivers to such a process
only signals that it handles, never SIGKILL, so a child could not end its helper even if the filter
had a hole.
"""

import errno
import os
from collections.abc import Callable
from signal import SIGKILL
from typing import NamedTuple

from grader.sandbox.helper.kernel import PR_SET_DUMPABLE, PR_SET_PDEATHSIG, Kernel, naming

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
_ALL_BUT_USER = (
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
)

_FOR_CHILDREN = (5, 6, 7)  # CAP_KILL, CAP_SETGID, CAP_SETUID

_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REMOUNT = 1, 2, 4, 8, 32
_MS_BIND, _MS_REC, _MS_PRIVATE = 4096, 16384, 1 << 18
_MNT_DETACH = 2

# Ids that no account has and that systemd hands to nobody (its UIDS-GIDS.md leaves 60706 to 61183
# free); helpers that run at the same time differ in theirs.
_FIRST_ID, _IDS = 60_706, 478


# Where a folder may be made, and what serves as a mount point, on which nothing is written.
_WRITABLE = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/root", "/var", "")  # noqa: S108 - see above
_MOUNT_POINTS = ("/tmp", "/mnt", "/var", "/usr", "/proc", "/dev", "/etc")  # noqa: S108 - see above


class Enclosure(NamedTuple):
    """Where the helper has ended up, and what each of its children still has to do."""

    name: str
    user: int | None = None  # the id that a child changes to
    alone: bool = False  # in a process namespace, with nobody but the helper and its child
    refused: tuple[tuple[str, str], ...] = ()  # stronger arrangements, and why they are not had


class RootIsKeptError(Exception):
    """A child cannot change its id from root's to another."""


def cut_off(kernel: Kernel, avoid: tuple[str, ...]) -> Enclosure:
    """Enter the strongest arrangement there is; may return in a child process of the caller."""
    refused: list[tuple[str, str]] = []
    for name, enter in _ARRANGEMENTS.items():
        reason = "not asked for" if name in avoid else _obstacle(kernel, name, enter)
        if reason is None:
            return enter(kernel)._replace(refused=tuple(refused))
        refused.append((name, reason))
    user = own_id() if os.geteuid() == 0 else None
    kernel.keep_capabilities(*(() if user is None else _FOR_CHILDREN))
    if user is not None:
        _try_id(user)
    return Enclosure("none", user, refused=tuple(refused))


def _obstacle(kernel: Kernel, name: str, enter: Callable[[Kernel], Enclosure]) -> str | None:
    if name != "namespaces" and os.geteuid() != 0:
        return "needs root"
    return _trial(kernel, enter)


def _trial(kernel: Kernel, enter: Callable[[Kernel], Enclosure]) -> str | None:
    """Enter in a child that ends at once. Tells why it fails, or None where it works."""
    with naming("pipe2"):
        reader, writer = os.pipe()
    with naming("clone"):
        pid = os.fork()
    if pid == 0:
        words = b"ended without a word"
        try:
            enter(kernel)
            words = b""
        except OSError as error:
            words = f"{error.filename or 'open'}: {error.strerror}".encode()
        except RootIsKeptError:
            words = b"setresuid: the id cannot change"
        finally:
            os.write(writer, b"." + words)
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    return None if said == b"." else said[1:].decode() or "ended without a word"


def _namespaces(kernel: Kernel) -> Enclosure:
    if os.geteuid() == 0:
        become(own_id())
    user, group = os.geteuid(), os.getegid()
    # A process that changed its user id does not own its own /proc files until it is dumpable.
    kernel.prctl(PR_SET_DUMPABLE, 1)
    kernel.call("unshare", CLONE_NEWUSER)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")
    _enter_namespaces(kernel)
    kernel.keep_capabilities()
    return Enclosure("namespaces", alone=True)


def _root_namespaces(kernel: Kernel) -> Enclosure:
    user = own_id()
    _enter_namespaces(kernel)
    kernel.keep_capabilities(*_FOR_CHILDREN)
    return Enclosure("root-namespaces", user, alone=True)


def _enter_namespaces(kernel: Kernel) -> None:
    kernel.call("unshare", _ALL_BUT_USER)
    _continue_as_first_process(kernel)
    _empty_root(kernel)


def _continue_as_first_process(kernel: Kernel) -> None:
    """Go on in a child, the first process of the new namespace; the parent waits for its end.

    The parent stays because it is the one that the grader started and waits for.
    """
    with naming("clone"):
        pid = os.fork()
    if pid:
        kernel.closing(0)()
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    kernel.prctl(PR_SET_PDEATHSIG, SIGKILL)


def _empty_root(kernel: Kernel) -> None:
    """Put an empty read-only file system in the place of everything, as pivot_root(2) shows."""
    flags = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
    kernel.call("mount", b"none", b"/", 0, _MS_REC | _MS_PRIVATE, 0)
    point = next(path for path in _MOUNT_POINTS if os.path.isdir(path))
    kernel.call("mount", b"none", point.encode(), b"tmpfs", flags, b"size=4k,nr_inodes=2")
    os.chdir(point)
    kernel.call("pivot_root", b".", b".")
    kernel.call("umount2", b".", _MNT_DETACH)
    os.chdir("/")
    kernel.call("mount", b"none", b"/", 0, _MS_REMOUNT | _MS_BIND | _MS_RDONLY | flags, 0)


def _chroot(kernel: Kernel) -> Enclosure:
    folder = _made_folder()
    os.chdir(folder)
    os.rmdir(folder)
    kernel.call("chroot", b".")
    kernel.keep_capabilities(*_FOR_CHILDREN)
    _try_id(own_id())
    return Enclosure("chroot", own_id())


def _made_folder() -> str:
    """Make an empty folder, which is gone before anyone can use it. Raises: OSError."""
    name = f"grader-empty-{os.urandom(8).hex()}"  # a name nobody can foresee
    failed: OSError | None = None
    for parent in _WRITABLE:
        try:
            os.mkdir(f"{parent}/{name}", 0o700)
        except OSError as error:
            failed = failed or error
        else:
            return f"{parent}/{name}"
    raise failed or FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "mkdir")


def _try_id(user: int) -> None:
    """Make sure that a child can change its id: root's is never kept. Raises: RootIsKeptError."""
    pid = os.fork()
    if pid == 0:
        ended = 1
        try:
            become(user)
            ended = 0
        finally:
            os._exit(ended)
    if os.waitpid(pid, 0)[1] != 0:
        raise RootIsKeptError


def become(user: int) -> None:
    """Change every user and group id of this process, for good. Raises: OSError."""
    with naming("setgroups"):
        os.setgroups([])
    with naming("setresgid"):
        os.setresgid(user, user, user)
    with naming("setresuid"):
        os.setresuid(user, user, user)


def own_id() -> int:
    """Tell the id that this helper's children run under."""
    return _FIRST_ID + os.getpid() % _IDS


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


_ARRANGEMENTS: dict[str, Callable[[Kernel], Enclosure]] = {
    "namespaces": _namespaces,
    "root-namespaces": _root_namespaces,
    "chroot": _chroot,
}
