"""The scripts of .ci work in a copy that is no repository: .ci/run makes one and calls the others."""

import re
import subprocess
from pathlib import Path

import pytest

from command import PROJECT

SCRIPTS = sorted(path for path in (PROJECT / ".ci").iterdir() if path.is_file())
SHELL = [path for path in SCRIPTS if path.read_bytes().startswith(b"#!/usr/bin/env bash\n")]
INTO_THE_COPY = 'cd "$work/clone"\n'


def called(path: Path) -> str:
    """Return what of a script runs: neither its comments nor the first line of a step."""
    return re.sub(r"(?m)(^|\s)#.*$|^step .*$", "", path.read_text("utf-8"))


def by_name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", SCRIPTS, ids=by_name)
def test_git_is_called_only_before_the_copy(path: Path) -> None:
    before, copied, after = called(path).partition(INTO_THE_COPY)
    assert not re.search(r"\bgit\b", after if copied else before)


def test_the_copy_is_made_and_everything_else_called_in_it() -> None:
    before, copied, after = called(PROJECT / ".ci" / "run").partition(INTO_THE_COPY)
    assert copied
    assert ".ci/" not in before
    for path in SHELL:
        assert path.name == "run" or f".ci/{path.name}" in after


@pytest.mark.parametrize("path", SHELL, ids=by_name)
def test_a_script_can_be_read_and_ends_at_its_first_fault(path: Path) -> None:
    assert "\nset -euo pipefail\n" in path.read_text("utf-8")
    assert path.stat().st_mode & 0o100
    done = subprocess.run(["bash", "-n", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
