"""Escapes that the helper tries on itself at every start; one that gets through ends it.

Each row is something that a contained child must not be able to do. They run one after another in
one child, shut in exactly as a student's code will be: nothing that is refused leaves a trace, and
after anything that is not refused the grader runs no code at all. Refused means EPERM, the
filter's own answer: a call that fails for another reason has reached the kernel.
"""

import ctypes
import errno
import mmap
import os
import socket
from collections.abc import Callable, Iterator

from grader.sandbox.helper.kernel import Kernel
from grader.sandbox.helper.lockdown import Lockdown
from grader.sandbox.protocol import wire

_READ_ONLY, _HERE = 0, -100  # O_RDONLY, AT_FDCWD
_UNIX, _INET, _NETLINK, _VSOCK = 1, 2, 16, 40
_STREAM, _DATAGRAM, _RAW = 1, 2, 3
_PTRACE_SEIZE = 0x4206
_NEW_USER, _NEW_PIDS = 0x10000000, 0x20000000
_PRIVATE_ANONYMOUS = 0x22
_SOME = 255  # descriptors to look at, however few the helper was started with
_parent = os.getppid  # a child is told another answer


def _calls() -> Iterator[tuple[str, str, tuple[object, ...]]]:
    """List what is tried: its name, the system call, the arguments."""
    parent = _parent() or 1
    page = ctypes.create_string_buffer(4096)
    for path in (b"/", b"/etc/passwd", b"/proc/self/environ", b"/tmp", b"/dev/null", b"."):
        yield f"open {path.decode()}", "openat", (_HERE, path, _READ_ONLY, 0)
        yield f"look at {path.decode()}", "statx", (_HERE, path, 0, 0x7FF, page)
    yield "write a file", "openat", (_HERE, b"/tmp/grader-probe", 0o102, 0o600)
    for name, family, kind in (
        ("TCP", _INET, _STREAM), ("UDP", _INET, _DATAGRAM), ("raw", _INET, _RAW),
        ("unix", _UNIX, _STREAM), ("netlink", _NETLINK, _RAW), ("vsock", _VSOCK, _STREAM),
    ):  # fmt: skip
        yield f"a {name} socket", "socket", (family, kind, 0)
    yield "a pair of sockets", "socketpair", (_UNIX, _STREAM, 0, page)
    yield "signal the parent", "kill", (parent, 0)
    yield "signal everyone", "kill", (-1, 0)
    yield "trace the parent", "ptrace", (_PTRACE_SEIZE, parent, 0, 0)
    yield "read the parent's memory", "process_vm_readv", (parent, page, 0, page, 0, 0)
    yield "a handle on the parent", "pidfd_open", (parent, 0)
    yield "another program", "execve", (b"/proc/self/exe", None, None)
    yield "another program by descriptor", "execveat", (0, b"", None, None, 0x1000)
    yield "a user namespace", "unshare", (_NEW_USER,)
    yield "a process namespace", "unshare", (_NEW_PIDS,)
    yield "another namespace", "setns", (0, 0)
    yield "a mount", "mount", (b"none", b"/", b"tmpfs", 0, 0)
    yield "an unmount", "umount2", (b"/", 2)
    yield "another root", "chroot", (b".",)
    yield "root's id", "setresuid", (0, 0, 0)
    yield "a memory file", "memfd_create", (b"probe", 0)
    yield "shared memory", "shmget", (0, 4096, 0o1600)
    yield "a message queue", "msgget", (0, 0o1600)
    yield "semaphores", "semget", (0, 1, 0o1600)
    yield "a key", "add_key", (b"user", b"probe", page, 1, -2)
    yield "the key ring", "keyctl", (0, -2, 0)
    yield "io_uring", "io_uring_setup", (1, page)
    yield "userfaultfd", "userfaultfd", (1,)
    yield "performance counters", "perf_event_open", (page, 0, -1, -1, 0)
    yield "BPF", "bpf", (0, page, 72)
    yield "another personality", "personality", (0x40000,)
    yield "other processors", "sched_setaffinity", (0, 8, page)
    yield "an event descriptor", "eventfd2", (0, 0)
    yield "a second filter", "prctl", (22, 1)
    yield "being dumped", "prctl", (4, 1)
    yield "more CPU time", "prlimit64", (0, 0, page, None)
    yield "memory for code", "mmap", (None, 4096, 7, _PRIVATE_ANONYMOUS, -1, 0)


