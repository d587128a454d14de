"""Runs of a table: begun again, compared, refused, and cut into chunks."""

import csv
from pathlib import Path

import pytest

from classes_made import outputs
from command import LAB, PROJECT, grade, run
from grader.cohort.tables import chunks as cutting
from rows_made import json_lines, some_rows
from tables_graded import book, run_table


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        (
            "t.csv",
            b"student,w1,b_1,w2,b2\n1,2,3,4,5\n",
            "t.csv has no column b1; did you mean b_1? Each free parameter has a column: w1, b1, w2 and b2. Found: student, w1, b_1, w2 and b2",
        ),
        ("t.csv", b"w1,w1,b1,w2,b2\n", "t.csv has the column w1 twice; keep the one that you mean"),
        ("t.csv", b"x," * 1_000_000, "t.csv has 1,000,001 columns; a table has at most 10,000"),
        ("t.csv", b"", "t.csv has no column w1, b1, w2 and b2. Each free parameter has a column"),
        (
            "t.csv",
            "w1,b1\n".encode("utf-16"),
            "t.csv has no column w2 and b2. Each free parameter has a column",
        ),
        (
            "t.csv",
            b"w" * (5 << 20),
            "t.csv: the first line is longer than 4 MiB; a table has one line per row",
        ),
        ("t.parquet", b"PAR1", "t.parquet cannot be read as Parquet"),
    ],
)
def test_a_table_that_is_none_is_refused_in_words(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    answer = run_table(tmp_path / name, tmp_path / "out")
    assert (answer.status, answer.out) == (2, "")
    assert reason in answer.err
    assert not (tmp_path / "out").exists()


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert run_table(tmp_path / "none.csv", tmp_path / "out").status == 2


def test_a_second_run_adds_nothing_and_a_changed_table_is_said(tmp_path: Path) -> None:
    table, out = tmp_path / "t.jsonl", tmp_path / "out"
    table.write_text(json_lines(some_rows(20)))
    assert run_table(table, out).status == 0
    before = outputs(out)
    answer = run_table(table, out)
    assert (answer.status, outputs(out)) == (0, before)
    assert "resuming: 20 rows are graded already" in answer.err
    text = table.read_text()
    table.write_text(text.replace("s1", "t1", 1))
    answer = run_table(table, out)
    assert answer.status == 2
    assert "t.jsonl has changed since 20 rows of it were graded." in answer.err
    table.write_text(text + json_lines(some_rows(1)))
    assert "its size was" in run_table(table, out).err
    assert run_table(table, out, "--restart").status == 0
    assert len(book(out)) == 21


def test_chunks_are_whole_records(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b'a,"x\ny"\nb,"\n\n"\nccc,"d"\nlast,"e"')
    with path.open("rb") as file:
        found = list(cutting.chunks(file, 0, 1, quoted=True, size=5))
        data = path.read_bytes()
        assert [data[each.start : each.end] for each in found] == [
            b'a,"x\ny"\n',
            b'b,"\n\n"\n',
            b'ccc,"d"\n',
            b'last,"e"',
        ]
        assert [each.first for each in found] == [1, 3, 6, 7]
        plain = list(cutting.chunks(file, 0, 1, quoted=False, size=5))
    assert b"".join(data[each.start : each.end] for each in plain) == data


def test_a_tables_run_is_compared_with_one_by_a_changed_exercise(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    rows = ["a,1,-1,2,-4", "=b,1,-1.1,2,-4", "c,1,-1,2.1,-4.2", "d,0,0,0,0", "e,x,0,0,0"]
    table.write_text("\n".join(["student,w1,b1,w2,b2", *rows]))
    text = (PROJECT / "exercises" / f"{LAB}.yaml").read_text()
    changed = tmp_path / f"{LAB}.yaml"
    changed.write_text(
        text.replace("{value: 0.05, x: 0.05, slope: 0.05}", "{value: 0.1, x: 0.1, slope: 0.1}")
    )
    assert run_table(table, tmp_path / "old", "--csv", "excel-eu").status == 3
    assert grade("-e", changed, table, "-o", f"{tmp_path}/new/").status == 3
    answer = run("grader", "regrade", tmp_path / "old", "--exercise", changed)
    assert answer.status == 2
    assert "Grade the table by the changed file, grade -e NEW.yaml TABLE -o NEW/, and" in answer.err
    words = ("grader", "regrade", tmp_path / "old", "--with", tmp_path / "new")
    answer = run(*words)
    assert answer.out.splitlines()[0] == f"{LAB}: of 5 hand-ins 2 rise, 0 fall, 3 stay"
    assert run(*words, "-o", tmp_path / "c.csv").status == 0
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    new = {row["source"]: row["score"] for row in book(tmp_path / "new")}
    assert {row["source"]: row["after"] for row in told} == new
    assert [row["student"] for row in told] == ["a", "'=b", "c", "d", "e"]
    for row in told:
        checks = sum(float(value) for name, value in row.items() if "-" in name)
        assert float(row["change"]) == pytest.approx(float(row["after"]) - float(row["before"]))
        assert checks == pytest.approx(float(row["change"]))
    assert "compared as text or csv, not as json" in run(*words, "-f", "json").err
    (tmp_path / "new" / "gradebook.csv").write_text("mine")
    assert "gradebook.csv is not there as the run wrote it" in run(*words).err


def test_a_broken_line_costs_itself_alone(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    lines = ["id,name,w1,b1,w2,b2", 'a,"x\ny",1,-1,2,-4', '"b,q,1,-1,2,-4', 'c,"z",1,-1,2,-4']
    table.write_text("\n".join([*lines, 'd,"x\ny",1,-1']))
    assert run_table(table, tmp_path / "out").status == 3
    rows = book(tmp_path / "out")
    assert [(row["student"], row["error"]) for row in rows] == [
        ("a", ""),
        ("row 3", "not-an-object"),
        ("c", ""),
        ("row 5", "not-an-object"),
    ]
    assert rows[1]["message"].startswith("the row has 1 cell, but the header has 6; quote cells")
    table.write_bytes("w1,b1,w2,b2\n".encode("utf-16-le"))
    assert (
        "holds NUL characters, as UTF-16 without a mark does"
        in run_table(table, tmp_path / "x").err
    )
