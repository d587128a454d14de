"""class.html and grader analyse, through the installed commands."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from classes_made import made_class, run_class
from command import LAB, RIGHT, grade, run
from grader.cohort.analysis.hands import NoResults, of_folder
from samples.schemas import problems


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    there = made_class(folder / "c", 24, code=1)
    (there / "s005" / "submission.json").write_text("{oops")
    roster = folder / "roster.csv"
    names = "".join(f"s{k:03},Ada {k}\n" for k in range(26))
    roster.write_text(f"id,name\n{names}")
    assert run_class(there, folder / "out", "--roster", roster).status == 3
    return folder / "out"


def test_the_page_is_the_same_from_the_run_and_from_its_results(out: Path, tmp_path: Path) -> None:
    page = tmp_path / "again.html"
    assert run("grader", "analyse", out, "-o", page) == (0, "", "")
    assert page.read_bytes() == (out / "class.html").read_bytes()
    text = page.read_text("utf-8")
    assert "24 hand-ins of 24 of 26 students; 1 could not be read" in text
    assert "<script" not in text
    assert "Ada 25" in text
    told = run("grader", "analyse", out, "-f", "html", "--anonymous").out
    assert "Ada" not in told
    assert "names left out" in told


def test_the_results_as_json(out: Path) -> None:
    (one,) = run("grader", "analyse", out).report["runs"]
    assert (one["label"], one["exercise"]["id"], one["keep"]) == ("out", LAB, "last")
    assert (one["hand_ins"], one["looked_at"], one["enrolled"]) == (24, 23, 26)
    assert one["unread"] == [{"code": "not-json", "hand_ins": 1, "whose": ["s005"]}]
    assert one["full_marks"]["count"] == 6
    assert {check["full"] + check["partial"] + check["none"] for check in one["checks"]} == {23}
    anonymous = run("grader", "analyse", out, "--anonymous").out
    assert "Ada" not in anonymous
    assert "s005" not in anonymous
    assert json.loads(anonymous)["runs"][0]["missing"] == 2
    assert problems("analysis", run("grader", "analyse", out).report) == []
    assert problems("analysis", json.loads(anonymous)) == []


def test_several_runs_make_one_page(out: Path, tmp_path: Path) -> None:
    other = tmp_path / "hat"
    for number in range(6):
        folder = tmp_path / "c" / f"s{number:03}"
        folder.mkdir(parents=True)
        (folder / "submission.json").write_text('{"exercise": "relu-three-segments", "w1": 1}')
    assert grade("-e", "absolute-value", tmp_path / "c", "-o", f"{other}/").status == 3
    answer = run("grader", "analyse", out, other, "-f", "html")
    assert answer.status == 0
    assert "2 runs beside each other" in answer.out
    assert "Nothing could be read, so there is nothing to look at." in answer.out
    found = run("grader", "analyse", out, other).report
    assert [each["label"] for each in found["runs"]] == ["out", "hat"]
    assert problems("analysis", found) == []


def test_a_run_may_leave_the_names_out_at_once(tmp_path: Path) -> None:
    there = tmp_path / "class" / "somebody"
    there.mkdir(parents=True)
    (there / "submission.json").write_text(json.dumps(RIGHT)[:-1])
    assert run_class(tmp_path / "class", tmp_path / "out", "--anonymous").status == 3
    assert "somebody" not in (tmp_path / "out" / "class.html").read_text("utf-8")


def test_a_page_that_somebody_changed_is_kept(tmp_path: Path) -> None:
    there, out = made_class(tmp_path / "class", 2), tmp_path / "out"
    out.mkdir()
    (out / "class.html").write_text("mine")
    answer = run_class(there, out)
    assert answer.status == 2
    assert "class.html was made or changed by something other than this run" in answer.err
    assert (out / "class.html").read_text() == "mine"


def _refused(*words: str | Path) -> str:
    answer = run("grader", "analyse", *words)
    assert (answer.status, answer.out) == (2, "")
    return answer.err


def test_what_is_no_results_is_said(out: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert _refused(nowhere) == (
        f"{nowhere}/results.sqlite is not there; grade a class first: grade -e EXERCISE "
        f"COLLECTION -o {nowhere}\n"
    )
    nowhere.mkdir()
    path = nowhere / "results.sqlite"
    path.write_bytes(b"no database at all, whatever its name is")
    assert "cannot be read" in _refused(nowhere)
    path.unlink()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 1")
    assert _refused(out, nowhere).startswith(f"{path} is of version 1; this grader reads version")
    path.write_bytes((out / "results.sqlite").read_bytes())
    with closing(sqlite3.connect(path)) as database:
        database.execute("DELETE FROM spec")
        database.commit()
    assert "no exercise is in it" in _refused(nowhere)


@pytest.mark.parametrize(
    "damage",
    [
        "ALTER TABLE point RENAME TO gone",
        "ALTER TABLE run RENAME TO gone",
        "ALTER TABLE parameter RENAME TO gone",
        "UPDATE parameter SET value_exact = 'x/y'",
        "UPDATE point SET credit_exact = '1/0'",
        "UPDATE point SET check_id = 'segment-99' WHERE check_id = 'segment-1'",
        "UPDATE run SET value = 'other' WHERE name = 'exercise'",
        "UPDATE spec SET bytes = x'00'",
    ],
)
def test_a_database_with_a_part_missing_or_odd_is_said_to_be(
    damage: str, out: Path, tmp_path: Path
) -> None:
    path = tmp_path / "results.sqlite"
    path.write_bytes((out / "results.sqlite").read_bytes())
    with closing(sqlite3.connect(path)) as database:
        database.execute(damage)
        database.commit()
    with pytest.raises(NoResults, match=r"results\.sqlite cannot be read"):
        of_folder(str(tmp_path))
