"""Tables and the census: python bench/tables.py WHAT, in an environment with the extra `class`.

`lines`: JSON lines to gradebook.csv, mistakes included, as a whole process, over the bare pipeline:
Polars reads, NumPy evaluates at the knots, Polars writes CSV. `memory`: the largest process's peak
in MiB meanwhile.
`growth`: ten times as many rows over one time. `parquet`: microseconds for each row and core.
`census`: seconds for all settings of the lab. Four in ten numbers are anywhere on the sliders.

Each figure but memory is given by the clock and by the processors' time, which says the same on a
machine that others use, too; `parquet` and `census` by the latter are of all cores together.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np
import polars as pl

LAB = "relu-three-segments"
ANYWHERE = 0.4
NAMES = ("w1", "b1", "w2", "b2")
RIGHT = ((1, -1, 2, -4), (2, -4, 1, -1), (1, -1, 3, -6), (3, -3, 2, -4), (1, -1, 0, 0))
BARE = """
import sys, numpy as np, polars as pl
table = pl.read_ndjson(sys.argv[1])
w1, b1, w2, b2 = (table[name].to_numpy().astype(float) for name in ("w1", "b1", "w2", "b2"))
worst = np.zeros(len(w1))
with np.errstate(all="ignore"):
    for x in (0.0, 1.0, 2.0, 3.0, -b1 / w1, -b2 / w2):
        x = np.clip(np.nan_to_num(x, posinf=0, neginf=0), 0, 3)
        f = np.maximum(2 - 2 * x, 0) + np.maximum(w1 * x + b1, 0) + np.maximum(w2 * x + b2, 0)
        target = np.maximum(2 - 2 * x, np.maximum(x - 1, 3 * x - 5))
        worst = np.maximum(worst, np.abs(f - target))
table.with_columns(worst=pl.Series(worst)).write_csv(sys.argv[2])
"""


def made(path: Path, rows: int) -> Path:
    """Write a table, by the ending of its name."""
    luck = np.random.default_rng(3)
    values = np.array(RIGHT, float)[luck.integers(0, len(RIGHT), rows)]
    anywhere = np.round(luck.uniform(-4, 4, values.shape), 1)
    values = np.where(luck.random(values.shape) < ANYWHERE, anywhere, values)
    columns = {name: values[:, n] for n, name in enumerate(NAMES)}
    table = pl.DataFrame({"student": [f"s{n}" for n in range(rows)], **columns})
    (table.write_parquet if path.suffix == ".parquet" else table.write_ndjson)(path)
    return path


class Spent(NamedTuple):
    """Seconds by the clock, and of the processors."""

    wall: float
    busy: float


def spent(*command: str | Path) -> Spent:
    """Return what a process takes; Python keeps what it has compiled."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start, busy = perf_counter(), sum(os.times()[:4])
    subprocess.run(command, check=True, capture_output=True, env=kept)
    return Spent(perf_counter() - start, sum(os.times()[:4]) - busy)


def graded(table: Path, folder: Path) -> Spent:
    """Return what grading a table takes, as a whole process."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    command = Path(sys.executable).parent / "grade"
    return spent(command, "-e", LAB, table, "-o", f"{out}{os.sep}", "--quiet")


def least(work: Callable[[], Spent]) -> Spent:
    """Return the least of two times, by each measure."""
    return Spent(*map(min, work(), work()))


def over(one: Spent, other: Spent) -> str:
    """Return a ratio by both measures."""
    return f"{one.wall / other.wall:.2f}, of processor time {one.busy / other.busy:.2f}"


def main(what: str, rows: int = 1_000_000) -> str:
    """Return one figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if what == "census":
            taken = spent(Path(sys.executable).parent / "grader", "census", LAB)
            return f"{taken.wall:.1f} s, of processor time {taken.busy:.1f} s"
        if what == "parquet":
            taken = graded(made(folder / "t.parquet", 10 * rows), folder)
            each = taken.wall * len(os.sched_getaffinity(0)) / (10 * rows) * 1e6
            return f"{each:.2f} us, of processor time {taken.busy / (10 * rows) * 1e6:.2f} us"
        table = made(folder / "t.jsonl", rows)
        if what == "growth":
            many = made(folder / "many.jsonl", 10 * rows)
            return over(graded(many, folder), graded(table, folder))
        if what == "memory":
            graded(table, folder)
            return f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB"
        bare = least(lambda: spent(sys.executable, "-c", BARE, table, folder / "bare.csv"))
        return over(least(lambda: graded(table, folder)), bare)


if __name__ == "__main__":
    print(main(sys.argv[1], *map(int, sys.argv[2:])))
