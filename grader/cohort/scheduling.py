"""--scheduler: a cluster that is there or is started here, looked at before it is used."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import dask
from distributed import Client, LocalCluster

from grader.cohort import benches
from grader.cohort.classrun import Hiring, own_crew
from grader.cohort.classwork import Crew
from grader.cohort.cluster import ALONE, GOING_ON, Cluster, steadily
from grader.errors import GraderError
from grader.text.inert import inert
from grader.text.lists import listed
from grader.version import VERSION

LOCAL = "local:"
_CONNECT = 10.0  # seconds
_SETTINGS = {
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.scheduler.allowed-failures": 3,
    "distributed.comm.timeouts.connect": f"{_CONNECT:.0f}s",
}


class ClusterError(GraderError):
    """The operator must act: a cluster cannot be reached, or its workers are not alike."""


@contextmanager
def cluster(address: str, hiring: Hiring, alone: float = ALONE) -> Iterator[Crew]:
    """Give the workers of the cluster at an address, or of `local:N` started here.

    Where no worker has come after so many seconds, this machine's own. Raises: ClusterError.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set(_SETTINGS), _client(address) as client:
        crew = _looked_at(client, hiring, alone)
        if crew is None:
            hiring.say(f"the cluster has had no worker for {alone:.0f} s; {GOING_ON}")
            with own_crew(hiring) as own:
                yield own
            return
        try:
            yield crew
        finally:
            crew.close()


def _looked_at(client: Client, hiring: Hiring, alone: float) -> Cluster | None:
    """Return the workers, once they are known to be alike; None if there are none for so long.

    Raises: ClusterError.
    """
    try:
        client.wait_for_workers(1, timeout=alone)
        _check_alike(client, hiring)
        return Cluster(client, hiring.job, hiring.say, alone)
    except TimeoutError:
        return None
    except OSError as error:
        raise ClusterError(
            f"the cluster's scheduler does not answer any more ({inert(str(error), 120)}); the "
            "same command goes on once it does, or without --scheduler"
        ) from None


@contextmanager
def _client(address: str) -> Iterator[Client]:
    if address.startswith(LOCAL):
        with (
            LocalCluster(
                n_workers=_count(address),
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            ) as here,
            Client(here) as client,
        ):
            yield client
        return
    try:
        client = Client(address, timeout=_CONNECT)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            f"--scheduler {inert(address, 80)}: no scheduler answers there "
            f"({inert(str(error), 120)}); write its address as in tcp://192.0.2.7:8786, or local:4"
        ) from None
    with client:
        yield client


def _count(address: str) -> int:
    text = address.removeprefix(LOCAL)
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:5]) <= 1000):
        raise ClusterError(
            f"--scheduler {inert(address, 80)}: after local: comes the number of workers, from 1 "
            "to 1,000, as in local:4"
        )
    return int(text)


def _check_alike(client: Client, hiring: Hiring) -> None:
    """Refuse workers that would give other rows than this machine. Raises: ClusterError."""
    ask = partial(client.run, benches.described, hiring.job, with_code=hiring.with_code)
    answers = steadily(lambda: ask(on_error="return"))
    # Workers that died while they were asked are others by now, or none.
    if any(isinstance(answer, OSError) for answer in answers.values()):
        answers = steadily(ask)
    digest = benches.described(hiring.job, with_code=False)[1]
    reasons = [
        f"{inert(worker, 60)}: {reason}"
        for worker, answer in sorted(answers.items())
        if (reason := _unlike(answer, digest))
    ]
    if reasons:
        raise ClusterError(
            f"not all workers of the cluster match this machine: {listed(reasons)}. Mend them, "
            "or leave --scheduler out"
        )


def _unlike(answer: object, digest: str) -> str:
    """Return how a worker is another than this machine, in words; "" if it is not."""
    if not isinstance(answer, tuple):
        return f"relu-grader {VERSION} cannot be used there ({inert(str(answer), 120)})"
    version, its_digest, reason = answer
    if version != VERSION:
        return f"it has relu-grader {inert(version, 40)}, this machine has {VERSION}"
    if its_digest != digest:
        return "it reads the exercise otherwise"
    return f"code cannot be run there: {inert(reason, 300)}" if reason else ""
