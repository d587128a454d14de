"""A course end to end: many exercises, one gradebook, exact totals."""

import csv
import io
import random
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from classes_made import outputs
from command import BIN, LAB, RIGHT, environment, grade
from course_made import HALF, run, text

SHEET = (
    "Student,ID,SIS Login ID,Section,Lab 1 (11),Lab 2 (12)\n"
    '"    Points Possible",,,,10,1\n"Lovelace, Ada",90000,ada,A,,\n"O\'Neil",90001,jl,A,,\n'
    '"Müller, Zoë",90002,zoe,A,EX,\n'
)


def table(out: Path) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO((out / "gradebook.csv").read_text("utf-8-sig"), newline=""))
    return {row["student"]: row for row in rows}


def test_a_course_is_one_gradebook_with_exact_totals(course: Path, tmp_path: Path) -> None:
    (tmp_path / "canvas.csv").write_text(SHEET)
    out = tmp_path / "out"
    answer = run(course, out, "--into", tmp_path / "canvas.csv")
    assert answer.status == 0
    rows = table(out)
    shown = ("total", "max_total", "week1.points", "week1.status", "week2.points", "week2.late_s")
    # 90000 is a day late: a tenth of 1/3 is off. 90001 has another due time, 90002 is excused.
    assert {who: [row[name] for name in shown] for who, row in rows.items()} == {
        "90000": ["10.3", "10.333333333333334", "10", "graded", "0.3", "82860"],
        "90001": [
            "5.333333333333333",
            "10.333333333333334",
            "5",
            "graded",
            "0.3333333333333333",
            "0",
        ],
        "90002": [
            "0.16666666666666666",
            "0.3333333333333333",
            "",
            "excused",
            "0.16666666666666666",
            "0",
        ],
    }
    assert {row["week3.status"] for row in rows.values()} == {"open"}
    assert list(rows["90000"])[:6] == [
        *("student", "name", "total", "max_total", "week1.points", "week1.max_points"),
    ]
    # In Canvas's file lateness is not taken off, since Canvas does that itself.
    filled = (out / "canvas.csv").read_text()
    assert filled == SHEET.replace("ada,A,,", "ada,A,10.00,1.00").replace(
        "jl,A,,", "jl,A,5.00,1.00"
    ).replace("EX,\n", "EX,0.50\n")
    assert "week3: nothing handed in yet" in answer.out
    assert "Note: of no exercise, so not looked at: submitted/90000/lab1/" in answer.err
    assert set(outputs(out)) >= {"gradebook.csv", "canvas.csv"}
    assert (out / "week2" / "results.sqlite").is_file()
    # What is there stays, and the same command grades nothing again.
    before = (out / "gradebook.csv").read_bytes()
    assert "week1: resuming: 2 of 2 are graded already" in run(course, out).err
    assert (out / "gradebook.csv").read_bytes() == before


def test_an_exercise_that_changes_is_graded_anew_alone(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(course, out)
    (course / "week3").mkdir()
    (course / "week3" / "90000.json").write_text("{")
    answer = run(course, out)
    assert answer.status == 3
    assert "week1: resuming: 2 of 2 are graded already" in answer.err
    assert table(out)["90001"]["week3.status"] == "missing"
    assert table(out)["90000"]["week3.status"] == "invalid"
    changed = course / "submitted" / "90000" / "lab2" / "submission.json"
    changed.write_text(text(HALF))
    answer = run(course, out)
    assert answer.status == 2
    assert f"{out}" not in answer.out
    assert "graded before and changed since: 90000/lab2/submission.json" in answer.err
    answer = run(course, out, "--restart")
    assert "week1: resuming: 2 of 2 are graded already" in answer.err
    assert "week2: starting over" in answer.err
    assert table(out)["90000"]["week2.score"] == "40"


def test_a_course_says_first_what_it_is(course: Path, tmp_path: Path) -> None:
    answer = grade(course, "--dry-run")
    assert answer.status == 0
    assert answer.out.startswith(
        "Course: Machine learning, 3 exercises, 3 students\n"
        "week1: relu-three-segments\n"
        "  Recognised: Canvas, downloaded submissions\n"
        "  Found: 2 submissions of 2 students\n"
        "week2: relu-three-segments\n"
        "  Recognised: nbgrader, submitted assignments\n"
    )
    assert "  Nothing handed in yet: no file in week3/\n" in answer.out
    assert "nbgrader's folder holds 2 assignments" in grade("-e", LAB, course, "--dry-run").err
    assert not (tmp_path / "out").exists()


def test_moodles_numbers_meet_by_each_weeks_worksheet(tmp_path: Path) -> None:
    place, out = tmp_path / "course", tmp_path / "out"
    head = 'Identifier,"Full name","Email address",Grade\n'
    for week, ids in (("w1", (4711, 4712)), ("w2", (4801, 4802))):
        with zipfile.ZipFile(tmp_path / f"{week}.zip", "w") as archive:
            for number, values in zip(ids, (RIGHT, HALF), strict=True):
                name = f"Ada Lovelace_{number}_assignsubmission_file/submission.json"
                archive.writestr(name, text(values))
        place.mkdir(exist_ok=True)
        (tmp_path / f"{week}.zip").rename(place / f"{week}.zip")
        (place / f"{week}.csv").write_text(
            f"{head}Participant {ids[0]},Ada Lovelace,ada@uni.example,\n"
            f"Participant {ids[1]},Ada Lovelace,ada2@uni.example,\n"
        )
    exercises = "".join(
        f"  - {{id: {week}, exercise: {LAB}, files: {week}.zip{{}}}}\n" for week in ("w1", "w2")
    )
    (place / "course.yaml").write_text(f"format: 1\nexercises:\n{exercises.replace('{}', '')}")
    said = run(place, out).err
    assert "Moodle numbers people anew for each assignment, so those of w1 and w2 are" in said
    assert len(table(out)) == 4
    rosters = [f", roster: {{file: {w}.csv, student: Email address}}" for w in ("w1", "w2")]
    whole = f"format: 1\nexercises:\n{exercises}"
    for roster in rosters:
        whole = whole.replace("{}", roster, 1)
    (place / "course.yaml").write_text(whole)
    run(place, out)
    rows = table(out)
    assert {who: row["total"] for who, row in rows.items()} == {
        "ada2@uni.example": "100",
        "ada@uni.example": "200",
    }
    (place / "w2.csv").write_text(
        f"{head}Participant 4801,Ada Lovelace,ada@uni.example,\n"
        "Participant 4802,Ada Lovelace,ada@uni.example,\n"
    )
    answer = run(place, out)
    assert answer.status == 2
    assert 'w2.csv: "ada@uni.example" belongs to both 4801 and 4802; name a col' in answer.err


def course_outputs(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "lock" and "journal" not in path.parent.name
    }


@pytest.mark.thorough
def test_a_course_killed_at_random_times_ends_with_the_same_bytes(
    course: Path, tmp_path: Path
) -> None:
    luck = random.Random(13)  # noqa: S311 - to be repeated
    run(course, tmp_path / "unbroken", "--parquet")
    out = tmp_path / "out"
    for _ in range(12):
        command = [BIN / "grade", course, "-o", f"{out}/", "--parquet", "--quiet"]
        with subprocess.Popen(command, env=environment(), start_new_session=True) as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(luck.uniform(0.05, 1.5))
            process.kill()
    assert run(course, out, "--parquet").status == 0
    assert course_outputs(out) == course_outputs(tmp_path / "unbroken")
