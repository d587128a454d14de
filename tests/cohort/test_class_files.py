"""What a class run writes: the gradebook, the database, reports, the teacher's own file."""

import csv
import hashlib
import io
import json
import sqlite3
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from classes_made import made_class, outputs, run_class
from command import LAB, RIGHT, as_a_plain_user, grade
from grader.cohort.gradebook import safe
from grader.desk.catalogue import find

HALF = {**RIGHT, "w2": 0, "b2": 0}


def table(out: Path, delimiter: str = ",") -> list[dict[str, str]]:
    data = (out / "gradebook.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def put(folder: Path, student: str, values: object, name: str = "submission.json") -> None:
    (folder / student).mkdir(parents=True, exist_ok=True)
    text = values if isinstance(values, str) else json.dumps(values)
    (folder / student / name).write_text(text)


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


def in_time(folder: Path, student: str, values: object, time: str) -> None:
    put(folder, f"submitted/{student}/lab", values)
    (folder / "submitted" / student / "lab" / "timestamp.txt").write_text(f"{time} UTC")


def test_late_work_loses_its_share_and_says_so(tmp_path: Path) -> None:
    there, out = tmp_path / "course", tmp_path / "out"
    in_time(there, "ada", RIGHT, "2026-11-20 22:59:00")
    in_time(there, "jl", RIGHT, "2026-11-20 23:14:01")
    in_time(there, "kim", HALF, "2026-11-22 23:00:00")
    in_time(there, "zoe", RIGHT, "whenever")
    due = ("--due", "2026-11-20 23:59 Europe/Berlin")
    late = (*due, "--grace", "15m", "--late", "10%/day floor 40%")
    answer = run_class(there, out, *late)
    rows = {row["student"]: row for row in table(out)}
    shown = ("late", "late_s", "score", "late_points", "breakpoint-1")
    assert {who: [row[name] for name in shown] for who, row in rows.items()} == {
        "ada": ["0", "0", "100", "0", "25"],
        "jl": ["1", "901", "90", "-10", "25"],
        "kim": ["1", "172860", "40", "-10", "25"],
        "zoe": ["0", "", "100", "0", "25"],
    }
    assert "Note: 1 hand-in has no time that can be read, so nothing is known" in answer.out
    database = sqlite3.connect(out / "results.sqlite")
    asked = "SELECT late_s, score_exact, late_points_exact FROM submission JOIN result USING (seq)"
    assert database.execute(asked).fetchall() == [
        (0, "100", "0"),
        (901, "90", "-10"),
        (172860, "40", "-10"),
        (None, "100", "0"),
    ]
    assert len(database.execute("SELECT * FROM note").fetchall()) == 1
    database.close()
    # Policies are no terms of the journal: with others nothing is graded again.
    answer = run_class(there, out, *due)
    assert "going on: 4 of 4 were graded before" in answer.err
    assert [row["score"] for row in table(out)] == ["100", "100", "50", "100"]
    assert "late_points" not in table(out)[0]


def test_canvas_takes_off_for_lateness_itself(tmp_path: Path) -> None:
    there = tmp_path / "course"
    in_time(there, "90000", RIGHT, "2026-11-21 22:59:00")
    (tmp_path / "canvas.csv").write_text(CANVAS)
    (tmp_path / "own.csv").write_text("id,points\n90000,\n")
    late = ("--due", "2026-11-20 23:59Z", "--late", "10%/day")
    said = run_class(there, tmp_path / "a", *late, "--into", tmp_path / "canvas.csv").out
    assert "ada,CS101,10.00" in (tmp_path / "a" / "canvas.csv").read_text()
    assert "--into: Canvas takes off for lateness itself, so 1 late score is written with" in said
    by_key = ("--key", "id", "--column", "points")
    run_class(there, tmp_path / "b", *late, "--into", tmp_path / "own.csv", *by_key)
    assert "90000,90.00" in (tmp_path / "b" / "own.csv").read_text()
    by_key = ("--key", "ID", "--column", "ReLU lab (55512)")
    run_class(there, tmp_path / "c", *late, "--into", tmp_path / "canvas.csv", *by_key)
    assert "ada,CS101,10.00" in (tmp_path / "c" / "canvas.csv").read_text()


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


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,ReLU lab (55512)\n"
    "    Points Possible,,,,,10\n"
    '"Lovelace, Ada",90000,1001,ada,CS101,\n'
    '"Nobody, N.",90007,1007,n,CS101,\n'
)


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


