"""What the grader and its helper say to each other.

Three records, one JSON list a packet, and for each run the kernel's account of how it ended.

Both sides are trusted. What a child says goes past the helper, in lines of `wire`.
"""

import json
import os
import struct
from typing import NamedTuple

from grader.sandbox.protocol.limits import Limits, ran_out

CONTROL = 3  # the helper's descriptor of the socket
LONGEST = 1 << 16  # bytes of a packet
LONGEST_REQUEST = 1 << 13  # the parts of NumPy that it names are few
ACCOUNT = "=3i4x18q"  # see Reply; the last 18 are a struct rusage
LATE, STOPPED = 1, 2  # the time was up; it was up, and somebody had stopped the child in it


class HelperSettings(NamedTuple):
    """How to start; `numpy` names parts of it to load, `readers` kinds of file with weights.

    `avoid` leaves out arrangements and Landlock, to test what remains.
    """

    numpy: tuple[str, ...]
    paths: tuple[str, ...]
    modules: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


class Hello(NamedTuple):
    """What the helper has become, or why this system cannot contain code."""

    place: str = ""
    refused: tuple[tuple[str, str], ...] = ()
    own_id: bool = False
    landlock: int = 0
    numpy: str | None = None
    unsupported: str | None = None

    def summary(self) -> str:
        """Tell the arrangement in one line."""
        parts = [
            {"none": "no namespaces", "chroot": "an empty root folder"}.get(self.place, self.place),
            *(["a user id of its own"] if self.own_id else []),
            f"Landlock {self.landlock}" if self.landlock else "no Landlock",
            "resource limits",
            "system-call filter",
        ]
        return ", ".join(parts)


class Request(NamedTuple):
    """One run; the descriptors of code, answer and output travel with it.

    Nothing here tells whose code it is or what it says: that is written into the first descriptor.
    `reader` is the kind of a file with weights, whose bytes come in place of code.
    """

    limits: Limits
    numpy: tuple[str, ...]
    probe: bool = False
    reader: str = ""


class Reply(NamedTuple):
    """How a child ended: `end` is exit, signal, or fault where that says nothing about its code.

    Units: seconds, bytes. The helper writes it as the numbers of `ACCOUNT`: the error of fork or 0,
    whether the time was up (LATE or STOPPED), then status and usage as the kernel's wait4 fills
    them in.
    """

    end: str
    code: int = 0
    late: bool = False
    cpu: float = 0.0
    peak: int = 0
    reason: str = ""


def pack(record: HelperSettings | Hello | Request) -> bytes:
    """Write a record as a packet."""
    return json.dumps(record).encode()


def settings(data: bytes) -> HelperSettings:
    """Read the first packet to the helper."""
    return HelperSettings(*json.loads(data))


def hello(data: bytes) -> Hello:
    """Read the first packet from the helper."""
    record = Hello(*json.loads(data))
    return record._replace(refused=tuple((name, reason) for name, reason in record.refused))


def request(data: bytes) -> Request:
    """Read what is asked of the helper."""
    record = Request(*json.loads(data))
    return record._replace(limits=Limits(*record.limits))


def reply(data: bytes) -> Reply:
    """Read the helper's answer."""
    refused, late, status, *usage = struct.unpack(ACCOUNT, data)
    if refused:
        words = os.strerror(refused)
        return Reply(
            "fault",
            reason=f"no process could be started for it: {ran_out(OSError(refused, words))}",
        )
    if late == STOPPED:
        return Reply("fault", reason="the child was stopped from outside until its time was up")
    code = os.waitstatus_to_exitcode(status)
    cpu = usage[0] + usage[2] + (usage[1] + usage[3]) / 1e6
    return Reply("exit" if code >= 0 else "signal", abs(code), bool(late), cpu, usage[4] * 1024)