def missing(lockdown: Lockdown) -> list[str]:
    """Try, before the filter refuses everything, the walls that are claimed to be behind it.

    Tells the names of those that do not.
    """
    place, kernel = lockdown.place, lockdown.kernel
    own_ids = (place.user,) * 3
    claimed: list[tuple[str, bool, Callable[[], bool]]] = [
        ("no new privileges", True, lambda: _has_no_new_privileges(kernel)),
        ("Landlock", lockdown.landlock > 0, lambda: _fails(errno.EACCES, os.open, "/", 0)),
        ("the process namespace", place.alone, lambda: _parent() == 1),
        ("the network namespace", place.alone, lambda: not _reaches_the_network()),
        ("the empty root", place.name != "none", _is_root_empty),
        ("another id than root's", True, lambda: 0 not in os.getresuid()),
        ("another root", True, lambda: _cannot_change_root(kernel)),
        (
            "the user id of its own",
            place.user is not None,
            lambda: os.getresuid() == own_ids == os.getresgid() and not os.getgroups(),
        ),
    ]
    return [f"no wall: {name}" for name, is_claimed, holds in claimed if is_claimed and not holds()]


def _has_no_new_privileges(kernel: Kernel) -> bool:
    get_no_new_privs = 39
    return kernel.call("prctl", get_no_new_privs, 0, 0, 0, 0) == 1


def _cannot_change_root(kernel: Kernel) -> bool:
    try:
        kernel.call("chroot", b".")
    except OSError:  # no right to, none even to enter a root of another user, or no such call
        return True
    return False


def _reaches_the_network() -> bool:
    """Ask for a way to this machine itself, which sends nothing; UDP is beyond Landlock."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        return probe.connect_ex(("127.0.0.1", 9)) == 0


def _is_root_empty() -> bool:
    """Look for what every system has; to look at a file is beyond Landlock."""
    return not any(os.path.exists(path) for path in ("/dev", "/etc", "/proc", "/usr"))


def _forks(kernel: Kernel) -> Iterator[tuple[str, Callable[[], object]]]:
    """List what would make a second process, which has to end at once if it comes to life."""
    sigchld = 17

    def fork(name: str, *arguments: object) -> None:
        if kernel.call(name, *arguments) == 0:
            os._exit(99)

    yield "a process", lambda: fork("clone", sigchld, None, None, None, None)
    yield "a process by clone3", lambda: fork("clone3", ctypes.create_string_buffer(64), 64)


def got_through(lockdown: Lockdown, memory: int) -> list[str]:
    """Try everything; tells the names of what was not refused."""
    kernel = lockdown.kernel
    names = [name for name, call, words in _calls() if _passes(kernel.call, call, *words)]
    names += [name for name, fork in _forks(kernel) if _passes(fork)]
    if _passes(mmap.mmap, -1, memory + 1, by=errno.ENOMEM):
        names.append("more memory than the limit")
    page = ctypes.create_string_buffer(4096)
    for name, clock in (("parent", _parent()), ("first process", 1)):
        if _passes(kernel.call, "clock_gettime", ~clock << 3 | 2, page):
            names.append(f"the clock of the {name}")
    if _passes(kernel.call, "sched_getaffinity", _parent() or 1, 128, page):
        names.append("the processors of the parent")
    if descriptors := inherited(lockdown.highest):
        names.append(f"inherited descriptors {descriptors}")
    if os.environ:
        names.append("the environment")
    return names


def inherited(highest: int) -> list[int]:
    """List the open descriptors but those of a run, up to the highest that there can be.

    The helper closes what it was started with before anything else, so that whatever it opens
    itself is given a low number.
    """
    return [n for n in range(wire.OUT + 1, max(highest, _SOME) + 1) if _is_open(n)]


def say(lockdown: Lockdown, memory: int, missing: list[str]) -> None:
    """Try everything and answer as a student's code would: one number for each escape."""
    escaped = [*missing, *got_through(lockdown, memory)]
    os.write(
        wire.OUT,
        wire.write(b"n " + wire.text(name) + b" " + wire.double(1.0) for name in escaped),
    )


def _fails(by: int, attempt: Callable[..., object], *arguments: object) -> bool:
    return not _passes(attempt, *arguments, by=by)


def _passes(attempt: Callable[..., object], *arguments: object, by: int = errno.EPERM) -> bool:
    try:
        attempt(*arguments)
    except OSError as error:
        return error.errno != by
    return True


def _is_open(descriptor: int) -> bool:
    """Ask for the descriptor's position: a call that is allowed, and that tells pipes apart."""
    try:
        os.lseek(descriptor, 0, os.SEEK_CUR)
    except OSError as error:
        return error.errno != errno.EBADF
    return True
