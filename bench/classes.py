"""What grading a class takes: `python bench/classes.py [FIGURE...]`, ratios and rates of one run.

folder: JSON files a second of `grade FOLDER -o OUT/`, whole process, and beyond its start; and the
processor time of each, which says the same on a machine that is shared.
code: the sandbox's own rate on all cores to that of a class's Python files with NumPy; at most 1.2;
the same of processor time.
killed: a run killed and resumed 20 times to an unbroken one; at most 1.3.
cluster: two Dask workers here to one, on Python files; at least 1.8 (needs the extra `cluster`).
sizing: cores and memory for a million Python submissions in an hour, from the rate and size here.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from grader.cohort.workers import cores
from grader.sandbox.grader_side.sandbox import Sandbox

LAB = "relu-three-segments"
GRADE = Path(sys.executable).with_name("grade")
CODE = (
    b"import numpy as np\n# %d\ndef submission():\n    return np.array([%.1f, -1.0, 2.0, -4.0])\n"
)
MILLION, HOUR = 1_000_000, 3600
LUCK = random.Random(5)  # noqa: S311 - to be repeated


def json_files(folder: Path, count: int) -> Path:
    """Write submissions: one in four right, each other one wrong in its own way."""
    for number in range(count):
        right = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
        wrong = {name: round(LUCK.uniform(-4, 4), 1) for name in right}
        whose = folder / f"s{number:06}"
        whose.mkdir(parents=True)
        text = json.dumps(wrong if number % 4 else right)
        (whose / "submission.json").write_text(text)
    return folder


def python_files(folder: Path, count: int) -> Path:
    """Write submissions that use NumPy, no two of the same bytes."""
    for number in range(count):
        whose = folder / f"s{number:06}"
        whose.mkdir(parents=True)
        (whose / "submission.py").write_bytes(CODE % (number, number % 40 / 10))
    return folder


def command(there: Path, out: Path, *more: str) -> list[str]:
    """Return the command that grades a class."""
    return [str(GRADE), "-e", LAB, str(there), "-o", f"{out}/", "--quiet", *more]


class Spent(NamedTuple):
    """Seconds by the clock, and of the processors."""

    wall: float
    busy: float


def _busy() -> float:
    """Return the processor seconds of this process and of all that it has waited for."""
    return sum(os.times()[:4])


def spent(there: Path, out: Path, *more: str) -> Spent:
    """Return what grading a class takes, whole process; Python keeps what it has compiled."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began, busy = time.perf_counter(), _busy()
    subprocess.run(command(there, out, *more), check=True, env=kept)
    return Spent(time.perf_counter() - began, _busy() - busy)


def seconds(there: Path, out: Path, *more: str) -> float:
    """Return how long grading a class takes."""
    return spent(there, out, *more).wall


def _least(there: Path, out: Path) -> Spent:
    """Return the least of three runs, of the clock and of the processors."""
    runs = [spent(there, Path(f"{out}-{n}")) for n in range(3)]
    return Spent(*(min(each) for each in zip(*runs, strict=True)))


def folder(work: Path) -> str:
    """Measure JSON files."""
    start = _least(json_files(work / "few", 1), work / "few-out")
    whole = _least(json_files(work / "many", 1000), work / "many-out")
    return (
        f"{1000 / whole.wall:,.0f} a second, {1000 / (whole.wall - start.wall):,.0f} beyond the "
        f"start; {whole.busy - start.busy:.2f} ms of processor time each beyond the start's "
        f"{start.busy:.2f} s"
    )


def _run_sources(count: int) -> Spent:
    """Run so many sources in a sandbox; return what that took after the first."""
    with Sandbox() as sandbox:
        sandbox.run(CODE % (0, 1.0))
        began, busy = time.perf_counter(), _busy()
        for number in range(count):
            sandbox.run(CODE % (number, 1.0))
        wall = time.perf_counter() - began
    return Spent(wall, _busy() - busy)


def sandbox_own(each: int = 300) -> Spent:
    """Return what a thousand sources take in the sandboxes of all cores."""
    with get_context("spawn").Pool(cores()) as pool:
        found = pool.map(_run_sources, [each] * cores(), 1)
    count = cores() * each / 1000
    return Spent(max(one.wall for one in found) / count, sum(one.busy for one in found) / count)


def code(work: Path) -> str:
    """Measure Python files with NumPy."""
    own = sandbox_own()
    start = spent(python_files(work / "few", 1), work / "few-out")
    whole = spent(python_files(work / "many", 1000), work / "many-out")
    return (
        f"{whole.wall / own.wall:.2f}, {(whole.wall - start.wall) / own.wall:.2f} beyond the "
        f"start; of processor time {whole.busy / own.busy:.2f}, "
        f"{(whole.busy - start.busy) / own.busy:.2f} beyond the start"
    )


def killed(work: Path) -> str:
    """Measure a run that is killed 20 times."""
    many = python_files(work / "many", 2000)
    unbroken = seconds(many, work / "unbroken")
    began = time.perf_counter()
    for _ in range(20):
        with subprocess.Popen(command(many, work / "broken"), start_new_session=True) as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(unbroken / 20)
            process.kill()
    subprocess.run(command(many, work / "broken"), check=True)
    return f"{(time.perf_counter() - began) / unbroken:.2f}"


def cluster(work: Path) -> str:
    """Measure two workers beside one."""
    many = python_files(work / "many", 1000)
    one = seconds(many, work / "one", "--scheduler", "local:1")
    two = seconds(many, work / "two", "--scheduler", "local:2")
    return f"{one / two:.2f} ({one:.1f} s to {two:.1f} s, with the cluster's start)"


def memory(work: Path) -> float:
    """Return the largest resident size of a class run and all its processes, in MiB a core."""
    many = python_files(work / "memory", 300)
    most = 0
    with subprocess.Popen(command(many, work / "memory-out"), start_new_session=True) as process:
        while process.poll() is None:
            most = max(most, _resident(process.pid))
            time.sleep(0.1)
    return most / 2**20 / cores()


def _resident(group: int) -> int:
    """Return the resident bytes of all processes of a session, what is shared counted in part."""
    total = 0
    for entry in os.listdir("/proc"):
        with suppress(OSError, ValueError):
            if os.getsid(int(entry)) == group:
                text = Path("/proc", entry, "smaps_rollup").read_text("ascii")
                pss = next(line for line in text.splitlines() if line.startswith("Pss:"))
                total += int(pss.split()[1]) * 1024
    return total


def sizing(work: Path) -> str:
    """Compute what a million Python submissions in an hour need."""
    each = python_files(work / "rate", 1000)
    rate = 1000 / seconds(each, work / "rate-out") / cores()
    size = memory(work)
    lines = [f"measured: {rate:.0f} a second and core, {size:.0f} MiB a core"]
    for slow in (0.0, 0.1, 1.0):
        needed = -(-MILLION * (1 / rate + slow) // HOUR)
        lines.append(
            f"code that computes {slow:g} s: {needed:,.0f} cores, {needed * size / 1024:,.1f} GiB"
        )
    return "\n".join(lines)


FIGURES: dict[str, Callable[[Path], str]] = {
    each.__name__: each for each in (folder, code, killed, cluster, sizing)
}


def main() -> None:
    """Measure what is named, or all."""
    for name in sys.argv[1:] or FIGURES:
        with tempfile.TemporaryDirectory() as work:
            print(f"{name}: {FIGURES[name](Path(work))}", flush=True)


if __name__ == "__main__":
    main()
