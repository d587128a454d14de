"""The grader's side of the helper: starting it, asking it, ending it.

What is passed in is literal or trusted: a handful of environment words, no path but those of this
package and of NumPy, and no descriptor but the socket. The helper gets a session of its own, so
that Ctrl-C reaches the grader alone, which then ends the helper.
"""

import array
import contextlib
import fcntl
import os
import signal
import socket
import sys
import time
from typing import NamedTuple

from grader.errors import SandboxError
from grader.sandbox import packets

START = 30.0  # seconds; loading NumPy from a cold disk is what takes them
_END = 1.0
# For the processor and the linker, chosen by the operator; everything else stays outside.
_PASSED_ON = ("LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",  # a process with threads can enter no user namespace
    "PYTHONHASHSEED": "0",  # a set has one order in every run
}
# -P, -s and -S: nothing is imported from the working folder, from a home or from site-packages.
_OPTIONS = ("-P", "-s", "-S", "-B", "-c")


class Process(NamedTuple):
    """A helper that runs, and the socket to it."""

    pid: int
    control: socket.socket
    errors: int  # descriptor of a memory file that takes the helper's own standard error
    hello: packets.Hello

    def ask(self, request: packets.Request, descriptors: tuple[int, int, int]) -> None:
        """Send a request. Raises: OSError where the helper is gone."""
        rights = array.array("i", descriptors)
        extras = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)]
        self.control.sendmsg([packets.pack(request)], extras)

    def end(self) -> None:
        """End the helper, and with it whatever it runs, and wait until it is gone."""
        self.control.close()
        _reap(self.pid)
        os.close(self.errors)


def start(settings: packets.Settings) -> Process:
    """Start a helper and wait for its first words. Raises: SandboxError."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    errors = os.memfd_create("helper")
    with theirs, contextlib.ExitStack() as undo:
        undo.callback(os.close, errors)
        undo.callback(ours.close)
        pid = _spawn(theirs, errors)
        theirs.close()
        process = Process(pid, ours, errors, packets.Hello())
        undo.pop_all()
        undo.callback(process.end)
        hello = _greet(process, settings)
        undo.pop_all()
        return process._replace(hello=hello)


def _greet(process: Process, settings: packets.Settings) -> packets.Hello:
    process.control.settimeout(START)
    try:
        process.control.send(packets.pack(settings))
        said = process.control.recv(packets.LONGEST)
    except OSError:
        said = b""
    if not said:
        raise SandboxError("sandbox-unavailable", _why(process.errors))
    process.control.settimeout(None)
    hello = packets.hello(said)
    if hello.unsupported is not None:
        raise SandboxError("sandbox-unavailable", hello.unsupported)
    return hello


def numpy_paths() -> tuple[str, ...]:
    """Tell where NumPy may be installed, without importing anything to find out."""
    folders = ("site-packages", "dist-packages")
    return tuple(path for path in sys.path if os.path.basename(path) in folders)


def _spawn(theirs: socket.socket, errors: int) -> int:
    # A stub in the place of the package: its __init__ would load the whole grader, which is no
    # business of the helper's.
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    code = (
        "import sys, types; stub = sys.modules['grader'] = types.ModuleType('grader'); "
        f"stub.__path__ = [{folder!r}]; from grader.sandbox.helper import main; main()"
    )
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    above = 10  # beyond the descriptors that the actions below overwrite
    socket_above = fcntl.fcntl(theirs, fcntl.F_DUPFD_CLOEXEC, above)
    errors_above = fcntl.fcntl(errors, fcntl.F_DUPFD_CLOEXEC, above)
    try:
        return os.posix_spawn(
            sys.executable,
            [sys.executable, *_OPTIONS, code],
            {**_ENVIRONMENT, **passed_on},
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_DUP2, errors_above, 2),
                (os.POSIX_SPAWN_DUP2, socket_above, packets.CONTROL),
            ],
            setsid=True,
            setsigmask=(),
            setsigdef=(signal.SIGINT, signal.SIGTERM, signal.SIGXCPU),
        )
    except OSError as error:
        reason = f"the helper cannot be started: {error.strerror}"
        raise SandboxError("sandbox-unavailable", reason) from error
    finally:
        os.close(socket_above)
        os.close(errors_above)


def _why(errors: int) -> str:
    """Tell the last line that a helper wrote before it died."""
    size = os.fstat(errors).st_size
    lines = os.pread(errors, 1000, max(0, size - 1000)).decode("utf-8", "replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "no reason was given")
    return f"the helper ended while it started: {last}"


def _reap(pid: int) -> None:
    """Wait for the helper's end, which follows from the socket's, and make it where it is late."""
    deadline = time.monotonic() + _END
    pause = 0.0005
    while time.monotonic() < deadline:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return
        time.sleep(pause)
        pause = min(0.02, 2 * pause)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
