"""Where the report goes, and that it is never lost."""

import json
import os
import pty
import re
import subprocess
import time
from pathlib import Path

import pytest

from command import BIN, LAB, PERFECT, PROJECT, RIGHT, as_a_plain_user, environment, grade, run

REPORT = grade("-f", "json", PERFECT).out


def _shell(script: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    changes: dict[str, str | None] = {"GRADE": str(BIN / "grade"), "PERFECT": str(PERFECT)}
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script}"],
        capture_output=True,
        cwd=cwd,
        env=environment(**changes, **env, PYTHONUNBUFFERED=None),
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert "Exception ignored" not in done.stderr, done.stderr
    return done


def test_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(REPORT.replace("100", "0"))
    assert grade("-f", "json", "-o", "report.json", PERFECT, cwd=tmp_path) == (0, "", "")
    assert (tmp_path / "report.json").read_text() == REPORT
    assert os.listdir(tmp_path) == ["report.json"]


def test_an_old_report_of_any_format_is_replaced(tmp_path: Path) -> None:
    for text in ("", "Score 0 of 100\n", "<html>", REPORT, '{"score": 1, "tests": []}'):
        (tmp_path / "report").write_text(text)
        assert grade("-o", "report", PERFECT, cwd=tmp_path).status == 0
        assert (tmp_path / "report").read_text().startswith("Score 100 of 100\n")


def test_a_file_that_a_person_wrote_is_not(tmp_path: Path) -> None:
    spec = {"format": 1, "target": {}, "network": {}}
    files = {
        "mine.json": json.dumps(RIGHT),
        "draft.json": '{"w1": 1, "oops": 2}',
        "spec.json": json.dumps(spec),
        "code.py": "w1 = 1\n",
        "hat.yaml": "format: 1\n",
        "broken.json": "{",
        "notes.txt": "what I found out\n",
        ".bashrc": "alias ll='ls -l'\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        submission = name if name == "broken.json" else PERFECT
        answer = grade("-o", name, submission, cwd=tmp_path)
        assert answer == (
            2,
            "",
            (
                f"{name} is a submission, an exercise or another of your files and is not "
                "overwritten; name another file after --output\n"
            ),
        )
        assert (tmp_path / name).read_text() == text


def test_an_old_report_stays_where_nothing_was_graded(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("old")
    assert grade("-o", "report", "nowhere.json", cwd=tmp_path).status == 2
    assert (tmp_path / "report").read_text() == "old"


def test_several_reports_in_one_file(tmp_path: Path) -> None:
    for name, read in {
        "r.json": json.loads,
        "r.jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
    }.items():
        answer = grade("-o", name, PERFECT, "nowhere.json", PERFECT, cwd=tmp_path)
        assert (answer.status, answer.out) == (2, "")
        reports = read((tmp_path / name).read_text())
        assert [report["score"] for report in reports] == [100, 100]


@pytest.mark.parametrize("target", ["real.txt", "nowhere.txt", "folder"])
def test_no_link_is_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "real.txt").write_text("Score 0 of 100\n")
    for name in ("link.txt", "link.html", "link.zip"):
        (tmp_path / name).symlink_to(target)
    for arguments in (
        ["grade", "-o", "link.txt", PERFECT],
        ["grader", "preview", LAB, "-f", "html", "-o", "link.html"],
        ["grader", "package", "gradescope", LAB, "-o", "link.zip"],
        ["grader", "new", "hill", "--points", "0,0 1,1 2,0", "--picture", "link.txt"],
    ):
        answer = run(*arguments, cwd=tmp_path)
        assert (answer.status, answer.out) == (2, "")
        assert "link" in answer.err
    assert (tmp_path / "real.txt").read_text() == "Score 0 of 100\n"
    assert sorted(os.listdir(tmp_path)) == [
        "folder", "link.html", "link.txt", "link.zip", "real.txt",
    ]  # fmt: skip
    assert os.listdir(tmp_path / "folder") == []


def test_a_device_stays_a_device() -> None:
    assert grade("-o", "/dev/null", PERFECT) == (0, "", "")
    assert Path("/dev/null").is_char_device()
    assert grade("-o", "/dev/stdout", PERFECT).out.startswith("Score 100")


def test_standard_output_may_be_a_file_and_its_name_stays(tmp_path: Path) -> None:
    was = os.lstat("/dev/stdout").st_ino
    _shell('"$GRADE" -o /dev/stdout "$PERFECT" > r', tmp_path)
    assert (tmp_path / "r").read_text("utf-8").startswith("Score 100")
    assert os.lstat("/dev/stdout").st_ino == was


def test_modes_follow_the_umask(tmp_path: Path) -> None:
    _shell('umask 027; "$GRADE" -o r "$PERFECT"', tmp_path)
    assert (tmp_path / "r").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("nowhere/r.json", "No such file or directory"),
        ("folder", "Is a directory"),
        ("closed/r.json", "Permission denied"),
        ("/dev/full", "No space left on device"),
        ("n" * 300, "File name too long"),
    ],
)
def test_a_report_that_cannot_be_written_is_not_lost(
    tmp_path: Path, output: str, reason: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "closed").mkdir(mode=0o555)
    answer = grade("-f", "json", "-o", output, PERFECT, cwd=tmp_path, before=as_a_plain_user)
    assert (answer.status, answer.out) == (2, REPORT)
    assert f" cannot be written ({reason}); the report follows on standard output\n" in answer.err
    assert sorted(os.listdir(tmp_path)) == ["closed", "folder"]


