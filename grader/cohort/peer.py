"""Another Python that works for this one, and the line between them.

It is a Python of its own, since what multiprocessing starts would run the command's script once
more, which not every installer guards against.
"""

import socket
import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import NamedTuple

from grader.undisturbed import Undisturbed

_BEGIN = "import sys; sys.path[:] = {path!r}; from {module} import serve; serve({line})"


class Peer(NamedTuple):
    """A process and this side of the line to it."""

    process: "subprocess.Popen[bytes]"
    line: Connection


def peer(module: str, task: object) -> Peer:
    """Start the module's `serve` in a process with the task. Raises: OSError.

    One that dies meanwhile is found out when its answer is waited for.
    """
    ours, theirs = socket.socketpair()
    with theirs, Undisturbed():  # a Ctrl-C reaches the whole group; the parent answers it
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _BEGIN.format(path=sys.path, module=module, line=theirs.fileno()),
            ],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
    line: Connection = Connection(ours.detach())
    with suppress(OSError):
        line.send(task)
    return Peer(process, line)
