"""A table with what a class has (a roster, due times, attempts): the same as files one by one."""

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from classes_made import outputs, run_class
from command import RIGHT, grade, run

FREE = tuple(RIGHT)
# Two attempts of one student, late and better; a wrong cell; nobody's row at the end.
ROWS = (
    ("b", "2026-11-21T10:00", (1, -1, 2, -4)),
    ("a", "2026-11-20T10:00", (1, -1, 3, -6)),
    ("b", "2026-11-20T10:00", (0, 0, 0, 0)),
    ("c", "2026-11-19T09:30", ("one", -1, 2, -4)),
)
ROSTER = "id,name\na,Ada\nb,Ben\nc,Cem\nz,Zoe\n"
POLICIES = ("--due", "2026-11-20T23:59+00:00", "--late", "10%/day")


def as_csv(path: Path) -> Path:
    lines = [f"{who},{time},{','.join(map(str, row))}" for who, time, row in ROWS]
    path.write_text("\n".join([f"id,submitted,{','.join(FREE)}", *lines]))
    return path


def as_files(folder: Path) -> Path:
    folder.mkdir()
    for who, time, row in ROWS:
        numbers = dict(zip(FREE, row, strict=True))
        (folder / f"{who} {time.replace(':', '-')}.json").write_text(json.dumps(numbers))
    return folder


def rows_of(out: Path) -> list[dict[str, str]]:
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def book(out: Path) -> list[dict[str, str]]:
    return [{**row, "source": "", "digest": "", "submitted": ""} for row in rows_of(out)]


@pytest.mark.parametrize("keep", ["best", "last", "first", "all"])
def test_a_table_is_a_class_as_its_files_are(keep: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER)
    words = ("--keep", keep, "--roster", tmp_path / "roster.csv", *POLICIES)
    table = run_class(as_csv(tmp_path / "t.csv"), tmp_path / "table", *words)
    pattern = r"(?P<id>\w) (?P<time>[^.]+)\.json"
    files = run_class(as_files(tmp_path / "f"), tmp_path / "files", "--names", pattern, *words)
    assert (table.status, files.status) == (3, 3), (table.err, files.err)
    assert book(tmp_path / "table") == book(tmp_path / "files")
    assert "Nothing handed in by 1 of the roster: Zoe (z)" in table.err


def test_attempts_are_in_the_order_of_their_times_in_whatever_form(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        f"id,submitted,{','.join(FREE)}\n"
        "a,2026-11-20 10:45 UTC,1,-1,2,-4\n"
        "a,2026-11-20T12:30+02:00,0,0,0,0\n"
    )
    assert run_class(table, tmp_path / "out", "--keep", "last").status == 0
    scores = {row["submitted"]: row["counts"] for row in rows_of(tmp_path / "out")}
    assert scores == {"2026-11-20 10:45 UTC": "1", "2026-11-20T12:30+02:00": "0"}


def test_all_that_a_class_leaves_comes_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,grade\na,\nb,\n")
    words = ("--into", tmp_path / "mine.csv", "--key", "id", "--column", "grade")
    answer = run_class(
        as_csv(tmp_path / "t.csv"), tmp_path / "out", *words, "--reports", "json", "--parquet"
    )
    assert answer.status == 3, answer.err
    assert (tmp_path / "out" / "mine.csv").read_text() == "id,grade\na,58.33\nb,100.00\n"
    assert set(outputs(tmp_path / "out")) == {
        "class.html",
        "gradebook.csv",
        "mine.csv",
        "results.parquet",
        "results.sqlite",
        *(f"reports/{name}.json" for name in ("a", "b~1", "b~2", "c")),
    }
    assert run("grader", "analyse", tmp_path / "out").status == 0
    answer = run("grader", "regrade", tmp_path / "out", "--exercise", "relu-three-segments")
    assert "of 4 hand-ins 0 rise, 0 fall, 4 stay" in answer.out


