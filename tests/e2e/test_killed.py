"""Helper and children killed at random while many files are graded: no student's zero."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

GRADE = "from grader.cli.grade import main; import sys; sys.exit(main(sys.argv[1:]))"
CODE = "import time\ntime.sleep(0.03)\ndef submission():\n    return 1, -1, 2, -4\n"


def below(pid: int) -> list[int]:
    """List every process that a process has started, and those that they have."""
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return []
    return [one for word in words for one in (int(word), *below(int(word)))]


@pytest.mark.parametrize("files", [25, pytest.param(100, marks=pytest.mark.thorough)])
def test_every_file_is_graded_or_failed(files: int, tmp_path: Path) -> None:
    names = [tmp_path / f"s{number:03}.py" for number in range(files)]
    for name in names:
        name.write_text(CODE)
    luck = random.Random(files)  # noqa: S311 - to be repeated
    command = [sys.executable, "-c", GRADE, "-e", "relu-three-segments", "--format", "json"]
    report, errors = tmp_path / "report.json", tmp_path / "errors.txt"  # pipes would fill up
    with report.open("w") as said, errors.open("w") as told:
        grading = subprocess.Popen(
            [*command, *map(str, names)],
            stdout=said,
            stderr=told,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        )
    killed, deadline = 0, time.monotonic() + 120
    while grading.poll() is None and time.monotonic() < deadline and killed < files:
        with suppress(subprocess.TimeoutExpired):
            grading.wait(luck.uniform(0.02, 0.5))
        if targets := below(grading.pid):
            with suppress(ProcessLookupError):
                os.kill(luck.choice(targets), signal.SIGKILL)
                killed += 1
    grading.wait(120)
    reports = json.loads(report.read_text("utf-8"))
    assert "Traceback" not in errors.read_text("utf-8")
    assert len(reports) == files
    assert killed > 2
    for each in reports:
        assert (each["status"], each["score"]) in {("graded", 100), ("failed", None)}
    assert any(each["status"] == "graded" for each in reports)
    assert grading.returncode == (4 if any(each["status"] == "failed" for each in reports) else 0)
