"""Plain JSON files graded together beside each alone: the same bytes, in the files and journal."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from command import LAB, RIGHT
from grader.cohort import classrun
from grader.cohort.classrun import ClassRun, run
from grader.cohort.collection import manifest, reader
from grader.cohort.marking import Criteria
from grader.cohort.together import together
from grader.desk.catalogue import load_exercise
from grader.desk.intake import Received, entries
from grader.errors import SubmissionError
from grader.submission.origin import Origin
from grader.submission.record import read_parameters
from grader.text.codes import Reveal
from rows_made import hostile_rows

RIGHT_TEXT = json.dumps(RIGHT)
# What is not plain, or looks so and is not: each has to get the row that it gets alone.
ODD = (
    "",
    "{",
    "[1, -1, 2, -4]",
    RIGHT_TEXT + "x",
    RIGHT_TEXT[:-1] + ', "w1": 2}',
    RIGHT_TEXT[:-1] + ', "w0": -2}',
    RIGHT_TEXT[:-1] + ', "w9": -2}',
    RIGHT_TEXT[:-1] + ', "student": "ada"}',
    RIGHT_TEXT[:-1] + ', "student": "a\\u0064a"}',
    RIGHT_TEXT[:-1] + ', "student": "\\"", "student": "b"}',
    RIGHT_TEXT[:-1] + ', "student": 12}',
    RIGHT_TEXT[:-1] + ', "student": null}',
    RIGHT_TEXT[:-1] + ', "student": true, "student": "x"}',
    RIGHT_TEXT[:-1] + ', "student": "né"}',
    RIGHT_TEXT[:-1] + ', "exercise": "relu-three-segments"}',
    RIGHT_TEXT[:-1] + ', "exercise": "absolute-value"}',
    RIGHT_TEXT[:-1] + ', "exercise": "nowhere"}',
    RIGHT_TEXT[:-1] + ', "exercise": null}',
    "\ufeff" + RIGHT_TEXT,
    "\n\n " + json.dumps(RIGHT, indent=4) + "\r\n",
    RIGHT_TEXT.replace(": 2,", ": true,"),
    RIGHT_TEXT.replace(": 2,", ': "2",'),
    RIGHT_TEXT.replace(": 2,", ": NaN,"),
    RIGHT_TEXT.replace(": 2,", ": 1e400,"),
    RIGHT_TEXT.replace(": 2,", ": 1e-400,"),
    RIGHT_TEXT.replace(": 2,", ": -0.0,"),
    RIGHT_TEXT.replace(": 2,", ": 02,"),
    RIGHT_TEXT.replace(": 2,", ": 2.00000000000000000000,"),
    RIGHT_TEXT.replace(": 2,", ": 0.30000000000000004,"),
    RIGHT_TEXT.replace(": 2,", ": 1000000001,"),
    RIGHT_TEXT.replace(": 2,", f": {'9' * 400},"),
    json.dumps({name: RIGHT[name] for name in list(RIGHT)[:3]}),
)

# What workers read, or cannot; of the last ones the numbers are no short decimals.
CODES = (
    "def submission():\n    return 1, -1, 2, -4\n",
    "def submission():\n    return {'w1': 1, 'b1': -1.0, 'w2': 3, 'b2': -6, 'student': 'ada'}\n",
    "def submission():\n    return 1, -1, 2\n",
    "def submission():\n    return 1, True, 2, -4\n",
    "def submission():\n    return 1e10, 0, 2, -4\n",
    "def submission():\n    raise ValueError\n",
    "print('no function')\n",
    "def submission(\n",
    "import os\ndef submission():\n    os._exit(0)\n",
    "def submission():\n    return 1, -1, 2, -4 + 1e-12\n",
    "def submission():\n    return 1 / 3, -1 / 3, 2, -4\n",
)


def _class(folder: Path, texts: list[str], codes: Sequence[str] = ()) -> Path:
    named = [("submission.json", text) for text in texts]
    named += [("submission.py", text) for text in codes]
    for number, (name, text) in enumerate(named):
        whose = folder / f"s{number:04}"
        whose.mkdir(parents=True)
        (whose / name).write_bytes(text.encode())
    return folder


def _run(there: Path, out: Path, reveal: Reveal | None) -> dict[str, object]:
    """Return all that a run leaves behind."""
    asked = ClassRun(str(out), Criteria(LAB, reveal), quiet=True)
    with reader(str(there)) as read:
        run(asked, load_exercise(LAB), manifest(str(there)), read, lambda _: None)
    left: dict[str, object] = {
        name: (out / name).read_bytes()
        for name in ("gradebook.csv", "results.sqlite", "class.html")
    }
    with sqlite3.connect(out / "journal" / "journal.sqlite") as journal:
        left["journal"] = journal.execute("SELECT seq, told FROM outcome ORDER BY seq").fetchall()
    return left


@pytest.mark.parametrize(
    ("reveal", "count"),
    [
        (None, 8),
        ("verdict", 5),
        pytest.param("answers", 400, marks=pytest.mark.thorough),
        pytest.param(None, 900, marks=pytest.mark.thorough),
    ],
)
def test_a_class_ends_with_the_same_bytes(
    reveal: Reveal | None, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = [tuple(map(float, RIGHT.values())), (1.0, -1.0, 3.0, -6.0), (2.0, -4.0, 1.0, -1.0)]
    rows = hostile_rows(Random(count), right, count)  # noqa: S311 - to be repeated
    texts = [json.dumps(dict(zip(RIGHT, row, strict=True))) for row in rows]
    there = _class(tmp_path / "class", [*ODD, *texts], CODES if reveal is None else ())
    monkeypatch.setattr(classrun, "WORTH_IT", 1)
    with_columns = _run(there, tmp_path / "together", reveal)
    monkeypatch.setattr(classrun, "WORTH_IT", 10**9)
    assert with_columns == _run(there, tmp_path / "alone", reveal)


def test_a_plain_file_is_what_the_reader_of_single_files_reads() -> None:
    exercise = load_exercise(LAB)
    made = together(exercise, Criteria(LAB))
    assert made is not None
    taken = 0
    for text in (*ODD, RIGHT_TEXT):
        row = made._plain(text.encode())  # noqa: SLF001 - what decides which way a file goes
        if row is None:
            continue
        taken += 1
        received = Received(text.encode(), "json", Origin("x.json"))
        if max(map(abs, row)) > 1e9:
            with pytest.raises(SubmissionError) as error:
                read_parameters(entries(received), exercise, received.origin)
            assert error.value.code == "out-of-range"
        else:
            read = read_parameters(entries(received), exercise, received.origin).parameters
            assert [float(x) for x in read.values()] == [x + 0.0 for x in row], text
    assert taken >= 8


def test_reports_and_variants_are_made_one_by_one() -> None:
    assert together(load_exercise(LAB), Criteria(LAB, reports=("html",))) is None
    assert together(load_exercise("stitch-your-own"), Criteria("stitch-your-own")) is None