def test_a_tables_shards_come_together_to_the_same_bytes(tmp_path: Path) -> None:
    table = as_csv(tmp_path / "t.csv")
    assert run_class(table, tmp_path / "one", "--keep", "best").status == 3
    for shard in ("2/2", "1/2"):
        run_class(table, tmp_path / "parts", "--shard", shard)
    assert run("grader", "merge", tmp_path / "parts", "--keep", "best").status == 3
    merged, one = outputs(tmp_path / "parts"), outputs(tmp_path / "one")
    assert {name: merged[name] for name in one} == one


def test_parquet_has_times_and_names(tmp_path: Path) -> None:
    frame = {"student": [7, 7], "time": ["2026-11-21", "2026-11-20"], "name": ["", "Ada"]}
    numbers = {name: [value, value] for name, value in RIGHT.items()}
    pl.DataFrame({**frame, **numbers}).write_parquet(tmp_path / "t.parquet")
    assert run_class(tmp_path / "t.parquet", tmp_path / "out", "--keep", "last").status == 0
    rows = book(tmp_path / "out")
    assert [(row["student"], row["name"], row["counts"]) for row in rows] == [
        ("7", "Ada", "0"),
        ("7", "Ada", "1"),
    ]


def test_times_are_in_the_gradebook_where_each_row_counts(tmp_path: Path) -> None:
    assert run_class(as_csv(tmp_path / "t.csv"), tmp_path / "out").status == 3
    text = (tmp_path / "out" / "gradebook.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("b,,1,1,2026-11-21T10:00,0,,1,row 2,graded,100,100,")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            POLICIES,
            "t.jsonl: --due needs to know when each row was handed in, and a line of JSON does not "
            "say; use CSV or Parquet with a column submitted",
        ),
        (
            ("--names", "x"),
            "--names describes paths, and a table has columns: student or id, name, "
            "submitted, submitted_at, time or timestamp",
        ),
        (
            ("--max-cpu", "3"),
            "--function, --max-... and --verbose are about code, and a table holds numbers; leave "
            "them out",
        ),
    ],
)
def test_no_option_is_passed_over(words: tuple[str, ...], reason: str, tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text(json.dumps(RIGHT))
    answer = run_class(tmp_path / "t.jsonl", tmp_path / "out", *words)
    assert (answer.status, answer.err.strip().removeprefix(f"{tmp_path}/")) == (2, reason)
    assert not (tmp_path / "out").exists()


def test_whose_a_refused_line_is(tmp_path: Path) -> None:
    lines = ['{"student": "ada", "w1": "x"}', '{"student": true}', '{"student": "a",', "[]", "{}"]
    (tmp_path / "t.jsonl").write_text("\n".join(lines))
    for words in ((), ("--keep", "last")):
        assert run_class(tmp_path / "t.jsonl", tmp_path / "out", *words, "--restart").status == 3
        whose = [row["student"] for row in book(tmp_path / "out")]
        assert whose == ["ada", "line 2", "line 3", "line 4", "line 5"]


def test_a_table_without_an_exercise_or_a_roster_is_refused(tmp_path: Path) -> None:
    table = as_csv(tmp_path / "t.csv")
    answer = grade(table, "-o", f"{tmp_path}/out/")
    assert "a table is graded against one exercise; name it: -e EXERCISE" in answer.err
    answer = run_class(table, tmp_path / "out", "--roster", tmp_path / "none.csv")
    assert answer.status == 2
    assert "none.csv: No such file or directory; name a file that is there" in answer.err


def test_a_roster_has_the_ids_of_both_sides(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("UserId,Username,Section\nb,#ben,1\na,ada,1\nz,zoe,1\n")
    (tmp_path / "mine.csv").write_text("Login,grade\nben,\nada,\nzoe,\n")
    words = ("--into", tmp_path / "mine.csv", "--key", "Login", "--column", "grade")
    answer = run_class(
        as_csv(tmp_path / "t.csv"), tmp_path / "out", *words, "--roster", tmp_path / "roster.csv"
    )
    assert answer.status == 3, answer.err
    filled = (tmp_path / "out" / "mine.csv").read_text()
    assert filled == "Login,grade\nben,100.00\nada,58.33\nzoe,\n"
