"""What variants cost: python bench/variants.py prints every figure, with names only their numbers.

Both sides of a ratio are measured in turns. `grader variant` has to read YAML, as `grader
--version` has not, so the floor of its ratio is what importing the libraries for that takes.
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
BIN = Path(sys.executable).parent
VARIED = "stitch-your-own"
SAMPLES = ROOT / "submissions"
RUNS = 21


def main(names: list[str]) -> int:
    """Measure and print the figures of these names, or every one with its name."""
    for name in names or MEASURES:
        figure = MEASURES[name]()
        print(figure if names else f"{name}: {figure:.2f}", flush=True)
    return 0


def grading() -> float:
    """Return the time of grading a submission that names its variant over one that need not."""
    return _ratio(
        ["grade", SAMPLES / VARIED / "perfect.json"],
        ["grade", SAMPLES / "relu-three-segments" / "perfect.json"],
    )


def one() -> float:
    """Return the time of writing one student's variant over that of `grader --version`."""
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "secret.txt"
        secret.write_text("one line that only you know\n", "utf-8")
        secret.chmod(0o600)
        words: list[str | Path] = ["grader", "variant", VARIED, "--student", "ada"]
        return _ratio([*words, "--secret-file", secret], ["grader", "--version"])


def floor() -> float:
    """Return the time of importing what reads YAML and options over that of `grader --version`."""
    return _ratio(["python", "-c", "import yaml, argparse, fractions"], ["grader", "--version"])


def proving() -> float:
    """Return the seconds in which all variants are listed and proved equal, from no cache."""
    with tempfile.TemporaryDirectory() as folder:
        return _seconds(["grader", "lint", VARIED], folder)


def again() -> float:
    """Return the seconds of the same from the cache."""
    with tempfile.TemporaryDirectory() as folder:
        _seconds(["grader", "lint", VARIED], folder)
        return _seconds(["grader", "lint", VARIED], folder)


def _ratio(ours: list[str | Path], theirs: list[str | Path]) -> float:
    times = [(_seconds(theirs), _seconds(ours)) for _ in range(RUNS)]
    below, above = (median(column) for column in zip(*times, strict=True))
    return above / below


def _seconds(command: list[str | Path], cache: str = "") -> float:
    environment = {name: word for name, word in os.environ.items() if name != "PYTHONPATH"}
    name, *arguments = command
    start = perf_counter()
    subprocess.run(
        [BIN / name, *arguments],
        env=environment | ({"XDG_CACHE_HOME": cache} if cache else {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return perf_counter() - start


MEASURES: dict[str, Callable[[], float]] = {
    "grading": grading,
    "one": one,
    "floor": floor,
    "proving": proving,
    "again": again,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
