"""What containment costs, as ratios measured in one run, with the two sides of each in turns.

`python bench/sandbox.py [RUNS]` prints one line a figure and ends with status 1 over a bound.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from grader.sandbox.grader_side.sandbox import Sandbox  # noqa: E402 - a checkout needs no installation

NUMPY = b"import numpy as np\ndef submission():\n    return np.array([1.0, -1.0, 2.0, -4.0])\n"
PLAIN = b"def submission():\n    return {'w1': 1, 'b1': -1, 'w2': 2, 'b2': -4}\n"

BARE = """
import os, socket, sys
import numpy, numpy.random, numpy.ma, numpy.fft, numpy.polynomial
control = socket.socket(fileno=int(sys.argv[1]))
control.send(b"ready")
while request := control.recv(65536):
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writer, request)
        os._exit(0)
    os.waitpid(pid, 0)
    answer = os.read(reader, 65536)
    os.close(reader)
    os.close(writer)
    control.send(answer)
"""

Run = Callable[[], object]


def main() -> int:
    """Measure and print every figure."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    bare = subprocess.Popen(
        [sys.executable, "-c", BARE, str(theirs.fileno())],
        pass_fds=(theirs.fileno(),),
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    theirs.close()
    ours.recv(64)

    def ask() -> bytes:
        ours.send(NUMPY)
        return ours.recv(65536)

    with Sandbox() as sandbox:
        print(f"arrangement: {sandbox.start(('numpy',)).place}")
        assert sandbox._process is not None  # noqa: SLF001, S101 - there is no other way to its process
        helper = serving(sandbox._process.spawned.pid)  # noqa: SLF001 - the same
        contained = computing(
            runs,
            {"bare": (bare.pid, ask), "contained": (helper, lambda: sandbox.run(NUMPY))},
        )
    ours.close()
    bare.wait()
    over = report("a contained run with NumPy over a bare fork, computing time", contained, 2.0)
    return over | whole_processes(max(5, runs // 40))


def computing(runs: int, sides: dict[str, tuple[int, Run]]) -> dict[str, float]:
    """Let the sides run in turns; tells the mean computing time of each in milliseconds.

    It is what this process, a helper and its children take: by the clock, the machine's other
    work would count as well.
    """
    own = dict.fromkeys(sides, 0.0)
    before = {name: spent(pid) for name, (pid, _) in sides.items()}
    for _ in range(runs):
        for name, (_, run) in sides.items():
            started = time.process_time()
            run()
            own[name] += time.process_time() - started
    return {
        name: 1000 * (own[name] + spent(pid) - before[name]) / runs
        for name, (pid, _) in sides.items()
    }


def spent(pid: int) -> float:
    """Tell the seconds of computing that a process and the children it waited for have taken."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def serving(pid: int) -> int:
    """Tell the process that forks: in a namespace it is a child of the one that was started."""
    inside = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return int(inside[0]) if inside else pid


def whole_processes(runs: int) -> int:
    """Measure `grade FILE` from start to end. Tells 1 where a bound is exceeded."""
    samples = ROOT / "submissions" / "relu-three-segments"
    beside = Path(sys.executable).parent

    def process(*command: str | Path) -> Run:
        own = {name: word for name, word in os.environ.items() if not name.startswith("PYTHON")}
        return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=own)

    def helper() -> None:
        with Sandbox() as sandbox:
            sandbox.start()

    times = compare(
        runs,
        {
            "numpy": process(sys.executable, "-c", "import numpy"),
            "grade numpy-array.py": process(beside / "grade", samples / "numpy-array.py"),
            "grade perfect.json": process(beside / "grade", samples / "perfect.json"),
            "a helper's start": helper,
            "grade perfect.py": process(beside / "grade", samples / "perfect.py"),
        },
    )
    with_numpy = {name: times[name] for name in ("numpy", "grade numpy-array.py")}
    parts = times["grade perfect.json"] + times["a helper's start"]
    without = {"JSON and a helper's start": parts, "grade perfect.py": times["grade perfect.py"]}
    return report("grade FILE with NumPy over its import", with_numpy, 2.0) | report(
        "grade FILE without NumPy over JSON and a helper's start", without, 1.3
    )


def compare(runs: int, sides: dict[str, Run]) -> dict[str, float]:
    """Time the sides in turns; tells the median of each in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, run in sides.items():
            started = time.perf_counter()
            run()
            times[name].append(1000 * (time.perf_counter() - started))
    return {name: statistics.median(row) for name, row in times.items()}


def report(what: str, medians: dict[str, float], bound: float) -> int:
    """Print the ratio of the second side to the first. Tells 1 where it is over the bound."""
    first, second = medians.values()
    ratio = second / first
    sides = ", ".join(f"{name} {value:.2f} ms" for name, value in medians.items())
    print(f"{what}: {ratio:.2f} (at most {bound}; {sides})")
    return int(ratio > bound)


if __name__ == "__main__":
    sys.exit(main())
