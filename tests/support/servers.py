"""A cluster of processes on this machine: a scheduler, and workers that nannies start again.

Only what runs in .ci/cluster has Dask, so it is imported where it is used.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


@contextmanager
def servers(workers: int, **env: str) -> Iterator[Any]:
    """Give a cluster; its scheduler and workers end with the test."""
    made = import_module("distributed").LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
        env=env,
    )
    with made as cluster:
        yield cluster


def client(address: str) -> Any:  # noqa: ANN401 - Dask is not here for type checkers
    """Return a client of the cluster, to be closed."""
    return import_module("distributed").Client(address)


def cluster(*arguments: object, **named: object) -> Any:  # noqa: ANN401 - the same
    """Return what `--scheduler` makes of an address."""
    return import_module("grader.cohort.scheduling").cluster(*arguments, **named)
