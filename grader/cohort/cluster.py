"""A class graded by a Dask cluster: whoever called sends bytes, gets rows, and alone writes them.

Theory of operation. A task is a batch of hand-ins: at least a hundred and, from what the last ones
took, half a second, because each costs the scheduler 20 ms. What it returns depends on nothing but
its bytes and the run's terms, so that a task that ran twice, as Dask allows itself, gave the same
rows; its key is made of both. At most four batches a worker are on their way, and what has arrived
is released, so the scheduler holds little. Dask counts a worker's death against every task it held;
so a batch that comes back failed is graded here, one hand-in at a time, where whoever kills its
worker is found. Where the cluster has had no worker for a minute, all that is left is graded here.
"""

import queue
import time
from asyncio import CancelledError
from collections.abc import Callable
from concurrent import futures
from contextlib import suppress
from typing import TypeVar

from distributed import Client, Future

from grader.cohort.benches import Bench, run_batch
from grader.cohort.marking import Job
from grader.cohort.workers import Answer, Batch, Done, Errand, Workers
from grader.text.digest import sha256

LEAST, MOST = 100, 5_000  # hand-ins a task
_LEAST_SECONDS = 0.5
_MOST_BYTES = 2**22  # a task's hand-ins go through the scheduler's memory
_IN_FLIGHT = 4  # tasks a worker
_RETRIES = 2
ALONE = 60.0  # seconds without a worker
Result = TypeVar("Result")
GOING_ON = "what is left is graded on this machine"
# What a client raises whose scheduler, or a worker whose rows it fetches, has gone.
_GONE = (OSError, RuntimeError, TimeoutError, CancelledError, futures.CancelledError)
_ASKED = 8
_LOOK = 1.0  # seconds between two looks at the cluster


