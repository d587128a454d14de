"""Every error code that a JSON file can produce, through the command."""

import json
from pathlib import Path

import pytest

from command import LAB, RIGHT, grade, grade_json

ONE = 'it must be one object, such as {"w1": 1, "b1": -1}'
LOOKS = 'it must look like {"w1": 1, "b1": 0}'


def _with(**changes: object) -> bytes:
    return json.dumps(RIGHT | changes).encode()


def _w1(text: str) -> bytes:
    return _with().replace(b'"w1": 1', b'"w1": ' + text.encode())


CASES = {
    "too-large": (
        b" " * 2**20 + b"{}",
        "too-large",
        "the submission is larger than 1 MiB; it needs only a few lines, so hand in only those",
        None,
    ),
    "not-utf8": (
        b'{"w1": 1,\n"student": "\xff"}',
        "not-utf8",
        "byte 23 of the submission is not UTF-8 text; save the file as UTF-8",
        "line 2",
    ),
    "utf16": (
        b"\xff" + b'{"w1": 1}',
        "not-utf8",
        "byte 1 of the submission is not UTF-8 text; save the file as UTF-8",
        "line 1",
    ),
    "empty": (b"", "not-json", f"the submission is empty; {LOOKS}", None),
    "truncated": (
        b'{"w1": 1,\n"b1":',
        "not-json",
        (
            "the submission is not JSON at line 2, column 6: the file ends too early; complete "
            "it and close the object with }"
        ),
        "line 2",
    ),
    "depth-bomb": (
        b"[" * 500_000,
        "not-json",
        f"the submission is nested too deep; {LOOKS}",
        None,
    ),
    "list": (
        b"[1, -1]",
        "not-an-object",
        f"the submission is a list of numbers without names; {ONE}",
        None,
    ),
    "duplicate": (
        b'{"w1": 1, "w\\u0031": 2}',
        "duplicate-key",
        'the key "w1" appears twice; keep the one that you mean',
        "w1",
    ),
    "unknown-near": (
        _with(W1=1),
        "unknown-parameter",
        (
            '"W1" is not a key of this exercise; did you mean w1? '
            "Allowed are w1, b1, w2, b2, exercise and student."
        ),
        "W1",
    ),
    "unknown-far": (
        _with(score=100),
        "unknown-parameter",
        '"score" is not a key of this exercise. Allowed are w1, b1, w2, b2, exercise and student.',
        "score",
    ),
    "leading-zero": (
        _with(w01=1),
        "unknown-parameter",
        (
            '"w01" is not a key of this exercise; did you mean w1? '
            "Allowed are w1, b1, w2, b2, exercise and student."
        ),
        "w01",
    ),
    "student-list": (
        _with(student=["a", "b"]),
        "not-text",
        '"student" must be text in double quotes, but it is a list',
        "student",
    ),
    "exercise-null": (
        _with(exercise=None),
        "not-text",
        '"exercise" must be text in double quotes, but it is null',
        "exercise",
    ),
    "unknown-exercise": (
        _with(exercise="relu-3-segments"),
        "unknown-exercise",
        (
            'unknown exercise "relu-3-segments"; did you mean relu-three-segments? '
            'Run "grader exercises" for the list, or leave the key "exercise" out.'
        ),
        "exercise",
    ),
    "fixed": (
        _with(w0=-3),
        "fixed-parameter",
        (
            '"w0" is fixed at -2 in this exercise, but the submission has -3; '
            "leave it out or give it its own value"
        ),
        "w0",
    ),
    "missing": (
        b'{"w1": 1}',
        "missing-parameter",
        "b1, w2 and b2 are missing; give every free parameter a number: w1, b1, w2 and b2",
        "b1",
    ),
    "boolean": (
        _w1("true"),
        "not-a-number",
        '"w1" must be a number such as 1 or -0.5, but it is the boolean true',
        "w1",
    ),
    "string": (
        _w1('"1"'),
        "not-a-number",
        '"w1" must be a number such as 1 or -0.5, but it is the text "1"; take the quotes away',
        "w1",
    ),
    "nan": (
        _w1("NaN"),
        "not-a-number",
        '"w1" must be a number such as 1 or -0.5, but it is NaN',
        "w1",
    ),
    "infinity": (
        _w1("-Infinity"),
        "not-a-number",
        '"w1" must be a number such as 1 or -0.5, but it is -Infinity',
        "w1",
    ),
    "1e400": (
        _w1("1e400"),
        "out-of-range",
        '"w1" is over 1,000,000,000 in magnitude; such a number cannot be right here',
        "w1",
    ),
    "million-digits": (
        _w1("7" * 10**6),
        "out-of-range",
        '"w1" is over 1,000,000,000 in magnitude; such a number cannot be right here',
        "w1",
    ),
    "just-over": (
        _w1("1000000000.0000001"),
        "out-of-range",
        '"w1" is over 1,000,000,000 in magnitude; such a number cannot be right here',
        "w1",
    ),
}


