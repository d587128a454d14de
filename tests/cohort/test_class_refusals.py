"""What a class run refuses, and what it leaves as it is."""

from pathlib import Path

import pytest

from class_files import put, table
from classes_made import made_class, run_class
from command import LAB, RIGHT, as_a_plain_user, grade


def test_a_file_in_the_folder_that_somebody_else_made_or_changed_is_kept(tmp_path: Path) -> None:
    there, out = made_class(tmp_path / "class", 3), tmp_path / "out"
    out.mkdir()
    (out / "gradebook.csv").write_text("mine\n")
    answer = run_class(there, out)
    assert answer.status == 2
    assert "was made or changed by something other than this run" in answer.err
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
