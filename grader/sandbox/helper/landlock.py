"""Landlock: a second wall around files, TCP ports, abstract sockets and signals.

Everything that the running kernel can refuse is refused, without exception.

Source: Linux's Documentation/userspace-api/landlock.rst.
"""

import errno
import struct

from grader.sandbox.helper.kernel import Kernel

_VERSION_FLAG = 1
_FILES_FIRST = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKET_AND_SIGNAL = 0b11


def version(kernel: Kernel) -> int:
    """Tell the version of Landlock's interface, 0 where the kernel has none."""
    try:
        return kernel.call("landlock_create_ruleset", 0, 0, _VERSION_FLAG)
    except OSError:
        return 0


def words(interface: int) -> tuple[int, ...]:
    """Tell what to refuse as the fields of struct landlock_ruleset_attr: files, network, scope."""
    files = _FILES_FIRST
    for since, bit in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEVICE)):
        files |= bit if interface >= since else 0
    with_network, with_scope = 4, 6
    if interface >= with_scope:
        return files, _BIND_AND_CONNECT, _ABSTRACT_SOCKET_AND_SIGNAL
    if interface >= with_network:
        return files, _BIND_AND_CONNECT
    return (files,)


def restrict(kernel: Kernel, interface: int) -> None:
    """Refuse everything from here on to this process. Needs no_new_privs."""
    fields = words(interface)
    try:
        ruleset = _ruleset(kernel, fields)
    except OSError as error:
        # RHEL 9 claims version 6 without the scope for signals.
        if error.errno != errno.EINVAL or len(fields) < len(words(6)):
            raise
        ruleset = _ruleset(kernel, (*fields[:2], 1))
    kernel.call("landlock_restrict_self", ruleset, 0)
    kernel.call("close", ruleset)


def _ruleset(kernel: Kernel, fields: tuple[int, ...]) -> int:
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    return kernel.call("landlock_create_ruleset", attributes, len(attributes), 0)
