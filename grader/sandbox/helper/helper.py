"""The helper: a clean process that has everything loaded and forks one child for each run.

It is trusted and stays so: it reads nothing that a child writes. It answers on one socket: first
what it has become, then for each request how its child ended. It ends when the socket does.
"""

import contextlib
import errno
import functools
import gc
import importlib
import os
import posix
import select
import socket
import struct
import sys
from _thread import allocate_lock
from collections.abc import Callable
from signal import SIG_DFL, SIGCONT, SIGINT, SIGKILL, signal
from typing import NamedTuple, NoReturn

from grader.sandbox.child import child, unpacking, world
from grader.sandbox.child.leaving import sealed
from grader.sandbox.helper import landlock, probes
from grader.sandbox.helper.account import Account
from grader.sandbox.helper.cutoff import RootIsKeptError, cut_off
from grader.sandbox.helper.kernel import Kernel, Unsupported
from grader.sandbox.helper.lockdown import Lockdown
from grader.sandbox.protocol import packets, wire
from grader.sandbox.protocol.limits import refused
from grader.sandbox.protocol.modules import CODECS, LATE_STANDARD, PRIVATE, STANDARD
from grader.sandbox.protocol.wire import IN, OUT, READY

_ROOM = socket.CMSG_SPACE(struct.calcsize("=3i"))  # for the descriptors of a request
_ROOT_IS_KEPT = (
    "it has root's id here and cannot change to another: start the grader as another user, or "
    "allow setresuid, setresgid and setgroups"
)
_GLANCE = 0.25  # seconds between two looks at whether a child was stopped


class Walls(NamedTuple):
    """What a child is shut in with, its helper's id, and its way out."""

    lockdown: Lockdown
    helper: int
    leave: Callable[[Callable[[], object]], NoReturn]
    clock: world.Clock
    stage: child.Stage
    came_with: dict[str, list[str]]  # the modules that came with parts of NumPy
    readers: dict[str, unpacking.Reader]


class Helper(NamedTuple):
    """What the helper needs to serve, in one record: a child frees as little as can be."""

    control: socket.socket
    account: Account
    poller: select.poll
    walls: Walls
    asked: dict[
        tuple[bytes, tuple[int, ...]], "Prepared"
    ]  # the last request, most often the next too
    kept: tuple[object, ...]  # to free it in a child would copy every page that it lies in


def main() -> Callable[[], NoReturn]:
    """Load, shut in, serve until the grader is gone.

    Returns in a child, with what it has to do: no frame of the helper is left where code runs.
    """
    return _serve(_shut_in(socket.socket(fileno=packets.CONTROL)))


def _shut_in(control: socket.socket) -> "Helper":
    """Load and shut in, and say so; where that cannot be done, say why and end."""
    settings = packets.settings(control.recv(packets.LONGEST))
    try:
        kernel = Kernel.load()
        highest = kernel.highest()
        kernel.closing(packets.CONTROL + 1)()
        os.close(kernel.call("pidfd_open", os.getpid(), 0))
    except Unsupported as reason:
        _give_up(control, str(reason))
    except OSError as error:
        _give_up(control, refused(error))
    signal(SIGINT, SIG_DFL)  # sent by somebody else it is no exception of the code's
    came_with = _load(settings)
    readers = _readers(settings.readers)
    with open("/proc/self/statm", "rb") as file:
        base = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    os.environ.clear()
    os.chdir("/")
    account = Account.made(kernel)
    interface = 0 if "landlock" in settings.avoid else landlock.version(kernel)
    try:
        place = cut_off(kernel, settings.avoid)
        lockdown = Lockdown.around_helper(kernel, place, interface, base, highest)
    except RootIsKeptError:
        _give_up(control, _ROOT_IS_KEPT)
    except OSError as error:
        _give_up(control, refused(error))
    numpy_version = getattr(sys.modules.get("numpy"), "__version__", None)
    own_id = place.user is not None
    hello = packets.Hello(place.name, place.refused, own_id, lockdown.landlock, numpy_version)
    _tidy(settings.modules)
    own_pid, clock = os.getpid(), world.same_everywhere()
    control.send(packets.pack(hello))
    kept = (settings, hello, kernel, sys.modules["__main__"])
    stage = child.staged()
    child.open_stage(stage)
    poller = select.poll()
    poller.register(control, 0)  # only its hanging up is of interest
    walls = Walls(lockdown, own_pid, sealed(), clock, stage, came_with, readers)
    return Helper(control, account, poller, walls, {}, kept)


def _give_up(control: socket.socket, reason: str) -> NoReturn:
    control.send(packets.pack(packets.Hello(unsupported=reason)))
    os._exit(0)


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
    os.register_at_fork = posix.register_at_fork  # see `spawning`
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    gc.enable()
    return came_with


def _readers(kinds: tuple[str, ...]) -> dict[str, unpacking.Reader]:
    """Import what reads files with weights; then nothing can be imported any more."""
    sources = "grader.submission.sources"
    readers = {kind: importlib.import_module(f"{sources}.{kind}").layers for kind in kinds}
    sys.path.clear()
    sys.path_importer_cache.clear()
    return readers


def _tidy(wanted: tuple[str, ...]) -> None:
    """Leave for the children nothing of the helper's to import."""
    for name in tuple(sys.modules):
        if name.partition(".")[0] in {*PRIVATE, "grader"} - {*wanted}:
            del sys.modules[name]


