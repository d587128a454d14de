"""Every platform's download is recognised by itself, and says who handed in what."""

import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from collections_made import RIGHT, SAMPLES, foldered, tarred, zipped
from grader.cohort.collection import manifest, reader
from grader.cohort.holding import CollectionError
from grader.cohort.layouts import brightspace
from grader.cohort.manifest import HandIn, Manifest
from grader.cohort.typed import text_of
from grader.desk.intake import Received, entries
from grader.errors import SubmissionError
from grader.submission.record import MAX_BYTES

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


def _read(path: str, entry: HandIn) -> Received:
    with reader(path) as received:
        return received(entry)


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


def _found(tmp_path: Path, *names: str, data: bytes = RIGHT) -> Manifest:
    return manifest(zipped(tmp_path / "c.zip", dict.fromkeys(names, data)))


def _rows(found: Manifest) -> list[tuple[str, int, str]]:
    return [(entry.student, entry.attempt, entry.source) for entry in found.entries]


def test_a_file_and_a_folder_for_each_student(tmp_path: Path) -> None:
    files = _found(tmp_path, "class/ada.json", "class/zoë.py", "class/submission.json")
    assert files.layout == "a file for each student"
    assert _rows(files) == [("ada", 1, "class/ada.json"), ("zoë", 1, "class/zoë.py")]
    folders = _found(tmp_path, "class/10/a.json", "class/9/src/a.py", "class/9/notes.pdf")
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
    found = _found(tmp_path, board.format("10"), board.format("09"), board.format("11"))
    assert [row[1:] for row in _rows(found)] == [
        (1, board.format("09")),
        (2, board.format("10")),
        (3, board.format("11")),
    ]
    canvas = ("a_5_10_submission-1.json", "a_5_9_submission.json", "b_6_11_submission-4.json")
    assert _rows(_found(tmp_path, *canvas)) == [
        ("5", 1, "a_5_9_submission.json"),
        ("5", 2, "a_5_10_submission-1.json"),
        ("6", 1, "b_6_11_submission-4.json"),
    ]
    bright = "7-{} - A B - Nov 2, 2026 {} - f.json"
    names = [bright.format("1", "1130 AM"), bright.format("2", "105 PM")]
    assert [row[2] for row in _rows(_found(tmp_path, *reversed(names)))] == names


def test_a_blackboard_user_name_with_an_underscore(tmp_path: Path) -> None:
    before = "ReLU_Lab_ada_l_attempt_2026-11-20-09-00-12"
    text = b"Name: Ada L (ada_l)\nSubmission Field:\n<p>{&quot;w1&quot;: 1}</p>\n\nComments:\n-\n"
    path = zipped(tmp_path / "b.zip", {f"{before}.txt": text})
    (entry,) = manifest(path).entries
    assert entry[:4] == ("ada_l", "Ada L", 1, "2026-11-20T09:00:12")
    assert _read(path, entry).data == b'{"w1": 1}'


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
    found = _found(tmp_path, *names)
    assert [entry.student for entry in found.entries] == ["1", "2"]
    assert found.notes == (
        "More than one student is called Ada (1 and 2); the ids tell them apart.",
    )
    forms = _found(tmp_path, "Zoe\u0308.json", "Zo\u00eb.json", "zoë.json")
    assert [entry.student for entry in forms.entries] == ["Zo\u00eb", "zoë"]
    assert forms.passed == (("Zoe\u0308.json", "there once more, and the later counts"),)
    assert forms.notes == ("Zoë and zoë differ only in case and are different students here.",)


def test_which_of_several_files_counts(tmp_path: Path) -> None:
    found = _found(
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


CANVAS_PAGE = """<!DOCTYPE html><html><head><title>Lab 2: Ada</title></head><body>
<h1>Lab 2: Ada</h1><div style="width: 600px">{}</div></body></html>"""


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ('<p>{"w1": 1,</p>\n<p>"b1":&nbsp;-1}</p>', '{"w1": 1,\n"b1": -1}'),
        ("<p>def submission():<br>&nbsp; &nbsp; return 1, -1, 2, -4</p>",
         "def submission():\n    return 1, -1, 2, -4"),
        ("<pre>def submission():\n    return 1</pre>", "def submission():\n    return 1"),
        ("<style>p {}</style><script>{}</script>{&quot;w1&quot;: 1}", '{"w1": 1}'),
    ],
)  # fmt: skip
def test_what_was_typed_into_canvas(tmp_path: Path, typed: str, text: str) -> None:
    page = CANVAS_PAGE.format(typed).encode()
    path = zipped(tmp_path / "c.zip", {"ada_1_text.html": page})
    (entry,) = manifest(path).entries
    assert _read(path, entry).data.decode() == text
    if text.startswith("{") and "b1" in text:
        assert entries(_read(path, entry)) == [("w1", 1.0), ("b1", -1.0)]


