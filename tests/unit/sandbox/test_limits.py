"""Limits that the grader was started with: the grader's fault or none, never a student's zero."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from shares import always

ROOT = Path(__file__).resolve().parents[3]
RUN = """
import json, resource, sys
from grader.cli.grade import main
for name, soft, hard in json.loads(sys.argv[1]):
    resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (soft, hard))
sys.exit(main(sys.argv[2:]))
"""
KIBIBYTE = 1024
# Needs 300 of the 512 MiB that a run may have, a good deal of stack, and NumPy.
DEMANDING = """
import numpy as np
def submission():
    kept, deep = np.ones(300 << 17), []
    for _ in range(500):
        deep = [deep]
    repr(deep)
    return 1, -1, 2, -4
"""


def graded(
    tmp_path: Path, *options: str, limits: tuple[tuple[str, int, int], ...] = ()
) -> "subprocess.CompletedProcess[str]":
    file = tmp_path / "demanding.py"
    file.write_text(DEMANDING)
    rest = ("-e", "relu-three-segments", "--format", "json", *options, str(file))
    return subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(limits), *rest],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize(
    ("name", "bound", "words"),
    [
        ("AS", 400_000 * KIBIBYTE, "ulimit -v allows less memory"),
        pytest.param("AS", 150_000 * KIBIBYTE, "", marks=pytest.mark.thorough),
        ("DATA", 400_000 * KIBIBYTE, "ulimit -d allows less memory"),
        pytest.param("DATA", 20_000 * KIBIBYTE, "", marks=pytest.mark.thorough),
        ("STACK", 1000 * KIBIBYTE, "ulimit -s allows less stack"),
        ("CPU", 3, "ulimit -t allows less computing time"),
        ("FSIZE", 0, "raise ulimit -f"),
        ("NOFILE", 8, "raise ulimit -n"),
    ],
)
def test_a_limit_from_outside_is_the_graders_fault(
    name: str, bound: int, words: str, tmp_path: Path
) -> None:
    done = graded(tmp_path, limits=((name, bound, bound),))
    assert (done.returncode, done.stderr) == (4, "")
    report = json.loads(done.stdout)
    assert report["status"] == "failed"
    assert words in report["error"]["message"]
    assert "512 MiB" not in done.stdout


@pytest.mark.parametrize(
    ("name", "soft", "hard"),
    [
        ("AS", 900_000 * KIBIBYTE, -1),
        ("DATA", 400_000 * KIBIBYTE, -1),
        ("STACK", 1000 * KIBIBYTE, -1),
        ("FSIZE", 100 * KIBIBYTE, 100 * KIBIBYTE),
        ("CPU", 5, -1),
        pytest.param("CORE", 0, 0, marks=pytest.mark.thorough),
        pytest.param("MEMLOCK", 0, 0, marks=pytest.mark.thorough),
        pytest.param("MSGQUEUE", 0, 0, marks=pytest.mark.thorough),
        pytest.param("SIGPENDING", 0, 0, marks=pytest.mark.thorough),
        pytest.param("NICE", 0, 0, marks=pytest.mark.thorough),
        pytest.param("RTPRIO", 0, 0, marks=pytest.mark.thorough),
    ],
)
def test_a_limit_that_leaves_enough_costs_nothing(
    name: str, soft: int, hard: int, tmp_path: Path
) -> None:
    done = graded(tmp_path, limits=((name, soft, hard),))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["score"] == 100


@pytest.mark.parametrize("soft", always([130_000], [100_000, 130_000, 170_000]))
@pytest.mark.parametrize("name", ["AS", "DATA"])
def test_a_limit_that_the_helper_hardly_starts_under_is_no_students_zero(
    name: str, soft: int, tmp_path: Path
) -> None:
    done = graded(tmp_path, limits=((name, soft * KIBIBYTE, -1),))
    assert (done.returncode, done.stderr) in {(0, ""), (4, "")}


@pytest.mark.parametrize("processes", always([1], [0, 1, 4]))
def test_few_processes_are_no_students_zero(processes: int, tmp_path: Path) -> None:
    done = graded(tmp_path, limits=(("NPROC", processes, processes),))
    report = json.loads(done.stdout)
    assert (done.returncode, report["status"]) in {(0, "graded"), (4, "failed")}
    assert done.stderr == ""


@pytest.mark.parametrize("mebibytes", always([1, 100], [1, 2, 8, 100]))
def test_what_is_told_of_memory_is_the_limit_that_was_asked_for(
    mebibytes: int, tmp_path: Path
) -> None:
    done = graded(tmp_path, "--max-memory", str(mebibytes))
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"]) == (3, "out-of-memory")
    assert f"more than {mebibytes} MiB of memory" in error["message"]


_MOST = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
HIGH = 4000 if _MOST == resource.RLIM_INFINITY else min(4000, _MOST - 1)
PLANTED = f"""
import os, resource
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (max({HIGH} + 1, most), max({HIGH} + 1, most)))
os.dup2(os.open("/", os.O_RDONLY), {HIGH}, inheritable=True)
"""
LOOKING = f"""
import os
found = []
for number in [*range(4, 5000), {HIGH}]:
    try:
        os.fstat(number)
        found.append(number)
    except OSError:
        pass
def submission():
    return {{"found": str(found)}}
"""


def test_a_high_descriptor_of_the_graders_is_closed_in_a_child() -> None:
    code = PLANTED + (
        "from grader.sandbox.grader_side.sandbox import Sandbox\n"
        f"with Sandbox() as sandbox: print(sandbox.run({LOOKING.encode()!r}).items)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.stdout, done.stderr) == ("(('found', '[]'),)\n", "")


def test_the_probe_finds_a_descriptor_however_high() -> None:
    code = PLANTED + (
        "from grader.sandbox.helper import probes\n"
        "from grader.sandbox.helper.kernel import Kernel\n"
        f"assert Kernel.load().highest() == {HIGH}\n"
        f"assert {HIGH} in probes.inherited({HIGH})\n"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