class Prepared(NamedTuple):
    """A request, and what a child has to do for it."""

    request: packets.Request
    todo: Callable[[], NoReturn]


def _serve(own: Helper) -> Callable[[], NoReturn]:
    """Answer requests. Returns in a child only, with what it has to do."""
    gc.freeze()
    while True:
        packet, descriptors = _receive(own.control)
        if not packet:
            os._exit(0)
        # Before the fork: what is made or found out here is neither made nor copied by a child.
        asked = own.asked.get((packet, descriptors)) or _asked(own, packet, descriptors)
        todo = asked.todo
        allocate_lock()  # as the fork is about to: a child would put the free memory in order
        try:
            pid = os.fork()
        except OSError as error:
            own.account.refuse(error.errno or errno.EAGAIN)
        else:
            if pid == 0:
                return todo
            if asked.request.probe:
                child.rehearse(own.walls.stage)
                gc.freeze()
            _wait(pid, own, asked.request.limits.wall)
        for descriptor in descriptors:
            os.close(descriptor)
        own.account.send(own.control)


def _asked(own: Helper, packet: bytes, descriptors: tuple[int, ...]) -> Prepared:
    """Read a request, and make ready what its child has to do."""
    request = packets.request(packet)
    # Where NumPy itself is missing, that is what is to be told.
    own.walls.stage.finder.given = request.numpy if "numpy" in sys.modules else ()
    run = _becoming_child(own, request, descriptors)
    own.asked.clear()
    own.asked[packet, descriptors] = Prepared(request, functools.partial(own.walls.leave, run))
    return own.asked[packet, descriptors]


def _hidden(came_with: dict[str, list[str]], given: tuple[str, ...]) -> tuple[str, ...]:
    """Tell the modules that came with parts of NumPy that this code has not asked for."""
    others = (names for part, names in came_with.items() if part not in given)
    return tuple(name for names in others if not {*names} & {*given} for name in names)


def _receive(control: socket.socket) -> tuple[bytes, tuple[int, ...]]:
    packet, extras, _, _ = control.recvmsg(packets.LONGEST_REQUEST, _ROOM, socket.MSG_CMSG_CLOEXEC)
    return packet, tuple(one for _, _, data in extras for one in struct.unpack("=3i", data))


def _wait(pid: int, own: Helper, wall: float) -> None:
    """Wait for the child's end, or make it. Poll's clock is monotonic and stops in a suspend."""
    poller = own.poller
    handle = os.pidfd_open(pid)
    poller.register(handle, select.POLLIN)
    ready: list[int] = []
    rest, stopped = max(0, wall), False
    while rest > 0 and not ready:
        ready = [descriptor for descriptor, _ in poller.poll(min(rest, _GLANCE) * 1000)]
        rest -= _GLANCE
        stopped = (not ready and _continued(pid)) or stopped
    poller.unregister(handle)
    os.close(handle)
    late = handle not in ready
    if late:
        os.kill(pid, SIGKILL)
    own.account.wait(pid, (packets.STOPPED if stopped else packets.LATE) if late else 0)
    if packets.CONTROL in ready:
        os._exit(0)
    if own.walls.lockdown.place.alone:
        _end_everyone(own.account)


def _continued(pid: int) -> bool:
    """Let a child go on that somebody has stopped, which no code in it can do to itself."""
    if os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOHANG) is None:  # never its end
        return False
    os.kill(pid, SIGCONT)
    return True


def _end_everyone(account: Account) -> None:
    """End whatever else lives in the helper's namespace: no child can leave anything behind."""
    if account.libc.kill(-1, SIGKILL) == 0:
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)


def _becoming_child(
    own: Helper, request: packets.Request, descriptors: tuple[int, ...]
) -> Callable[[], None]:
    """Return what a child does: keep three descriptors, shut itself in, run.

    All that it needs is looked up here, since each look-up in a child copies pages.
    """
    source, out, printed = descriptors
    walls = own.walls
    lockdown, stage = walls.lockdown, walls.stage
    is_probe, memory = request.probe, request.limits.memory
    close_others, install_filter = lockdown.close_others, lockdown.install_filter
    shut_in = lockdown.around_child(request.limits, walls.helper)
    hidden, begin = _hidden(walls.came_with, request.numpy), walls.clock.begin
    dup2, write, run, received, say = os.dup2, os.write, child.run, child.received, child.say
    reader = walls.readers.get(request.reader)

    def become_child() -> None:
        missing: list[str] = []
        try:
            dup2(printed, 1)
            dup2(printed, 2)
            dup2(out, OUT)
            dup2(source, IN)
            close_others()
            shut_in()
            if is_probe:
                missing = probes.missing(own.walls.lockdown)
            install_filter()
        except OSError as error:
            reason = refused(error) if error.filename else str(error.strerror)
            write(OUT, wire.FAULT + wire.text(reason) + b"\n")
            os._exit(1)
        begin()
        if hidden:
            child.hide(hidden)
        code = received()
        write(OUT, READY)
        if is_probe:
            probes.say(own.walls.lockdown, memory, missing)
        elif reader is not None:
            say(unpacking.answer(reader, code.source))
        else:
            say(run(code, stage))

    return become_child