@pytest.mark.parametrize(
    "unit",
    [
        "<!--",
        "<a ",
        "<",
        "<!",
        "</",
        "<script>",
        "<a b='",
        "&#1",
        "<pre>",
        "<h1>",
        "<a '\"",
        "<p>x</h1>",
    ],
)
def test_what_is_unfinished_takes_no_time(unit: str) -> None:
    start = time.process_time()
    text_of((unit * (MAX_BYTES // len(unit))).encode())
    text_of(f"<p>&#{'9' * 10_000};</p>".encode())
    assert time.process_time() - start < 5


def test_nothing_typed_is_said(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "m.zip", {"A_1_assignsubmission_onlinetext/onlinetext.html": b"<p> </p>"}
    )
    with pytest.raises(SubmissionError, match="nothing was typed"):
        _read(path, manifest(path).entries[0])


def test_a_students_own_archive_is_opened_one_level(tmp_path: Path) -> None:
    inner = Path(zipped(tmp_path / "i.zip", {"hw/lab.json": RIGHT, "__MACOSX/._lab.json": b"x"}))
    tar = Path(tarred(tmp_path / "i.tgz", [("lab.json", RIGHT)]))
    nested = Path(zipped(tmp_path / "n.zip", {"i.zip": inner.read_bytes()}))
    two = Path(zipped(tmp_path / "t.zip", {"a.json": RIGHT, "b.json": RIGHT}))
    each = {"1.zip": inner, "2.zip": tar, "3.zip": nested, "4.zip": two}
    path = foldered(tmp_path / "f", {name: file.read_bytes() for name, file in each.items()})
    first, second, third, fourth = manifest(path).entries
    assert _read(path, first).data == _read(path, second).data == RIGHT
    assert _read(path, first).kind == "json"
    with pytest.raises(SubmissionError, match="another archive"):
        _read(path, third)
    with pytest.raises(SubmissionError, match="in the archive there are 2 files"):
        _read(path, fourth)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({}, "holds no file"),
        ({"submission.json": RIGHT}, "no layout of a course platform"),
        ({"class.zip": b"PK"}, "holds nothing but class.zip; unpack it"),
        ({"submission_metadata.yml": b"[1"}, "is not what Gradescope writes"),
        ({"submitted/a/1/f.py": b"", "submitted/a/2/f.py": b""}, "holds 2 assignments"),
    ],
)
def test_what_is_no_collection_is_refused(
    tmp_path: Path, members: dict[str, bytes], said: str
) -> None:
    (tmp_path / "c").mkdir()
    with pytest.raises(CollectionError, match=said):
        manifest(foldered(tmp_path / "c", members))


def test_no_file_of_one_students_chooses_the_layout(tmp_path: Path) -> None:
    found = _found(tmp_path, "ada/hw.json", "eve/x_90000_1_hw.json")
    assert [entry.student for entry in found.entries] == ["ada", "eve"]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    path = foldered(tmp_path / "c", {"1/a.json": RIGHT})
    (tmp_path / "c" / "2").mkdir()
    (tmp_path / "c" / "2" / "a.json").symlink_to("/etc/passwd")
    (tmp_path / "c" / "3").symlink_to("/etc")
    found = manifest(path)
    assert found.passed == (("3", "a link to a folder; links are not followed"),)
    with pytest.raises(SubmissionError, match="is a link"):
        _read(path, found.entries[1])


def test_a_link_in_a_tar(tmp_path: Path) -> None:
    link = tarfile.TarInfo("2/a.json")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    path = tarred(tmp_path / "c.tar", [("1/a.json", RIGHT), ("2/a.json", link)])
    first, second = manifest(path).entries
    assert _read(path, first).data == RIGHT
    with pytest.raises(SubmissionError, match="is a link in the archive"):
        _read(path, second)


def test_who_handed_in_nothing_but_what_tools_leave_gets_a_row(tmp_path: Path) -> None:
    where = "_assignsubmission_file/"
    names = (f"Ada_1{where}readme.txt", f"Bo_2{where}lab.json", f"Bo_2{where}README.md")
    found = manifest(zipped(tmp_path / "m.zip", dict.fromkeys(names, RIGHT)))
    assert [(entry.student, entry.place.fault) for entry in found.entries] == [
        ("1", "no file that can be graded was handed in; hand in one, such as submission.json"),
        ("2", ""),
    ]
    assert [each.source for each in found.passed] == [names[2]]


def test_two_copies_of_one_file_are_named_as_they_are(tmp_path: Path) -> None:
    where = "Ada_1_assignsubmission_file/"
    names = (f"{where}submission.json", f"{where}submission (1).json")
    (entry,) = manifest(zipped(tmp_path / "m.zip", dict.fromkeys(names, RIGHT))).entries
    assert entry.place.fault == (
        "there are 2 files (submission (1).json and submission.json); hand in one"
    )


def test_moodle_groups_and_who_is_in_none(tmp_path: Path) -> None:
    names = ("Owls_31_assignsubmission_file/s.json", "Default group_assignsubmission_file/s.json")
    found = manifest(zipped(tmp_path / "m.zip", dict.fromkeys(names, RIGHT)))
    assert [entry.student for entry in found.entries] == ["31", "Default group"]


def test_downloads_side_by_side_are_no_students(tmp_path: Path) -> None:
    for section in ("A", "B"):
        (tmp_path / f"section {section}.zip").write_bytes(
            (SAMPLES / "moodle_4.1plus.zip").read_bytes()
        )
    with pytest.raises(CollectionError) as caught:
        manifest(str(tmp_path))
    assert "holds whole downloads (section A.zip and section B.zip; the first is of" in str(
        caught.value
    )
    # One student's archive that looks like a download stops no class.
    zipped(tmp_path / "section B.zip", {"submission.json": RIGHT})
    assert len(manifest(str(tmp_path)).entries) == 2


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
