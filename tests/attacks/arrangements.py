"""Puts this process into the position of a grader that may do less: the fallbacks, for real.

A seccomp filter takes system calls away as a container's profile does, capabilities are dropped to
what a container gives to root, and the user id is changed. Nothing of the sandbox knows of it.
"""

import ctypes
import errno
import os
import struct
import sys
from pathlib import Path
from typing import NamedTuple

from grader.sandbox.helper.kernel import PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, Kernel

NOBODY = 65_534
NEW_MOUNTS, NEW_USER = 0x00020000, 0x10000000
# CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP, NET_BIND_SERVICE, NET_RAW,
# SYS_CHROOT, MKNOD, AUDIT_WRITE, SETFCAP: what Docker leaves to root by default.
OF_A_CONTAINER = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)
PR_CAPBSET_DROP, LAST_CAPABILITY = 24, 40


# What students cannot import, so that every attack gets as far as the walls behind that.
DANGEROUS = (
    "ctypes",
    "glob",
    "mmap",
    "resource",
    "select",
    "socket",
    "subprocess",
    "urllib.request",
)


class Arrangement(NamedTuple):
    """What is taken away before the grader starts, and what the sandbox should make of the rest."""

    place: str
    needs_root: bool = False
    user: bool = False
    container: bool = False
    without: tuple[str, ...] = ()
    modules: tuple[str, ...] = DANGEROUS


LANDLOCK = ("landlock_create_ruleset",)
ARRANGEMENTS = {
    "as-installed": Arrangement("namespaces", modules=()),
    "everything": Arrangement("namespaces"),
    "without-landlock": Arrangement("namespaces", without=LANDLOCK),
    "without-user-namespaces": Arrangement(
        "root-namespaces", needs_root=True, without=("new-user",)
    ),
    "container-root": Arrangement("chroot", needs_root=True, container=True),
    "container-root-without-landlock": Arrangement(
        "chroot", needs_root=True, container=True, without=LANDLOCK
    ),
    "user": Arrangement("namespaces", needs_root=True, user=True),
    "user-without-landlock": Arrangement(
        "namespaces", needs_root=True, user=True, without=LANDLOCK
    ),
    "container-user": Arrangement("none", user=os.geteuid() == 0, container=True),
    "container-user-without-landlock": Arrangement(
        "none", user=os.geteuid() == 0, container=True, without=LANDLOCK
    ),
}


def possible() -> tuple[str, ...]:
    """Name the arrangements that this user can make."""
    root = os.geteuid() == 0
    if root:
        return tuple(ARRANGEMENTS)
    return tuple(name for name, row in ARRANGEMENTS.items() if not row.needs_root)


def enter(name: str, readable: tuple[Path, ...]) -> None:
    """Give up rights, for good; another user can still read the folders."""
    row = ARRANGEMENTS[name]
    kernel = Kernel.load()
    if row.user:
        _open_up(kernel, (Path(sys.base_prefix), Path(sys.prefix), *readable))
    if row.container and os.geteuid() == 0:
        for capability in range(LAST_CAPABILITY + 1):
            if capability not in OF_A_CONTAINER:
                kernel.prctl(PR_CAPBSET_DROP, capability)
        kernel.keep_capabilities(*OF_A_CONTAINER)
    if row.user:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    refused = {
        **{call: (errno.EPERM, None) for call in ("unshare", "setns", "mount", "pivot_root")
           if row.container},
        **{call: (errno.ENOSYS, None) for call in LANDLOCK if call in row.without},
        **({"unshare": (errno.EPERM, NEW_USER)} if "new-user" in row.without else {}),
    }  # fmt: skip
    if refused:
        refuse(kernel, refused)


def refuse(kernel: Kernel, calls: dict[str, tuple[int, int | None]]) -> None:
    """Install a filter that refuses calls with an error; with a flag, only where it is set."""
    load_number = struct.pack("=HBBI", 0x20, 0, 0, 0)
    load_argument = struct.pack("=HBBI", 0x20, 0, 0, 16)
    allow = struct.pack("=HBBI", 0x06, 0, 0, 0x7FFF0000)
    code = load_number
    for call, (error, flag) in calls.items():
        refuse = struct.pack("=HBBI", 0x06, 0, 0, 0x00050000 | error)
        if flag is not None:
            has_flag = struct.pack("=HBBI", 0x45, 0, 1, flag)
            refuse = load_argument + has_flag + refuse + load_number
        code += struct.pack("=HBBI", 0x15, 0, len(refuse) // 8, kernel.numbers[call]) + refuse
    code += allow
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("=H6xQ", len(code) // 8, ctypes.addressof(buffer))
    kernel.prctl(PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(PR_SET_SECCOMP, 2, program)


def _open_up(kernel: Kernel, folders: tuple[Path, ...]) -> None:
    """Make folders readable to everyone in a mount namespace of our own.

    Python may well live in root's home, which others may not enter: an empty folder is laid over
    the first ancestor of that kind, and the folder itself into it.
    """
    hidden = {folder: ancestor for folder in folders if (ancestor := _first_closed(folder))}
    if not hidden:
        return
    kernel.call("unshare", NEW_MOUNTS)
    opened = {folder: os.open(folder, os.O_PATH) for folder in hidden}
    recursive_private, bind_recursive = 16384 | 1 << 18, 4096 | 16384
    kernel.call("mount", b"none", b"/", 0, recursive_private, 0)
    for ancestor in set(hidden.values()):
        kernel.call("mount", b"none", os.fsencode(ancestor), b"tmpfs", 0, b"mode=755")
    for folder, descriptor in opened.items():
        folder.mkdir(parents=True, exist_ok=True)
        source = f"/proc/self/fd/{descriptor}".encode()
        kernel.call("mount", source, os.fsencode(folder), 0, bind_recursive, 0)
        os.close(descriptor)


def _first_closed(folder: Path) -> Path | None:
    others_enter = 0o001
    ancestors = reversed((folder.resolve(), *folder.resolve().parents))
    return next((a for a in ancestors if not a.stat().st_mode & others_enter), None)
