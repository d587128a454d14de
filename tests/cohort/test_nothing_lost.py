"""A class run ended at any moment: the same command goes on, and ends with the same bytes."""

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest import mock

import pytest

from classes_made import made_class, outputs, run_class
from command import BIN, LAB, environment, grade
from dying import DEAD, die_at
from forking import begun, ended
from grader.cohort import classrun, journal
from grader.cohort.journal import FORMAT, is_networked
from grader.console.arguments import read
from grader.console.classes import run_class as in_process

REPORTS = ("--reports", "json")
_STEPS = (
    (os, ("fsync", "replace", "rename", "ftruncate", "pwrite")),
    (journal.Journal, ("commit", "add", "begin")),
)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_class(tmp_path_factory.mktemp("class") / "c", 40, code=2)


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
    assert "stopped; what is graded is kept, and the same command goes on from there" in said
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
    assert "the same command goes on from there" in answer.err
    assert run_class(collection, out, *REPORTS).status == 0
    assert outputs(out) == unbroken


def test_a_second_run_waits_and_is_refused_in_words(collection: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    hold = (
        "import fcntl, os, sys, time\n"
        f"fd = os.open({str(out / 'lock')!r}, os.O_RDWR | os.O_CREAT)\n"
        "fcntl.lockf(fd, fcntl.LOCK_EX)\n"
        "os.write(fd, f'{os.getpid()} somewhere'.encode())\n"
        "print('held', flush=True)\n"
        "time.sleep(float(sys.argv[1]))\n"
    )
    for seconds, status in (("60", 2), ("2", 0)):
        holder = subprocess.Popen([sys.executable, "-c", hold, seconds], stdout=subprocess.PIPE)
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        answer = run_class(collection, out)
        holder.kill()
        holder.communicate()
        assert answer.status == status
        if status:
            assert f"another run (process {holder.pid} on somewhere) is writing to" in answer.err


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--reveal", "verdict"], "--reveal was as the exercise says and is verdict"),
        (["--max-wall", "3"], "limits of code was"),
        (["--reports", "html"], "--reports was none and is html"),
    ],
)
def test_other_terms_need_restart_and_are_said(words: list[str], what: str, tmp_path: Path) -> None:
    there, out = made_class(tmp_path / "class", 3), tmp_path / "out"
    assert run_class(there, out).status == 0
    before = outputs(out)
    answer = run_class(there, out, *words)
    assert (answer.status, what in answer.err) == (2, True)
    assert "add --restart" in answer.err
    assert outputs(out) == before
    answer = run_class(there, out, *words, "--restart")
    assert answer.status == 0
    assert f"starting anew ({what}" in answer.err
    assert (out / "journal-1" / "journal.sqlite").exists()


def test_other_hand_ins_and_another_exercise_need_restart(tmp_path: Path) -> None:
    there, out = made_class(tmp_path / "class", 3), tmp_path / "out"
    spec = tmp_path / f"{LAB}.yaml"
    lab = Path(__file__).parents[2] / "exercises" / f"{LAB}.yaml"
    spec.write_text(lab.read_text())
    words = ["-e", spec, there, "-o", f"{out}/"]
    assert grade(*words).status == 0
    spec.write_text(lab.read_text() + "# a word\n")
    assert "the exercise has changed" in grade(*words).err
    spec.write_text(lab.read_text())
    file = there / "s001" / "submission.json"
    kept = file.read_bytes()
    file.write_bytes(kept + b" ")
    assert "graded before and changed since: s001/submission.json" in grade(*words).err
    file.write_bytes(kept)
    made_class(tmp_path / "more", 5)
    (tmp_path / "more" / "s004").rename(there / "s004")
    shutil.rmtree(there / "s000")
    answer = grade(*words)
    assert answer.status == 2
    assert "s004/submission.json new and s000/submission.json gone" in answer.err
    assert grade(*words, "--restart").status == 0
    assert grade(*words).err.count("3 of 3 were graded before") == 1


def _break(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4000] = b"\x55" * 3900
    path.write_bytes(data)


def _another_version(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (_break, "is damaged"),
        (
            lambda path: path.write_text("notes of mine, longer than nothing at all\n" * 50),
            "is damaged",
        ),
        (_another_version, f"is of version 99; this grader writes version {FORMAT}"),
    ],
)
@pytest.mark.parametrize("words", [(), ("--restart",)])
def test_a_journal_that_cannot_be_gone_on_with_is_kept(
    harm: Callable[[Path], None], reason: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    there, out = made_class(tmp_path / "class", 2), tmp_path / "out"
    assert run_class(there, out).status == 0
    path = out / "journal" / "journal.sqlite"
    harm(path)
    before = path.read_bytes()
    answer = run_class(there, out, *words)
    assert (answer.status, reason in answer.err) == (2, True)
    assert "it is kept as it is. Name another folder after -o" in answer.err
    assert path.read_bytes() == before


def test_network_file_systems_are_told_by_their_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/vda / ext4 rw 0 0\nhost:/x /home nfs4 rw 0 0\ntmpfs /home/local tmpfs rw 0 0\n"
        "y /mnt/a\\040b fuse.sshfs rw 0 0\n"
    )
    assert [
        is_networked(path, str(mounts))
        for path in ("/srv/x", "/home/ada/x", "/home/local/x", "/homes/x", "/mnt/a b/x")
    ] == [False, True, False, False, True]
    assert not is_networked("/home", str(tmp_path / "none"))
