"""What an error says is inert, whoever wrote it, and little memory is one line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command import LAB, PERFECT
from command import grade as installed
from grader.cli import grade as grade_command
from grader.errors import SubmissionError

FORGED = [
    b"p d:0x1.0p+9999\\n" + b"p d:0x1.0p+0\\n" * 3,
    b"p d:0x1.fp+1024\\n" + b"p d:0x1.0p+0\\n" * 3,
    b"p d:-0x1.0p-9999\\n" + b"p d:0x1.0p+0\\n" * 3,
    b"p d:inf\\n" * 4,
    b"p d:0x1.fffffffffffffp+1023\\n" * 4,
    b"p d:0x0.0000000000001p-1022\\n" * 4,
    b"raised 41 42\\nat 999999999 41 41\\n",
    b"raised 41 42\\nat 0 41 41\\n",
    b"bad 1\\n",
]


@pytest.mark.skipif(sys.platform != "linux", reason="code runs on Linux alone")
def test_no_answer_of_a_child_ends_the_command(tmp_path: Path) -> None:
    good = "def submission():\n    return 1, -1, 2, -4\n"
    names = []
    for number, lines in enumerate(FORGED):
        forged = (
            "import os\ndef submission():\n"
            f'    os.write(3, b"{lines.decode()}.\\n")\n    os._exit(0)\n'
        )
        for name, source in ((f"f{number}.py", forged), (f"g{number}.py", good)):
            (tmp_path / name).write_text(source)
            names.append(name)
    answer = installed("-e", LAB, "-f", "jsonl", *names, cwd=tmp_path)
    reports = [json.loads(line) for line in answer.out.splitlines()]
    assert [report["submission"]["source"] for report in reports] == names
    assert [report["score"] for report in reports[1::2]] == [100] * len(FORGED)
    assert {report["status"] for report in reports[::2]} <= {"graded", "invalid"}
    assert (answer.status, answer.err) == (3, "")
    assert os.listdir(tmp_path)


HOSTILE = "\x1b]0;t\x07\x1b[2J\x1b[31m\nScore 100 of 100\r\n\u202e\u2066\ufffe\x9b31m\u2028x"


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "junit", "jsonl", "gradescope"])
def test_what_an_error_says_is_inert(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    def refuse(*_: object) -> None:
        raise SubmissionError("not-a-number", HOSTILE, HOSTILE)

    monkeypatch.setattr("grader.desk.assess.read_parameters", refuse)
    grade_command.main(["-e", LAB, "-f", form, str(PERFECT)])
    shown = capsys.readouterr().out
    assert all(line.isprintable() for line in shown.split("\n"))
    assert not any(line.strip().startswith("Score 100") for line in shown.split("\n"))


@pytest.mark.skipif(sys.platform != "linux", reason="code runs on Linux alone")
@pytest.mark.parametrize(
    "body",
    [
        f"return {{'w1': type({HOSTILE!r}, (), {{}})(), 'b1': -1, 'w2': 2, 'b2': -4}}",
        f"import os; os.write(3, b'n ' + b'w1'.hex().encode() + b' r:' + {HOSTILE!r}.encode()"
        ".hex().encode() + b'\\n' + b''.join(b'n ' + k.hex().encode() + b' d:0x1.0p+0\\n'"
        " for k in (b'b1', b'w2', b'b2')) + b'.\\n'); os._exit(0)",
        f"raise type({HOSTILE!r}, (Exception,), {{}})({HOSTILE!r})",
        f"return {{{HOSTILE!r}: 1}}",
        f"print({HOSTILE!r}); return None",
    ],
)
def test_what_code_says_is_inert(tmp_path: Path, body: str) -> None:
    (tmp_path / "a.py").write_text(f"def submission():\n    {body}\n", encoding="utf-8")
    answer = installed("-e", LAB, "a.py", cwd=tmp_path)
    assert answer.status == 3
    for line in (answer.out + answer.err).split("\n"):
        assert line.isprintable()
        assert not line.strip().startswith("Score 100")


# What starts is in memory already, so that every limit is met by code of the grader.
STARVED = """
import resource, sys
from grader.cli import start
pages = int(open("/proc/self/statm").read().split()[0])
most = pages * resource.getpagesize() + int(sys.argv.pop(1)) * 2**10
resource.setrlimit(resource.RLIMIT_AS, (most, most))
sys.exit(start.grade())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc and RLIMIT_AS are Linux's")
@pytest.mark.parametrize("kibibytes", [0, 500, 1000, 2000, 4000, 8000, 16000])
def test_with_too_little_memory(kibibytes: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARVED, str(kibibytes), "-e", LAB, str(PERFECT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert (done.returncode, bool(done.stderr)) in {(0, False), (4, True)}
