"""Tables and the census: python bench/tables.py WHAT, in an environment with the extra `class`.

`lines`: JSON lines to gradebook.csv, mistakes included, as a whole process, over the bare pipeline:
Polars reads, NumPy evaluates at the knots, Polars writes CSV. `memory`: the largest process's peak
in MiB meanwhile.
`growth`: ten times as many rows over one time. `parquet`: microseconds for each row and core.
`census`: seconds for all settings of the lab. Four in ten numbers are anywhere on the sliders.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

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


def seconds(*command: str | Path) -> float:
    """Return how long a process takes."""
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start


def graded(table: Path, folder: Path) -> float:
    """Return how long grading a table takes, as a whole process."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    command = Path(sys.executable).parent / "grade"
    return seconds(command, "-e", LAB, table, "-o", f"{out}{os.sep}", "--quiet")


def main(what: str, rows: int = 1_000_000) -> float:
    """Return one figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if what == "census":
            return seconds(Path(sys.executable).parent / "grader", "census", LAB)
        if what == "parquet":
            table = made(folder / "t.parquet", 10 * rows)
            return graded(table, folder) * len(os.sched_getaffinity(0)) / (10 * rows) * 1e6
        table = made(folder / "t.jsonl", rows)
        if what == "growth":
            many = made(folder / "many.jsonl", 10 * rows)
            return graded(many, folder) / graded(table, folder)
        ours = graded(table, folder)
        if what == "memory":
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        bare = seconds(sys.executable, "-c", BARE, table, folder / "bare.csv")
        return min(ours, graded(table, folder)) / min(
            bare, seconds(sys.executable, "-c", BARE, table, folder / "bare.csv")
        )


if __name__ == "__main__":
    print(main(sys.argv[1], *map(int, sys.argv[2:])))
