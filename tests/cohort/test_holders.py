"""One run at a time where several machines reach the folder: a file that only one can make."""

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from classes_made import made_class, outputs
from command import LAB
from grader.cohort import holders, lock
from grader.cohort import outputs as writing
from grader.cohort.holders import NAME, own
from grader.cohort.lock import Lock, Taken
from grader.console.arguments import read
from grader.console.classes import run_class


def held_by(folder: Path, pid: int, host: str, boot: str) -> None:
    (folder / NAME).write_text(f"{pid} {host} {boot}")


def ended() -> int:
    """Return the number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_it_is_there_while_it_is_held(tmp_path: Path) -> None:
    with Lock(str(tmp_path), 0.3, shared=True):
        assert (tmp_path / NAME).read_text() == " ".join(map(str, own()))
    assert not (tmp_path / NAME).exists()
    with Lock(str(tmp_path), 0.3):
        assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize(
    ("host", "boot", "pid"),
    [
        ("elsewhere", own().boot, 1),
        ("elsewhere", "another", 1),
        (own().host, own().boot, os.getppid()),
    ],
)
def test_a_run_that_may_go_on_is_left_alone(host: str, boot: str, pid: int, tmp_path: Path) -> None:
    held_by(tmp_path, pid, host, boot)
    with pytest.raises(Taken) as refused, Lock(str(tmp_path), 0.2, shared=True):
        pass
    assert str(refused.value) == (
        f"another run (process {pid} on {host}) is writing to {tmp_path}; wait for its end, or "
        f"name another folder after -o. If that run has ended, remove {tmp_path / NAME} and give "
        "the same command again"
    )
    assert (tmp_path / NAME).read_text() == f"{pid} {host} {boot}"


def test_what_a_dead_run_left_is_taken_away(tmp_path: Path) -> None:
    for pid, boot in ((ended(), own().boot), (1, "before-the-power-cut"), (own().pid, own().boot)):
        held_by(tmp_path, pid, own().host, boot)
        with Lock(str(tmp_path), 0.2, shared=True):
            assert holders.holding(str(tmp_path)) == own()
        assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("content", ["", "half a line", "x y z", "12 host"])
def test_what_does_not_say_whose_it_is_is_left_alone(content: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(content)
    with (
        pytest.raises(Taken, match="another run \\(somebody\\)"),
        Lock(str(tmp_path), 0.2, shared=True),
    ):
        pass
    assert (tmp_path / NAME).read_text() == content


def test_a_class_on_such_a_file_system(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    there, left = made_class(tmp_path / "class", 3), []
    for name in ("plain", "shared"):
        options = read(["-e", LAB, str(there), "-o", f"{tmp_path / name}/", "--quiet"])
        assert options.of_class is not None
        shared = name == "shared"
        with (
            mock.patch.object(lock, "is_networked", return_value=shared),
            mock.patch("grader.cohort.journal.is_networked", return_value=shared),
        ):
            assert run_class(options, options.of_class) == 0
        left.append(outputs(tmp_path / name))
        wal = (tmp_path / name / "journal" / "journal.sqlite").read_bytes()[18]
        assert wal == (1 if shared else 2)  # the file format's version of WAL is 2
    assert left[0] == left[1]
    assert capfd.readouterr().err == ""


def failing() -> None:
    raise OSError(5, "Input/output error")


def test_a_renaming_that_failed_and_has_happened_counts(tmp_path: Path) -> None:
    path, ours = tmp_path / "x", writing.digest(b"ours")
    path.write_bytes(b"ours")
    with writing._done_after_all(str(path), ours):  # noqa: SLF001 - no server fails to order
        failing()
    path.write_bytes(b"theirs")
    with pytest.raises(OSError, match="Input/output"), writing._done_after_all(str(path), ours):  # noqa: SLF001 - the same
        failing()
