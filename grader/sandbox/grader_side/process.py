"""The grader's side of a helper that was started: greeting it, asking it, ending it."""

import array
import contextlib
import os
import signal
import socket
import time
from typing import NamedTuple

from grader.errors import SandboxError
from grader.sandbox.grader_side.spawning import Spawned, spawn
from grader.sandbox.helper.kernel import PR_SET_DUMPABLE, Kernel
from grader.sandbox.protocol import packets

START = 30.0  # seconds; loading NumPy from a cold disk is what takes them
_END = 1.0


class DiedError(SandboxError):
    """A helper ended before its first word; the next one may not."""


class Process(NamedTuple):
    """A helper that runs, and what it has become."""

    spawned: Spawned
    hello: packets.Hello
    hidden: bool  # whether it was for this helper that the grader's memory was closed to others

    @property
    def control(self) -> socket.socket:
        """The socket to it."""
        return self.spawned.control

    def ask(self, request: packets.Request, descriptors: tuple[int, int, int]) -> None:
        """Send a request. Raises: OSError where the helper is gone."""
        rights = array.array("i", descriptors)
        extras = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)]
        self.control.sendmsg([packets.pack(request)], extras)

    def end(self) -> None:
        """End the helper, and with it whatever it runs, and wait until it is gone."""
        _end(self.spawned)
        if self.hidden:
            _be_dumpable(1)


def start(settings: packets.HelperSettings, spawned: Spawned | None = None) -> Process:
    """Wait for the first words of a helper: of the one that is there, if its settings are these.

    Raises: SandboxError.
    """
    if spawned is None or spawned.settings != settings:
        spawned = spawn(settings)
    with contextlib.ExitStack() as undo:
        undo.callback(_end, spawned)
        hello = _greet(spawned)
        undo.pop_all()
    return Process(spawned, hello, hidden=_hide())


def _hide() -> bool:
    """Close this process's memory to others of the same user. Tells whether it was open."""
    get_dumpable = 3
    if Kernel.load().call("prctl", get_dumpable, 0, 0, 0, 0) != 1:
        return False
    _be_dumpable(0)
    return True


def _be_dumpable(value: int) -> None:
    Kernel.load().prctl(PR_SET_DUMPABLE, value)


def _greet(process: Spawned) -> packets.Hello:
    process.control.settimeout(START)
    try:
        said = process.control.recv(packets.LONGEST)
    except OSError:
        said = b""
    if not said:
        raise DiedError("sandbox-unavailable", _why(process.errors))
    process.control.settimeout(None)
    hello = packets.hello(said)
    if hello.unsupported is not None:
        raise SandboxError("sandbox-unavailable", hello.unsupported)
    return hello


def _why(errors: int) -> str:
    """Tell the last line that a helper wrote before it died."""
    size = os.fstat(errors).st_size
    lines = os.pread(errors, 1000, max(0, size - 1000)).decode("utf-8", "replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "no reason was given")
    return f"the helper ended while it started: {last}"


def _end(helper: Spawned) -> None:
    """Close the socket, from which the helper's end follows, and make it where it is late."""
    helper.control.close()
    os.close(helper.errors)
    deadline = time.monotonic() + _END
    pause = 0.0005
    while time.monotonic() < deadline:
        if os.waitpid(helper.pid, os.WNOHANG)[0]:
            return
        time.sleep(pause)
        pause = min(0.02, 2 * pause)
    os.kill(helper.pid, signal.SIGKILL)
    os.waitpid(helper.pid, 0)
