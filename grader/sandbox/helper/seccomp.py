"""The system-call filter: a list of what is allowed, and everything else is refused.

A child needs nothing of the system but its memory, its two pipes and the clock: the modules are
loaded, and no call on this list reaches a file, a process, a socket or a new thread. A refused
call fails with EPERM, which Python shows as a readable PermissionError; calls by another
convention (32-bit, x32) kill the process, since their numbers mean other calls.

Source: Documentation/userspace-api/seccomp_filter.rst of Linux.
"""

import ctypes
import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

from grader.sandbox.helper.kernel import ARCHITECTURES, PR_SET_SECCOMP, Kernel

ALLOWED = (
    "read", "write", "futex", "mmap", "munmap", "brk", "mprotect", "clock_gettime", "close",
    "fstat", "lseek", "mremap", "madvise", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
    "sigaltstack", "nanosleep", "clock_nanosleep", "clock_getres", "getrandom", "gettimeofday",
    "times", "getrusage", "getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid",
    "getcwd", "umask", "sched_yield", "sched_getaffinity", "exit", "exit_group", "restart_syscall",
)  # fmt: skip


class Condition(NamedTuple):
    """A call is allowed only where `argument & mask` is one of `values`."""

    argument: int
    mask: int
    values: tuple[int, ...]


PROT_EXEC = 4
# A clock's number holds the process whose time it tells, but for the first sixteen.
_COMMON_CLOCK = Condition(0, 0xFFFFFFF0, (0,))
FUTEX_CMD_MASK = 0x7F  # without FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME
CONDITIONS = {
    # No new machine code: memory is for data only.
    "mmap": Condition(2, PROT_EXEC, (0,)),
    "mprotect": Condition(2, PROT_EXEC, (0,)),
    # WAIT, WAKE and their bit-set forms are all that a lock in one thread makes. Requeueing and
    # priority inheritance have a history of kernel bugs (CVE-2014-3153, CVE-2021-3347).
    "futex": Condition(1, FUTEX_CMD_MASK, (0, 1, 9, 10)),
    # Nothing that tells which other processes there are.
    "clock_gettime": _COMMON_CLOCK,
    "clock_getres": _COMMON_CLOCK,
    "clock_nanosleep": _COMMON_CLOCK,
    "sched_getaffinity": Condition(0, 0xFFFFFFFF, (0,)),
}

_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050001, 0x7FFF0000  # KILL_PROCESS, ERRNO|EPERM, ALLOW
_X32_BIT = 0x40000000


class _Program(ctypes.Structure):
    code: ctypes.Array[ctypes.c_char]  # keeps what `filter` points to alive
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def _instruction(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, when_true, when_false, value)


def _verdict(condition: Condition | None) -> bytes:
    """Decide on one call whose number was found: allow it, or allow it by an argument."""
    if condition is None:
        return _instruction(_RETURN, _ALLOW)
    code = _instruction(_LOAD, 16 + 8 * condition.argument) + _instruction(_AND, condition.mask)
    for value in condition.values:
        code += _instruction(_EQUAL, value, 0, 1) + _instruction(_RETURN, _ALLOW)
    return code + _instruction(_RETURN, _REFUSE)


def _search(rows: Sequence[tuple[int, Condition | None]]) -> bytes:
    """Find a call's number by halves. Rows: in order of their numbers."""
    if len(rows) == 1:
        ((number, condition),) = rows
        return (
            _instruction(_EQUAL, number, 1, 0)
            + _instruction(_RETURN, _REFUSE)
            + _verdict(condition)
        )
    middle = len(rows) // 2
    lower, upper = _search(rows[:middle]), _search(rows[middle:])
    return _instruction(_AT_LEAST, rows[middle][0], len(lower) // 8, 0) + lower + upper


def program(machine: str, numbers: dict[str, int]) -> bytes:
    """Assemble the filter for a machine: classic BPF, eight bytes an instruction.

    The kernel goes through it once for every number there is when it is installed, which is in
    every child: a search by halves takes a third of the time that a list takes.
    """
    code = _instruction(_LOAD, 4) + _instruction(_EQUAL, ARCHITECTURES[machine], 1, 0)
    code += _instruction(_RETURN, _KILL) + _instruction(_LOAD, 0)
    if machine == "x86_64":
        code += _instruction(_AT_LEAST, _X32_BIT, 0, 1) + _instruction(_RETURN, _KILL)
    return code + _search(sorted((numbers[name], CONDITIONS.get(name)) for name in ALLOWED))


def installation(kernel: Kernel) -> Callable[[], int]:
    """Make ready the call that puts this process under the filter, for good.

    The call needs no_new_privs or CAP_SYS_ADMIN.
    """
    code = program(kernel.machine, kernel.numbers)
    buffer = ctypes.create_string_buffer(code, len(code))
    record = _Program(len(code) // 8, ctypes.addressof(buffer))
    record.code = buffer
    mode_filter = 2
    words = (PR_SET_SECCOMP, mode_filter, ctypes.pointer(record), 0, 0)
    return kernel.prepared("prctl", *words, known_as="seccomp")
