"""`grader new` as an author runs it: files, questions, and what is refused."""

import re
from pathlib import Path
from signal import SIG_DFL, SIGINT, signal
from subprocess import PIPE, Popen

import pytest

from command import BIN, as_a_plain_user, grade_json, run
from samples.specs import spec


def test_new_writes_what_lints_and_grades_as_it_says(tmp_path: Path) -> None:
    answer = run("grader", "new", "hat", "--points", "0,0 1,2 3,0", cwd=tmp_path)
    assert (answer.status, answer.err) == (0, "")
    exercise = tmp_path / "exercises" / "hat.yaml"
    assert run("grader", "lint", exercise).status == 0
    samples = sorted((tmp_path / "submissions" / "hat").glob("*.json"))
    assert {"perfect.json", "blank.json", "bias-sign.json"} <= {path.name for path in samples}
    for path in samples:
        report = grade_json("-e", exercise, path).report
        told = re.search(rf"{path.name}  ([0-9.]+) points", answer.out)
        assert told is not None
        assert abs(float(told[1]) - report["score"]) <= 0.005
        named = [code for d in report["diagnoses"] for code in (d["code"], *d["also"])]
        assert path.stem in {"perfect", "blank", *named}


def test_new_asks_for_points(tmp_path: Path) -> None:
    answer = run("grader", "new", "hat", stdin=b"0,0 1,2 3,0\n", cwd=tmp_path)
    assert answer.status == 0
    assert answer.err == "points, such as 0,0 1,2 3,0: "
    assert (tmp_path / "exercises" / "hat.yaml").is_file()


def test_new_without_an_answer_writes_nothing(tmp_path: Path) -> None:
    answer = run("grader", "new", "hat", cwd=tmp_path)
    assert answer.status == 2
    assert answer.err.endswith(": \nno points were given, so nothing was written; try --points\n")
    assert not list(tmp_path.iterdir())


def test_an_interrupted_question_writes_nothing(tmp_path: Path) -> None:
    # A shell lets what it runs in the background ignore interrupts: undo that for the command.
    before = signal(SIGINT, SIG_DFL)
    try:
        asked = Popen([BIN / "grader", "new", "hat"], cwd=tmp_path, stdin=PIPE, stderr=PIPE)
    finally:
        signal(SIGINT, before)
    with asked:
        assert asked.stderr is not None
        shown = asked.stderr.read(len("points, such as "))
        asked.send_signal(SIGINT)
        assert asked.wait(30) == 130
        shown += asked.stderr.read()
    assert shown == b"points, such as 0,0 1,2 3,0: \nnothing was written\n"
    assert not list(tmp_path.iterdir())


def test_new_draws_a_picture(tmp_path: Path) -> None:
    points = ["--points", "0,0 1,2 3,0", "--picture", "hat.svg"]
    assert run("grader", "new", "hat", *points, cwd=tmp_path).status == 0
    assert (tmp_path / "hat.svg").read_text("utf-8").startswith("<svg ")


@pytest.mark.parametrize("title", ["", "  ", "no", 'a "quoted" \\ title: #1', "\x1b[2J", "Ü" * 300])
def test_new_takes_any_title(title: str, tmp_path: Path) -> None:
    arguments = ["new", "hat", "--points", "0,0 1,2 3,0", "--title", title]
    assert run("grader", *arguments, cwd=tmp_path).status == 0
    assert run("grader", "lint", tmp_path / "exercises" / "hat.yaml").status == 0


