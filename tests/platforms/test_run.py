"""`grader run`, through its main function, in folders that mimic a platform's."""

import io
import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

import restated
from run_places import PARTIAL, read, run, tree


def test_gradescope(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    metadata = {"users": [{"name": "Some Student"}], "assignment": {"total_points": "100.0"}}
    files = {"submission/a.json": PARTIAL, "submission_metadata.json": json.dumps(metadata)}
    assert run("gradescope", tree(tmp_path, files)) == 0
    results = read(tmp_path, "results/results.json")
    assert restated.gradescope(results) == (75, 100)
    assert "a.json, Some Student" in json.loads(results["results/results.json"])["output"]
    assert capsys.readouterr() == ("", "")
    assert os.listdir(tmp_path / "results") == ["results.json"]


def test_other_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    metadata = {"assignment": {"total_points": "20.0"}}
    files = {"submission/a.json": PARTIAL, "submission_metadata.json": json.dumps(metadata)}
    root = tree(tmp_path, files)
    assert run("gradescope", root) == 0
    assert capsys.readouterr().err == (
        "note: full marks are 100 here and 20.0 on the platform; package with --points to make "
        "them agree\n"
    )
    assert run("gradescope", root, "--points", "20") == 0
    assert restated.gradescope(read(tmp_path, "results/results.json")) == (15, 20)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("submission", "told"),
    [
        ('{"exercise": "mine", "w1": 0, "b1": 0, "w2": 0, "b2": 0}', 'is for the exercise "mine"'),
        ("{", "is not JSON"),
        ("\0" * 2**21, "larger than 1 MiB"),
    ],
)
def test_a_bad_submission_is_0_points_and_an_answer(
    tmp_path: Path, submission: str, told: str
) -> None:
    files = {"submission/a.json": submission, "submission/exercises/mine.yaml": "id: mine"}
    assert run("gradescope", tree(tmp_path, files)) == 0
    results = read(tmp_path, "results/results.json")
    assert restated.gradescope(results) == (0, 100)
    assert told in json.loads(results["results/results.json"])["tests"][0]["output"].replace(
        "&quot;", '"'
    )


@pytest.mark.parametrize(
    "files", [{}, {"submission/.hidden.json": "{}", "submission/__MACOSX/a.json": ""}]
)
def test_no_submission(tmp_path: Path, files: Mapping[str, str]) -> None:
    assert run("gradescope", tree(tmp_path, files)) == 0
    data = json.loads((tmp_path / "results/results.json").read_text())
    assert (
        data["tests"][0]["output"]
        == "nothing was handed in; hand in one file, such as submission.json"
    )


def test_a_link_and_a_fifo_are_nothing_handed_in(tmp_path: Path) -> None:
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission/a.json").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "submission/b.json")
    assert run("gradescope", tmp_path) == 0
    assert "nothing was handed in" in (tmp_path / "results/results.json").read_text()


def test_a_file_in_a_folder_is_found(tmp_path: Path) -> None:
    assert (
        run(
            "gradescope",
            tree(tmp_path, {"submission/work/a.json": PARTIAL, "submission/x.txt": ""}),
        )
        == 0
    )
    assert restated.gradescope(read(tmp_path, "results/results.json")) == (75, 100)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (["package.json", "a/b/c/d/submission.json"], ""),
        (["x.json", "node_modules/submission.json", "a/submission.json"], ""),
        (["tsconfig.json", ".vscode/a.json", "Thumbs.db"], "no file that can be graded"),
        (["a.json", "b.json"], "there are 2 files (submission/a.json, submission/b.json)"),
    ],
)
def test_the_one_file_of_a_folder_or_a_heading_that_says_why(
    tmp_path: Path, files: list[str], words: str
) -> None:
    right = [path for path in files if path.startswith("a/")]
    given = {f"submission/{path}": PARTIAL if path in right else "{}" for path in files}
    assert run("gradescope", tree(tmp_path, given)) == 0
    results = read(tmp_path, "results/results.json")
    assert restated.gradescope(results) == (75 if right else 0, 100)
    told = (tmp_path / "results/results.json").read_text()
    assert words in told
    assert ("there is not exactly one ordinary file to grade" in told) is not bool(right)


def test_whose_it_is_the_platform_says(tmp_path: Path) -> None:
    mine = PARTIAL[:-1] + ', "student": "Somebody Else"}'
    assert run("gradescope", tree(tmp_path, {"submission/a.json": mine})) == 0
    assert "Somebody Else" not in (tmp_path / "results/results.json").read_text()


def test_another_exercise_than_the_bundles_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree(tmp_path, {"submission/a.json": PARTIAL})
    assert run("gradescope", tmp_path, "--digest", "0" * 64) == 4
    assert "is not the exercise that this bundle was made for" in capsys.readouterr().err
    assert not (tmp_path / "results").exists()


def test_coursera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("partId", "abc12")
    tree(tmp_path, {"submission/a.json": PARTIAL})
    assert run("coursera", tmp_path, "--part", "abc12") == 0
    names = sorted(set(os.listdir(tmp_path)) - {"submission"})
    assert restated.coursera(read(tmp_path, *names)) == 0.75
    assert run("coursera", tmp_path, "--part", "other") == 4


def test_prairielearn(tmp_path: Path) -> None:
    data = {"submitted_answers": {"w1": "1.04", "b1": "-1", "w2": "2.05", "b2": "-4"}}
    assert run("prairielearn", tree(tmp_path, {"data/data.json": json.dumps(data)})) == 0
    assert restated.prairielearn(read(tmp_path, "results/results.json")) == 0.75
    tree(tmp_path, {"student/submission.json": "[]"})
    assert run("prairielearn", tmp_path) == 0
    assert restated.prairielearn(read(tmp_path, "results/results.json")) is None


def test_open_edx(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    item = json.dumps({"xqueue_body": json.dumps({"student_response": PARTIAL})})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(item.encode())))
    assert run("open-edx", tmp_path) == 0
    assert restated.open_edx({"-": capsys.readouterr().out}) == 0.75


def test_classroom_50_and_github(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    tree(tmp_path, {"submission.json": PARTIAL, "README.md": ""})
    assert run("classroom50", tmp_path) == 0
    assert restated.classroom50(read(tmp_path, "result.json", "release-body.md")) == (75, 100)
    assert run("classroom50", tmp_path) == 0  # what it wrote is not taken for a submission
    assert run("github", tmp_path) == 0
    out = capsys.readouterr().out
    summary = (tmp_path / "summary").read_text()
    assert restated.github({"-": out, "$GITHUB_STEP_SUMMARY": summary}) == [
        "notice",
        "warning",
        "warning",
    ]
