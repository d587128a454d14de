"""Late work in the gradebook."""

import sqlite3
from pathlib import Path

from class_files import CANVAS, HALF, in_time, table
from classes_made import run_class
from command import RIGHT


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
    assert "resuming: 4 of 4 are graded already" in answer.err
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
