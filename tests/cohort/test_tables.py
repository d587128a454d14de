"""A table graded as columns: the same rows as files one by one, whatever is in it."""

import csv
import shutil
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from classes_made import outputs
from command import LAB, PROJECT, RIGHT, Answer, grade, run
from grader import load_exercise
from grader.cohort.marking import Criteria, Marker
from grader.cohort.tables import chunks as cutting
from grader.desk.choice import given
from grader.desk.intake import taken
from rows_made import json_lines, some_rows

FREE = tuple(RIGHT)


def run_table(table: Path, out: Path, *words: str) -> Answer:
    return grade("-e", LAB, table, "-o", f"{out}/", *words)


def book(out: Path) -> list[dict[str, str]]:
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


ODD_LINES = (
    '{"w1": 1, "w1": 2, "b1": 0, "w2": 0, "b2": 0}',
    '{"w1": "1", "b1": 0, "w2": 0, "b2": 0}',
    '{"w1": true, "b1": 0, "w2": 0, "b2": 0}',
    '{"w1": null, "b1": 0, "w2": 0, "b2": 0}',
    '{"w1": NaN, "b1": 0, "w2": 0, "b2": 0}',
    '{"w1": 1e400, "b1": 0, "w2": 0, "b2": 0}',
    '{"w1": 1e9, "b1": -1e-9, "w2": 1000000001, "b2": 0}',
    '{"b1": 0, "w2": 0, "b2": 0}',
    '{"w1": 1, "b1": -1, "w2": 2, "b2": -4, "w9": 1}',
    '{"w0": -2, "b0": 2, "w1": 1, "b1": -1, "w2": 2, "b2": -4}',
    '{"w1": 1, "b1": -1, "w2": 2,',
    '{"w1": 0.1000000000000000055511151231257827, "b1": -1, "w2": 2, "b2": -4}',
    '{"w1": 12345678901234567890, "b1": -1, "w2": 2, "b2": -4}',
    '{"w1": 1, "b1": -1, "w2": 2, "b2": -4}{"w1": 1, "b1": -1, "w2": 2, "b2": -4}',
    '{"exercise": "another", "w1": 1, "b1": -1, "w2": 2, "b2": -4}',
    f'{{"exercise": "{LAB}", "student": 17, "w1": 1, "b1": -1, "w2": 2, "b2": -4}}',
    '{"student": "=1+1", "w1": 1, "b1": -1, "w2": 2, "b2": -4}',
    '{"student": "a \\"b\\", c", "w1": 1, "b1": -1, "w2": 2, "b2": -4}',
    "[1, 2]",
    "",
    "\u00e4",
    '{"student": "x' + "y" * 70_000 + '", "w1": 1, "b1": -1, "w2": 2, "b2": -4}',
)


def expected(line: bytes) -> dict[str, str]:
    """Return what a file with these bytes earns."""
    marker = Marker(Criteria(LAB), given(LAB, load_exercise(LAB)))
    marked = marker.without_code(lambda: taken(line, "line.json"), "line")
    assert marked is not None
    row = marked.row
    assert row.exact is not None
    first = row.mistakes[0] if row.mistakes else None
    return {
        "status": row.status,
        "score": _shown(row.exact),
        "error": row.error,
        "mistake": first.code if first else "",
        "unit": str(first.unit) if first else "",
        **{each.check: _shown(Fraction(each.points)) for each in row.points},
    }


def _shown(number: Fraction) -> str:
    double = float(number)
    return str(int(double)) if double.is_integer() else str(double)


def test_every_line_is_graded_as_a_file_is(tmp_path: Path) -> None:
    lines = [*json_lines(some_rows(60)).splitlines(), *ODD_LINES]
    table, out = tmp_path / "t.jsonl", tmp_path / "out"
    table.write_bytes("\n".join(lines).encode())  # no last newline
    answer = run_table(table, out)
    assert answer.status == 3, answer.err
    assert f"{len(lines)} submissions: " in answer.out
    rows = book(out)
    assert len(rows) == len(lines)
    for n, (row, line) in enumerate(zip(rows, lines, strict=True), 1):
        told = expected(line.encode())
        assert {key: row[key] for key in told} == told, line[:100]
        assert row["source"] == f"line {n}"
    assert rows[0]["student"] == "s0"
    assert rows[-7]["student"] == "17"
    assert rows[-6]["student"] == "'=1+1"
    assert rows[-4]["student"] == f"line {len(lines) - 3}"