def test_a_file_in_the_folder_that_somebody_else_made_or_changed_is_kept(tmp_path: Path) -> None:
    there, out = made_class(tmp_path / "class", 3), tmp_path / "out"
    out.mkdir()
    (out / "gradebook.csv").write_text("mine\n")
    answer = run_class(there, out)
    assert answer.status == 2
    assert "was made or changed by somebody else" in answer.err
    assert (out / "gradebook.csv").read_text() == "mine\n"
    (out / "gradebook.csv").unlink()
    assert run_class(there, out).status == 0
    with (out / "gradebook.csv").open("a") as file:
        file.write("a note of mine\n")
    assert run_class(there, out, "--restart").status == 2
    assert (out / "gradebook.csv").read_text().endswith("a note of mine\n")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--keep", "all", "--into", "x.csv"], "--into has one score for each student"),
        (["--key", "ID"], "name it after --into"),
        (["--late", "10%/day"], "say when: --due TIME"),
        (["--due", "friday"], '--due: "friday" is not a time'),
        (["--due", "2026-11-20 23:59Z", "--grace", "a bit"], '--grace: "a bit" is not a length'),
        (["--due", "2026-11-20 23:59Z", "--late", "half"], '--late: "half" is not a rule'),
        (["--reports", "pdf"], 'unknown form "pdf"; choose from html, json'),
        (["-f", "json"], "a class has --reports"),
        (["--into", "missing.csv"], "missing.csv: No such file"),
    ],
)
def test_what_does_not_go_together_is_said_and_nothing_graded(
    words: list[str], reason: str, tmp_path: Path
) -> None:
    there, out = made_class(tmp_path / "class", 2), tmp_path / "out"
    answer = run_class(there, out, *words)
    assert answer.status == 2
    assert reason in answer.err
    assert not out.exists()


def test_results_among_the_submissions_would_change_them(tmp_path: Path) -> None:
    there = made_class(tmp_path / "class", 2)
    for out in (there, there / "out"):
        answer = run_class(there, out)
        assert (answer.status, "is in the folder of the submissions" in answer.err) == (2, True)
    assert {path.name for path in there.iterdir()} == {"s000", "s001"}
    assert run_class(there, tmp_path / "class-out").status == 0


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    there, closed = made_class(tmp_path / "class", 2), tmp_path / "closed"
    closed.mkdir(mode=0o555)
    words = ["-e", LAB, there, "-o", f"{closed}/out/"]
    answer = grade(*words, before=as_a_plain_user)
    assert answer.status == 2
    assert f"{closed}/out: Permission denied; once that is mended" in answer.err


def test_without_an_exercise_all_have_to_name_the_same(tmp_path: Path) -> None:
    there, out = made_class(tmp_path / "class", 2), tmp_path / "out"
    answer = grade(there, "-o", f"{out}/")
    assert answer.status == 2
    assert "do not all name one installed exercise; name it: -e" in answer.err
    for who in ("s000", "s001"):
        put(there, who, {**RIGHT, "exercise": LAB})
    assert grade(there, "-o", f"{out}/").status == 0
    assert [row["score"] for row in table(out)] == ["100", "100"]
    put(there, "s001", "def submission(): return 1\n", "submission.json.py")
    (there / "s001" / "submission.json").unlink()
    assert grade(there, "-o", f"{tmp_path}/other/").status == 2


def test_a_threshold_and_quiet(tmp_path: Path) -> None:
    there, out = made_class(tmp_path / "class", 5), tmp_path / "out"
    answer = run_class(there, out, "--fail-under", "100", "--quiet")
    assert answer == (1, "", "")
    folder = grade(there)
    assert folder.status == 2
    assert "-o OUT/" in folder.err
