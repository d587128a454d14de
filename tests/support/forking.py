"""The commands without the start of an interpreter: a process that has imported them forks.

Run as a program it is that process. What is asked of it comes through the socket that is its
standard input: three files to be the standard streams of a new process, and the words. A forked
process does what the installed command's script does; only the seed of hashes is the same for all
of one server's. It has one thread, so it can fork at any time.
"""

import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryFile
from typing import Any

BIN = Path(sys.executable).parent
TIMEOUT = 60
_SIZE = 8
_STREAMS = ("stdin", "stdout", "stderr")
# Parts that need an extra, and those that run only where a student's code does.
_NOT_HERE = ("grader.labs.setting", "grader.labs.widget", "grader.sandbox.child")


def forked(
    words: Sequence[str], stdin: bytes, cwd: str, env: Mapping[str, str]
) -> tuple[int, str, str]:
    """Run a command, its name first; return exit status, standard output and standard error."""
    with TemporaryFile() as into, ThreadPoolExecutor(2) as reading:
        into.write(stdin)
        into.seek(0)
        (out, from_it), (err, of_it) = os.pipe(), os.pipe()
        try:
            child = _asked(
                {"words": words, "cwd": cwd, "env": dict(env)}, (into.fileno(), from_it, of_it)
            )
        finally:
            os.close(from_it)
            os.close(of_it)
        said = [reading.submit(_whole, descriptor) for descriptor in (out, err)]
        status = ended()
        if status is None:
            os.kill(child, signal.SIGKILL)
            ended()
            raise TimeoutError(words)
        shown, told = (each.result() for each in said)
        return status, shown, told


def _whole(descriptor: int) -> str:
    with open(descriptor, "rb") as file:
        return file.read().decode()


def _asked(what: Mapping[str, Any], streams: Sequence[int]) -> int:
    """Have a process forked, and return its id."""
    server, data = _server(), json.dumps(what).encode()
    socket.send_fds(server, [len(data).to_bytes(_SIZE)], streams)
    server.sendall(data)
    return int(_line(server))


def begun(words: Sequence[str], env: Mapping[str, str]) -> int:
    """Start a command whose output nobody reads, in a session of its own; return its process id."""
    with open(os.devnull, "r+b") as null:
        what = {"words": words, "cwd": os.getcwd(), "env": dict(env), "session": True}
        return _asked(what, (null.fileno(),) * 3)


def ended(seconds: float = TIMEOUT) -> int | None:
    """Return the exit status of the command that runs, or None if it still does after that time."""
    _server().settimeout(seconds)
    try:
        return int(_line(_server()))
    except TimeoutError:
        return None
    finally:
        _server().settimeout(TIMEOUT)


def _line(server: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        piece = server.recv(1)
        assert piece, "the process that forks has ended"
        line += piece
    return line


@cache
def _server() -> socket.socket:
    """Start the process that forks; it ends when this one does, for then its socket closes."""
    here, there = socket.socketpair()
    here.settimeout(TIMEOUT)
    with there:
        files = [(os.POSIX_SPAWN_DUP2, there.fileno(), 0)]
        os.posix_spawn(sys.executable, [sys.executable, __file__], os.environ, file_actions=files)
    return here


def _serve() -> int:
    """Fork for each request; return in a forked process what the command returned there."""
    client = socket.socket(fileno=os.dup(0))
    while True:
        head, descriptors, _, _ = socket.recv_fds(client, _SIZE, 3)
        if not head:
            return 0
        what = json.loads(_received(client, int.from_bytes(head)))
        child = os.fork()
        if child == 0:
            client.close()
            return _commanded(what, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        client.sendall(f"{child}\n".encode())
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        client.sendall(f"{status}\n".encode())


def _received(client: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += client.recv(size - len(data))
    return data


def _commanded(what: Mapping[str, Any], descriptors: Sequence[int]) -> int:
    if what.get("session"):
        os.setsid()
    for number, (descriptor, name) in enumerate(zip(descriptors, _STREAMS, strict=True)):
        os.dup2(descriptor, number)
        os.close(descriptor)
        old = getattr(sys, name)  # knows whether it could seek
        mode = "w" if number else "r"
        new = open(number, mode, encoding=old.encoding, errors=old.errors, closefd=False)  # noqa: SIM115 - to the end
        setattr(sys, name, new)
    os.chdir(what["cwd"])
    os.environ.clear()
    os.environ.update(what["env"])
    name, *rest = what["words"]
    sys.argv = [str(BIN / name), *rest]
    return int(getattr(import_module("grader.cli.start"), name)())


def _import_all() -> None:
    grader = import_module("grader")
    for module in walk_packages(grader.__path__, "grader."):
        if not module.name.startswith(_NOT_HERE):
            with suppress(ImportError):  # of an extra: who needs it says so
                import_module(module.name)


if __name__ == "__main__":
    sys.path[0] = str(BIN)  # as it is for the installed command's script
    _import_all()
    gc.freeze()  # what all of them share is neither looked through nor taken apart in each
    os._exit(_serve())
