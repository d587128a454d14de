"""Every exit status through the command."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from command import BIN, LAB, PERFECT, PROJECT, RIGHT, environment, grade, grade_json, run

HALF = json.dumps(RIGHT | {"w2": 0, "b2": 0})


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "half.json").write_text(HALF)
    (tmp_path / "perfect.json").write_text(json.dumps(RIGHT))
    (tmp_path / "broken.json").write_text("{")
    return tmp_path


def test_0_graded_whatever_the_score(files: Path) -> None:
    answer = grade_json("half.json", cwd=files)
    assert (answer.status, answer.report["score"], answer.err) == (0, 50, "")


@pytest.mark.parametrize(("threshold", "status"), [("50", 0), ("50.01", 1), ("101/2", 1), ("0", 0)])
def test_1_under_the_threshold(files: Path, threshold: str, status: int) -> None:
    answer = grade_json("-e", LAB, "--fail-under", threshold, "half.json", cwd=files)
    assert (answer.status, answer.report["score"]) == (status, 50)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.json"], "nowhere.json: No such file or directory; name a file to grade\n"),
        (
            ["."],
            ".: Is a directory; name a file to grade, or grade all that it holds by -o OUT/ (--dry-run says what that is)\n",
        ),
        (
            ["-e", "nowhere.yaml", "half.json"],
            "nowhere.yaml: No such file or directory; name a YAML file or an exercise's id\n",
        ),
        (
            ["-e", "relu-three-segment", "half.json"],
            (
                'unknown exercise "relu-three-segment"; did you mean relu-three-segments? '
                '"grader exercises" lists them, and exercises/relu-three-segment.yaml would be '
                "found too\n"
            ),
        ),
    ],
)
def test_2_nothing_to_grade(files: Path, arguments: list[str], message: str) -> None:
    answer = grade(*arguments, cwd=files)
    assert answer == (2, "", message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: SUBMISSION"),
        (["--fail-under", "many", "half.json"], '"many" is not a number'),
        (["--fail-under", "1e999999999", "half.json"], "has an exponent beyond 400"),
        (["--reveal", "all", "half.json"], "invalid choice: 'all'"),
        (["--formt", "json", "half.json"], "unrecognized arguments: --formt"),
        (["--\x1b[2J", "half.json"], r"unrecognized arguments: --\x1b[2J"),
        (["--format", "paper", "half.json"], 'unknown format "paper"; choose from '),
        (["--format", "__init__", "half.json"], 'unknown format "__init__"; choose from '),
        (["--format", "", "half.json"], 'unknown format ""; choose from '),
    ],
)
def test_2_wrong_usage(files: Path, arguments: list[str], message: str) -> None:
    answer = grade(*arguments, cwd=files)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err
    assert "\x1b" not in answer.err


def test_2_spec_errors_come_all_at_once(files: Path) -> None:
    spec = (PROJECT / "exercises" / f"{LAB}.yaml").read_text()
    wrong = spec.replace("slope: -2", "slope: 0x2").replace("title:", "titel:")
    (files / f"{LAB}.yaml").write_text(wrong)
    answer = grade("-e", f"{LAB}.yaml", "half.json", cwd=files)
    assert (answer.status, answer.out) == (2, "")
    places = [line.split(": ", 2)[:2] for line in answer.err.splitlines()]
    line = wrong.splitlines().index("    - {on: [0, 1], slope: 0x2, intercept: 2}") + 1
    assert [f"{LAB}.yaml:3", "titel"] in places
    assert [f"{LAB}.yaml:{line}", "target.segments[0].slope"] in places


def test_3_no_valid_submission_gets_a_report(files: Path) -> None:
    answer = grade_json("broken.json", cwd=files)
    assert (answer.status, answer.err) == (3, "")
    assert (answer.report["status"], answer.report["score"]) == ("invalid", 0)


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (["perfect.json", "half.json"], 1),
        (["half.json", "nowhere.json", "perfect.json"], 2),
        (["broken.json", "nowhere.json", "half.json"], 3),
        (["perfect.json", "perfect.json"], 0),
    ],
)
def test_several_give_the_highest_and_every_report(
    files: Path, names: list[str], status: int
) -> None:
    answer = grade("-e", LAB, "-f", "jsonl", "--fail-under", "60", *names, cwd=files)
    assert answer.status == status
    reports = [json.loads(line) for line in answer.out.splitlines()]
    graded = [name for name in names if name != "nowhere.json"]
    assert [report["submission"]["source"] for report in reports] == graded


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_while_it_waits(number: signal.Signals, status: int) -> None:
    process = subprocess.Popen(
        [BIN / "grade", PERFECT, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED="1"),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"Score 100 of 100\n"  # so it waits for standard input
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (status, b"")


def test_an_interrupt_while_modules_load() -> None:
    code = (
        "import os, signal, sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'grader.specs.tree': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "from grader.cli.start import grade\n"
        "sys.exit(grade())\n"
    )
    done = subprocess.run([BIN / "python", "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.parametrize("name", ["grade", "grader"])
def test_help_and_version(name: str) -> None:
    assert run(name, "--help").status == 0
    version = run(name, "--version")
    assert (version.status, version.err) == (0, "")
    assert version.out.startswith("relu-grader ")


def test_help_shows_four_examples() -> None:
    examples = [line for line in grade("--help").out.splitlines() if line.startswith("  grade ")]
    assert len(examples) == 4


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "usage: grader VERB"),
        (["exercise"], '"exercise" is not a command of grader; did you mean exercises?'),
        (["\x1b[31m"], r'"\x1b[31m" is not a command of grader'),
        (["template", "nowhere"], 'unknown exercise "nowhere"'),
        (["template"], "the following arguments are required: exercise"),
        (["exercises", "--\x1b"], r"unrecognized arguments: --\x1b"),
        (["exercises", "a\nFORGED"], r"unrecognized arguments: a\nFORGED"),
    ],
)
def test_grader_says_what_is_wrong(words: list[str], message: str) -> None:
    answer = run("grader", *words)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err
    assert "\x1b" not in answer.err


def test_a_blank_template_scores_0(tmp_path: Path) -> None:
    template = run("grader", "template", LAB)
    assert json.loads(template.out) == {"exercise": LAB, "student": ""} | dict.fromkeys(RIGHT, 0)
    answer = grade_json("-", stdin=os.fsencode(template.out), cwd=tmp_path)
    assert (answer.status, answer.report["score"]) == (0, 0)


def test_exercises_are_listed() -> None:
    answer = run("grader", "exercises")
    assert (answer.status, answer.err) == (0, "")
    assert any(line.startswith(f"{LAB}  ") for line in answer.out.splitlines())
