"""`grade COLLECTION --dry-run`: what is recognised, and what is wrong with what was named."""

import os
from pathlib import Path

import pytest

from collections_made import RIGHT, SAMPLES, foldered, zipped
from command import grade


def test_what_is_said_of_a_download() -> None:
    answer = grade(SAMPLES / "canvas_submissions.zip", "--dry-run")
    assert answer == (
        0,
        "Recognised: Canvas, downloaded submissions\n"
        "Found: 4 submissions of 4 students (1 late and 1 typed into the platform)\n",
        "",
    )


def test_what_is_said_fits_a_terminal_and_moves_no_cursor(tmp_path: Path) -> None:
    members = dict.fromkeys(
        ["1/a.json", "1/b.json", "2/\x1b[2J\u202e.json", "3/submission.py", "3/notes.pdf"], RIGHT
    )
    members |= {f"{k}/.DS_Store": b"" for k in range(50)}
    (tmp_path / "roster.csv").write_text("id,name\n1,Ada\n2,Bo\n4,\x1b[31mCy\n")
    answer = grade(
        foldered(tmp_path / "class", members), "--dry-run", "--roster", tmp_path / "roster.csv"
    )
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == (
        "Recognised: a folder for each student\n"
        "Found: 3 submissions of 3 students\n"
        "Cannot be read, and will be reported as such: 1\n"
        "  1/a.json: there are 2 files (a.json, b.json); hand in one, or call the one\n"
        "    that counts submission, as in submission.json\n"
        "Passed over: 51 files\n"
        "  0/.DS_Store, 1/.DS_Store and 48 more: a file that tools leave behind\n"
        "  3/notes.pdf: submission.py of the same student counts\n"
        "Nothing handed in by 1 of the roster: \\x1b[31mCy (4)\n"
        "Note: 3 is not in the roster; what they handed in is graded all the same.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["one.json"], "one.json is neither a folder nor an archive"),
        (["nowhere"], "nowhere: No such file or directory"),
        (["empty"], "empty holds no file that could be a submission"),
        (["class", "--roster", "nowhere.csv"], "nowhere.csv: No such file or directory"),
        (["class", "--names", "(?P<id>"], "--names: (?P<id> is not a regular expression"),
        (["cut.zip"], "cut.zip is not a whole zip archive"),
    ],
)
def test_what_cannot_be_looked_into(tmp_path: Path, words: list[str], said: str) -> None:
    foldered(tmp_path / "class", {"1/a.json": RIGHT, "2/a.json": RIGHT})
    (tmp_path / "empty").mkdir()
    (tmp_path / "one.json").write_bytes(RIGHT)
    (tmp_path / "cut.zip").write_bytes(
        Path(zipped(tmp_path / "c.zip", {"1.json": RIGHT})).read_bytes()[:60]
    )
    answer = grade(*words, "--dry-run", cwd=tmp_path)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err


def test_it_takes_one_collection_and_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert grade("pipe", "--dry-run", cwd=tmp_path).status == 2
    assert grade(tmp_path, tmp_path, "--dry-run").status == 2


def test_a_folder_without_it_says_how_to_look(tmp_path: Path) -> None:
    answer = grade(tmp_path)
    assert answer.status == 2
    assert "Is a directory; name a file to grade, or " in answer.err
