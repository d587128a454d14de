"""A folder that holds another run: other terms, other hand-ins, a journal that is damaged or locked."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from classes_made import made_class, outputs, run_class
from command import LAB, grade
from grader.cohort.journal import FORMAT, is_networked


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
    assert f"starting over ({what}" in answer.err
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
    assert grade(*words).err.count("3 of 3 are graded already") == 1


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