def test_csv_and_parquet_are_graded_as_json_lines_are(tmp_path: Path) -> None:
    rows = some_rows(80)
    table = tmp_path / "t.jsonl"
    table.write_text(json_lines(rows))
    assert run_table(table, tmp_path / "json").status == 0
    whose = [f"s{n}" for n in range(len(rows))]
    header = ",".join(("student", *FREE))
    lines = [",".join((who, *map(str, row))) for who, row in zip(whose, rows, strict=True)]
    (tmp_path / "t.csv").write_text("\n".join([header, *lines]), encoding="utf-8-sig")
    european = [line.replace(",", ";").replace(".", ",") for line in [header, *lines]]
    (tmp_path / "eu.csv").write_text("\r\n".join(european))
    columns = dict(zip(FREE, map(list, zip(*rows, strict=True)), strict=True))
    pl.DataFrame({"student": whose, **columns}).write_parquet(tmp_path / "t.parquet")
    wanted = [{**row, "source": ""} for row in book(tmp_path / "json")]
    for name in ("t.csv", "eu.csv", "t.parquet"):
        out = tmp_path / f"out-{name}"
        assert run_table(tmp_path / name, out).status == 0, name
        assert [{**row, "source": ""} for row in book(out)] == wanted, name


def test_bad_cells_and_rows_are_rows(tmp_path: Path) -> None:
    table, out = tmp_path / "t.csv", tmp_path / "out"
    table.write_text(
        "id,name,w1,b1,w2,b2,email\n"
        'a,"Lovelace, Ada",1,-1,2,-4,x@y\n'
        "b,B,one,-1,2,-4,\n"
        "c,C,1,-1\n"
        "d,D,,-1,2,-4,\n"
        "e,E,nan,-1,2,-4,\n"
        "f,F,1_0,-1,2,-4,\n"
        "g,G,1e10,-1,2,-4,\n"
        "h,H, +1 ,-1.,2,-4e0,\n"
    )
    answer = run_table(table, out)
    assert answer.status == 3
    assert 'Students: the column "id"' in answer.err
    assert "Passed over: 1 column: email" in answer.err
    rows = {row["student"]: row for row in book(out)}
    assert rows["a"]["name"] == "Lovelace, Ada"
    assert {who: row["error"] for who, row in rows.items()} == {
        "a": "",
        "b": "not-a-number",
        "row 4": "not-an-object",
        "d": "missing-parameter",
        "e": "not-a-number",
        "f": "not-a-number",
        "g": "out-of-range",
        "h": "",
    }
    assert rows["row 4"]["message"] == (
        "the row has 4 cells, but the header has 7; quote cells that hold the delimiter or a line "
        "break"
    )
    assert (rows["a"]["score"], rows["h"]["score"]) == ("100", "100")


def test_gaps_in_parquet_are_rows(tmp_path: Path) -> None:
    table, out = tmp_path / "t.parquet", tmp_path / "out"
    frame = {"w1": [1, None], "b1": [-1.0, float("nan")], "w2": [2, 2], "b2": [-4, -4]}
    pl.DataFrame(frame).write_parquet(table)
    assert run_table(table, out).status == 3
    assert [(row["student"], row["score"], row["error"]) for row in book(out)] == [
        ("row 1", "100", ""),
        ("row 2", "0", "missing-parameter"),
    ]


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


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_wide_text_is_graded_as_utf_8_is(encoding: str, tmp_path: Path) -> None:
    rows = some_rows(30)
    lines = [f"Zo\u00eb {n},{','.join(map(str, row))}" for n, row in enumerate(rows)]
    texts = {
        "t.csv": "\r\n".join([f"student,{','.join(FREE)}", *lines]),
        "t.jsonl": json_lines(rows),
    }
    for name, text in texts.items():
        for folder, written_as in (("plain", "utf-8"), ("wide", encoding)):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / name).write_bytes(text.encode(written_as))
            answer = run_table(tmp_path / folder / name, tmp_path / f"{folder}-{name}")
            assert answer.status == 0, answer.err
        assert book(tmp_path / f"wide-{name}") == book(tmp_path / f"plain-{name}")
        assert not list(tmp_path.glob("wide-*/.report*"))
        again = run_table(tmp_path / "wide" / name, tmp_path / f"wide-{name}")
        assert "resuming: 30 rows are graded already" in again.err
        assert run_table(tmp_path / "wide" / name, tmp_path / "class", "--keep", "all").status == 0
        assert len(book(tmp_path / "class")) == len(rows)
        shutil.rmtree(tmp_path / "class")


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
