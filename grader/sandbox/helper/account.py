"""How a child ended, on its way from the kernel to the grader, and nothing of it left behind.

The helper's memory is the memory that every later child starts with. So the kernel's words about
one child become no object of Python's here: they are written into one buffer, sent from it and
wiped out of it.
"""

import ctypes
import socket
import struct
from typing import NamedTuple

from grader.sandbox.helper.kernel import Kernel
from grader.sandbox.protocol.packets import ACCOUNT

_STATUS, _USAGE = 8, 16  # where wait4 writes


class Account(NamedTuple):
    """The buffer, the places in it that the kernel fills, and the C library to ask it by."""

    buffer: "ctypes.Array[ctypes.c_char]"
    status: ctypes.c_void_p
    usage: ctypes.c_void_p
    libc: ctypes.CDLL

    @staticmethod
    def made(kernel: Kernel) -> "Account":
        """Make it once, for every child."""
        buffer = ctypes.create_string_buffer(struct.calcsize(ACCOUNT))
        start = ctypes.addressof(buffer)
        status, usage = ctypes.c_void_p(start + _STATUS), ctypes.c_void_p(start + _USAGE)
        return Account(buffer, status, usage, kernel.libc)

    def wait(self, pid: int, late: int) -> None:
        """Wait for a child's end; `late` tells whether its time was up, as `packets` has it."""
        struct.pack_into("=2i", self.buffer, 0, 0, late)
        while self.libc.wait4(pid, self.status, 0, self.usage) != pid:  # a signal came first
            pass

    def refuse(self, error: int) -> None:
        """Say that no process could be started for it."""
        struct.pack_into("=2i", self.buffer, 0, error, 0)

    def send(self, control: socket.socket) -> None:
        """Hand it over, and forget it."""
        try:
            control.send(self.buffer)
        finally:
            ctypes.memset(self.buffer, 0, len(self.buffer))
