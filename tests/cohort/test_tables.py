"""A table graded as columns: the same rows as files one by one, whatever is in it."""

import shutil
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from command import LAB, RIGHT
from grader import load_exercise
from grader.cohort.marking import Criteria, Marker
from grader.desk.choice import given
from grader.desk.intake import taken
from rows_made import json_lines, some_rows
from tables_graded import book, run_table

FREE = tuple(RIGHT)


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
