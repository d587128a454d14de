"""Code of a class on all cores: processes with a sandbox each, fed one hand-in after the other.

Each worker talks to its parent through a pipe of its own. So a worker that dies is known by what it
was at, which gets a second try and then a row that says that the grader failed; and when the parent
is killed, its end of the pipe closes and the worker ends, too.
"""

import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import NamedTuple

from grader.cohort.marking import Criteria, Marked, Marker
from grader.desk.catalogue import load_exercise
from grader.desk.intake import Received
from grader.sandbox.grader_side.running import RunSettings, run_in
from grader.sandbox.grader_side.sandbox import Sandbox
from grader.submission.origin import Origin
from grader.undisturbed import Undisturbed

_AHEAD = 2  # hand-ins that a worker has: the one it is at, and the next
_TRIES = 2
_LEAVE = 2.0  # seconds a worker gets to end its sandbox


class Errand(NamedTuple):
    """A hand-in to be run: its number, its bytes and kind, what its file and its report call it."""

    seq: int
    data: bytes
    kind: str
    name: str
    source: str
    digest: str | None


_BEGIN = (
    "import sys; sys.path[:] = {path!r}; from grader.cohort.workers import serve; serve({line})"
)


class _Worker:
    """A process and what it has been given, in order.

    It is a Python of its own, since what multiprocessing starts would run the command's script
    once more, which not every installer guards against.
    """

    def __init__(self, marking: Criteria) -> None:
        ours, theirs = socket.socketpair()
        with theirs, Undisturbed():  # a Ctrl-C reaches the whole group; the parent answers it
            self.process = subprocess.Popen(
                [sys.executable, "-c", _BEGIN.format(path=sys.path, line=theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self.line: Connection = Connection(ours.detach())
        self.tasks: deque[Errand] = deque()
        with suppress(OSError):
            self.line.send(marking)


class Workers:
    """As many workers as there are cores; the first task starts them."""

    def __init__(self, marking: Criteria, marker: Marker, count: int | None = None) -> None:
        """Start nothing yet."""
        self._marking = marking
        self._marker = marker
        self._count = count or cores()
        self._workers: list[_Worker] = []
        self._again: deque[Errand] = deque()
        self._tries: dict[int, int] = {}

    @property
    def at_work(self) -> bool:
        """Whether there is something that is not finished."""
        return bool(self._again) or any(worker.tasks for worker in self._workers)

    def submit(self, task: Errand) -> Iterator[tuple[Errand, Marked]]:
        """Hand over a task, after what has to be finished first; yield that."""
        while (worker := self._free()) is None:
            yield from self.finished()
        _hand_over(worker, task)

    def finished(self, patience: float | None = None) -> Iterator[tuple[Errand, Marked]]:
        """Wait until a worker has something; yield what there is."""
        while self._again and (worker := self._free()):
            _hand_over(worker, self._again.popleft())
        busy = [worker for worker in self._workers if worker.tasks]
        ready = wait([worker.line for worker in busy], patience)
        for worker in busy:
            if worker.line not in ready:
                continue
            try:
                marked = worker.line.recv()
            except (EOFError, OSError):
                yield from self._died(worker)
            else:
                yield worker.tasks.popleft(), marked

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.line.close()
        for worker in self._workers:
            try:
                worker.process.wait(_LEAVE)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
        self._workers.clear()

    def _free(self) -> _Worker | None:
        """Return the worker with least to do that can take more."""
        if len(self._workers) < self._count and all(worker.tasks for worker in self._workers):
            self._workers.append(_Worker(self._marking))
        worker = min(self._workers, key=lambda each: len(each.tasks))
        return worker if len(worker.tasks) < _AHEAD else None

    def _died(self, worker: _Worker) -> Iterator[tuple[Errand, Marked]]:
        """Blame what the worker was at, the second time; all else is done by another."""
        self._workers.remove(worker)
        worker.line.close()
        worker.process.kill()
        worker.process.wait()
        first, *rest = worker.tasks
        self._tries[first.seq] = self._tries.get(first.seq, 0) + 1
        if self._tries[first.seq] < _TRIES:
            rest.insert(0, first)
        else:
            yield first, self._marker.fault(first.source, first.digest)
        self._again.extend(rest)


def cores() -> int:
    """Return the cores that this process may use."""
    affinity: Callable[[int], Sequence[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _hand_over(worker: _Worker, task: Errand) -> None:
    worker.tasks.append(task)
    with suppress(OSError):  # it died; its end is seen when its answer is waited for
        worker.line.send(task)


def serve(descriptor: int) -> None:
    """Be a worker: answer each task until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    line: Connection = Connection(descriptor)
    marking: Criteria = line.recv()
    marker = Marker(marking, load_exercise(marking.exercise))
    settings = RunSettings(marking.function, marking.limits)
    with Sandbox() as sandbox, suppress(EOFError, OSError):
        while True:
            task: Errand = line.recv()
            origin = Origin(task.source, digest=task.digest)
            received = Received(task.data, task.kind, origin)
            run = run_in(sandbox, settings, task.name)
            line.send(marker.marked(partial(_same, received), task.source, run))


def _same(received: Received) -> Received:
    return received
