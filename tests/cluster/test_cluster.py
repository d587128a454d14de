"""A class on a real cluster: the same bytes as on one machine, whatever dies meanwhile."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from classes_made import outputs, run_class
from command import BIN, LAB, environment
from grader.cohort.classrun import Hiring
from grader.cohort.marking import Criteria, Job, Marked, job_of
from grader.cohort.workers import Errand
from grader.desk.catalogue import load_exercise
from servers import client, cluster, servers

pytestmark = pytest.mark.cluster
FORMS = ("--reports", "json")


@pytest.fixture(scope="module")
def job() -> Job:
    return job_of(Criteria(LAB), load_exercise(LAB))


def errand(seq: int, data: Any = b"") -> Errand:  # noqa: ANN401 - what dies when it is read, too
    text = data or b'{"w1": 1, "b1": -1, "w2": 2, "b2": %d}' % -(seq % 7)
    return Errand(seq, text, "json", "s.json", f"s{seq}.json", f"{seq}")


def graded(
    address: str, hiring: Hiring, errands: Iterable[Errand], alone: float = 60.0
) -> dict[int, Marked]:
    """Grade errands on a cluster; none may come back twice."""
    found: list[tuple[int, Marked]] = []
    with cluster(address, hiring, alone) as crew:
        for each in errands:
            found += [(done.seq, marked) for done, marked in crew.submit(each)]
        while crew.at_work:
            found += [(done.seq, marked) for done, marked in crew.finished()]
    assert sorted(seq for seq, _ in found) == list(range(len(found)))
    return dict(found)


def test_started_here_it_leaves_the_same_bytes(
    collection: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    answer = run_class(collection, tmp_path / "out", *FORMS, "--scheduler", "local:2")
    assert (answer.status, "Traceback" in answer.err) == (0, False)
    assert outputs(tmp_path / "out") == alone


def test_workers_that_are_killed_cost_nothing_and_double_nothing(
    collection: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with servers(2) as here, client(here.scheduler_address) as asking:
        command = [BIN / "grade", "-e", LAB, collection, "-o", f"{out}/", *FORMS, "--quiet"]
        command += ["--scheduler", here.scheduler_address]
        killed: set[int] = set()
        with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE) as process:
            while process.poll() is None and len(killed) < 3:
                time.sleep(0.7)
                # The workers that are up, of which a new one is killed before its batch is done.
                for pid in set(asking.run(os.getpid, on_error="ignore").values()) - killed:
                    if (out / "journal").exists():
                        killed.add(pid)
                        os.kill(pid, signal.SIGKILL)
                        break
            _, said = process.communicate(timeout=240)
    assert (process.returncode, said) == (0, b"")
    assert killed
    assert outputs(out) == alone


def test_a_batch_that_kills_each_worker_is_graded_here_singly(job: Job) -> None:
    said: list[str] = []

    class Deadly:
        """Bytes, save where a worker of the cluster unpickles them."""

        def __len__(self) -> int:
            return 10

        def __reduce__(self) -> tuple[Any, ...]:
            words = "(__import__('os').environ.get('DIES') and __import__('os')._exit(1)) or b'{}'"
            return eval, (words,)

    errands = [errand(seq, Deadly() if seq == 150 else None) for seq in range(300)]
    with servers(2, DIES="1") as here:
        found = graded(here.scheduler_address, Hiring(job, 300, False, said.append), errands)  # noqa: FBT003 - a fact
    assert [seq for seq, each in found.items() if each.row.status != "graded"] == [150]
    assert found[150].row.error == "missing-parameter"
    assert found[299].row.score is not None


def test_without_a_scheduler_it_goes_on_here(job: Job) -> None:
    said: list[str] = []
    half = threading.Event()
    here = servers(1)
    address = here.__enter__().scheduler_address

    def stop() -> None:
        half.wait(100)
        here.__exit__(None, None, None)

    def errands() -> Iterator[Errand]:
        for seq in range(2000):
            if seq == 1000:
                half.set()
                stopping.join(100)
            yield errand(seq)

    stopping = threading.Thread(target=stop)
    stopping.start()
    found = graded(address, Hiring(job, 2000, False, said.append), errands())  # noqa: FBT003 - a fact
    assert {each.row.status for each in found.values()} == {"graded"}
    assert said == ["the cluster's scheduler is gone; what is left is graded on this machine"]


@pytest.mark.parametrize("workers", [0, 1])
def test_without_a_worker_it_goes_on_here(workers: int, job: Job) -> None:
    said: list[str] = []
    with servers(workers) as here:
        hiring = Hiring(job, 300, False, said.append)  # noqa: FBT003 - a fact
        if workers:
            threading.Timer(1.5, here.scale, [0]).start()
        errands = [errand(seq) for seq in range(3000 if workers else 300)]
        found = graded(here.scheduler_address, hiring, errands, alone=3.0)
    assert len(found) == len(errands)
    if not workers:
        assert said == [
            "the cluster has had no worker for 3 s; what is left is graded on this machine"
        ]


def test_workers_of_another_version_are_refused_in_words(collection: Path, tmp_path: Path) -> None:
    with servers(1) as here, client(here.scheduler_address) as asking:
        asking.run(exec, "import grader.cohort.benches as b; b.VERSION = '0.0.1'")
        words = ("--scheduler", here.scheduler_address)
        answer = run_class(collection, tmp_path / "out", *words)
    assert answer.status == 2
    assert "not all workers of the cluster match this machine: tcp://127.0.0.1:" in answer.err
    assert "it has relu-grader 0.0.1, this machine has" in answer.err
    assert "Mend them, or leave --scheduler out" in answer.err
    assert "Written" not in answer.out


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("tcp://127.0.0.1:9", "no scheduler answers there"),
        ("here", "no scheduler answers there"),
        ("local:0", "after local: comes the number of workers, from 1 to 1,000, as in local:4"),
        ("local:x", "after local: comes the number of workers, from 1 to 1,000, as in local:4"),
    ],
)
def test_an_address_of_nothing_is_refused_in_words(
    address: str, reason: str, collection: Path, tmp_path: Path
) -> None:
    answer = run_class(collection, tmp_path / "out", "--scheduler", address, "--quiet")
    assert (answer.status, reason in answer.err, answer.out) == (2, True, "")
