"""The project's figures, as ratios measured in one run: python bench/run.py [JSON-FILE].

Each row of FIGURES is a function of a Stage and a limit; the figure it returns has to be at most
the limit. What is compared is measured in turns, and each figure is a median, so that a busy
machine slows both sides alike. Exit status 1 if a figure is over its limit.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
LAB = "relu-three-segments"
PERFECT = PROJECT / "submissions" / LAB / "perfect.json"
WRONG = PERFECT.with_name("copied-line.json")
YAML = ("python", "-c", "import yaml")
MIB = 2**20


class Stage(NamedTuple):
    """A clean virtual environment with the project installed as a user installs it."""

    bin: Path
    folder: Path

    def seconds(self, *command: str | Path) -> float:
        """Return how long a process takes, from start to end."""
        start = perf_counter()
        self.run(*command)
        return perf_counter() - start

    def run(self, *command: str | Path) -> str:
        """Run a command of the environment and return its standard output."""
        name, *arguments = command
        return subprocess.run(
            [self.bin / name, *arguments],
            cwd=self.folder,
            env=_environment(),
            capture_output=True,
            text=True,
            check=True,
        ).stdout


class Figure(NamedTuple):
    """One row: what is measured, its unit, and what it may be at most."""

    name: str
    unit: str
    limit: float
    measure: Callable[[Stage], float]


def start_up(stage: Stage) -> float:
    """Return the median time of `grade FILE` over that of `python -c "import yaml"`."""
    return _ratio(stage, ("grade", PERFECT), YAML)


def start_up_wrong(stage: Stage) -> float:
    """Return the same for a submission with a mistake, diagnosis included."""
    return _ratio(stage, ("grade", WRONG), YAML)


def html(stage: Stage) -> float:
    """Return the time of the HTML report with pictures over that of the terminal report."""
    return _ratio(stage, ("grade", "-f", "html", WRONG), ("grade", WRONG))


def _ratio(stage: Stage, ours: tuple[str | Path, ...], theirs: tuple[str | Path, ...]) -> float:
    """Return the median time of one command over that of another, measured in turns."""
    times: list[tuple[float, float]] = []
    for turn in range(41):
        pair = (stage.seconds(*theirs), stage.seconds(*ours))
        if turn:  # the first pair finds cold caches
            times.append(pair)
    below, above = (median(column) for column in zip(*times, strict=True))
    return above / below


def memory(stage: Stage) -> float:
    """Return the median of the largest resident size of `grade FILE`, in MiB."""
    peaks = []
    for _ in range(5):
        process = os.posix_spawn(
            stage.bin / "grade",
            ["grade", str(PERFECT)],
            _environment(),
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        _, status, usage = os.wait4(process, 0)
        if status:
            raise RuntimeError(f"grade ended with {status}")
        per_unit = 1 if sys.platform == "darwin" else 1024
        peaks.append(usage.ru_maxrss * per_unit / MIB)
    return median(peaks)


def in_process(name: str) -> Callable[[Stage], float]:
    """Return the measure of that name in bench/in_process.py."""
    script = PROJECT / "bench" / "in_process.py"
    return lambda stage: float(stage.run("python", script, name))


def lint(stage: Stage) -> float:
    """Return the process time of linting the lab beyond that of `grader --version`, in ms."""
    extra = [
        _process_time(stage, "lint", "relu-three-segments") - _process_time(stage, "--version")
        for _ in range(11)
    ]
    return 1000 * median(extra)


def _process_time(stage: Stage, *arguments: str) -> float:
    before = os.times()
    stage.run("grader", *arguments)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def solving(stage: Stage) -> float:
    """Return the time to solve the slowest of many exercises with four free units, in seconds."""
    return float(stage.run("python", PROJECT / "bench" / "solving.py"))


def weights(name: str) -> Callable[[Stage], float]:
    """Return the measure of that name in bench/weights.py."""
    script = PROJECT / "bench" / "weights.py"

    def measure(stage: Stage) -> float:
        if name == "h5":  # the last figure, since NumPy comes with it
            stage.run("python", "-m", "pip", "install", "--quiet", "h5py")
        return float(stage.run("python", script, name))

    return measure


def variants(name: str) -> Callable[[Stage], float]:
    """Return the measure of that name in bench/variants.py."""
    script = PROJECT / "bench" / "variants.py"
    return lambda stage: float(stage.run("python", script, name))


def gradescope(stage: Stage) -> float:
    """Return the median time of a set-up bundle's run_autograder over that of `grade FILE`."""
    root = stage.folder / "autograder"
    shutil.rmtree(root, ignore_errors=True)
    (root / "submission").mkdir(parents=True)
    (root / "submission" / "submission.json").write_bytes(PERFECT.read_bytes())
    stage.run("grader", "package", "gradescope", LAB, "-o", root / "source")
    path = f"{stage.bin}:{os.environ['PATH']}"
    subprocess.run(
        ["/bin/bash", root / "source" / "setup.sh"], env=_environment() | {"PATH": path}, check=True
    )
    program = shutil.copy(root / "source" / "run_autograder", root)
    ours, theirs = [], []
    for turn in range(41):
        start = perf_counter()
        subprocess.run([program], cwd=root, env=_environment(), check=True)
        ours.append(perf_counter() - start)
        theirs.append(stage.seconds("grade", PERFECT))
        if turn == 0:
            ours.clear()
            theirs.clear()
    return median(ours) / median(theirs)


