"""Every platform's download is recognised by itself, and says who handed in what."""

import zipfile
from pathlib import Path

import pytest

from collections_made import RIGHT, SAMPLES, foldered, tarred, zipped
from downloads_read import found_in, read
from grader.cohort.collection import manifest, reader
from grader.cohort.layouts import brightspace
from grader.cohort.manifest import Manifest

THREE = ("Ada Lovelace", "Jean-Luc O'Neil", "Zoë Müller")
# The sample, the layout's first word, ids, names, times of day or of the first, how many are late.
DOWNLOADS = [
    ("canvas_submissions", "Canvas", ("90000", "90001", "90002", "90009"),
     ("lovelaceada", "oneiljeanluc", "müllerzoë", "loebchristian"), "", 1),
    ("moodle_4.1plus", "Moodle", ("4711", "4712", "4713"), THREE, "", 0),
    ("moodle_3.x", "Moodle", ("4711", "4712", "4713"), THREE, "", 0),
    ("moodle_flat", "Moodle", ("4711", "4712", "4713"), THREE, "", 0),
    ("gradescope_export", "Gradescope", ("1001", "1002", "1003"), THREE, "2026-11-20T09:00:12-08:00", 0),
    ("blackboard_gradebook_2026FA_ReLU20Lab_2026-11-21-10-00-00", "Blackboard", ("ada", "jl", "zoe"), THREE, "2026-11-20T09:00:12", 0),
    ("brightspace_flat", "Brightspace", ("555000", "555001", "555002"), THREE, "2026-11-20T09:00", 0),
    ("brightspace_folders", "Brightspace", ("555000", "555001", "555002"), THREE, "2026-11-20T09:00", 0),
    ("nbgrader_course", "nbgrader", ("ada", "jl", "zoe"), ("", "", ""), "2026-11-20T09:00:12+00:00", 0),
]  # fmt: skip


def _given(path: str) -> list[bytes]:
    with reader(path) as received:
        return [received(entry).data for entry in manifest(path).entries]


@pytest.mark.parametrize("form", ["zip", "folder", "tar.gz", "put in folders"])
@pytest.mark.parametrize("row", DOWNLOADS, ids=lambda row: row[0])
def test_a_platforms_download(
    tmp_path: Path, row: tuple[str, str, tuple[str, ...], tuple[str, ...], str, int], form: str
) -> None:
    sample, layout, ids, names, time, late = row
    path = str(SAMPLES / f"{sample}.zip")
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if form == "folder":
        path = foldered(tmp_path / "download", members)
    elif form == "tar.gz":
        path = tarred(tmp_path / "download.tar.gz", members.items())
    elif form == "put in folders":
        members = {f"week 3/unzipped/{name}": data for name, data in members.items()}
        path = zipped(tmp_path / "again.zip", members)
    found = manifest(path)
    assert found.layout.split(",")[0] == layout
    assert tuple(entry.student for entry in found.entries) == ids
    assert tuple(entry.name for entry in found.entries) == names
    assert found.entries[0].submitted == time
    assert sum(entry.late for entry in found.entries) == late
    assert {entry.attempt for entry in found.entries} == {1}
    assert _given(path)[0] == RIGHT
    assert len(found.entries) + len(found.passed) == len(members)


def _rows(found: Manifest) -> list[tuple[str, int, str]]:
    return [(entry.student, entry.attempt, entry.source) for entry in found.entries]


def test_a_file_and_a_folder_for_each_student(tmp_path: Path) -> None:
    files = found_in(tmp_path, "class/ada.json", "class/zoë.py", "class/submission.json")
    assert files.layout == "a file for each student"
    assert _rows(files) == [("ada", 1, "class/ada.json"), ("zoë", 1, "class/zoë.py")]
    folders = found_in(tmp_path, "class/10/a.json", "class/9/src/a.py", "class/9/notes.pdf")
    assert folders.layout == "a folder for each student"
    assert _rows(folders) == [("9", 1, "class/9/src/a.py"), ("10", 1, "class/10/a.json")]
    assert folders.passed[0] == ("class/9/notes.pdf", "src/a.py of the same student counts")


def test_classroom_50_with_its_scores(tmp_path: Path) -> None:
    top = "cs1-lab_submissions_2026_11_20_T_09_00_00"
    scores = b"username,first_name,last_name,late,datetime\njl-o,Jean-Luc,O'Neil,true,2026-11-20T09:00:00Z\n"
    found = manifest(
        zipped(
            tmp_path / f"{top}.zip",
            {
                "scores.csv": scores,
                "cs1-lab-jl-o/submission.json": RIGHT,
                "cs1-lab-jl-o/result.json": b"{}",
                "cs1-lab-jl-o/.git/config": b"",
                "cs1-lab-zoe/lab.py": b"",
            },
        )
    )
    assert found.layout.startswith("Classroom 50")
    assert [entry[:5] for entry in found.entries] == [
        ("jl-o", "Jean-Luc O'Neil", 1, "2026-11-20T09:00:00Z", True),
        ("zoe", "", 1, "", False),
    ]
    assert len(found.passed) == 3


