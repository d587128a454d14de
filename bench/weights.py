"""What trained networks cost, as ratios measured in one run, with the two sides of each in turns.

`python bench/weights.py` prints one line a figure and ends with status 1 over a limit; with names
of figures, as bench/run.py calls it, only their numbers. The figure for HDF5 needs h5py beside this
Python.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "submissions" / "relu-three-segments"
GRADE = Path(sys.executable).parent / "grade"
MANY = 1_000
RUNS = 15


def main(names: list[str]) -> int:
    """Measure and print the figures of these names, or every one with its limit."""
    if names:
        for name in names:
            print(MEASURES[name]())
        return 0
    over = False
    for name, measure in MEASURES.items():
        told, limit = LIMITS[name]
        figure = measure()
        over = over or figure > limit
        print(f"{told}: {figure:.2f} (limit {limit})", flush=True)
    return int(over)


def ratio(ours: list[str | Path], theirs: list[str | Path]) -> float:
    """Return the median time of one command over that of another, measured in turns."""
    times = [(_seconds(theirs), _seconds(ours)) for _ in range(RUNS)]
    below, above = (median(column) for column in zip(*times, strict=True))
    return above / below


def many() -> float:
    """Return the milliseconds of processor time that a file takes, of many in one command."""
    with tempfile.TemporaryDirectory() as folder:
        paths: list[str | Path] = [Path(folder) / f"{k}.npz" for k in range(MANY)]
        data = (SAMPLES / "perfect.npz").read_bytes()
        for path in paths:
            Path(path).write_bytes(data)
        before = os.times()
        _seconds([GRADE, "-e", "relu-three-segments", "-f", "jsonl", *paths])
        after = os.times()
    return 1000 * (sum(after[2:4]) - sum(before[2:4])) / MANY


def _seconds(command: list[str | Path]) -> float:
    environment = {name: word for name, word in os.environ.items() if name != "PYTHONPATH"}
    started = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return perf_counter() - started


CODE: list[str | Path] = [GRADE, SAMPLES / "perfect.py"]
MEASURES: dict[str, Callable[[], float]] = {
    "npz": lambda: ratio([GRADE, SAMPLES / "perfect.npz"], CODE),
    "safetensors": lambda: ratio([GRADE, SAMPLES / "perfect.safetensors"], CODE),
    "many": many,
    "h5": lambda: ratio(
        [GRADE, SAMPLES / "perfect.weights.h5"], [sys.executable, "-c", "import h5py"]
    ),
}
LIMITS = {
    "npz": ("grade x.npz to grade x.py", 1.3),
    "safetensors": ("grade x.safetensors to the same", 1.3),
    "many": (f"ms of processor time a file, of {MANY:,} in one command", 5.0),
    "h5": ('grade x.weights.h5 to python -c "import h5py"', 1.5),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
