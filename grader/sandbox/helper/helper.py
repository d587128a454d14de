"""The helper: a clean process that has everything loaded and forks one child for each run.

It is trusted and stays so: it reads nothing that a child writes. It answers on one socket: first
what it has become, then for each request how its child ended. It ends when the socket does.
"""

import array
import contextlib
import errno
import functools
import gc
import importlib
import os
import select
import socket
import sys
import types
from collections.abc import Callable
from signal import SIG_DFL, SIGCONT, SIGINT, SIGKILL, signal
from typing import NamedTuple, NoReturn

from grader.sandbox.child import child, world
from grader.sandbox.child.leaving import sealed
from grader.sandbox.helper import landlock, probes
from grader.sandbox.helper.account import Account
from grader.sandbox.helper.cutoff import cut_off
from grader.sandbox.helper.kernel import Kernel, Unsupported
from grader.sandbox.helper.lockdown import Lockdown
from grader.sandbox.protocol import packets, wire
from grader.sandbox.protocol.limits import refused
from grader.sandbox.protocol.modules import CODECS, LATE_STANDARD, PRIVATE, STANDARD

_DESCRIPTORS_OF_A_REQUEST = 3
_GLANCE = 0.25  # seconds between two looks at whether a child was stopped


class Walls(NamedTuple):
    """What a child is shut in with, its helper's id, and its way out."""

    lockdown: Lockdown
    helper: int
    leave: Callable[[Callable[[], object]], NoReturn]
    clock: world.Clock
    builtins: types.ModuleType  # for the code alone
    kept: tuple[object, ...]  # to free it in a child would copy every page that it lies in


def main() -> Callable[[], NoReturn]:
    """Load, shut in, serve until the grader is gone.

    Returns in a child, with what it has to do: where a student's code runs, no frame of the helper
    is left that could tell of anybody else's.
    """
    control = socket.socket(fileno=packets.CONTROL)
    settings = packets.settings(control.recv(packets.LONGEST))
    try:
        kernel = Kernel.load()
        highest = kernel.highest()
        kernel.closing(packets.CONTROL + 1)()
        os.close(kernel.call("pidfd_open", os.getpid(), 0))
    except Unsupported as reason:
        control.send(packets.pack(packets.Hello(unsupported=str(reason))))
        os._exit(0)
    except OSError as error:
        control.send(packets.pack(packets.Hello(unsupported=refused(error))))
        os._exit(0)
    signal(SIGINT, SIG_DFL)  # sent by somebody else it is no exception of the code's
    came_with = _load(settings)
    with open("/proc/self/statm", "rb") as file:
        base = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    os.environ.clear()
    os.chdir("/")
    account = Account.made(kernel)
    try:
        place = cut_off(kernel, settings.avoid)
    except OSError as error:
        words = f"it has root's id here and {error.strerror}"
        control.send(packets.pack(packets.Hello(unsupported=words)))
        os._exit(0)
    interface = 0 if "landlock" in settings.avoid else landlock.version(kernel)
    lockdown = Lockdown.around_helper(kernel, place, interface, base, highest)
    numpy_version = getattr(sys.modules.get("numpy"), "__version__", None)
    own_id = place.user is not None
    hello = packets.Hello(place.name, place.refused, own_id, interface, numpy_version)
    _tidy(settings.modules)
    clock = world.same_everywhere()
    control.send(packets.pack(hello))
    kept = (control, account, came_with, settings, hello, kernel)
    walls = Walls(lockdown, os.getpid(), sealed(), clock, child.own_builtins(), kept)
    gc.freeze()
    return _serve(control, walls, account, came_with)


def _load(settings: packets.HelperSettings) -> dict[str, list[str]]:
    """Import everything that a child may need. Tells the modules that came with parts of NumPy."""
    gc.disable()
    sys.path.extend(settings.paths)
    codecs = (f"encodings.{codec}" for codec in CODECS)
    for name in (*STANDARD, *LATE_STANDARD, *codecs, *settings.modules):
        importlib.import_module(name)
    came_with = {}
    for name in settings.numpy:
        before = set(sys.modules)
        missing = ModuleNotFoundError if name == "numpy" else ImportError
        with contextlib.suppress(missing):  # no release of NumPy has every part of every other
            importlib.import_module(name)
        came_with[name] = sorted(set(sys.modules) - before)
    sys.path.clear()
    sys.path_importer_cache.clear()
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    gc.enable()
    return came_with


