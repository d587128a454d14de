"""grader regrade through the installed command: compared, applied, and what cannot be."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from classes_made import made_class, outputs
from command import LAB, PROJECT, Answer, grade, run
from grader.cohort import journal as journals
from grader.cohort.journal import Journal
from grader.cohort.regrading.applying import compare
from grader.cohort.regrading.runs import RegradeError
from grader.desk.catalogue import load_exercise
from samples.schemas import problems

SPEC_PATH = PROJECT / "exercises" / f"{LAB}.yaml"
SPEC = SPEC_PATH.read_text()


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the lab's spec with the changes into a folder of its own."""
    folder.mkdir(exist_ok=True)
    text = SPEC
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{LAB}.yaml"
    path.write_text(text)
    return path


def wider(folder: Path) -> Path:
    """Return the lab with wider tolerances and another weight."""
    weights = "scoring: {weights: {breakpoint-1: 3}}\n"
    return changed(
        folder,
        ("tolerance: {value: 0.05, x: 0.05", "tolerance: {value: 0.1, x: 0.1"),
        ("sliders:", f"{weights}sliders:"),
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("regrade")
    there = made_class(folder / "c", 12, code=1)
    (there / "s005" / "submission.json").write_text("{oops")
    roster = folder / "roster.csv"
    roster.write_text("".join(["id,name\n", *(f"s{k:03},A\n" for k in range(14))]))
    assert grade("-e", LAB, there, "-o", f"{folder / 'out'}/", "--roster", roster).status == 3
    assert grade("-e", wider(folder / "new"), there, "-o", f"{folder / 'fresh'}/").status == 3
    return folder


@pytest.fixture
def out(kept: Path, tmp_path: Path) -> Path:
    """Return a copy of the run's folder that a test may change."""
    import shutil  # noqa: PLC0415 - only here

    shutil.copytree(kept / "out", tmp_path / "out")
    return tmp_path / "out"


def regrade(*words: str | Path) -> Answer:
    return run("grader", "regrade", *words)


def rows_of(folder: Path) -> list[object]:
    journal = journals.opened(str(folder))
    assert isinstance(journal, Journal)
    with journal:
        return list(journal.rows())


def test_nothing_is_written_without_apply(kept: Path, out: Path) -> None:
    before = outputs(out)
    rows = rows_of(out)
    answer = regrade(out, "--exercise", kept / "new" / f"{LAB}.yaml")
    assert answer.status == 0
    first, *_ = answer.out.splitlines()
    assert first.startswith(f"{LAB}: of 12 hand-ins ")
    assert max(map(len, answer.out.splitlines())) <= 80
    assert answer.err == "nothing is written; to let the new scores count add --apply\n"
    assert outputs(out) == before
    assert rows_of(out) == rows


def test_what_is_applied_is_what_grading_the_hand_ins_gives(kept: Path, out: Path) -> None:
    old = rows_of(out)
    new = kept / "new" / f"{LAB}.yaml"
    answer = regrade(out, "--exercise", new, "--apply")
    assert answer.status == 0
    assert "the earlier rows are kept in the journal as run 1" in answer.err
    assert f"Written: {out}/gradebook.csv, {out}/results.sqlite, {out}/class.html" in answer.err
    assert rows_of(out) == rows_of(kept / "fresh")
    with closing(sqlite3.connect(out / "journal" / "journal.sqlite")) as database:
        stored = database.execute("SELECT seq FROM earlier_outcome WHERE number = 1").fetchall()
    assert len(stored) == len(old) == 12
    with closing(sqlite3.connect(out / "results.sqlite")) as database:
        scores = database.execute(
            "SELECT e.score_exact, r.score_exact FROM earlier_result e JOIN result r USING (seq)"
        ).fetchall()
        missing = database.execute("SELECT count(*) FROM missing").fetchone()
        digest = database.execute(
            "SELECT value FROM earlier_run WHERE number = 1 AND name = 'exercise''s file'"
        ).fetchone()
    assert len(scores) == 12
    assert any(one != other for one, other in scores)
    assert missing == (2,)
    assert digest == (load_exercise(LAB).digest,)
    # The class's own command goes on from there, and has nothing left to grade.
    again = grade("-e", new, kept / "c", "-o", f"{out}/", "--roster", kept / "roster.csv")
    assert "resuming: 12 of 12 are graded already" in again.err
    gradebook = (out / "gradebook.csv").read_bytes()
    assert gradebook.startswith((kept / "fresh" / "gradebook.csv").read_bytes())
    assert regrade(out, "--exercise", new, "--apply").status == 0
    assert (out / "gradebook.csv").read_bytes() == gradebook


def test_every_form_says_the_same(kept: Path, tmp_path: Path) -> None:
    words = (kept / "out", "--exercise", kept / "new" / f"{LAB}.yaml")
    told = regrade(*words, "-f", "json").report
    assert problems("regrading", told) == []
    table = tmp_path / "changes.csv"
    assert regrade(*words, "-o", table).out == ""
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert len(rows) == told["hand_ins"] == 12
    assert sum(float(row["change"]) > 0 for row in rows) == told["rise"]
    assert sum(float(row["change"]) < 0 for row in rows) == told["fall"]
    assert told["rise"] + told["fall"] > 0
    by = {row["student"]: float(row["change"]) for row in rows}
    for each in told["changed"]:
        assert (
            by[each["student"]]
            == each["change"]
            == pytest.approx(sum(check["change"] for check in each["checks"]))
        )
    page = regrade(*words, "-f", "html").out
    assert "Who rises and who falls" in page
    assert all(each["student"] in page for each in told["changed"])
    assert "<script" not in page


def test_two_runs_are_compared_with_each_other(kept: Path) -> None:
    new = kept / "new" / f"{LAB}.yaml"
    one = regrade(kept / "out", "--exercise", new, "-f", "json").report
    assert regrade(kept / "out", "--with", kept / "fresh", "-f", "json").report == one


def test_what_is_other_bytes_or_in_one_run_only_is_left_out(kept: Path, tmp_path: Path) -> None:
    there = made_class(tmp_path / "c", 12, code=1)
    (there / "s004" / "submission.json").write_text('{"w1": 1, "b1": 0, "w2": 0, "b2": 0}')
    (there / "s011" / "submission.json").unlink()
    (there / "s005" / "submission.json").write_text("{oops")
    assert grade("-e", LAB, there, "-o", f"{tmp_path / 'out'}/").status == 3
    answer = regrade(kept / "out", "--with", tmp_path / "out")
    assert answer.out == (
        f"{LAB}: of 10 hand-ins 0 rise, 0 fall, 10 stay\n"
        "Note: changed since, so not compared: s004/submission.json\n"
        "Note: only in the first run: s011/submission.json\n"
    )


def refusal(folder: Path, spec: Path) -> str:
    with pytest.raises(RegradeError) as caught:
        compare(str(folder), load_exercise(spec), spec.read_bytes())
    return str(caught.value)


def test_other_units_need_the_hand_ins(kept: Path, tmp_path: Path) -> None:
    needed = (
        ": the numbers in the journal do not suffice then, and the hand-ins are needed. Grade "
        "them, grade -e NEW.yaml COLLECTION -o NEW/, and compare: grader regrade OUT/ --with NEW/"
    )
    other = changed(tmp_path / "a", ("- {w: -2, b: 2}", "- {w: -2, b: free}"))
    assert refusal(kept / "out", other) == f"b0 is free now{needed}"
    given = changed(
        tmp_path / "b",
        ("- {w: -2, b: 2}", "- {w: -4, b: 4}"),
        ("slope: -2, intercept: 2", "slope: -4, intercept: 4"),
    )
    assert refusal(kept / "out", given) == (
        f"w0 is given as -4 and was -2 and b0 is given as 4 and was 2{needed}"
    )
    renamed = changed(tmp_path / "c", (f"id: {LAB}", "id: another"))
    renamed = renamed.rename(tmp_path / "c" / "another.yaml")
    assert refusal(kept / "out", renamed) == (
        f"the run was graded against {LAB}, and this is another: regrading compares two versions "
        "of one exercise, which have one id"
    )


def test_a_check_more_or_less_is_a_change_of_its_own(kept: Path, tmp_path: Path) -> None:
    fewer = changed(
        tmp_path / "a",
        ("- {on: [1, 2], slope: 1, intercept: -1}", "- {on: [1, 3], slope: 1, intercept: -1}"),
        ("    - {on: [2, 3], slope: 3, intercept: -5}\n", ""),
    )
    told = regrade(kept / "out", "--exercise", fewer, "-f", "json").report
    assert problems("regrading", told) == []
    gone = {check["check"] for each in told["changed"] for check in each["checks"]}
    assert {"segment-3", "breakpoint-2"} <= gone
    (one, *_) = [c for e in told["changed"] for c in e["checks"] if c["check"] == "segment-3"]
    assert one["after"] is None


def test_what_is_no_run_or_not_a_whole_one_is_said(kept: Path, out: Path, tmp_path: Path) -> None:
    new = kept / "new" / f"{LAB}.yaml"
    answer = regrade(tmp_path, "--exercise", new)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == (
        f"{tmp_path} has no journal of a class run; name a folder that grade COLLECTION -o OUT/ "
        "wrote\n"
    )
    assert not (tmp_path / "lock").exists()
    with closing(sqlite3.connect(out / "journal" / "journal.sqlite")) as database:
        database.execute("DELETE FROM outcome WHERE seq = 3")
        database.commit()
    assert regrade(out, "--exercise", new).err == (
        f"{out} holds a run that is not finished (11 of 12 are graded); give its command again "
        "first\n"
    )
    with closing(sqlite3.connect(out / "journal" / "journal.sqlite")) as database:
        database.execute("PRAGMA user_version = 1")
    assert "is of version 1; this grader writes version" in regrade(out, "--exercise", new).err
    assert regrade(kept / "out", "--exercise", tmp_path / "no.yaml").status == 2
    assert regrade(kept / "out", "--with", kept / "fresh", "--apply").err.startswith("--apply is")


def test_a_file_that_somebody_changed_stops_it_before_anything_is_changed(
    kept: Path, out: Path
) -> None:
    (out / "gradebook.csv").write_text("mine")
    rows = rows_of(out)
    answer = regrade(out, "--exercise", kept / "new" / f"{LAB}.yaml", "--apply")
    assert answer.status == 2
    assert "gradebook.csv was made or changed by something other than this run" in answer.err
    assert rows_of(out) == rows


def test_deductions_are_not_lost_in_silence(kept: Path, out: Path) -> None:
    new = kept / "new" / f"{LAB}.yaml"
    late = ("--due", "2026-11-20 23:59Z", "--late", "10%/day")
    assert grade("-e", LAB, kept / "c", "-o", f"{out}/", *late).status == 3
    refused = regrade(out, "--exercise", new, "--apply")
    assert refused.status == 2
    assert "give --due, --grace and --late again as they were" in refused.err
    assert regrade(out, "--exercise", new, "--apply", *late).status == 0
    told = json.loads(run("grader", "analyse", out).out)
    assert told["runs"][0]["exercise"]["digest"] == load_exercise(new).digest


def test_reports_are_those_of_a_run_by_the_new_exercise(kept: Path, tmp_path: Path) -> None:
    there = tmp_path / "c"
    made_class(there, 5, code=1)
    (there / "s003" / "submission.json").write_text("{oops")
    (there / "s002" / "submission.json").write_text(
        '{"w1":1,"b1":-1,"w2":2.1,"b2":-4,"student":"A"}'
    )
    words = ("--reports", "json,html", "--quiet")
    new, out, fresh = kept / "new" / f"{LAB}.yaml", tmp_path / "out", tmp_path / "fresh"
    assert grade("-e", LAB, there, "-o", f"{out}/", *words).status == 3
    assert grade("-e", new, there, "-o", f"{fresh}/", *words).status == 3
    before = {path.name: path.read_bytes() for path in (out / "reports").iterdir()}
    answer = regrade(out, "--exercise", new, "--apply")
    assert (answer.status, "the earlier reports are kept in reports-1/" in answer.err) == (
        0,
        True,
    )
    assert {path.name: path.read_bytes() for path in (out / "reports-1").iterdir()} == before
    for path in (out / "reports").iterdir():
        theirs = (
            before[path.name]
            if path.stem == "s003"
            else (fresh / "reports" / path.name).read_bytes()
        )
        assert path.read_bytes() == theirs, path.name
    once = outputs(out)
    assert regrade(out, "--exercise", new, "--apply").status == 0
    assert outputs(out) == once
    (out / "reports" / "s002.html").write_text("mine")
    answer = regrade(out, "--exercise", SPEC_PATH, "--apply")
    assert answer.status == 2
    assert "s002.html was made or changed by something other than this run" in answer.err
