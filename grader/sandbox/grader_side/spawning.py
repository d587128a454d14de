"""Starting a helper, and nothing more: a command does this before it loads the rest of itself.

What is passed in is literal: a handful of environment variables, no path but this package's, and no
descriptor but the socket. The helper gets a session of its own, so that Ctrl-C reaches only the
grader, which then ends the helper. Until a run is asked for, it loads modules and cuts itself off.
"""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from grader.errors import SandboxError
from grader.sandbox.protocol.limits import ran_out, refused
from grader.sandbox.protocol.packets import CONTROL, HelperSettings, pack

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
_PACKAGE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


_DEFAULT_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGXCPU)


class Start(NamedTuple):
    """A program's words and environment."""

    words: list[str]
    environment: dict[str, str]


class Spawned(NamedTuple):
    """A helper that has its settings and nothing else yet, and the socket to it."""

    settings: HelperSettings
    pid: int
    control: socket.socket
    errors: int  # descriptor of a memory file that takes the helper's own standard error

    def end(self) -> None:
        """End the helper at once; does nothing where it was ended already, however."""
        if self.control.fileno() < 0:
            return
        self.control.close()
        os.close(self.errors)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def spawn(settings: HelperSettings) -> Spawned:
    """Start a helper and tell it its settings. Raises: SandboxError."""
    with _naming("socketpair"):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        try:
            with _naming("memfd_create"):
                errors = os.memfd_create("helper")
        except SandboxError:
            ours.close()
            raise
        try:
            ours.send(pack(settings))
            return Spawned(settings, _spawned(theirs, errors), ours, errors)
        except BaseException:
            ours.close()
            os.close(errors)
            raise


@contextmanager
def _naming(call: str) -> Iterator[None]:
    """Tell which system call was refused. Raises: SandboxError."""
    try:
        yield
    except OSError as error:
        raise SandboxError("sandbox-unavailable", refused(error, call)) from error


def numpy_paths() -> tuple[str, ...]:
    """Tell where NumPy may be installed, without importing anything to find out.

    Beside this package it may be, too: a bundle has both in one folder, whatever its name is.
    """
    folders = ("site-packages", "dist-packages")
    installed = tuple(path for path in sys.path if os.path.basename(path) in folders)
    beside = os.path.dirname(_PACKAGE)
    here = () if beside in installed or not os.path.isdir(f"{beside}/numpy") else (beside,)
    return (*here, *installed)


def _spawned(theirs: socket.socket, errors: int) -> int:
    import fcntl  # noqa: PLC0415 - not on every system, and the ways around code are

    # A stub in the place of the package: its __init__ would load the whole grader, which is no
    # business of the helper's.
    # Nothing is to be done after a fork: `random` would seed itself anew from the system, which no
    # run may, `threading` would forget threads that there are not, and a child would copy the pages
    # for it. The helper puts the function back.
    code = (
        "import os, sys, types; os.register_at_fork = lambda **_: None; "
        "stub = sys.modules['grader'] = types.ModuleType('grader'); "
        f"stub.__path__ = [{_PACKAGE!r}]; from grader.sandbox.helper.helper import main; main()()"
    )
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    above = 10  # beyond the descriptors that the actions below overwrite
    socket_above = fcntl.fcntl(theirs, fcntl.F_DUPFD_CLOEXEC, above)
    errors_above = fcntl.fcntl(errors, fcntl.F_DUPFD_CLOEXEC, above)
    start = Start([sys.executable, *_OPTIONS, code], {**_ENVIRONMENT, **passed_on})
    try:
        try:
            return _by_posix_spawn(start, errors_above, socket_above)
        except PermissionError:  # a filter of before clone3 refuses it in place of not knowing it
            return _by_fork(start, errors_above, socket_above)
    except OSError as error:
        reason = f"the helper cannot be started: {ran_out(error)}"
        raise SandboxError("sandbox-unavailable", reason) from error
    finally:
        os.close(socket_above)
        os.close(errors_above)


def _by_posix_spawn(start: Start, errors: int, control: int) -> int:
    return os.posix_spawn(
        start.words[0],
        start.words,
        start.environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, errors, 2),
            (os.POSIX_SPAWN_DUP2, control, CONTROL),
        ],
        setsid=True,
        setsigmask=(),
        setsigdef=_DEFAULT_SIGNALS,
    )


def _by_fork(start: Start, errors: int, control: int) -> int:
    """Do the same by the older calls, which every filter knows; slower where memory is large."""
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        for descriptor, flags in ((0, os.O_RDONLY), (1, os.O_WRONLY)):
            os.dup2(os.open(os.devnull, flags), descriptor)
        os.dup2(errors, 2)
        os.dup2(control, CONTROL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        for one in _DEFAULT_SIGNALS:
            signal.signal(one, signal.SIG_DFL)
        os.execve(start.words[0], start.words, start.environment)  # noqa: S606 - our own helper
    finally:
        os._exit(127)