@pytest.mark.parametrize(("data", "code", "message", "where"), CASES.values(), ids=CASES)
def test_code_message_and_place(data: bytes, code: str, message: str, where: str | None) -> None:
    answer = grade_json("-", stdin=data)
    assert answer.err == ""
    assert answer.report["error"] == {"code": code, "message": message, "where": where}
    assert (answer.status, answer.report["status"], answer.report["score"]) == (3, "invalid", 0)


@pytest.mark.parametrize("data", [case[0] for case in CASES.values()], ids=CASES)
def test_a_student_reads_what_is_wrong_and_what_to_do(data: bytes) -> None:
    answer = grade("-", stdin=data)
    assert answer.status == 3
    assert answer.out.startswith("Score 0")
    assert all(len(line) <= 80 and line.isprintable() for line in answer.out.splitlines())


def test_wrong_exercise(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "hat.yaml").write_text("format: 1\n")
    answer = grade_json("-e", LAB, "-", stdin=_with(exercise="hat", student="S"), cwd=tmp_path)
    assert answer.status == 3
    assert answer.report["error"] == {
        "code": "wrong-exercise",
        "message": 'this submission is for the exercise "hat", but it is being graded against '
        '"relu-three-segments"; hand it in there, or correct the key "exercise"',
        "where": "exercise",
    }
    assert answer.report["submission"]["student"] == "S"


@pytest.mark.parametrize("text", ["-0.0", "1e-320", "1.0", "1E0", "1" + "." + "0" * 1000])
def test_odd_numbers_that_are_numbers(text: str) -> None:
    answer = grade_json("-", stdin=_w1(text))
    assert (answer.status, answer.report["status"]) == (0, "graded")
    assert answer.report["parameters"]["w1"] == pytest.approx(float(text), abs=0)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + _with(),
        _with(w0=-2, b0=2.0),
        _with(exercise=LAB, student=""),
        _with().replace(b",", b"\r\n,\t"),
        _with().replace(b"w1", b"w\\u0031"),
    ],
    ids=["byte-order-mark", "fixed-repeated", "texts", "layout", "escaped-key"],
)
def test_what_is_accepted(data: bytes) -> None:
    answer = grade_json("-", stdin=data)
    assert (answer.status, answer.report["score"]) == (0, 100)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (b'{"zz": 1, "w1": 1, "w1": 2}', "duplicate-key"),
        (b'{"zz": 1, "student": true}', "unknown-parameter"),
        (b'{"student": 3.5, "exercise": "nowhere"}', "not-text"),
        (b'{"exercise": "nowhere", "w0": 9}', "unknown-exercise"),
        (b'{"w0": 9, "w1": true}', "fixed-parameter"),
        (b'{"w1": true, "b1": 1}', "missing-parameter"),
        (b'{"w1": 1e10, "b1": true, "w2": 0, "b2": 0}', "not-a-number"),
        (b'{"exercise": "nowhere", "exercise": "elsewhere"}', "duplicate-key"),
    ],
)
def test_the_first_code_that_applies_counts(changes: bytes, code: str) -> None:
    given = ["-e", LAB] if b"exercise" not in changes else []
    assert grade_json(*given, "-", stdin=changes).report["error"]["code"] == code
