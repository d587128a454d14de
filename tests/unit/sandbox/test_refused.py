"""Kernels and containers that refuse one call: another way, or the call's name and what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.grader_side.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[3]
RUN = """
import errno, sys
from attacks.arrangements import refuse
from grader.cli.grader import main
from grader.sandbox.helper.kernel import Kernel
refuse(Kernel.load(), {sys.argv[1]: (int(sys.argv[2]), None)})
sys.exit(main(["doctor", *sys.argv[3:]]))
"""
EPERM, ENOSYS = 1, 38


def doctor(call: str, error: int, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", RUN, call, str(error), *options],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )


@pytest.mark.parametrize("error", [EPERM, ENOSYS])
@pytest.mark.parametrize("call", ["memfd_create", "socketpair", "pidfd_open"])
def test_a_call_that_has_to_be_there_is_named(call: str, error: int) -> None:
    done = doctor(call, error, "--json")
    assert (done.returncode, done.stderr) == (4, "")
    reason = json.loads(done.stdout)["reason"]
    assert f"the system call {call} fails here" in reason
    assert "seccomp profile" in reason
    assert doctor(call, error).returncode == 4


@pytest.mark.parametrize("error", [EPERM, ENOSYS])
@pytest.mark.parametrize("call", ["clone3", "close_range"])
def test_a_call_that_has_another_way_is_done_without(call: str, error: int) -> None:
    done = doctor(call, error, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["ok"]


def test_a_helper_is_started_by_fork_where_posix_spawn_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_words: object, **_named: object) -> int:
        raise PermissionError(EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "posix_spawn", refused)
    with Sandbox() as sandbox:
        assert sandbox.run(b"def submission():\n    return [1]\n").items == ((None, 1.0),)
