"""Listening to a run: both of a child's pipes, drained to their caps, and the helper's account."""

import os
import select
import socket
import time

from grader.sandbox.grader_side import verdict
from grader.sandbox.protocol import packets, wire
from grader.sandbox.protocol.limits import Limits

_BACKSTOP = 2.0  # seconds beyond the wall limit after which the helper itself counts as stuck
_ALONE = 5  # milliseconds
_CHUNK = 1 << 16


class HelperDiedError(Exception):
    """The helper is gone or stuck; says nothing about the code it ran."""


def listen(control: socket.socket, said: int, printed: int, limits: Limits) -> verdict.Heard:
    """Drain both pipes, each to its cap, until the helper's reply; then what they still hold."""
    os.set_blocking(said, False)
    os.set_blocking(printed, False)
    kept = {said: bytearray(), printed: bytearray()}
    caps = {said: wire.LONGEST + 1, printed: limits.output}
    cut = 0
    deadline = time.monotonic() + limits.wall + _BACKSTOP
    poller = select.poll()
    poller.register(control, select.POLLIN)
    # Most runs end within milliseconds: to wait for the reply alone at first spares a wake-up for
    # every line that the child writes.
    if not poller.poll(_ALONE):
        poller.register(said, select.POLLIN)
        poller.register(printed, select.POLLIN)
    reply = b""
    while not reply:
        events = poller.poll(max(0.0, deadline - time.monotonic()) * 1000)
        if not events:
            raise HelperDiedError("the helper did not answer in time")
        for descriptor, _ in events:
            if descriptor == control.fileno():
                reply = _reply(control)
            elif not (chunk := _read(descriptor)):
                poller.unregister(descriptor)
            else:
                cut += _keep(kept[descriptor], chunk, caps[descriptor])
    cut += sum(_drained(each, kept[each], caps[each]) for each in kept)
    return verdict.Heard(packets.reply(reply), bytes(kept[said]), bytes(kept[printed]), cut)


def _drained(descriptor: int, kept: bytearray, cap: int) -> int:
    """Keep what a pipe still holds, up to its cap, and return how much of it was cut."""
    cut = 0
    while chunk := _read(descriptor):
        cut += _keep(kept, chunk, cap)
    return cut


def _reply(control: socket.socket) -> bytes:
    """Return the helper's reply. Raises: HelperDiedError if its end is closed."""
    reply = control.recv(packets.LONGEST)
    if not reply:
        raise HelperDiedError("the helper died")
    return reply


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _CHUNK)
    except BlockingIOError:
        return b""


def _keep(kept: bytearray, chunk: bytes, cap: int) -> int:
    room = max(0, cap - len(kept))
    kept += chunk[:room]
    return len(chunk) - len(chunk[:room])
