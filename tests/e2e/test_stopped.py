"""A full disk or a signal while a command writes: the earlier file stays, and nothing beside it."""

import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command import BIN, LAB, PERFECT, environment, run
from shares import one_in

WRITING = {
    "grade": ["grade", "-e", LAB, "-o", "out.html", PERFECT],
    "preview": ["grader", "preview", LAB, "-f", "html", "-o", "out.html"],
    "zip": ["grader", "package", "gradescope", LAB, "-o", "out.zip"],
    "folder": ["grader", "package", "prairielearn", LAB, "-o", "folder"],
    "new": ["grader", "new", "hill", "--points", "0,0 1,1 2,0", "--picture", "hill.svg"],
}


def before(folder: Path) -> dict[str, bytes]:
    (folder / "out.html").write_text("<!DOCTYPE html>\n<p>old")
    run("grader", "package", "gradescope", LAB, "-o", "out.zip", cwd=folder)
    return state(folder)


def state(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"a folder"
        for path in folder.rglob("*")
    }


def small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))


@pytest.mark.parametrize("what", WRITING)
def test_a_full_disk_changes_nothing(tmp_path: Path, what: str) -> None:
    was = before(tmp_path)
    name, *arguments = WRITING[what]
    answer = run(str(name), *arguments, cwd=tmp_path, before=small_files)
    assert answer.status == 2
    assert "cannot be written" in answer.err
    assert state(tmp_path) == was


@pytest.mark.thorough
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("what", WRITING)
def test_a_signal_leaves_the_old_or_the_new(
    tmp_path: Path, what: str, number: signal.Signals
) -> None:
    was = before(tmp_path)
    for step in range(12):
        process = subprocess.Popen(
            [BIN / WRITING[what][0], *WRITING[what][1:]],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        time.sleep(0.04 * (step + 1))
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
        # On a busy machine the signal may come while Python itself starts, before any code of ours.
        starting = told.startswith(b"Fatal Python error: init_")
        assert starting or b"Traceback" not in told
        assert process.returncode in {0, 2, 128 + number, -number} | ({1} if starting else set())
        left = state(tmp_path)
        assert not [name for name in left if ".report-" in name]
        assert left.keys() >= was.keys()
        if process.returncode:
            continue
        was = left  # it was done before the signal came
    assert {name for name in left if os.path.basename(name).startswith(".")} <= {
        name for name in was if os.path.basename(name).startswith(".")
    }


def _answers(pid: int, number: signal.Signals) -> bool:
    """Tell whether a process has its own way with a signal, or ignores it."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    masks = re.findall(r"Sig(?:Cgt|Ign):\s*([0-9a-f]+)", status)
    return any(int(mask, 16) >> (number - 1) & 1 for mask in masks)


def test_a_hangup_ends_a_command_and_nohup_does_not(tmp_path: Path) -> None:
    for ignored, status in ((False, 129), (True, 0)):
        process = subprocess.Popen(
            [BIN / "grade", "-e", LAB, "-o", "r.txt", "-"],
            cwd=tmp_path,
            env=environment(),
            stdin=subprocess.PIPE,
            preexec_fn=(lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) if ignored else None,  # noqa: PLW1509 - no threads here
        )
        while not _answers(process.pid, signal.SIGHUP):
            time.sleep(0.01)
        process.send_signal(signal.SIGHUP)
        process.communicate(PERFECT.read_bytes(), timeout=60)
        assert process.returncode == status
    assert os.listdir(tmp_path) == ["r.txt"]


@pytest.mark.parametrize("word", ["-ofoo.json", "--output=x", "-eeasy.json", "--exercise=a.yaml"])
def test_a_name_that_looks_like_a_glued_option_is_refused(tmp_path: Path, word: str) -> None:
    (tmp_path / word).write_bytes(PERFECT.read_bytes())
    answer = run("grade", word, cwd=tmp_path)
    assert (answer.status, answer.out) == (2, "")
    assert f"./{word} if it is a file" in answer.err
    assert run("grade", f"./{word}", cwd=tmp_path).status == 0
    assert run("grade", "--", word, cwd=tmp_path).status == 0
    assert os.listdir(tmp_path) == [word]


HOSTILE_REPORTS = {
    "lists": b"[" + b"[]," * 11_000_000 + b"[]]",
    "almost too many": b"[" + b"{}," * 320_000 + b"{}]",
    "keys": b"{" + b",".join(b'"%d":{"a":1}' % n for n in range(300_000)) + b"}",
    "the same key": b"{" + b'"a":1,' * 400_000 + b'"a":1}',
    "deep": b"[" * 900_000,
    "deep and closed": b"[" * 450_000 + b"]" * 450_000,
    "digits": b'{"score":' + b"9" * 30_000_000 + b"}",
    "exponent": b'{"score": 1e999999999}',
    "one string": b'"' + b"x" * 33_000_000 + b'"',
    "escapes": b'"' + b"\\u1234" * 5_000_000 + b'"',
    "nan": b'{"score": NaN}',
    "not utf-8": b"\xff\xfe" + b"\x00\xd8" * 1_000_000,
}


# A child's peak begins with what its parent had: a small parent asks for it.
PEAK = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.parametrize("what", one_in(4, HOSTILE_REPORTS))
def test_since_reads_hostile_files_in_bounded_memory(tmp_path: Path, what: str) -> None:
    (tmp_path / "earlier.json").write_bytes(HOSTILE_REPORTS[what])
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", PEAK, BIN / "grade", "-e", LAB, "--since", "earlier.json", PERFECT],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    line, peak = done.stderr.splitlines()
    assert line.startswith("earlier.json ")
    assert int(peak) < 300 * 1024, "KiB"
    assert time.monotonic() - started < 30
