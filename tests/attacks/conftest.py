"""Prepares the attacks once, with secrets to find and listeners to reach, and grades them.

Each arrangement is one process, and as many run at a time as there are test processes. The attacks'
meeting places are renamed for every test run, so that two runs on one machine do not meet.
"""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from attacks import odd_files

CASES = Path(__file__).parent / "cases"
MANIFEST: list[dict[str, Any]] = json.loads((CASES / "manifest.json").read_text("utf-8"))
SECRET = "CANARY-ENV"  # noqa: S105 - bait


class Result(NamedTuple):
    """What one worker wrote: a row for each case, and one about itself."""

    rows: dict[str, dict[str, Any]]
    summary: dict[str, Any]


class Range:
    """The place where the attacks are set free."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="attacks-"))
        self.folder.chmod(0o755)
        self.canary = self.folder / "canary"
        self.canary.mkdir(mode=0o777)
        self.canary.chmod(0o777)
        (self.canary / "key.txt").write_text("CANARY-KEY")
        (self.canary / "victim.txt").write_text("untouched")
        self.abstract = f"\0{self.folder.name}"
        self.listeners = [
            _listening(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            _listening(socket.AF_UNIX, socket.SOCK_STREAM, self.abstract),
        ]
        self.port = self.listeners[0].getsockname()[1]
        self.listeners.append(
            _listening(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", self.port))
        )
        self.cases = self.folder / "cases"
        shutil.copytree(CASES, self.cases)
        self._rename()
        odd_files.make(self.cases / "_generated", self.cases, self.canary)
        self.before = self.files()

    def _rename(self) -> None:
        for path in self.cases.rglob("*"):
            if path.is_file():
                old = path.read_bytes()
                new = old.replace(b"\\0autograder-canary", b"\\0" + self.folder.name.encode())
                new = new.replace(b"/tmp/autograder-canary", os.fsencode(self.canary))
                new = new.replace(b"47811", str(self.port).encode())
                if new != old:
                    path.write_bytes(new)

    def files(self) -> dict[str, tuple[int, int]]:
        """List every file with its size and time, and what an attack would leave elsewhere."""
        found = {}
        for folder, pattern in (
            (self.folder, "**/*"),
            (Path(tempfile.gettempdir()), "*pwned*"),
            (Path("/var/tmp"), "*pwned*"),  # noqa: S108 - a place to look at
            (Path("/dev/shm"), "*pwned*"),  # noqa: S108 - the same
        ):
            for path in folder.glob(pattern):
                status = path.lstat()
                found[str(path)] = (status.st_size, status.st_mtime_ns)
        return found

    def visitors(self) -> int:
        """Count who has come to the listeners."""
        count = 0
        for listener in self.listeners:
            listener.settimeout(0)
            try:
                if listener.type == socket.SOCK_DGRAM:
                    listener.recv(1)
                else:
                    listener.accept()[0].close()
            except BlockingIOError:
                continue
            count += 1
        return count

    def close(self) -> None:
        for listener in self.listeners:
            listener.close()
        shutil.rmtree(self.folder)


def _listening(family: int, kind: int, address: tuple[str, int] | str) -> socket.socket:
    made = socket.socket(family, kind)
    made.bind(address)
    if kind == socket.SOCK_STREAM:
        made.listen()
    return made


@pytest.fixture(scope="session")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Result]:
    """Return a function from an arrangement's name to its result.

    Whichever of the test processes asks first sets the attacks free; the others wait and read.
    """
    wanted: dict[str, list[str]] = {}
    for item in request.session.items:
        call = getattr(item, "callspec", None)
        if call is not None and "case" in call.params and "arrangement" in call.params:
            cases = wanted.setdefault(call.params["arrangement"], [])
            cases.append(call.params["case"]["file"])
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    @cache
    def result(name: str) -> Result:
        by_kind = sorted(wanted.get(name, []), key=lambda file: file.rpartition(".")[2])
        with (shared / f"attacks-{name}.json").open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            text = file.read()
            if not text:
                text = _worked(name, by_kind)
                file.write(text)
        rows = [json.loads(line) for line in text.splitlines()]
        return Result({row["case"]: row for row in rows[:-1]}, rows[-1])

    return result


def _worked(name: str, cases: list[str]) -> str:
    """Return what the worker wrote, with what it left in its place."""
    root = Path(__file__).resolve().parents[2]
    place = Range()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "attacks.worker", name, str(place.cases), *cases],
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "SECRET_TOKEN": SECRET, "PYTHONPATH": f"{root}:{root / 'tests'}"},
        )
        assert (done.returncode, done.stderr) == (0, "")
        *rows, last = done.stdout.splitlines()
        left = {"changed": place.files() != place.before, "visitors": place.visitors()}
        return "\n".join([*rows, json.dumps(json.loads(last) | left)])
    finally:
        place.close()
