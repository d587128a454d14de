"""Kernels and containers that refuse one call: another way, or the call's name and what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.grader_side.sandbox import Sandbox
from shares import always

ROOT = Path(__file__).resolve().parents[3]
RUN = """
import errno, sys
from attacks.arrangements import refuse
from grader.cli.grader import main
from grader.sandbox.helper.kernel import Kernel
kernel = Kernel.load()
kernel.numbers.update(OTHERS)
refuse(kernel, {sys.argv[1]: (int(sys.argv[2]), None)})
sys.exit(main(["doctor", *sys.argv[3:]]))
"""
EPERM, ENOSYS = 1, 38
ERRORS = always([EPERM], [EPERM, ENOSYS])
# Numbers that the sandbox itself has no use for.
OTHERS = {"x86_64": {"poll": 7, "wait4": 61}, "aarch64": {"poll": 73, "wait4": 260}}[
    os.uname().machine
]


def doctor(call: str, error: int, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", RUN.replace("OTHERS", repr(OTHERS)), call, str(error), *options],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", ["memfd_create", "socketpair", "pidfd_open"])
def test_a_call_that_has_to_be_there_is_named(call: str, error: int) -> None:
    done = doctor(call, error, "--json")
    assert (done.returncode, done.stderr) == (4, "")
    reason = json.loads(done.stdout)["reason"]
    assert f"the system call {call} fails here" in reason
    assert "seccomp profile" in reason
    assert doctor(call, error).returncode == 4


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", ["clone3", "close_range"])
def test_a_call_that_has_another_way_is_done_without(call: str, error: int) -> None:
    done = doctor(call, error, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["ok"]


SECCOMP = """
import ctypes, struct, sys
from grader.cli.grader import main
from grader.sandbox.helper.kernel import Kernel
kernel, error = Kernel.load(), int(sys.argv[1])
rows = [(0x20, 0, 0, 0), (0x15, 0, 3, kernel.numbers["prctl"]), (0x20, 0, 0, 16), (0x15, 0, 1, 22),
        (6, 0, 0, 0x50000 | error), (6, 0, 0, 0x7FFF0000)]
code = b"".join(struct.pack("=HBBI", *row) for row in rows)
buffer = ctypes.create_string_buffer(code, len(code))
kernel.prctl(38, 1)
kernel.prctl(22, 2, struct.pack("=H6xQ", len(rows), ctypes.addressof(buffer)))
sys.exit(main(["doctor", *sys.argv[2:]]))
"""


@pytest.mark.parametrize("error", ERRORS)
def test_a_system_that_refuses_filters_is_told_so(error: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SECCOMP, str(error), "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )
    assert (done.returncode, done.stderr) == (4, "")
    reason = json.loads(done.stdout)["reason"]
    assert "the system call seccomp fails here" in reason
    assert "seccomp profile" in reason


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", ["capset", "landlock_create_ruleset", "landlock_restrict_self",
                                  "mount", "pivot_root", "umount2", "unshare"])  # fmt: skip
def test_a_wall_that_is_refused_leaves_the_others_or_is_named(call: str, error: int) -> None:
    done = doctor(call, error, "--json")
    assert done.stderr == ""
    told = json.loads(done.stdout)
    if call == "capset":
        assert (done.returncode, told["ok"]) == (4, False)
        assert "the system call capset fails here" in told["reason"]
    else:
        assert (done.returncode, told["ok"]) == (0, True)
    if call in {"mount", "pivot_root", "umount2", "unshare"}:
        assert told["arrangement"] in {"chroot", "none"}
        assert call in json.dumps(told)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", ["clone", "poll", "prctl", "setresuid", "wait4"])
def test_without_what_everything_needs_doctor_ends_with_4_and_no_traceback(
    call: str, error: int
) -> None:
    done = doctor(call, error, "--json")
    assert done.stderr == ""
    if call != "setresuid" or os.geteuid() == 0:
        assert done.returncode == 4
        assert json.loads(done.stdout)["ok"] is False


def test_a_helper_is_started_by_fork_where_posix_spawn_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_words: object, **_named: object) -> int:
        raise PermissionError(EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "posix_spawn", refused)
    with Sandbox() as sandbox:
        assert sandbox.run(b"def submission():\n    return [1]\n").items == ((None, 1.0),)
