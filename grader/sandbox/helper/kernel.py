"""System calls that Python has no function for, by number, with errors as OSError.

Numbers: Linux's arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
"""

import ctypes
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

# name: (x86_64, aarch64); None where an architecture has no such call.
TABLE: dict[str, tuple[int | None, int | None]] = {
    "add_key": (248, 217),
    "bpf": (321, 280),
    "brk": (12, 214),
    "capset": (126, 91),
    "chroot": (161, 51),
    "clock_getres": (229, 114),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "clone": (56, 220),
    "clone3": (435, 435),
    "close": (3, 57),
    "close_range": (436, 436),
    "eventfd2": (290, 19),
    "execve": (59, 221),
    "execveat": (322, 281),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "fork": (57, None),
    "fstat": (5, 80),
    "futex": (202, 98),
    "getcwd": (79, 17),
    "getegid": (108, 177),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "getrandom": (318, 278),
    "getrusage": (98, 165),
    "gettid": (186, 178),
    "gettimeofday": (96, 169),
    "getuid": (102, 174),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "kill": (62, 129),
    "landlock_create_ruleset": (444, 444),
    "landlock_restrict_self": (446, 446),
    "lseek": (8, 62),
    "madvise": (28, 233),
    "memfd_create": (319, 279),
    "mmap": (9, 222),
    "mount": (165, 40),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "msgget": (68, 186),
    "munmap": (11, 215),
    "nanosleep": (35, 101),
    "open": (2, None),
    "openat": (257, 56),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_open": (434, 434),
    "pivot_root": (155, 41),
    "prctl": (157, 167),
    "prlimit64": (302, 261),
    "process_vm_readv": (310, 270),
    "ptrace": (101, 117),
    "read": (0, 63),
    "restart_syscall": (219, 128),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_getaffinity": (204, 123),
    "sched_setaffinity": (203, 122),
    "sched_yield": (24, 124),
    "semget": (64, 190),
    "setns": (308, 268),
    "setresuid": (117, 147),
    "shmget": (29, 194),
    "sigaltstack": (131, 132),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "stat": (4, None),
    "statx": (332, 291),
    "tgkill": (234, 131),
    "times": (100, 153),
    "umask": (95, 166),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "write": (1, 64),
}

# AUDIT_ARCH_* of include/uapi/linux/audit.h: what a filter sees as the calling convention.
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_CAPABILITY_VERSION_3 = 0x20080522

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38


class Unsupported(Exception):
    """This system cannot contain a student's code; the text says why."""


@contextmanager
def naming(call: str) -> Iterator[None]:
    """Name the system call behind a function of Python's. Raises: OSError with that name."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, call) from error


class Kernel(NamedTuple):
    """The C library and the table of numbers of this machine."""

    libc: ctypes.CDLL
    machine: str
    numbers: dict[str, int]

    @staticmethod
    def load() -> "Kernel":
        """Find the tables of this machine. Raises: Unsupported."""
        machine = os.uname().machine
        if machine not in ARCHITECTURES:
            raise Unsupported(f"no table of system calls exists for {machine}")
        if ctypes.sizeof(ctypes.c_void_p) != 8:  # bytes of a pointer
            raise Unsupported("a 32-bit Python uses another table of system calls")
        column = tuple(ARCHITECTURES).index(machine)
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall.restype = ctypes.c_long
        rows = ((name, row[column]) for name, row in TABLE.items())
        return Kernel(libc, machine, {name: n for name, n in rows if n is not None})

    def call(self, name: str, *arguments: object) -> int:
        """Make a system call. Raises: OSError with the call's name in place of a file's."""
        return self.prepared(name, *arguments)()

    def prepared(self, name: str, *arguments: object, known_as: str = "") -> Callable[[], int]:
        """Make ready a system call, so that making it touches little memory after a fork."""
        words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
        number = ctypes.c_long(self.numbers[name])
        system_call = self.libc.syscall

        def make() -> int:
            result: int = system_call(number, *words)
            if result < 0:
                error = ctypes.get_errno()
                raise OSError(error, os.strerror(error), known_as or name)
            return result

        return make

    def prctl(self, option: int, *arguments: object) -> None:
        """Change one property of this process; unused arguments are zeros, as newer ones demand."""
        self.call("prctl", option, *arguments, *(0,) * (4 - len(arguments)))

    def closing(self, first: int) -> Callable[[], None]:
        """Make ready to close every descriptor from here on, however high it is."""
        close_range = self.prepared("close_range", first, 0xFFFFFFFF, 0)
        shut, beyond = self.libc.close, os.sysconf("SC_OPEN_MAX")

        def close() -> None:
            try:
                close_range()
            except OSError:  # before Linux 5.9, one by one
                # Not by os.closerange: from CPython 3.13 on it may call closefrom(3), which ends
                # the process where close_range is refused and there is no /proc.
                for descriptor in range(first, beyond):
                    shut(descriptor)

        return close

    def highest(self) -> int:
        """Tell the highest descriptor that this process holds, or could hold where none says."""
        try:
            return max(map(int, os.listdir("/proc/self/fd")))
        except OSError:
            return os.sysconf("SC_OPEN_MAX")

    def keep_capabilities(self, *kept: int) -> None:
        """Give up every capability but these (by their numbers)."""
        low = sum(1 << number for number in kept)
        header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
        self.call("capset", header, struct.pack("=6I", low, low, 0, 0, 0, 0))
