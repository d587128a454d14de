"""What each platform hands over, read from the layout that its documents describe."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from grader import load_exercise
from grader.exact.network import ZERO
from grader.exact.piecewise import Segment
from grader.exercise.build import build
from grader.exercise.checks import Tolerance
from grader.platforms import (
    Handed,
    Place,
    classroom50,
    coursera,
    github,
    gradescope,
    object_in,
    only_file,
    open_edx,
    prairielearn,
)


def place(
    files: Mapping[str, Sequence[str]] | None = None,
    texts: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    standard_input: bytes = b"",
) -> Place:
    return Place(
        environment or {},
        lambda name: json.dumps(texts[name]).encode() if texts and name in texts else None,
        lambda folder: (files or {}).get(folder, ()),
        lambda: standard_input,
    )


@pytest.mark.parametrize(
    ("files", "path", "missing"),
    [
        (["s/a.json"], "s/a.json", ""),
        (["s/a.json", "s/notes.txt"], "s/a.json", ""),
        (["s/a.PY"], "s/a.PY", ""),
        (["s/train.py", "s/submission.npz"], "s/submission.npz", ""),
        (["s/train.py", "s/submission.zip"], "s/submission.zip", ""),
        (["s/train.py", "s/data.zip"], "s/train.py", ""),
        (["s/model.json", "s/model.weights.bin"], "s/model.json", ""),
        (["s/answer.txt"], "s/answer.txt", ""),
        (["s/b.py", "s/submission.json", "s/a.json"], "s/submission.json", ""),
        (
            ["s/b.py", "s/a.json"],
            None,
            "there are 2 files (s/a.json, s/b.py); hand in one, or call the one that counts "
            "submission, as in submission.json",
        ),
        (
            ["s/submission.py", "s/submission.json", "s/a.py"],
            None,
            "there are 2 files (s/submission.json, s/submission.py); hand in one",
        ),
        (["package.json", "a/b/submission.ipynb", "x.py"], "a/b/submission.ipynb", ""),
        (["a/Submission.py", "a/helper.py", "setup.py"], "a/Submission.py", ""),
        (["package.json", "package-lock.json", "hw.py"], "hw.py", ""),
        (
            [".vscode/settings.json", ".ipynb_checkpoints/hw-checkpoint.ipynb", "hw.ipynb"],
            "hw.ipynb",
            "",
        ),
        (["__MACOSX/._hw.py", "node_modules/a/submission.json", ".DS_Store", "hw.py"], "hw.py", ""),
        (["tsconfig.json", "hw.ipynb.txt"], "hw.ipynb.txt", ""),
        (
            ["package.json", ".git/x.json"],
            None,
            "no file that can be graded was handed in; hand in one, such as submission.json",
        ),
        (["a.py", "src/deep/submission.json", "src/b.json"], "src/deep/submission.json", ""),
        (["hw.py", "old/hw.py", "old/hw2.py"], "hw.py", ""),
        (["submission.py", "old/submission.py"], "submission.py", ""),
        (["package.json", "work/hw.py"], "work/hw.py", ""),
        (["Thumbs.db", "desktop.ini", "~$hw.docx", "hw.docx", "hw.py~"], "hw.docx", ""),
        (
            ["app/.vscode/settings.json", "app/.vscode/launch.json", "app/hw.json"],
            "app/hw.json",
            "",
        ),
        ([], None, "nothing was handed in; hand in one file, such as submission.json"),
    ],
)
def test_the_one_file(files: list[str], path: str | None, missing: str) -> None:
    assert only_file(files, "x") == Handed(path=path, student="x", missing=missing)


# Source of the layout: autograder_samples, docs/submission_metadata.md, commit af5dee4.
METADATA = {
    "id": 123456,
    "created_at": "2018-07-01T14:22:32.365935-07:00",
    "assignment": {
        "due_date": "2018-07-31T23:00:00.000000-07:00",
        "group_size": 4,
        "group_submission": True,
        "id": 25828,
        "course_id": 1234,
        "late_due_date": None,
        "release_date": "2018-07-02T00:00:00.000000-07:00",
        "title": "Programming Assignment 1",
        "total_points": "20.0",
    },
    "submission_method": "upload",
    "users": [
        {"email": "a@example.org", "id": 1234, "name": "First Student"},
        {"email": "b@example.org", "id": 5678, "name": "Second Student"},
    ],
    "previous_submissions": [],
}


def test_gradescope() -> None:
    files = {"submission": ["submission/submission.json"]}
    handed = gradescope.handed_over(place(files, {"submission_metadata.json": METADATA}))
    names = "First Student, Second Student"
    assert handed == Handed("submission/submission.json", student=names, points_there="20.0")


@pytest.mark.parametrize("metadata", [{}, [], {"users": 3}, {"users": [{"name": 1}, 2]}, None])
def test_gradescope_with_odd_metadata(metadata: object) -> None:
    handed = gradescope.handed_over(
        place({"submission": ["a"]}, {"submission_metadata.json": metadata})
    )
    assert handed == Handed("a")


def test_codio_copies_gradescopes_layout() -> None:
    """Source: gradescope_wrapper, main.go (prepareSubmission), commit 5d16184."""
    metadata = {
        "id": "not_in_use",
        "created_at": "2026-11-23T09:30:00Z",
        "assignment": {"group_size": 0, "title": "not_in_use", "total_points": "100.0"},
        "submission_method": "upload",
        "users": [{"email": "a@example.org", "id": "u1", "name": "Some Student"}],
        "previous_submissions": [],
    }
    files = {"submission": ["submission/a.py"]}
    handed = gradescope.handed_over(place(files, {"submission_metadata.json": metadata}))
    assert handed == Handed(
        "submission/a.py", student="Some Student", whole=True, id="a@example.org"
    )


def test_coursera() -> None:
    environment = {"partId": "abc12", "userId": "7", "filename": "evil.json"}
    handed = coursera.handed_over(place({"submission": ["submission/a.py"]}, None, environment))
    assert handed == Handed("submission/a.py", student="7", part="abc12", id="7")


@pytest.mark.parametrize(
    "typed",
    [{"w1": 1, "b1": -1.5, "_files": [1], "name": "x"}, {"w1": "1", "b1": " \N{MINUS SIGN}1.5"}],
)
def test_prairielearn_with_numbers_in_the_page(typed: dict[str, object]) -> None:
    handed = prairielearn.handed_over(place(None, {"data/data.json": {"submitted_answers": typed}}))
    assert json.loads(handed.data or b"") == {"w1": 1, "b1": -1.5}


def test_prairielearn_with_numbers_packed_by_an_input() -> None:
    packed = {"_type": "np_scalar", "_concrete_type": "float64", "_value": "0.1"}
    texts = {"data/data.json": {"submitted_answers": {"w1": packed, "b1": "1/4", "w2": "x"}}}
    handed = prairielearn.handed_over(place(None, texts))
    assert json.loads(handed.data or b"") == {"w1": 0.1, "b1": 0.25, "w2": "x"}


def test_prairielearn_with_a_file() -> None:
    texts = {"data/data.json": {"submitted_answers": {"w1": 1}}}
    assert prairielearn.handed_over(place({"student": ["student/a.py"]}, texts)) == Handed(
        "student/a.py"
    )


def test_prairielearn_with_nothing() -> None:
    told = "data/data.json has no object submitted_answers"
    assert prairielearn.handed_over(place()) == Handed(fault=told)


def page(**typed: str) -> dict[str, object]:
    """Source: docs/question/server.md, the keys of data."""
    return {
        "submitted_answers": dict(typed),
        "format_errors": {},
        "partial_scores": {},
        "score": 0.0,
        "feedback": {},
    }


def test_prairielearns_page_is_graded_as_exactly_as_a_file() -> None:
    lab = load_exercise("relu-three-segments")
    data = page(w1="1.04", b1="-1", w2="2.05", b2="-4")
    prairielearn.parse(data, lab)
    assert data["format_errors"] == {}
    prairielearn.grade_page(data, lab)
    assert data["score"] == 0.75
    assert "Score </span>75 of 100" in str(data["feedback"])
    assert set(data) == set(page())
    json.dumps(data, allow_nan=False)


def test_prairielearns_page_refuses_what_is_no_number() -> None:
    data = page(w1="1", b1="one", w2="0x1", b2="")
    prairielearn.parse(data, load_exercise("relu-three-segments"))
    told = "Type a number such as 1, -0.5 or 1/3."
    assert data["format_errors"] == {"b1": told, "w2": told, "b2": told}


@pytest.mark.parametrize("minus", "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63\uff0d-")
def test_prairielearns_page_takes_every_minus_sign(minus: str) -> None:
    data = page(w1="1", b1=f" {minus}1\u00a0", w2="2", b2=f"{minus}4")
    lab = load_exercise("relu-three-segments")
    prairielearn.parse(data, lab)
    assert data["format_errors"] == {}
    prairielearn.grade_page(data, lab)
    assert data["score"] == 1


def test_prairielearns_page_takes_a_ratio_as_that_ratio() -> None:
    """What is typed earns what the exact numbers earn, not what their nearest doubles earn."""
    lab = load_exercise("relu-three-segments")
    rules = lab.rules._replace(tolerance=Tolerance(ZERO, ZERO, ZERO))
    answers = {"w1": "1/3", "b1": "-1/3", "w2": "8/3", "b2": "-16/3"}
    target = [(0, 1, -2, 2), (1, 2, Fraction(1, 3), Fraction(-1, 3)), (2, 3, 3, Fraction(-17, 3))]
    segments = [Segment(*map(Fraction, each)) for each in target]
    exercise = build(id="thirds", title="Thirds", segments=segments, units=lab.units, rules=rules)
    data = page(**answers)
    prairielearn.parse(data, exercise)
    prairielearn.grade_page(data, exercise)
    assert data["score"] == 1
    assert data["submitted_answers"] == answers
    assert data["partial_scores"] == {key: {"score": 1.0} for key in answers}


@pytest.mark.parametrize("value", [True, None, [], {}, "1e400", "1/0", "nan", 10**400, "--1"])
def test_prairielearns_page_refuses_every_other_value(value: object) -> None:
    data = page(w1="1", b1="-1", w2="2")
    submitted = data["submitted_answers"]
    assert isinstance(submitted, dict)
    submitted["b2"] = value
    prairielearn.parse(data, load_exercise("relu-three-segments"))
    assert data["format_errors"] == {"b2": "Type a number such as 1, -0.5 or 1/3."}


def test_prairielearns_test_of_a_question_without_a_right_answer() -> None:
    data = {"test_type": "correct", "raw_submitted_answers": {}, "partial_scores": {}}
    with pytest.raises(ValueError, match="no right answer is known"):
        prairielearn.write_test(data, load_exercise("relu-three-segments"), None)


@pytest.mark.parametrize("pack", [json.dumps, lambda value: value])
def test_open_edx_from_the_queue(pack: object) -> None:
    assert callable(pack)
    info = json.dumps({"anonymous_student_id": "a1b2", "submission_time": "2026", "random_seed": 1})
    body = {"student_response": '{"w1": 1}', "grader_payload": "x", "student_info": info}
    item = {"xqueue_header": "{}", "xqueue_body": json.dumps(body), "xqueue_files": "{}"}
    handed = open_edx.handed_over(place(standard_input=json.dumps(item).encode()))
    assert handed == Handed(data=b'{"w1": 1}', student="a1b2")


def test_open_edx_in_a_container() -> None:
    handed = open_edx.handed_over(place(environment={"SUBMISSION_CODE": "x = 1"}))
    assert handed == Handed(data=b"x = 1")


@pytest.mark.parametrize(
    "item", [b"", b"null", b"{}", b'{"xqueue_body": "[]"}', b'{"xqueue_body": 3}']
)
def test_open_edx_with_an_odd_item(item: bytes) -> None:
    handed = open_edx.handed_over(place(standard_input=item))
    assert handed == Handed(fault="the queue's item has no student_response in its xqueue_body")


def test_classroom_50() -> None:
    files = {"": ["result.json", "submission.py"]}
    handed = classroom50.handed_over(place(files, None, {"OWNER": "o", "USERNAME": "u"}))
    assert handed == Handed("submission.py", student="o")


def test_github() -> None:
    handed = github.handed_over(place({"": ["submission.json"]}, None, {"GITHUB_ACTOR": "g"}))
    assert handed == Handed("submission.json", student="g")


@pytest.mark.parametrize("data", [None, b"", b"[", b"[]", b"[" * 100_000, b"\xff"])
def test_no_object(data: bytes | None) -> None:
    assert object_in(data) == {}
