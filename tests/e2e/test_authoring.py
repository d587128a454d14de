"""`grader lint` and `solve` as an author runs them: exit statuses, and what is refused."""

import json
from pathlib import Path

import pytest

from command import LAB, grade_json, run
from samples.specs import LEAKS, LINTED, SOLVED
from specs_written import write


@pytest.mark.parametrize(
    ("case", "status"),
    [("good", 0), ("mistake-full-marks", 0), ("unsolvable", 1), ("gap-only", 1), ("no-spec", 2)],
)
def test_lint_statuses(case: str, status: int, tmp_path: Path) -> None:
    changes = LINTED.get(case, [("on: [1, 2]", "on: [1.5, 2]")])
    assert run("grader", "lint", write(tmp_path, changes)).status == status


def test_lint_shows_information_only_on_request(tmp_path: Path) -> None:
    path = write(tmp_path, LINTED["with-sliders"])
    for form in ("text", "json", "github"):
        assert "slider-count" not in run("grader", "lint", "-f", form, path).out
        assert "slider-count" in run("grader", "lint", "-v", "-f", form, path).out


def test_lint_advises_what_new_advises(tmp_path: Path) -> None:
    lint = run("grader", "lint", write(tmp_path, LINTED["unsolvable"])).out
    target = ["--points", "0,0 1,0 2,1 3,4", "--weights", "1,-1"]
    new = run("grader", "new", "case", *target, "--folder", tmp_path).err
    advice = new.strip().splitlines()[-1]
    assert "it can be done" in advice
    assert advice in lint


@pytest.mark.parametrize("words", LEAKS)
def test_lint_finds_an_answer_in_these_words(words: str, tmp_path: Path) -> None:
    path = write(tmp_path, [("title: A case", f"title: A case\ndescription: |\n  {words}\n")])
    assert "warning answer-in-text" in run("grader", "lint", path).out


@pytest.mark.parametrize(
    "words", ["relu(-2x + 2)", "choose w1 and b1", "w1 = 3", "unit 1 has the weight 7", "f(x) = w1"]
)
def test_lint_finds_no_answer_where_there_is_none(words: str, tmp_path: Path) -> None:
    path = write(tmp_path, [("title: A case", f"title: A case\ndescription: |\n  {words}\n")])
    assert "answer-in-text" not in run("grader", "lint", path).out


@pytest.mark.parametrize("title", ["'Lab #3'", '"Lab #3: on"', "Lab#3", "Lab"])
def test_a_title_that_is_whole_is_not_called_cut(title: str, tmp_path: Path) -> None:
    path = write(tmp_path, [("title: A case", f"title: {title}")])
    assert "cut-at-comment" not in run("grader", "lint", path).out


def test_a_message_that_is_cut_off_is_named(tmp_path: Path) -> None:
    own = "feedback:\n  messages:\n    bias-sign: Mind task #3\ntolerance:"
    path = write(tmp_path, [("tolerance:", own)])
    assert (
        'the message for bias-sign is only "Mind task", for "#3"' in run("grader", "lint", path).out
    )


def test_lint_of_several_gives_the_highest_status(tmp_path: Path) -> None:
    path = write(tmp_path, LINTED["unsolvable"])
    assert run("grader", "lint", LAB, path).status == 1
    missing = run("grader", "lint", LAB, tmp_path / "missing.yaml", path)
    assert missing.status == 2
    assert missing.err.endswith("No such file or directory; name a YAML file or an exercise's id\n")
    assert run("grader", "lint", "no-such-exercise").status == 2


@pytest.mark.parametrize("verb", ["lint", "solve", "preview"])
@pytest.mark.parametrize("content", [b"", b"\xff", b"[1, 2]", b"format: 1", b"a: &a [*a]"])
def test_what_is_no_spec_has_status_2(verb: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    answer = run("grader", verb, path)
    assert answer.status == 2
    assert "case.yaml:1: " in answer.out + answer.err


def test_lint_as_json(tmp_path: Path) -> None:
    answer = run("grader", "lint", "-v", "-f", "json", write(tmp_path, LINTED["unsolvable"]), LAB)
    case, lab = json.loads(answer.out)["exercises"]
    assert case["findings"][0]["code"] == "unsolvable"
    assert case["findings"][0]["line"] == 5
    assert {finding["level"] for finding in lab["findings"]} == {"information"}


@pytest.mark.parametrize(("case", "status"), [("points", 0), ("wrong-sign", 1), ("undecided", 1)])
def test_solve_statuses(case: str, status: int, tmp_path: Path) -> None:
    assert run("grader", "solve", write(tmp_path, SOLVED[case])).status == status


def test_what_solve_gives_gets_full_marks(tmp_path: Path) -> None:
    path = write(tmp_path, SOLVED["sets"])
    families = json.loads(run("grader", "solve", "-f", "json", path).out)["families"]
    for family in families:
        sample = json.dumps(family["example"]["parameters"]).encode()
        assert grade_json("-e", path, "-", stdin=sample).report["score"] == 100


def test_thousands_of_units_and_breakpoints_come_to_an_end(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    points = ", ".join(f"[{x}, {x % 2}]" for x in range(400))
    units = "\n".join("    - {w: free, b: free}" for _ in range(500))
    weights = ", ".join("1" if k % 2 else "-1" for k in range(500))
    path.write_text(
        f"format: 1\nid: many\ntitle: Many\ndomain: [0, 399]\ntarget: {{points: [{points}]}}\n"
        f"network:\n  units:\n{units}\n  output: {{weights: [{weights}]}}\n"
        "tolerance: {value: 0.05, x: 0.05, slope: 0.05}\n",
        "utf-8",
    )
    for verb in ("solve", "lint"):
        answer = run("grader", verb, path)
        assert "none was ruled out" in answer.out
