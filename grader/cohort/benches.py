"""What a Dask worker keeps between two batches of a class, and what it is asked before the first.

A batch is not run in the worker itself but in a process of its own, with a sandbox: so code that
kills its process does not kill the worker, and a worker that is killed takes that process along.
"""

import time
from threading import Lock, get_ident

from distributed import WorkerPlugin, get_worker
from distributed.worker import Worker

from grader.cohort.marking import Job, Marker
from grader.cohort.workers import Answer, Batch, Workers
from grader.sandbox.grader_side.health import examine
from grader.version import VERSION


class Bench(WorkerPlugin):
    """A worker's own processes for one run: one for each of its threads."""

    def __init__(self, job: Job) -> None:
        """Take what the run needs; it goes to each worker, also to those that come later."""
        self.job = job
        self.version = VERSION

    def setup(self, worker: Worker) -> None:
        """Begin on a worker."""
        self.lock = Lock()
        self.crews: dict[int, Workers] = {}

    def teardown(self, worker: Worker) -> None:
        """End with the run, or with the worker."""
        with self.lock:
            for crew in self.crews.values():
                crew.close()
            self.crews.clear()

    def crew(self) -> Workers:
        """Return the process of the thread that asks."""
        with self.lock:
            return self.crews.setdefault(get_ident(), Workers(self.job, 1, takes_all=True))


def run_batch(name: str, batch: Batch) -> tuple[list[Answer], float]:
    """Return the rows of a batch, and how many seconds that took; runs on a worker."""
    began = time.monotonic()
    bench = get_worker().plugins[name]
    if bench.version != VERSION:
        raise RuntimeError(f"version {VERSION} is installed here, not {bench.version}")
    crew: Workers = bench.crew()
    rows: dict[int, Answer] = {}
    for errand in batch:
        rows |= {done.seq: marked for done, marked in crew.submit(errand)}
    while crew.at_work:
        rows |= {done.seq: marked for done, marked in crew.finished()}
    return [rows[errand.seq] for errand in batch], time.monotonic() - began


def described(job: Job, *, with_code: bool) -> tuple[str, str, str]:
    """Return a worker's version, the digest of the exercise as read there, why code cannot run."""
    exercise = Marker.of(job).chosen.exercise
    health = examine() if with_code else None
    reason = "" if health is None or health.ok else health.reason or "the sandbox does not start"
    return VERSION, exercise.digest, reason