def test_a_kill_at_any_time_leaves_the_old_report_or_the_new_one(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    for step in range(12):
        report.write_text("old")
        process = subprocess.Popen([BIN / "grade", "-f", "json", "-o", report, PERFECT])
        time.sleep(0.01 * step)
        process.kill()
        process.wait()
        assert report.read_text() in {"old", REPORT}


def test_standard_output_full(tmp_path: Path) -> None:
    for arguments in ('"$PERFECT"', '-f json "$PERFECT" "$PERFECT"', "--help", "--version"):
        done = _shell(f'"$GRADE" {arguments} >/dev/full', tmp_path)
        assert done.returncode == 2
        assert done.stderr == "standard output cannot be written: No space left on device\n"


def test_standard_output_closed(tmp_path: Path) -> None:
    done = _shell('"$GRADE" "$PERFECT" >&-', tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        "standard output cannot be written: it is closed\n",
    )


def test_a_reader_that_leaves(tmp_path: Path) -> None:
    many = '"$PERFECT" ' * 300
    done = _shell(f'"$GRADE" -f jsonl {many} | head -n 1', tmp_path)
    assert json.loads(done.stdout)["score"] == 100
    assert done.returncode == 2
    assert done.stderr == ""
    done = _shell('"$GRADER" exercises | head -n 1', tmp_path, GRADER=str(BIN / "grader"))
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full"])
def test_standard_error_closed_or_full_keeps_messages_out_of_the_report(
    tmp_path: Path, closed: str
) -> None:
    done = _shell(f'"$GRADE" -f json nowhere "$PERFECT" {closed}', tmp_path)
    assert json.loads(done.stdout)[0]["score"] == 100
    assert done.returncode == 2
    usage = _shell(f'"$GRADE" {closed}', tmp_path)
    assert (usage.returncode, usage.stdout) == (2, "")


def test_standard_input_closed(tmp_path: Path) -> None:
    done = _shell('"$GRADE" -f json - <&-', tmp_path)
    assert (done.returncode, done.stderr) == (3, "")
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "unreadable"
    assert error["message"] == (
        "standard input is closed; name a file, or send JSON to standard input"
    )


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "utf-8"},
    ],
)
def test_utf8_whatever_the_locale(tmp_path: Path, env: dict[str, str]) -> None:
    text = json.dumps(RIGHT | {"student": "Zoë 字"}, ensure_ascii=False)
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [BIN / "grade", "x.json"],
        capture_output=True,
        cwd=tmp_path,
        env=environment() | env,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "x.json, Zoë 字" in done.stdout.decode().splitlines()
    reports = [
        grade("-f", "json", "x.json", cwd=tmp_path, env=environment() | extra).out
        for extra in (env, {})
    ]
    assert reports[0] == reports[1]


def _on_a_terminal(columns: int, **env: str | None) -> str:
    """Return what `grade` shows on a terminal of so many columns."""
    wrong = PROJECT / "submissions" / LAB / "perfect.json"
    controller, terminal = pty.openpty()
    try:
        os.set_blocking(controller, False)
        subprocess.run(["stty", "cols", str(columns), "rows", "30"], stdin=terminal, check=True)
        done = subprocess.run(
            [BIN / "grade", wrong],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=environment(TERM="xterm", **env),
            check=False,
        )
        shown = os.read(controller, 100_000).decode()
    finally:
        os.close(controller)
        os.close(terminal)
    assert done.returncode == 0
    return shown.replace("\r\n", "\n")


def _without_colour(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_a_terminal_has_colour_and_its_own_width() -> None:
    plain = grade(PERFECT).out
    shown = _on_a_terminal(80)
    assert "\x1b[32m" in shown
    assert _without_colour(shown) == plain
    narrow = _without_colour(_on_a_terminal(40))
    assert max(map(len, narrow.splitlines())) <= 40
    wide = _without_colour(_on_a_terminal(40, COLUMNS="80"))
    assert wide == plain


@pytest.mark.parametrize("columns", ["", "0", "-5", "many", "9" * 5000])
def test_columns_that_mean_nothing(columns: str) -> None:
    assert _without_colour(_on_a_terminal(80, COLUMNS=columns)) == grade(PERFECT).out


def test_no_colour_where_it_is_not_wanted() -> None:
    assert "\x1b" not in _on_a_terminal(80, NO_COLOR="1")
    assert "\x1b" in _on_a_terminal(80, NO_COLOR="")
    dumb = grade(PERFECT, env=environment(TERM="xterm", COLUMNS="40"))
    assert dumb.out == grade(PERFECT).out  # a pipe has 80 columns and no colour


def test_the_same_bytes_twice() -> None:
    first, second = (
        grade("-f", "json", PERFECT, env=environment(PYTHONHASHSEED=seed)).out for seed in "12"
    )
    assert first == second
