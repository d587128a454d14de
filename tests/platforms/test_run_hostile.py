"""`grader run` with what no platform writes, and what a student must not choose."""

import io
import json
from pathlib import Path

import pytest

import restated
from grader.cli import run as run_command
from run_places import LAB, PARTIAL, SPEC, run, tree

ITEM = {"student_response": PARTIAL}
ODD_ITEMS = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b"{",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"xqueue_body": 3}',
    b'{"xqueue_body": "[]"}',
    b'{"xqueue_body": "{}"}',
    json.dumps({"xqueue_body": ITEM}).encode(),
    json.dumps({"xqueue_body": json.dumps({"student_response": None})}).encode(),
    json.dumps({"xqueue_body": json.dumps({"student_response": {"w1": 1}})}).encode(),
]


@pytest.mark.parametrize("item", ODD_ITEMS)
def test_an_item_that_the_queue_does_not_write_is_no_students_zero(
    item: bytes,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(item)))
    assert run("open-edx", tmp_path) == 4
    assert capsys.readouterr() == (
        "",
        "no answer for open-edx, and no grade: the queue's item has no student_response in its "
        "xqueue_body\n",
    )


@pytest.mark.parametrize("surrogate", ["\\ud800", "\\udc80", "\\udfff\\ud800", "a\\ud83d"])
@pytest.mark.parametrize("place", ["student", "response", "info"])
def test_half_a_surrogate_pair_gets_a_reply(
    surrogate: str,
    place: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    response = PARTIAL[:-1] + f', "student": "{surrogate}"}}'
    bodies = {
        "student": {"student_response": response},
        "response": {"student_response": surrogate},
        "info": {
            "student_response": PARTIAL,
            "student_info": json.dumps({"anonymous_student_id": surrogate}),
        },
    }
    body = json.dumps(bodies[place]).replace("\\\\u", "\\u")  # an escape, as the queue has it
    item = json.dumps({"xqueue_body": body})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(item.encode())))
    assert run("open-edx", tmp_path) == 0
    score = restated.open_edx({"-": capsys.readouterr().out})
    assert score == (0.75 if place == "info" else 0)


@pytest.mark.parametrize("data", ["", "[]", "{}", '{"submitted_answers": [1]}'])
def test_data_that_prairielearn_does_not_write_is_no_students_zero(
    tmp_path: Path, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("prairielearn", tree(tmp_path, {"data/data.json": data})) == 4
    assert capsys.readouterr().err.endswith("data/data.json has no object submitted_answers\n")
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("platform", ["junit", "nowhere", "__init__", "../x", ""])
def test_no_such_platform(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], platform: str
) -> None:
    assert run(platform, tmp_path) == 2
    assert capsys.readouterr().err == (
        f'"{platform}" is not a platform that runs the grader; choose one of classroom50, coursera, '
        "github, gradescope, open-edx, prairielearn\n"
    )


def test_an_id_is_no_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command.main(["gradescope", "-e", LAB, "--root", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("-e needs the path of an exercise here")


def test_results_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree(tmp_path, {"submission/a.json": PARTIAL, "results": ""})
    assert run("gradescope", tmp_path) == 4
    assert "results.json cannot be written" in capsys.readouterr().err


PLACES = {
    "classroom50": "",
    "coursera": "submission",
    "github": "",
    "gradescope": "submission",
    "prairielearn": "student",
}
BAD = {
    "a.json": "{",
    "b.json": '{"exercise": "hat", "w1": 1, "b1": -1, "w2": 2, "b2": -4}',
    "a.py": "def submission():\n    while True:\n        pass\n",
    "b.py": "def submission():\n    print('<b>')\n    raise ValueError('<i>')\n",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("platform", PLACES)
def test_a_bad_submission_is_an_answer_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], platform: str, name: str
) -> None:
    own = f"{PLACES[platform]}/exercises/{LAB}.yaml".strip("/")
    root = tree(tmp_path, {f"{PLACES[platform]}/{name}".strip("/"): BAD[name], own: "id: x"})
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert run(platform, root, "--max-wall", "0.5") == 0
    out = capsys.readouterr().out
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    files = {str(path.relative_to(root)): path.read_text() for path in written}
    if platform == "github":
        files |= {"-": out, "$GITHUB_STEP_SUMMARY": "x"}
    shown = restated.VALIDATORS[platform](files)
    assert shown in (0, None, (0, 100), ["error"])
    assert ("<b>" in "".join(files.values())) == (name == "b.py" and platform != "github")


@pytest.mark.parametrize("platform", PLACES)
def test_a_students_own_exercise_changes_nothing(tmp_path: Path, platform: str) -> None:
    place = f"{PLACES[platform]}/".lstrip("/")
    spec = Path(SPEC).read_text().replace("slope: -2", "slope: 7")
    named = PARTIAL[:-1] + f', "exercise": "{LAB}"}}'
    tree(tmp_path, {f"{place}a.json": named, f"{place}exercises/{LAB}.yaml": spec})
    assert run(platform, tmp_path) == 0
    written = [path.read_text() for path in tmp_path.rglob("*.json") if path.name != "a.json"]
    assert platform == "github" or any("75" in text for text in written)
