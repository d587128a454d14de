"""`grader run` and `grade -f PLATFORM`, through their main functions, in folders that mimic places."""

import io
import json
import os
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

import restated
from grader import load_exercise
from grader.cli import grade as grade_command
from grader.cli import run as run_command
from grader.console.delivery import platforms
from grader.desk.catalogue import find
from grader.errors import SandboxError

LAB = "relu-three-segments"
SPEC = os.path.abspath(find(LAB).path)
DIGEST = load_exercise(LAB).digest
PARTIAL = '{"w1": 1.04, "b1": -1, "w2": 2.05, "b2": -4}'


def tree(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def run(platform: str, root: Path, *more: str) -> int:
    return run_command.main([platform, "-e", SPEC, "--digest", DIGEST, "--root", str(root), *more])


def read(root: Path, *names: str) -> dict[str, str]:
    return {name: (root / name).read_text() for name in names}


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


def grade(*arguments: object) -> int:
    return grade_command.main([str(argument) for argument in arguments])


def test_grade_with_a_platforms_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree(tmp_path, {"a.json": PARTIAL, "b.json": "{"})
    assert grade("-f", "gradescope", tmp_path / "a.json") == 0
    assert restated.gradescope({"": capsys.readouterr().out}) == (75, 100)
    assert grade("-f", "gradescope", tmp_path / "b.json") == 0
    assert restated.gradescope({"": capsys.readouterr().out}) == (0, 100)
    assert grade("-e", LAB, "-f", "gradescope", "--fail-under", 80, tmp_path / "a.json") == 1
    assert grade("-e", LAB, "-f", "gradescope", "--fail-under", 80, tmp_path / "b.json") == 3


@pytest.mark.parametrize("name", sorted({*platforms()} - {"junit"}))
def test_a_platforms_file_holds_one_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    tree(tmp_path, {"a.json": PARTIAL, "b.json": "{"})
    assert grade("-f", name, tmp_path / "a.json", tmp_path / "b.json") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{name} holds one report; grade one submission at a time, or use ")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_junit_is_one_document_however_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    tree(tmp_path, {"a.json": PARTIAL, "b.json": "{", "c.py": "def submission(): return 1\n"})
    files = [tmp_path / name for name in ("a.json", "b.json", "c.py")[:count]]
    assert grade("-f", "junit", *files) == 0
    document = fromstring(capsys.readouterr().out)  # noqa: S314 - our own document
    assert (document.tag, len(document)) == ("testsuites", count)
    assert len({suite.get("name") for suite in document}) == count


def test_what_belongs_beside_the_output_is_written_there(tmp_path: Path) -> None:
    tree(tmp_path, {"a.json": PARTIAL, "shared/x": ""})
    assert (
        grade("-f", "coursera", "-o", tmp_path / "shared/feedback.json", tmp_path / "a.json") == 0
    )
    names = sorted(set(os.listdir(tmp_path / "shared")) - {"x"})
    assert len(names) == 2
    assert restated.coursera(read(tmp_path / "shared", *names)) == 0.75


def test_no_such_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree(tmp_path, {"a.json": PARTIAL})
    assert grade("-f", "gradescop", tmp_path / "a.json") == 2
    assert 'unknown format "gradescop"; choose from' in capsys.readouterr().err


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


CODE = "def submission():\n    print('<b>')\n    return 1.04, -1, 2.05, -4\n"


def test_python_is_run_contained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gradescope", tree(tmp_path, {"submission/a.py": CODE})) == 0
    assert restated.gradescope(read(tmp_path, "results/results.json")) == (75, 100)
    assert capsys.readouterr() == ("", "a.py printed:\n| <b>\n")
    told = json.loads((tmp_path / "results/results.json").read_text())["output"]
    assert told.endswith("\n\na.py printed:\n| <b>")


def test_what_is_printed_cannot_give_a_workflow_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = CODE.replace("<b>", "::error::x\\n##[stop-commands]x")
    assert run("github", tree(tmp_path, {"a.py": code})) == 0
    out, err = capsys.readouterr()
    assert restated.github({"-": out, "$GITHUB_STEP_SUMMARY": "x"}) == ["notice"] + ["warning"] * 2
    assert err == "a.py printed:\n| ::error::x\n| ## [stop-commands]x\n"


def test_python_that_never_ends(tmp_path: Path) -> None:
    code = "def submission():\n    while True:\n        pass\n"
    assert run("gradescope", tree(tmp_path, {"submission/a.py": code}), "--max-wall", "0.5") == 0
    assert restated.gradescope(read(tmp_path, "results/results.json")) == (0, 100)
    assert "timed-out" in (tmp_path / "results/results.json").read_text()


def test_python_that_cannot_be_contained_is_no_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: object) -> None:
        raise SandboxError("sandbox-unavailable", "no kernel for it")

    monkeypatch.setattr("grader.sandbox.grader_side.sandbox.Sandbox.run", unavailable)
    assert run("gradescope", tree(tmp_path, {"submission/a.py": CODE})) == 4
    assert not (tmp_path / "results").exists()
    assert capsys.readouterr().err == (
        "no answer for gradescope, which will say that the grader failed: no kernel for it\n"
    )
    monkeypatch.undo()


def test_typed_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUBMISSION_CODE", CODE)
    assert run("open-edx", tmp_path, "--kind", "py") == 0
    assert restated.open_edx({"-": capsys.readouterr().out}) == 0.75
