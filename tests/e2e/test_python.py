"""Python files and notebooks through the installed commands."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from command import BIN, LAB, PROJECT, environment, run

SAMPLES = PROJECT / "submissions" / LAB
RIGHT = "def submission():\n    return {'w1': 1, 'b1': -1, 'w2': 2, 'b2': -4}\n"


def graded(path: Path, *options: str) -> tuple[int, dict[str, object], str]:
    answer = run("grade", "-f", "json", *options, path)
    return answer.status, json.loads(answer.out), answer.err


@pytest.mark.parametrize(
    ("name", "status", "score", "code", "exit_status"),
    [
        ("perfect.py", "graded", 100, None, 0),
        ("perfect.ipynb", "graded", 100, None, 0),
        ("numpy-array.py", "graded", 100, None, 0),
        ("absolute-slope.py", "graded", 175 / 3, None, 0),
        ("endless.py", "invalid", 0, "timed-out", 3),
        ("printed.py", "invalid", 0, "bad-return", 3),
        ("strings.py", "invalid", 0, "not-a-number", 3),
        ("wrong-name.py", "invalid", 0, "no-function", 3),
    ],
)
def test_a_sample_gets_what_it_has_to(
    name: str, status: str, score: float, code: str | None, exit_status: int
) -> None:
    done, report, _ = graded(SAMPLES / name, "--max-cpu", "1")
    error = report["error"]
    assert (done, report["status"], report["score"]) == (exit_status, status, score)
    assert (error and error["code"]) == code  # type: ignore[index]


def test_what_is_printed_is_beside_the_report(tmp_path: Path) -> None:
    path = tmp_path / "ada.py"
    path.write_text("print('\\x1b[31mfull marks', 1)\n" + RIGHT)
    status, report, shown = graded(path)
    assert (status, report["score"]) == (0, 100)
    assert shown == "ada.py printed:\n| \\x1b[31mfull marks 1\n"


def test_the_arrangement_is_told_and_no_part_of_the_report() -> None:
    plain = run("grade", "-f", "json", SAMPLES / "perfect.py")
    told = run("grade", "-f", "json", "--verbose", SAMPLES / "perfect.py")
    assert told.out == plain.out
    assert plain.err == ""
    assert told.err.startswith("containment: ")
    assert told.err.endswith("resource limits, system-call filter\n")


def test_another_function(tmp_path: Path) -> None:
    path = tmp_path / "ada.py"
    path.write_text(RIGHT.replace("submission", "best"))
    assert graded(path, "--function", "best")[:1] == (0,)
    status, report, _ = graded(path)
    assert (status, report["error"]) == (
        3,
        {
            "code": "no-function",
            "message": "The file has no function submission(). Did you mean best()? Rename it.",
            "where": None,
        },
    )


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--function", "a b", '"a b" cannot be the name of a function'),
        ("--max-wall", "0", '"0" must be a number above 0, at most 1,000,000'),
        ("--max-cpu", "-1", '"-1" must be a number above 0, at most 1,000,000'),
        ("--max-memory", "nan", '"nan" must be a number above 0, at most 1,000,000'),
        ("--max-output", "1e9", '"1e9" must be a number above 0, at most 1,000,000'),
    ],
)
def test_a_wrong_option_is_wrong_usage(option: str, value: str, message: str) -> None:
    answer = run("grade", option, value, SAMPLES / "perfect.py")
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err


def test_values_in_order_have_to_be_as_many_as_the_parameters(tmp_path: Path) -> None:
    path = tmp_path / "ada.py"
    path.write_text("def submission():\n    return 1, 2, 3\n")
    status, report, _ = graded(path)
    assert (status, report["error"]) == (
        3,
        {
            "code": "bad-return",
            "message": "the function returned 3 values in order, but this exercise has 4 free "
            "parameters; return a value for each in this order: w1, b1, w2 and b2",
            "where": None,
        },
    )


def notebook(*cells: str) -> str:
    rows = [{"cell_type": "code", "source": cell} for cell in cells]
    return json.dumps({"nbformat": 4, "cells": rows})


def test_an_error_in_a_notebook_names_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "ada.ipynb"
    path.write_text(notebook("x = 1\n", "y = 2\ndef submission():\n    return y / 0"))
    status, report, shown = graded(path)
    assert (status, shown) == (3, "")
    assert report["error"] == {
        "code": "raised",
        "message": "ZeroDivisionError: division by zero | code cell 2, line 3, in submission: "
        "return y / 0",
        "where": "code cell 2, line 3",
    }


def test_what_only_jupyter_understands_is_left_out_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "ada.ipynb"
    magic = '%load_ext x\nfiles = !ls\n!pwd\nprint?\nt = """\n%kept\n"""\nassert "%k" in t'
    path.write_text(notebook("%%bash\nrm -rf /", "%%time\n" + RIGHT, magic))
    status, report, shown = graded(path)
    assert (status, report["score"]) == (0, 100)
    assert shown == (
        "note: ada.ipynb: lines that only Jupyter understands were left out: "
        "%%bash, %%time, %load_ext x and 3 more\n"
    )


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"\xff", "not-utf8",
         "byte 1 is not UTF-8 text; save the notebook again and hand it in"),
        (b'{"cells": [', "not-json",
         ("the file is not a notebook: not JSON at line 1, column 12; save it again in Jupyter and hand in "
          "the new file")),
        (b"[" * 100_000, "not-json", "the file is nested too deeply for a notebook"),
        (b'{"cells": 1}', "not-an-object",
         "the file is not a notebook: it has no list of cells; save it again in Jupyter"),
        (b'{"cells": [3, {"cell_type": "markdown"}]}', "no-function",
         "The file has no function submission(): put the code into def submission(): ..."),
    ],
)  # fmt: skip
def test_what_is_no_notebook(tmp_path: Path, data: bytes, code: str, message: str) -> None:
    path = tmp_path / "ada.ipynb"
    path.write_bytes(data)
    status, report, _ = graded(path)
    assert status == 3
    error = report["error"]
    assert isinstance(error, dict)
    assert (error["code"], error["message"]) == (code, message)


def test_an_old_notebook_has_worksheets(tmp_path: Path) -> None:
    path = tmp_path / "ada.ipynb"
    cell = {"cell_type": "code", "input": RIGHT.splitlines(keepends=True)}
    path.write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": [cell]}]}))
    assert graded(path)[1]["score"] == 100


def test_the_doctor_is_a_health_check() -> None:
    answer = run("grader", "doctor", "--json")
    health = json.loads(answer.out)
    assert (answer.status, answer.err) == (0, "")
    assert (health["ok"], health["reason"]) == (True, None)
    assert {"system-call filter", "resource limits"} <= {
        layer["name"] for layer in health["layers"] if layer["used"]
    }
    assert all(layer["used"] or layer["remedy"] for layer in health["layers"])
    assert run("grader", "doctor").out.startswith("Python submissions can be graded here")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_nothing_running(tmp_path: Path, number: int, status: int) -> None:
    path = tmp_path / "ada.py"
    path.write_text("import time\ntime.sleep(60)\n")
    process = subprocess.Popen([BIN / "grade", path, "--max-wall", "60"], env=environment())
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 20
    while not children.read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)
    (helper,) = children.read_text().split()
    process.send_signal(number)
    assert process.wait(10) == status
    assert not os.path.exists(f"/proc/{helper}")