UNUSABLE = {
    "one point": (
        ["hat", "--points", "0,0"],
        "a line needs at least two points, such as ",
    ),
    "a bias that is no number": (
        ["hat", "--points", "0,0 1,1", "--bias", "x"],
        '"x" is not a number; write a number such as 2, -0.5 or 1/3\n',
    ),
    "no points": (["hat", "--points", ""], "a line needs at least two points, such as "),
    "not in order": (
        ["hat", "--points", "0,0 2,1 1,3"],
        "x must increase from point to point, but 1 follows 2\n",
    ),
    "the same x": (
        ["hat", "--points", "0,0 0,1"],
        "x must increase from point to point, but 0 follows 0\n",
    ),
    "no pair": (["hat", "--points", "0 1"], '"0" is not a point; write x,y such as 1,2\n'),
    "three numbers": (
        ["hat", "--points", "0,1,2 3,4"],
        '"1,2" in "0,1,2" is not a number; write a number such as 2, -0.5 or 1/3\n',
    ),
    "no number": (
        ["hat", "--points", "0,0 1,nan"],
        '"nan" in "1,nan" is not a number; write a number such as 2, -0.5 or 1/3\n',
    ),
    "too large": (
        ["hat", "--points", "0,0 1,1e10"],
        '"1e10" in "1,1e10" is over 1e9 in magnitude; write a number such as 2, -0.5 or 1/3\n',
    ),
    "too many": (
        ["hat", "--points", " ".join(f"{x},0" for x in range(30))],
        "30 points are too many; give at most 22\n",
    ),
    "no weights": (
        ["hat", "--points", "0,0 1,1", "--weights", " "],
        "no output weight is given; write one for each unit, such as 1,1,-1\n",
    ),
    "too many weights": (
        ["hat", "--points", "0,0 1,1", "--weights", "1," * 30],
        "30 units are too many; give at most 22 weights\n",
    ),
    "no id": (
        ["../hat", "--points", "0,0 1,1"],
        '"../hat" is not an id; use letters, digits and hyphens\n',
    ),
    "an empty id": (
        ["", "--points", "0,0 1,1"],
        '"" is not an id; use letters, digits and hyphens\n',
    ),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_new_refuses(name: str, tmp_path: Path) -> None:
    arguments, message = UNUSABLE[name]
    answer = run("grader", "new", *arguments, cwd=tmp_path)
    assert answer.status == 2
    assert answer.err.startswith(message)
    assert answer.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_new_never_overwrites(tmp_path: Path) -> None:
    arguments = ("new", "hat", "--points", "0,0 1,2 3,0")
    assert run("grader", *arguments, cwd=tmp_path).status == 0
    exercise = tmp_path / "exercises" / "hat.yaml"
    exercise.write_text("mine", "utf-8")
    again = run("grader", *arguments, cwd=tmp_path)
    assert again.status == 2
    path = "./exercises/hat.yaml"
    assert again.err == f"{path} already exists and is not overwritten; choose another name\n"
    assert exercise.read_text("utf-8") == "mine"
    exercise.unlink()
    again = run("grader", *arguments, cwd=tmp_path)
    path = "./submissions/hat"
    assert again.err == f"{path} already exists and is not overwritten; choose another name\n"
    assert not exercise.exists()


def test_new_in_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    arguments = ("new", "hat", "--points", "0,0 1,2 3,0")
    answer = run("grader", *arguments, cwd=tmp_path, before=as_a_plain_user)
    assert answer.status == 2
    assert answer.err == (
        "./exercises cannot be written (Permission denied); nothing was written; choose another "
        "--folder\n"
    )
    tmp_path.chmod(0o755)
    assert not list(tmp_path.iterdir())


def test_new_takes_back_what_it_wrote_where_the_rest_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "submissions").write_text("a file", "utf-8")
    answer = run("grader", "new", "hat", "--points", "0,0 1,2 3,0", cwd=tmp_path)
    assert answer.status == 2
    assert "nothing was written" in answer.err
    assert not (tmp_path / "exercises").exists()


def test_an_illegal_id_is_never_proposed(tmp_path: Path) -> None:
    path = tmp_path / "my case.yaml"
    path.write_text(spec([]), "utf-8")
    told = run("grader", "lint", path).out
    assert 'name the file case.yaml, for "my case" cannot be an id' in told


def test_new_takes_an_output_bias_and_leaves_all_units_free(tmp_path: Path) -> None:
    hat = ("--points", "0,1 1,3 3,1")
    done = run("grader", "new", "hat", *hat, "--bias", "1", "--free", "all", cwd=tmp_path)
    assert done.status == 0
    spec = (tmp_path / "exercises" / "hat.yaml").read_text("utf-8")
    assert "bias: 1}" in spec
    assert spec.count("{w: free, b: free}") == spec.count("- {w: ")
    refused = run("grader", "new", "low", *hat, "--bias", "7", cwd=tmp_path)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith("no such network can draw this: ")
    assert not (tmp_path / "exercises" / "low.yaml").exists()
