"""What trained networks cost, as ratios measured in one run, with the two sides of each in turns.

`python bench/weights.py [RUNS]` prints one line a figure and ends with status 1 over a bound. The
figure for HDF5 needs h5py beside this Python.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "submissions" / "relu-three-segments"
CODE = SAMPLES / "perfect.py"
GRADE = Path(sys.executable).parent / "grade"
MANY = 1_000


def main() -> int:
    """Measure and print every figure."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    own = {name: word for name, word in os.environ.items() if name != "PYTHONPATH"}
    sides: dict[str, list[str | Path]] = {
        "code": [GRADE, CODE],
        "npz": [GRADE, SAMPLES / "perfect.npz"],
        "safetensors": [GRADE, SAMPLES / "perfect.safetensors"],
        "h5": [GRADE, SAMPLES / "perfect.weights.h5"],
        "h5py": [sys.executable, "-c", "import h5py"],
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, command in sides.items():
            times[name].append(_seconds(command, own))
    middle = {name: median(found) for name, found in times.items()}
    over = False
    for name, to, limit in (
        ("npz", "code", 1.3), ("safetensors", "code", 1.3), ("h5", "h5py", 1.5),
    ):  # fmt: skip
        ratio = middle[name] / middle[to]
        over = over or ratio > limit
        print(f"grade {name} to {to}: {ratio:.2f} (limit {limit})")
    return int(_many(own) < 200 or over)


def _many(own: dict[str, str]) -> float:
    """Return how many files a second one command grades, and print it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{k}.npz" for k in range(MANY)]
        data = (SAMPLES / "perfect.npz").read_bytes()
        for path in paths:
            path.write_bytes(data)
        command = [GRADE, "-e", "relu-three-segments", "-f", "jsonl", *paths]
        rate = MANY / _seconds(command, own)
    print(f"files a second, of {MANY:,} in one command: {rate:.0f} (at least 200)")
    return rate


def _seconds(command: list[str | Path], environment: dict[str, str]) -> float:
    started = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
