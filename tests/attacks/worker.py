"""Grades attacks in one process of few rights, and writes down what came of each.

`python -m attacks.worker ARRANGEMENT FOLDER CASE...` prints one JSON object a case, then one
about itself. It runs apart from pytest because it gives up rights for good.
"""

import ctypes
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attacks.arrangements import ARRANGEMENTS, enter
from grader import load_exercise
from grader.desk.intake import read_submission
from grader.errors import SandboxError, SpecError, SubmissionError
from grader.exercise.record import Exercise
from grader.grading import failed, grade, invalid
from grader.report import Failure, Report
from grader.reports import Layout, terminal
from grader.reports import json as json_report
from grader.sandbox.grader_side.running import RunSettings, run_in
from grader.sandbox.grader_side.sandbox import Sandbox
from grader.sandbox.protocol.limits import Limits
from grader.submission.origin import Origin

ROOT = Path(__file__).resolve().parents[2]
LIMITS = Limits(wall=3.0, cpu=1.0)
PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Grade every case named on the command line."""
    name, folder, *cases = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)  # what outlives its parent comes to us
    sandbox = Sandbox(ARRANGEMENTS[name].modules)
    enter(name, (ROOT, Path(folder)))
    os.chdir(folder)
    exercise = load_exercise("relu-three-segments")
    for case in cases:
        if case.endswith((".yaml", ".yml")):
            _say(_spec(case))
        else:
            _say({**graded(case, exercise, sandbox), "after": _after(case, exercise, sandbox)})
    place = sandbox.start().place
    sandbox.close()
    _say({"place": place, "peak": _peak(), "children": _children()})


def graded(case: str, exercise: Exercise, sandbox: Sandbox) -> dict[str, Any]:
    shown: list[str] = []
    started, computing = time.monotonic(), time.process_time()
    report = _report(case, exercise, sandbox, shown)
    computing, seconds = time.process_time() - computing, time.monotonic() - started
    text = json_report.render(report, Layout())
    return {
        "case": case,
        "report": json.loads(text),
        "text": text,
        "terminal": terminal.render(report, Layout()),
        "shown": shown,
        "seconds": seconds,
        "computing": computing,
        "descriptors": len(os.listdir("/proc/self/fd")),
    }


def _after(case: str, exercise: Exercise, sandbox: Sandbox) -> str:
    """Grade a right answer of the same kind, whose report must be the same after every attack."""
    benign = "python/benign_plain.py" if case.endswith(".py") else "json/benign_plain.json"
    return json_report.render(_report(benign, exercise, sandbox, []), Layout())


def _report(case: str, exercise: Exercise, sandbox: Sandbox, shown: list[str]) -> Report:
    name = Path(case).name

    def show(notes: Sequence[str], printed: str) -> None:
        shown.extend([*notes, printed])

    try:
        run = run_in(sandbox, RunSettings(limits=LIMITS), name, show)
        return grade(exercise, read_submission(case, exercise, run))
    except OSError as error:
        shown.append(str(error.strerror))
        return invalid(exercise, Origin(name), Failure("unreadable", str(error.strerror)))
    except SubmissionError as error:
        return invalid(exercise, Origin(name), Failure(error.code, error.message, error.where))
    except SandboxError as error:
        return failed(exercise, Origin(name), Failure(error.code, error.message))


def _spec(case: str) -> dict[str, Any]:
    started = time.process_time()
    try:
        load_exercise(case)
    except SpecError as error:
        lines = error.lines()
        return {"case": case, "status": "invalid", "lines": lines, "computing": _since(started)}
    return {"case": case, "status": "graded", "lines": [], "computing": _since(started)}


def _since(started: float) -> float:
    return time.process_time() - started


def _peak() -> int:
    """Return the most memory that this program had: getrusage would count its parent's too."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def _children() -> int:
    """Count the processes that are left two seconds after the sandbox was closed, dead or alive."""
    return sum(1 for _ in _left(time.monotonic() + 2))


def _left(deadline: float) -> Iterator[int]:
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG)[0]:
                yield 1
            time.sleep(0.01)
        except ChildProcessError:
            return
    yield 1


def _say(record: dict[str, Any]) -> None:
    print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