def bundle(stage: Stage) -> float:
    """Return the size of the largest bundle, in MiB."""
    sizes = []
    for line in stage.run("grader", "package", "--list").splitlines():
        name = line.split()[0]
        path = stage.folder / f"{name}.zip"
        stage.run("grader", "package", name, LAB, "-o", path)
        sizes.append(path.stat().st_size / MIB)
    return max(sizes)


FIGURES = (
    Figure("grade FILE, whole process", 'x python -c "import yaml"', 1.8, start_up),
    Figure(
        "grade a wrong FILE, diagnoses included", 'x python -c "import yaml"', 1.9, start_up_wrong
    ),
    Figure("the same with HTML and pictures", "x terminal report", 2.5, html),
    Figure("grade FILE, peak memory", "MiB", 25, memory),
    Figure("grade the lab in process, JSON report included", "us", 500, in_process("lab")),
    Figure("the same, a mistake to diagnose", "us", 1500, in_process("wrong")),
    Figure("diagnose 4 free units, the longest", "ms", 5, in_process("diagnosing")),
    Figure("draw the lab", "ms", 3, in_process("picture")),
    Figure("the lab's picture", "KiB", 30, in_process("picture-size")),
    Figure("grade 2,000 units", "x 200 units", 20, in_process("growth")),
    Figure("grader lint, beyond grader --version", "ms", 150, lint),
    Figure("solve 4 free units, 4 breakpoints, the slowest", "s", 2, solving),
    Figure("Gradescope's run_autograder", "x grade FILE", 1.5, gradescope),
    Figure("the largest bundle for a platform", "MiB", 2, bundle),
    Figure("grade a FILE that names its variant", "x grade FILE", 1.1, variants("grading")),
    Figure("grader variant, one student's", "x grader --version", 2, variants("one")),
    Figure("list and prove 329 variants of the lab", "s", 20, variants("proving")),
    Figure("the same from the cache", "s", 1, variants("again")),
    Figure("grade x.npz", "x grade x.py", 1.3, weights("npz")),
    Figure("grade x.safetensors", "x grade x.py", 1.3, weights("safetensors")),
    Figure("1,000 .npz in one command, processor time", "ms a file", 5, weights("many")),
    Figure("grade x.weights.h5", 'x python -c "import h5py"', 1.5, weights("h5")),
)


def main(arguments: list[str]) -> int:
    """Measure every figure, print and write them; 1 if one is over its limit."""
    path = Path(arguments[0] if arguments else PROJECT / "bench" / "figures.json")
    with tempfile.TemporaryDirectory() as folder:
        stage = _stage(Path(folder))
        rows = [_row(figure, stage) for figure in FIGURES]
    path.write_text(
        json.dumps({"python": sys.version.split()[0], "figures": rows}, indent=2) + "\n"
    )
    return 0 if all(row["met"] for row in rows) else 1


def _row(figure: Figure, stage: Stage) -> dict[str, object]:
    value = figure.measure(stage)
    met = value <= figure.limit
    verdict = "ok" if met else "OVER THE LIMIT"
    print(
        f"{figure.name:<48} {value:8.2f}  at most {figure.limit:g} {figure.unit}  {verdict}",
        flush=True,
    )
    return {
        "name": figure.name,
        "value": round(value, 3),
        "unit": figure.unit,
        "limit": figure.limit,
        "met": met,
    }


def _stage(folder: Path) -> Stage:
    venv.create(folder / "venv", with_pip=True)
    stage = Stage(folder / "venv" / "bin", folder)
    subprocess.run(
        [stage.bin / "python", "-m", "pip", "install", "--quiet", PROJECT],
        env=_environment(),
        check=True,
    )
    return stage


def _environment() -> dict[str, str]:
    """Return the environment, with byte code written as it is for a user."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
