"""The system-call filter: a list of what is allowed, and everything else is refused.

A child needs nothing of the system but its memory, its two pipes and the clock: the modules are
loaded, and no call on this list reaches a file, a process, a socket or a new thread. A refused
call fails with EPERM, which Python shows as a readable PermissionError; calls by another
convention (32-bit, x32) kill the process, since their numbers mean other calls.

Source: Documentation/userspace-api/seccomp_filter.rst of Linux.
"""

import ctypes
import struct
from collections.abc import Callable
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


def _conditional(number: int, condition: Condition) -> bytes:
    """Decide on one call by an argument; falls through with another number in the accumulator."""
    low_word = 16 + 8 * condition.argument
    body = _instruction(_LOAD, low_word) + _instruction(_AND, condition.mask)
    for value in condition.values:
        body += _instruction(_EQUAL, value, 0, 1) + _instruction(_RETURN, _ALLOW)
    body += _instruction(_RETURN, _REFUSE)
    return _instruction(_EQUAL, number, 0, len(body) // 8) + body


def program(machine: str, numbers: dict[str, int]) -> bytes:
    """Assemble the filter for a machine: classic BPF, eight bytes an instruction."""
    code = _instruction(_LOAD, 4) + _instruction(_EQUAL, ARCHITECTURES[machine], 1, 0)
    code += _instruction(_RETURN, _KILL) + _instruction(_LOAD, 0)
    if machine == "x86_64":
        code += _instruction(_AT_LEAST, _X32_BIT, 0, 1) + _instruction(_RETURN, _KILL)
    for name, condition in CONDITIONS.items():
        code += _conditional(numbers[name], condition)
    plain = [numbers[name] for name in ALLOWED if name not in CONDITIONS]
    for index, number in enumerate(plain):
        over_the_rest_and_the_refusal = len(plain) - index
        code += _instruction(_EQUAL, number, over_the_rest_and_the_refusal, 0)
    return code + _instruction(_RETURN, _REFUSE) + _instruction(_RETURN, _ALLOW)


def installation(kernel: Kernel) -> Callable[[], int]:
    """Make ready the call that puts this process under the filter, for good.

    The call needs no_new_privs or CAP_SYS_ADMIN.
    """
    code = program(kernel.machine, kernel.numbers)
    buffer = ctypes.create_string_buffer(code, len(code))
    record = _Program(len(code) // 8, ctypes.addressof(buffer))
    record.code = buffer
    mode_filter = 2
    return kernel.prepared("prctl", PR_SET_SECCOMP, mode_filter, ctypes.pointer(record), 0, 0)