def _tidy(wanted: tuple[str, ...]) -> None:
    """Leave for the children nothing of the helper's to import."""
    for name in tuple(sys.modules):
        if name.partition(".")[0] in {*PRIVATE, "grader"} - {*wanted}:
            del sys.modules[name]


def _serve(
    control: socket.socket, walls: Walls, account: Account, came_with: dict[str, list[str]]
) -> Callable[[], NoReturn]:
    """Answer requests. Returns in a child only, with what it has to do."""
    while True:
        packet, descriptors = _receive(control)
        if not packet:
            os._exit(0)
        request = packets.request(packet)
        try:
            pid = os.fork()
        except OSError as error:
            account.refuse(error.errno or errno.EAGAIN)
        else:
            if pid == 0:
                hidden = _hidden(came_with, request.numpy)
                run = functools.partial(_become_child, descriptors, walls, request, hidden)
                return functools.partial(walls.leave, run)
            _wait(pid, control, request.limits.wall, account)
            if walls.lockdown.place.alone:
                _end_everyone()
        for descriptor in descriptors:
            os.close(descriptor)
        account.send(control)


def _hidden(came_with: dict[str, list[str]], given: tuple[str, ...]) -> tuple[str, ...]:
    """Tell the modules that came with parts of NumPy that this code has not asked for."""
    others = (names for part, names in came_with.items() if part not in given)
    return tuple(name for names in others if not {*names} & {*given} for name in names)


def _receive(control: socket.socket) -> "tuple[bytes, array.array[int]]":
    descriptors = array.array("i")
    room = socket.CMSG_SPACE(_DESCRIPTORS_OF_A_REQUEST * descriptors.itemsize)
    packet, extras, _, _ = control.recvmsg(packets.LONGEST, room, socket.MSG_CMSG_CLOEXEC)
    for _, _, data in extras:
        descriptors.frombytes(data)
    return packet, descriptors


def _wait(pid: int, control: socket.socket, wall: float, account: Account) -> None:
    """Wait for the child's end, or make it. Poll's clock is monotonic and stops in a suspend."""
    handle = os.pidfd_open(pid)
    poller = select.poll()
    poller.register(handle, select.POLLIN)
    poller.register(control, 0)  # only its hanging up is of interest
    ready: dict[int, int] = {}
    rest, stopped = max(0, wall), False
    while rest > 0 and not ready:
        ready = dict(poller.poll(min(rest, _GLANCE) * 1000))
        rest -= _GLANCE
        stopped = (not ready and _continued(pid)) or stopped
    os.close(handle)
    late = handle not in ready
    if late:
        os.kill(pid, SIGKILL)
    account.wait(pid, (packets.STOPPED if stopped else packets.LATE) if late else 0)
    if control.fileno() in ready:
        os._exit(0)


def _continued(pid: int) -> bool:
    """Let a child go on that somebody has stopped, which no code in it can do to itself."""
    if os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOHANG) is None:  # never its end
        return False
    os.kill(pid, SIGCONT)
    return True


def _end_everyone() -> None:
    """End whatever else lives in the helper's namespace: no child can leave anything behind."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def _become_child(
    descriptors: "array.array[int]", walls: Walls, request: packets.Request, hidden: tuple[str, ...]
) -> None:
    """Keep the three descriptors of the request, shut this process in, run."""
    source, out, printed = descriptors
    lockdown = walls.lockdown
    try:
        os.dup2(printed, 1)
        os.dup2(printed, 2)
        os.dup2(out, wire.OUT)
        os.dup2(source, wire.IN)
        lockdown.close_others()
        lockdown.around_child(request.limits, walls.helper)
        missing = probes.missing(lockdown) if request.probe else []
        lockdown.install_filter()
    except OSError as error:
        reason = f"{error.filename or 'a limit'}: {error.strerror}"
        os.write(wire.OUT, wire.FAULT + wire.text(reason) + b"\n")
        os._exit(1)
    world.begin(walls.clock)
    given = request.numpy if "numpy" in sys.modules else ()  # where it is missing, that is told
    job = child.prepare(given, hidden, walls.builtins)
    os.write(wire.OUT, wire.READY)
    if request.probe:
        probes.say(lockdown, request.limits.memory, missing)
    else:
        child.run(job)
