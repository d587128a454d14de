"""The installed commands, run as a user runs them: beside the interpreter, in a process.

Where neither its environment nor its rights are the point the process is forked from one that has
the modules already, for to start an interpreter takes most of the time of a short command.
"""

import ctypes
import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from forking import BIN, TIMEOUT, forked

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
LAB = "relu-three-segments"
PERFECT = PROJECT / "submissions" / LAB / "perfect.json"
RIGHT = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}

_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 24, 1, 2


class Answer(NamedTuple):
    """What a command left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def report(self) -> Any:  # noqa: ANN401 - JSON
        """The one JSON report on standard output."""
        return json.loads(self.out)


def environment(**changes: str | None) -> dict[str, str]:
    """Return this process's environment without what would change a report, with the changes."""
    plain = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "COLUMNS", "LC_ALL"}}
    return {k: v for k, v in (plain | changes).items() if v is not None}


def run(
    name: str,
    *arguments: str | bytes | Path,
    stdin: bytes = b"",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> Answer:
    """Run the installed command; it must not hang, whatever it is given, nor show a traceback."""
    if env is None and before is None:
        words = [name, *map(os.fsdecode, arguments)]
        answer = Answer(*forked(words, stdin, str(cwd or Path.cwd()), environment()))
    else:
        answer = _started([BIN / name, *arguments], stdin, cwd, env or environment(), before)
    assert "Traceback" not in answer.err, answer.err
    return answer


def _started(
    words: list[str | bytes | Path],
    stdin: bytes,
    cwd: Path | None,
    env: Mapping[str, str],
    before: Callable[[], None] | None,
) -> Answer:
    done = subprocess.run(
        words,
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=dict(env),
        timeout=TIMEOUT,
        check=False,
        preexec_fn=before,
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def grade(*arguments: str | bytes | Path, **options: Any) -> Answer:  # noqa: ANN401 - as run
    """Run `grade`."""
    return run("grade", *arguments, **options)


def grade_json(*arguments: str | bytes | Path, **options: Any) -> Answer:  # noqa: ANN401 - as run
    """Run `grade --format json`."""
    return run("grade", "--format", "json", *arguments, **options)


def as_a_plain_user() -> None:
    """Give up, before the command starts, root's right to read and write whatever it likes."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0):
                os._exit(126)