def test_attempts_are_counted_in_order_of_time(tmp_path: Path) -> None:
    board = "Lab_ada_attempt_2026-11-20-{}-00-12_hw.json"
    found = found_in(tmp_path, board.format("10"), board.format("09"), board.format("11"))
    assert [row[1:] for row in _rows(found)] == [
        (1, board.format("09")),
        (2, board.format("10")),
        (3, board.format("11")),
    ]
    canvas = ("a_5_10_submission-1.json", "a_5_9_submission.json", "b_6_11_submission-4.json")
    assert _rows(found_in(tmp_path, *canvas)) == [
        ("5", 1, "a_5_9_submission.json"),
        ("5", 2, "a_5_10_submission-1.json"),
        ("6", 1, "b_6_11_submission-4.json"),
    ]
    bright = "7-{} - A B - Nov 2, 2026 {} - f.json"
    names = [bright.format("1", "1130 AM"), bright.format("2", "105 PM")]
    assert [row[2] for row in _rows(found_in(tmp_path, *reversed(names)))] == names


def test_a_blackboard_user_name_with_an_underscore(tmp_path: Path) -> None:
    before = "ReLU_Lab_ada_l_attempt_2026-11-20-09-00-12"
    text = b"Name: Ada L (ada_l)\nSubmission Field:\n<p>{&quot;w1&quot;: 1}</p>\n\nComments:\n-\n"
    path = zipped(tmp_path / "b.zip", {f"{before}.txt": text})
    (entry,) = manifest(path).entries
    assert entry[:4] == ("ada_l", "Ada L", 1, "2026-11-20T09:00:12")
    assert read(path, entry).data == b'{"w1": 1}'


def test_a_group_is_an_entry_for_each_member(tmp_path: Path) -> None:
    meta = b"""submission_1:
  :submitters:
  - :name: Ada
    :sid: 0017
  - :name: Zoe
    :email: zoe@uni.example
  :created_at: 2026-11-20 09:00:12 Z
submission_2:
  :submitters: []
"""
    files = ("submission_1/submission.json", "submission_2/x.json")
    members = {"submission_metadata.yml": meta} | dict.fromkeys(files, RIGHT)
    found = manifest(foldered(tmp_path / "g", members))
    assert [(entry.student, entry.name, entry.source) for entry in found.entries] == [
        ("0017", "Ada", files[0]),
        ("submission_2", "", files[1]),
        ("zoe@uni.example", "Zoe", files[0]),
    ]
    assert found.entries[0].place == found.entries[2].place


def test_two_people_of_one_name_stay_two_and_one_in_two_normal_forms_is_one(tmp_path: Path) -> None:
    names = ("Ada_1_assignsubmission_file/a.json", "Ada_2_assignsubmission_file/a.json")
    found = found_in(tmp_path, *names)
    assert [entry.student for entry in found.entries] == ["1", "2"]
    assert found.notes == (
        "More than one student is called Ada (1 and 2); the ids tell them apart.",
    )
    forms = found_in(tmp_path, "Zoe\u0308.json", "Zo\u00eb.json", "zoë.json")
    assert [entry.student for entry in forms.entries] == ["Zo\u00eb", "zoë"]
    assert forms.passed == (("Zoe\u0308.json", "appears there again; the later one counts"),)
    assert forms.notes == ("Zoë and zoë differ only in case and are different students here.",)


def test_which_of_several_files_counts(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        "1/submission (1).json.txt", "1/draft.json",
        "2/a.json", "2/b.py",
        "3/notes.pdf", "3/__pycache__/x.pyc",
        "__MACOSX/1/._x.json", "2/._a.json", "3/.DS_Store",
    )  # fmt: skip
    assert [(e.source, e.place.name, e.place.fault[:17]) for e in found.entries] == [
        ("1/submission (1).json.txt", "submission.json", ""),
        ("2/a.json", "a.json", "there are 2 files"),
        ("3/notes.pdf", "notes.pdf", ""),
    ]
    reasons = {passed.source: passed.reason for passed in found.passed}
    assert reasons == {
        "1/draft.json": "submission (1).json.txt of the same student counts",
        "3/__pycache__/x.pyc": "a file that tools leave behind",
        "__MACOSX/1/._x.json": "macOS's own side file",
        "2/._a.json": "macOS's own side file",
        "3/.DS_Store": "a file that tools leave behind",
    }


@pytest.mark.parametrize(
    ("time", "iso"),
    [
        ("Nov 20, 2026 130 PM", "2026-11-20T13:30"),
        ("Nov 20, 2026 1205 AM", "2026-11-20T00:05"),
        ("20 November, 2026 2130", "2026-11-20T21:30"),
        ("20 Nov 2026 930 p.m.", "2026-11-20T21:30"),
        ("20 Brumaire, 2026 2130", ""),
    ],
)
def test_brightspaces_times(time: str, iso: str) -> None:
    assert brightspace.iso(time) == iso


def test_a_submitter_without_a_number_goes_by_email(tmp_path: Path) -> None:
    listed = b"""submission_1:
  :submitters:
  - :name: Cy
    :sid: null
    :email: cy@uni.example
"""
    path = zipped(
        tmp_path / "g.zip", {"a/submission_metadata.yml": listed, "a/submission_1/s.json": RIGHT}
    )
    assert [entry.student for entry in manifest(path).entries] == ["cy@uni.example"]