class Cluster:
    """The workers of a cluster, as a run uses them; and this process's own for what fails there."""

    takes_all = True

    def __init__(
        self, client: Client, job: Job, say: Callable[[str], None], alone: float = ALONE
    ) -> None:
        """Take an open client, whose workers have been looked at."""
        self._client = client
        self._job = job
        self._say = say
        self._alone = alone
        self._name = _named(job)
        self._own = Workers(job, takes_all=True)
        self._gathered: list[Errand] = []
        self._bytes = 0
        self._sent: dict[Future, Batch] = {}
        self._arrived: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._size = LEAST
        self._number = 0
        self._workers = max(1, _count(client))
        self._seen = self._looked = time.monotonic()
        self._is_lost = False
        steadily(lambda: client.register_plugin(Bench(job), name=self._name))

    @property
    def at_work(self) -> bool:
        """Whether there is something that is not finished."""
        return bool(self._sent or self._gathered) or self._own.at_work

    def submit(self, errand: Errand) -> Done:
        """Take an errand, after what must be finished first; yield that."""
        if self._is_lost:
            yield from self._own.submit(errand)
            return
        self._gathered.append(errand)
        self._bytes += len(errand.data)
        if len(self._gathered) >= self._size or self._bytes >= _MOST_BYTES:
            yield from self._submit_gathered()

    def finished(self, patience: float | None = None) -> Done:
        """Wait until something is finished, so many seconds at most; yield what there is."""
        if patience != 0 and self._gathered:  # whoever waits gives out what is left
            yield from self._submit_gathered()
        if self._own.at_work:
            yield from self._own.finished(0 if self._sent else patience)
        yield from self._answers(0 if self._own.at_work else patience)

    def close(self) -> None:
        """Let go of the cluster's tasks, and end this process's own workers."""
        if self._client.status == "running":
            with suppress(*_GONE):  # nothing is left to do there
                self._client.cancel(list(self._sent), force=True)
                self._client.unregister_worker_plugin(self._name)
        self._own.close()

    def _submit_gathered(self) -> Done:
        batch, self._gathered, self._bytes = tuple(self._gathered), [], 0
        while not self._is_lost and len(self._sent) >= _IN_FLIGHT * self._workers:
            yield from self._answers(None)
        if self._is_lost:
            yield from self._here(batch)
            return
        self._number += 1
        identity = repr([each._replace(data=b"") for each in batch]).encode()
        content = sha256(identity).hexdigest()
        key = f"{self._name}-{self._number}-{content}"
        if self._client.status == "closed":
            yield from self._here(batch)
            yield from self._leave("the cluster's scheduler is gone")
            return
        future = self._client.submit(
            run_batch, self._name, batch, key=key, pure=False, retries=_RETRIES
        )
        self._sent[future] = batch
        future.add_done_callback(self._arrived.put)

    def _answers(self, patience: float | None) -> Done:
        """Wait for a task; yield its rows, and those of all others that are there."""
        until = None if patience is None else time.monotonic() + patience
        while self._sent:
            wait = _LOOK if until is None else max(0.0, min(_LOOK, until - time.monotonic()))
            try:
                future = self._arrived.get(timeout=wait)
            except queue.Empty:
                yield from self._look()
                if self._own.at_work or (until is not None and time.monotonic() >= until):
                    return
                continue
            yield from self._take(future)
            if self._arrived.empty():
                yield from self._look()
                return

    def _take(self, future: Future) -> Done:
        batch = self._sent.pop(future, None)
        if batch is None:
            return
        marked = _result(self._client, future)
        future.release()
        if marked is None or len(marked[0]) != len(batch):
            yield from self._here(batch)
            return
        rows, seconds = marked
        self._seen = time.monotonic()
        if seconds < _LEAST_SECONDS and len(batch) >= self._size:
            self._size = min(MOST, int(self._size * min(4.0, _LEAST_SECONDS / max(seconds, 0.01))))
        yield from zip(batch, rows, strict=True)

    def _here(self, batch: Batch) -> Done:
        """Give a batch to this process's own workers, one by one."""
        for errand in batch:
            yield from self._own.submit_alone(errand)

    def _look(self) -> Done:
        """See how many workers there are; go on without the cluster if there have long been none.

        A client whose scheduler has gone gives up by itself, and its tasks come back cancelled.
        """
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        count = _count(self._client)
        if count:
            self._workers, self._seen = count, now
        elif self._client.status == "closed":
            yield from self._leave("the cluster's scheduler is gone")
        elif now - self._seen >= self._alone:
            yield from self._leave(f"the cluster has had no worker for {self._alone:.0f} s")

    def _leave(self, reason: str) -> Done:
        """Go on without the cluster."""
        if self._is_lost:
            return
        self._is_lost = True
        self._say(f"{reason}; {GOING_ON}")
        sent, self._sent = self._sent, {}
        for batch in sent.values():
            yield from self._here(batch)


def steadily(work: Callable[[], Result]) -> Result:
    """Return what all workers are asked, once more where one of them dies meanwhile.

    Raises: OSError where that goes on.
    """
    for _ in range(_ASKED):
        try:
            return work()
        except OSError:
            time.sleep(_LOOK)
    return work()


def _count(client: Client) -> int:
    """Return how many workers there are; 0 where the scheduler does not answer."""
    try:
        return len(client.scheduler_info()["workers"]) if client.status == "running" else 0
    except _GONE:
        return 0


def _result(client: Client, future: Future) -> tuple[list[Answer], float] | None:
    """Return what a task gave; None where it failed."""
    if future.status != "finished":
        return None
    try:
        found: list[tuple[list[Answer], float]] = client.gather([future], errors="skip")
    except _GONE:
        return None
    return found[0] if found else None


def _named(job: Job) -> str:
    """Return what the run's tasks are called: two runs of the same terms have the same name."""
    identity = repr((job.marking, job.note, sorted(job.known))).encode()
    return f"grade-{sha256(identity + job.spec).hexdigest()[:16]}"
