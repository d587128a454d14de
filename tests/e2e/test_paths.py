"""What may be behind a path: nothing hangs, no link is followed, no memory is wasted."""

import json
import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

from command import BIN, LAB, PERFECT, RIGHT, as_a_plain_user, environment, grade, grade_json

GOOD = json.dumps(RIGHT)
LINK = "the submission is a link; hand in the file itself or a copy of it"
IRREGULAR = "the submission is not a regular file; hand in a file that an editor has saved"


def _refused(path: str | bytes | Path, cwd: Path) -> str:
    """Return the message of the report on an unreadable path, which must be there at once."""
    start = time.monotonic()
    answer = grade_json(path, cwd=cwd)
    assert time.monotonic() - start < 5
    assert (answer.status, answer.err) == (3, "")
    assert answer.report["error"]["code"] == "unreadable"
    message: str = answer.report["error"]["message"]
    return message


def test_a_fifo(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.json")
    assert _refused("x.json", tmp_path) == IRREGULAR


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("x.json")
        assert _refused("x.json", tmp_path) == IRREGULAR


def test_a_device(tmp_path: Path) -> None:
    assert _refused("/dev/zero", tmp_path) == IRREGULAR


@pytest.mark.parametrize("target", ["/dev/zero", "/etc/passwd", "good.json", "nowhere", "x.json"])
def test_a_link(tmp_path: Path, target: str) -> None:
    (tmp_path / "good.json").write_text(GOOD)
    (tmp_path / "x.json").symlink_to(target)
    assert _refused("x.json", tmp_path) == LINK


def test_a_folder_that_is_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.json").write_text(GOOD)
    (tmp_path / "folder").symlink_to("real")
    assert grade_json("folder/x.json", cwd=tmp_path).report["score"] == 100


def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(GOOD)
    path.chmod(0)
    answer = grade("x.json", cwd=tmp_path, before=as_a_plain_user)
    assert answer == (2, "", "x.json: Permission denied; name a file to grade\n")


def test_standard_input_that_cannot_be_read(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", '"$0" - 0>x', BIN / "grade"],
        capture_output=True,
        cwd=tmp_path,
        env=environment(),
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "-: Bad file descriptor; name a file to grade\n"


def test_standard_input_without_data_yet() -> None:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    done = subprocess.run(
        [BIN / "grade", "-f", "json", "-"], stdin=reader, capture_output=True, check=False
    )
    os.close(reader)
    os.close(writer)
    assert (done.returncode, done.stderr) == (3, b"")
    assert json.loads(done.stdout)["error"]["code"] == "not-json"


def test_the_largest_submission(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(GOOD + " " * (2**20 - len(GOOD)))
    assert grade_json(path).report["score"] == 100
    path.write_text(GOOD + " " * (2**20 - len(GOOD) + 1))
    assert grade_json(path).report["error"]["code"] == "too-large"


def test_a_sparse_giant(tmp_path: Path) -> None:
    with (tmp_path / "x.json").open("wb") as file:
        file.truncate(2**33)
    answer = grade_json("x.json", cwd=tmp_path)
    assert (answer.status, answer.report["error"]["code"]) == (3, "too-large")


def test_standard_input_that_never_ends() -> None:
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [BIN / "grade", "-f", "json", "-"],
            stdin=endless,
            capture_output=True,
            env=environment(),
            timeout=20,
            check=False,
        )
    assert done.returncode == 3
    assert json.loads(done.stdout)["error"]["code"] == "too-large"


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    writer = subprocess.Popen(["sh", "-c", 'ulimit -f 65536; exec yes >"$0"', path])
    try:
        while not path.exists() or path.stat().st_size < 2**21:
            time.sleep(0.01)
        answer = grade_json("x.json", cwd=tmp_path)
    finally:
        writer.kill()
        writer.wait()
    assert (answer.status, answer.report["error"]["code"]) == (3, "too-large")


@pytest.mark.parametrize("name", ["x", "x.txt", "x.JSON", "x.", "x.__init__", "x.json.2"])
def test_any_ending_without_a_kind_of_its_own_is_json(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD)
    assert grade_json(name, cwd=tmp_path).report["score"] == 100


@pytest.mark.parametrize(
    ("name", "shown", "source"),
    [
        (b"\x1b[31mred\x07.json", r"\x1b[31mred\x07.json", "\x1b[31mred\x07.json"),
        (b"caf\xe9.json", r"caf\udce9.json", "caf\ufffd.json"),
        ("\u202egnp.json".encode(), r"\u202egnp.json", "\u202egnp.json"),
        (b"two\nlines.json", r"two\nlines.json", "two\nlines.json"),
    ],
)
def test_odd_file_names(tmp_path: Path, name: bytes, shown: str, source: str) -> None:
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(GOOD)
    assert grade("-e", LAB, path).out.splitlines()[2] == shown
    assert grade_json(path).report["submission"]["source"] == source
    missing = grade(path + b"-")
    assert (missing.status, missing.out) == (2, "")
    assert missing.err.endswith(f"{shown}-: No such file or directory; name a file to grade\n")


@pytest.mark.parametrize("name", [b"\x1b[31mred.yaml", b"caf\xe9.yaml"])
def test_odd_names_of_specs(tmp_path: Path, name: bytes) -> None:
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "w", encoding="utf-8") as file:
        file.write("format: 2\nid: a\n")
    for arguments in (["-e", path, PERFECT], ["-e", path, "-o", path, PERFECT]):
        answer = grade(*arguments)
        assert answer.status == 2
        assert answer.err.isascii()
        assert "\x1b" not in answer.err


@pytest.mark.parametrize(
    "student",
    ["\x1b]0;title\x07\x1b[2J", "a\r\nScore 100 of 100", "\u202eabc", "\u0000", "\x9b31m"],
)
def test_nothing_in_a_name_moves_the_cursor(student: str) -> None:
    data = json.dumps(RIGHT | {"student": student}).encode()
    answer = grade("-e", LAB, "-", stdin=data)
    assert answer.status == 0
    assert all(line.isprintable() for line in answer.out.split("\n"))
    assert answer.out.splitlines()[2].startswith("-, ")
    assert grade_json("-", stdin=data).report["submission"]["student"] == student


def test_half_a_character_in_a_name_keeps_the_report_readable() -> None:
    data = json.dumps(RIGHT | {"student": "x\ud800"}).encode()
    assert grade_json("-", stdin=data).report["submission"]["student"] == "x\ufffd"
    assert r"-, x\ud800" in grade("-", stdin=data).out


def test_the_installed_exercise_counts_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / f"{LAB}.yaml").write_text("format: 1\n")
    answer = grade_json(PERFECT, cwd=tmp_path)
    assert (answer.status, answer.report["score"]) == (0, 100)
    hidden = os.path.join("exercises", f"{LAB}.yaml")
    assert answer.err == f"note: using the installed exercise {LAB}, not {hidden}\n"


@pytest.mark.parametrize("kind", ["folder", "fifo", "device", "empty", "binary"])
def test_a_spec_that_is_none(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.yaml"
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    else:
        path.write_bytes(b"" if kind == "empty" else b"\xff\x00")
    answer = grade("-e", path, PERFECT)
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            ".",
            '"." is not an exercise\'s id, which is letters, digits and hyphens; "grader exercises" '
            "lists them, and a path contains a / or ends in .yaml\n",
        ),
        (
            "Zig-Zag",
            'unknown exercise "Zig-Zag"; did you mean zigzag? "grader exercises" lists them, '
            "and exercises/Zig-Zag.yaml would be found too\n",
        ),
    ],
)
def test_what_is_no_id_and_what_is_nearly_one(name: str, message: str) -> None:
    result = grade("-e", name, PERFECT)
    assert (result.status, result.out, result.err) == (2, "", message)
