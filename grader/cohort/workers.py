"""A class on all cores: processes with a sandbox each, fed one batch of hand-ins after the other.

Each worker talks to its parent through a pipe of its own. So a worker that dies is known by what it
was at: a batch is then done one by one, and a single hand-in gets a second try and then a row that
says that the grader failed. When the parent is killed, its end of the pipe closes and the worker
ends, too.
"""

import os
import signal
import subprocess
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import NamedTuple

from grader.cohort.marking import HandedBack, Job, Marked, Marker
from grader.cohort.peer import peer
from grader.desk.intake import Received
from grader.errors import SandboxError, SubmissionError
from grader.sandbox.grader_side.running import RunSettings, run_in
from grader.sandbox.grader_side.sandbox import Sandbox
from grader.submission.origin import Origin
from grader.submission.record import Entries, Run

_TOGETHER = 50  # hand-ins without code that are one batch: a twentieth of a second
_AHEAD = 2  # batches that a worker has: the one it is at, and the next
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
    student: str = ""  # where a variant is drawn by it


Batch = tuple[Errand, ...]
Answer = Marked | HandedBack
Done = Iterator[tuple[Errand, Answer]]


class _Worker:
    """A process and what it has been given, in order."""

    def __init__(self, job: Job) -> None:
        self.process, self.line = peer("grader.cohort.workers", job)
        self.tasks: deque[Batch] = deque()


class Workers:
    """As many workers as there are cores; the first task starts them.

    `takes_all`: they are also given what is not code, in batches; else it is for the caller.
    """

    def __init__(self, job: Job, count: int | None = None, *, takes_all: bool = False) -> None:
        """Start nothing yet."""
        self._job = job
        self.takes_all = takes_all
        self._gathered: list[Errand] = []
        self._count = count or cores()
        self._workers: list[_Worker] = []
        self._again: deque[Batch] = deque()
        self._tries: dict[int, int] = {}

    @property
    def at_work(self) -> bool:
        """Whether there is something that is not finished."""
        waiting = bool(self._again or self._gathered)
        return waiting or any(worker.tasks for worker in self._workers)

    def submit(self, errand: Errand) -> Done:
        """Take an errand, after what must be finished first; yield that. Code goes alone."""
        if errand.kind != "json":
            yield from self.submit_alone(errand)
            return
        self._gathered.append(errand)
        if len(self._gathered) >= _TOGETHER:
            yield from self._submit_gathered()

    def submit_alone(self, errand: Errand) -> Done:
        """Take an errand as a batch of its own."""
        yield from self._submit((errand,))

    def _submit_gathered(self) -> Done:
        batch, self._gathered = tuple(self._gathered), []
        yield from self._submit(batch)

    def _submit(self, batch: Batch) -> Done:
        while (worker := self._free()) is None:
            yield from self._answers(None)
        _hand_over(worker, batch)

    def finished(self, patience: float | None = None) -> Done:
        """Wait until a worker has something, or as long as asked; yield what there is."""
        if patience != 0 and self._gathered:  # whoever waits gives out what is left
            yield from self._submit_gathered()
        yield from self._answers(patience)

    def _answers(self, patience: float | None) -> Done:
        while self._again and (worker := self._free()):
            _hand_over(worker, self._again.popleft())
        busy = [worker for worker in self._workers if worker.tasks]
        ready = wait([worker.line for worker in busy], patience)
        for worker in busy:
            if worker.line not in ready:
                continue
            try:
                marked: Sequence[Answer] = worker.line.recv()
            except (EOFError, OSError):
                yield from self._died(worker)
            else:
                yield from zip(worker.tasks.popleft(), marked, strict=True)

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
            self._workers.append(_Worker(self._job))
        worker = min(self._workers, key=lambda each: len(each.tasks))
        return worker if len(worker.tasks) < _AHEAD else None

    def _died(self, worker: _Worker) -> Done:
        """Blame what the worker was at, the second time and alone; another does all else."""
        self._workers.remove(worker)
        worker.line.close()
        worker.process.kill()
        worker.process.wait()
        first, *rest = worker.tasks
        if len(first) > 1:
            rest = [*((errand,) for errand in first), *rest]
        else:
            (errand,) = first
            self._tries[errand.seq] = self._tries.get(errand.seq, 0) + 1
            if self._tries[errand.seq] < _TRIES:
                rest.insert(0, first)
            else:
                yield errand, Marker.of(self._job).fault(errand.source, errand.digest)
        self._again.extend(rest)


def cores() -> int:
    """Return the cores that this process may use."""
    affinity: Callable[[int], Sequence[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _hand_over(worker: _Worker, batch: Batch) -> None:
    worker.tasks.append(batch)
    with suppress(OSError):  # it died; its end is seen when its answer is waited for
        worker.line.send(batch)


def serve(descriptor: int) -> None:
    """Be a worker: answer each task until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    line: Connection = Connection(descriptor)
    job: Job = line.recv()
    marker = Marker.of(job)
    with Sandbox() as sandbox, suppress(EOFError, OSError):
        while True:
            batch: Batch = line.recv()
            line.send(
                [_answer(marker, errand, sandbox, in_columns=job.in_columns) for errand in batch]
            )


def _answer(marker: Marker, errand: Errand, sandbox: Sandbox, *, in_columns: bool) -> Answer:
    origin = Origin(errand.source, digest=errand.digest)
    received = Received(errand.data, errand.kind, origin)
    settings = RunSettings(marker.marking.function, marker.marking.limits)
    run = run_in(sandbox, settings, errand.name)
    if in_columns:
        run = _once(run)
        handed = marker.handed(received, run)
        if handed is not None:
            return handed
    return marker.marked(lambda: received, errand.source, run, errand.student)


def _once(run: Run) -> Run:
    """Return what runs each code once and answers the same when it is asked again."""
    heard: dict[tuple[bytes, str], Entries | SubmissionError | SandboxError] = {}

    def again(
        source: bytes, place: Callable[[int], str], notes: Sequence[str], kind: str = ""
    ) -> Entries:
        if (source, kind) not in heard:
            try:
                heard[source, kind] = run(source, place, notes, kind)
            except (SubmissionError, SandboxError) as error:
                heard[source, kind] = error
        found = heard[source, kind]
        if isinstance(found, Exception):
            raise found
        return found

    return again
