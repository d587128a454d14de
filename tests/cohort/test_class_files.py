"""What a class run writes: the gradebook, the database, reports, the teacher's own file."""

import hashlib
import json
import sqlite3
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from class_files import CANVAS, HALF, in_time, put, table
from classes_made import made_class, outputs, run_class
from command import LAB, RIGHT, grade
from grader.cohort.gradebook import safe
from grader.desk.catalogue import find


def test_a_class_of_all_kinds(tmp_path: Path) -> None:
    there = tmp_path / "class"
    put(there, "007", RIGHT)
    put(there, "ada", HALF)
    put(there, "jl", "{broken")
    put(there, "zoe", "def submission():\n    return 1, -1, 2, -4\n", "submission.py")
    out = tmp_path / "out"
    answer = run_class(there, out, "--reports", "html,json")
    assert answer.status == 3
    assert "4 submissions: 3 graded, 1 that could not be read" in answer.out
    written = ("gradebook.csv", "results.sqlite", "class.html", "reports/")
    assert f"Written: {', '.join(f'{out}/{name}' for name in written)}" in answer.out
    rows = {row["student"]: row for row in table(out)}
    assert list(rows) == ["007", "ada", "jl", "zoe"]
    assert [rows[who]["score"] for who in rows] == ["100", "50", "0", "100"]
    assert [rows[who]["status"] for who in rows] == ["graded", "graded", "invalid", "graded"]
    assert rows["ada"]["mistake"] == "unit-unset"
    assert (rows["ada"]["unit"], rows["jl"]["error"]) == ("2", "not-json")
    assert rows["007"]["breakpoint-2"] == "25"
    assert set(outputs(out)) == {
        "class.html",
        "gradebook.csv",
        "results.sqlite",
        *(f"reports/{who}.{ending}" for who in rows for ending in ("html", "json")),
    }
    report = json.loads((out / "reports" / "ada.json").read_text())
    alone = grade("-e", LAB, there / "ada" / "submission.json", "-f", "json").report
    report["submission"]["source"] = alone["submission"]["source"]
    assert report == alone


def test_the_database_says_the_same_exactly(tmp_path: Path) -> None:
    there, out = made_class(tmp_path / "class", 30), tmp_path / "out"
    run_class(there, out)
    database = sqlite3.connect(out / "results.sqlite")
    found = database.execute(
        "SELECT student, score_exact, sum(0 + p.points), score FROM submission JOIN result USING "
        "(seq) JOIN point p USING (seq) GROUP BY seq ORDER BY seq"
    ).fetchall()
    rows = table(out)
    assert [row["student"] for row in rows] == [student for student, *_ in found]
    for row, (_, exact, total, score) in zip(rows, found, strict=True):
        assert float(row["score"]) == score == float(Fraction(exact))
        assert total == pytest.approx(score)
    (version,) = database.execute("SELECT value FROM run WHERE name = 'version'").fetchone()
    assert version in grade("--version").out
    database.close()


def test_the_database_has_what_was_handed_in_and_the_exercise_itself(tmp_path: Path) -> None:
    there, out = tmp_path / "class", tmp_path / "out"
    put(there, "ada", {**RIGHT, "b1": -1.1})
    put(there, "jl", "{broken")
    run_class(there, out)
    database = sqlite3.connect(out / "results.sqlite")
    found = database.execute("SELECT seq, name, value, value_exact FROM parameter").fetchall()
    assert found == [
        (0, "w1", 1.0, "1"),
        (0, "b1", -1.1, "-11/10"),
        (0, "w2", 2.0, "2"),
        (0, "b2", -4.0, "-4"),
    ]
    ((digest, data),) = database.execute("SELECT digest, bytes FROM spec").fetchall()
    assert data == Path(find(LAB).path).read_bytes()
    assert digest == hashlib.sha256(data).hexdigest()
    assert database.execute("SELECT value FROM run WHERE name = '--keep'").fetchone() == ("last",)
    database.close()


def test_parquet_has_the_gradebooks_values_in_typed_columns(tmp_path: Path) -> None:
    there, out = tmp_path / "course", tmp_path / "out"
    in_time(there, "007", RIGHT, "2026-11-20 22:59:00")
    in_time(there, "=1+1", {**RIGHT, "b1": -1.1}, "2026-11-23 23:14:01")
    in_time(there, "kim", "{broken", "2026-11-23 23:00:00")
    late = ("--due", "2026-11-20 23:59Z", "--late", "10%/day")
    answer = run_class(there, out, *late, "--parquet")
    assert f", {out}/results.parquet\n" in answer.out
    frame = pl.read_parquet(out / "results.parquet")
    assert frame.schema["student"] == pl.String
    assert frame.schema["score"] == frame.schema["segment-1"] == pl.Float64
    assert frame.schema["late_s"] == frame.schema["unit"] == pl.Int64
    rows = table(out)
    assert frame.columns == list(rows[0])
    for row, typed in zip(rows, frame.to_dicts(), strict=True):
        assert row.pop("student").removeprefix("'") == typed.pop("student")
        for name, cell in row.items():
            value = typed[name]
            if isinstance(value, str):
                assert cell == safe(value)
            else:
                assert cell == ("" if value is None else f"{value}".removesuffix(".0"))
    before = outputs(out)
    run_class(there, out, *late, "--parquet")
    assert outputs(out) == before


def test_a_european_gradebook(tmp_path: Path) -> None:
    there = tmp_path / "class"
    put(there, "ada", {**RIGHT, "b1": -1.1})
    out = tmp_path / "out"
    run_class(there, out, "--csv", "excel-eu")
    (row,) = table(out, ";")
    assert "," in row["score"]
    assert "." not in row["score"]


def test_the_columns_stand_in_their_order(tmp_path: Path) -> None:
    there, out = made_class(tmp_path / "class", 1), tmp_path / "out"
    run_class(there, out)
    (head,) = (out / "gradebook.csv").read_text("utf-8-sig").splitlines()[:1]
    assert head == (
        "student,name,attempt,attempts,submitted,late,late_s,counts,source,status,score,max_score,"
        "segment-1,segment-2,segment-3,breakpoint-1,breakpoint-2,mistake,unit,message,error,digest"
    )


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-x",
        "@A1",
        "  =1",
        "\u200b=1",
        "\uff1d1",
        "\t1",
        "\n",
        "\rx",
        "\0",
        "\x07=1",
        "\ufeff=1",
        "\u2060+1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        "\ufe66A1",
        "\u22121",
        "\u3164=1",
        "\u00ad=1",
        "\ufe0f@x",
    ],
)
def test_what_a_spreadsheet_would_compute_is_text(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "007", "ada", "a=b", "1-2", "1234567890123456789", "Zoë"])
def test_all_else_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_the_teachers_own_file_is_filled_beside_and_stays_itself(tmp_path: Path) -> None:
    there = tmp_path / "class"
    there.mkdir()
    (there / "lovelaceada_90000_7700_submission.json").write_text(json.dumps(HALF))
    (there / "oneil_LATE_90001_7701_submission.json").write_text(json.dumps(RIGHT))
    theirs = tmp_path / "grades.csv"
    theirs.write_text(CANVAS)
    out = tmp_path / "out"
    answer = run_class(there, out, "--into", theirs)
    assert answer.status == 0
    assert theirs.read_text() == CANVAS
    assert (out / "grades.csv").read_text() == CANVAS.replace("ada,CS101,", "ada,CS101,5.00")
    assert "not in the file, so not written: 90001" in answer.out
    assert "no hand-in, so left as they were: 90007 (line 4)" in answer.out
