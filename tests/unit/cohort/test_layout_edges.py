"""What is odd in a download: what was typed, archives, links, groups, who handed in nothing."""

import tarfile
import time
from pathlib import Path

import pytest

from collections_made import RIGHT, SAMPLES, foldered, tarred, zipped
from downloads_read import found_in, read
from grader.cohort.collection import manifest
from grader.cohort.holding import CollectionError
from grader.cohort.typed import text_of
from grader.desk.intake import entries
from grader.errors import SubmissionError
from grader.submission.record import MAX_BYTES

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
    assert read(path, entry).data.decode() == text
    if text.startswith("{") and "b1" in text:
        assert entries(read(path, entry)) == [("w1", 1.0), ("b1", -1.0)]


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
        read(path, manifest(path).entries[0])


def test_a_students_own_archive_is_opened_one_level(tmp_path: Path) -> None:
    inner = Path(zipped(tmp_path / "i.zip", {"hw/lab.json": RIGHT, "__MACOSX/._lab.json": b"x"}))
    tar = Path(tarred(tmp_path / "i.tgz", [("lab.json", RIGHT)]))
    nested = Path(zipped(tmp_path / "n.zip", {"i.zip": inner.read_bytes()}))
    two = Path(zipped(tmp_path / "t.zip", {"a.json": RIGHT, "b.json": RIGHT}))
    each = {"1.zip": inner, "2.zip": tar, "3.zip": nested, "4.zip": two}
    path = foldered(tmp_path / "f", {name: file.read_bytes() for name, file in each.items()})
    first, second, third, fourth = manifest(path).entries
    assert read(path, first).data == read(path, second).data == RIGHT
    assert read(path, first).kind == "json"
    with pytest.raises(SubmissionError, match="another archive"):
        read(path, third)
    with pytest.raises(SubmissionError, match="in the archive there are 2 files"):
        read(path, fourth)


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
    found = found_in(tmp_path, "ada/hw.json", "eve/x_90000_1_hw.json")
    assert [entry.student for entry in found.entries] == ["ada", "eve"]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    path = foldered(tmp_path / "c", {"1/a.json": RIGHT})
    (tmp_path / "c" / "2").mkdir()
    (tmp_path / "c" / "2" / "a.json").symlink_to("/etc/passwd")
    (tmp_path / "c" / "3").symlink_to("/etc")
    found = manifest(path)
    assert found.passed == (("3", "a link to a folder; links are not followed"),)
    with pytest.raises(SubmissionError, match="is a link"):
        read(path, found.entries[1])


def test_a_link_in_a_tar(tmp_path: Path) -> None:
    link = tarfile.TarInfo("2/a.json")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    path = tarred(tmp_path / "c.tar", [("1/a.json", RIGHT), ("2/a.json", link)])
    first, second = manifest(path).entries
    assert read(path, first).data == RIGHT
    with pytest.raises(SubmissionError, match="is a link in the archive"):
        read(path, second)


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
