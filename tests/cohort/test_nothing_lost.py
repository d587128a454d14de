"""A class run ended at any moment: the same command goes on, and ends with the same bytes."""

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from unittest import mock

import pytest

from classes_made import made_class, outputs, run_class
from command import BIN, LAB, environment, grade
from dying import DEAD, die_at
from forking import begun, ended
from grader.cohort import classrun, journal
from grader.console.arguments import read
from grader.console.classes import run_class as in_process

REPORTS = ("--reports", "json")
_STEPS = (
    (os, ("fsync", "replace", "rename", "ftruncate", "pwrite")),
    (journal.Journal, ("commit", "add", "begin")),
)


@pytest.fixture(scope="module")
def unbroken(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("unbroken") / "out"
    assert run_class(collection, out, *REPORTS).status == 0
    return outputs(out)


@pytest.mark.parametrize(
    ("kills", "code"),
    [
        (5, 0),
        pytest.param(180, 0, marks=pytest.mark.thorough),
        pytest.param(20, 2, marks=pytest.mark.thorough),
    ],
)
def test_killed_at_random_times(kills: int, code: int, tmp_path: Path) -> None:
    there, whole = made_class(tmp_path / "class", 12, code=code), tmp_path / "whole"
    assert run_class(there, whole, *REPORTS).status == 0
    began = time.monotonic()
    assert run_class(there, tmp_path / "again", *REPORTS).status == 0
    took = time.monotonic() - began
    luck = random.Random(kills)  # noqa: S311 - to be repeated
    left = kills
    while left:
        out = tmp_path / f"out{left}"
        left -= _killed(there, out, luck, took, left)
        assert run_class(there, out, *REPORTS).status == 0
        assert outputs(out) == outputs(whole)
        shutil.rmtree(out)


def _killed(there: Path, out: Path, luck: random.Random, took: float, most: int) -> int:
    """Kill the command again and again until once it ends; return how often it was killed."""
    words = ["grade", "-e", LAB, str(there), "-o", f"{out}/", *REPORTS, "--quiet"]
    for kills in range(most):
        process = begun(words, environment())
        if ended(luck.uniform(0.01, took * 1.05**kills)) == 0:
            return kills
        with suppress(ProcessLookupError):  # it has just ended
            os.killpg(process, signal.SIGKILL)
        status = ended()
        assert _is_gone(process)
        if status == 0:
            return kills
        assert status == -signal.SIGKILL
    return most


def _is_gone(group: int) -> bool:
    """Tell whether all that the command had started ends soon after it, workers too."""
    for _ in range(1500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def _died_at(k: int, collection: Path, out: Path) -> int:
    """Run the command in a child that dies at its k-th step on the disk; return its exit status."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 70
    with suppress(BaseException):
        die_at(k, _STEPS)
        options = read(["-e", LAB, str(collection), "-o", f"{out}/", *REPORTS, "--quiet"])
        if options.of_class is not None:
            status = in_process(options, options.of_class)
    os._exit(status)


def test_dead_at_every_step_on_the_disk(tmp_path: Path) -> None:
    small = made_class(tmp_path / "class", 3)
    whole = tmp_path / "whole"
    assert run_class(small, whole, *REPORTS).status == 0
    k, status = 0, DEAD
    while status == DEAD:
        k += 1
        out = tmp_path / f"out{k}"
        status = _died_at(k, small, out)
        if status == DEAD:
            _died_at(3 + k % 5, small, out)  # once more on the way
            assert _died_at(10**8, small, out) == 0
        assert outputs(out) == outputs(whole)
    assert status == 0
    assert k > 15


def test_each_is_graded_once(collection: Path, tmp_path: Path) -> None:
    out, graded = tmp_path / "out", []
    keep = classrun.Grading._keep  # noqa: SLF001 - the one door of every row

    def counting(self: classrun.Grading, seq: int, marked: object) -> None:
        graded.append(seq)
        keep(self, seq, marked)  # type: ignore[arg-type]
        if len(graded) == 17:
            raise KeyboardInterrupt

    options = read(["-e", LAB, str(collection), "-o", f"{out}/", "--quiet"])
    assert options.of_class is not None
    with mock.patch.object(classrun.Grading, "_keep", counting):
        with pytest.raises(KeyboardInterrupt):
            in_process(options, options.of_class)
        assert in_process(options, options.of_class) == 0
    assert sorted(graded) == list(range(40))


def test_interrupted_it_says_how_to_go_on(tmp_path: Path) -> None:
    there = made_class(tmp_path / "class", 600)
    out = tmp_path / "out"
    command = [BIN / "grade", "-e", LAB, there, "-o", f"{out}/"]
    # A shell lets what it runs in the background ignore interrupts: undo that for the command.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        process = subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        while not (out / "journal").exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert process.returncode == 130
    assert "stopped; what is graded is kept, and the same command resumes from there" in said
    assert "Traceback" not in said
    assert run_class(there, out).status == 0
    assert len((out / "gradebook.csv").read_bytes().splitlines()) == 601


def test_a_full_disk_stops_it_and_it_goes_on(
    collection: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    words = ["-e", LAB, collection, "-o", f"{out}/", *REPORTS]
    answer = grade(*words, before=small_files)
    assert answer.status == 2
    assert "the same command resumes from there" in answer.err
    assert run_class(collection, out, *REPORTS).status == 0
    assert outputs(out) == unbroken
