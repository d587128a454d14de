"""Who is missing by a roster of any make, and paths that only the teacher can read."""

from pathlib import Path

import pytest

from collections_made import RIGHT, zipped
from grader.cohort.collection import manifest
from grader.cohort.holding import CollectionError


@pytest.fixture
def moodle(tmp_path: Path) -> str:
    names = ("Ada_4711_assignsubmission_file/a.json", "Zoë_4712_assignsubmission_file/a.json")
    return zipped(tmp_path / "m.zip", dict.fromkeys(names, RIGHT))


def _missing(path: str, folder: Path, roster: bytes) -> list[tuple[str, str]]:
    (folder / "roster.csv").write_bytes(roster)
    return [tuple(each) for each in manifest(path, roster=str(folder / "roster.csv")).missing]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rosters_of_any_make(moodle: str, tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [("Last name", "First name", "Nummer"), ("Müller", "Zoë", "4712"),
            ("O'Neil", "Jean-Luc", "4713"), ("Lovelace", "Ada", "4711")]  # fmt: skip
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert _missing(moodle, tmp_path, text.encode(encoding)) == [("4713", "Jean-Luc O'Neil")]


def test_a_platforms_own_export_is_a_roster(moodle: str, tmp_path: Path) -> None:
    sheet = '﻿Identifier,"Full name"\n"Teilnehmer/in4711",Ada\n"Participant 4799","Bo, C"\n'
    assert _missing(moodle, tmp_path, sheet.encode()) == [("4799", "Bo, C")]
    canvas = zipped(tmp_path / "c.zip", {"ada_90000_1_a.json": RIGHT})
    book = b'Student,ID,Section\n    Points Possible,,\n"Lovelace, Ada",90000,A\n"O, J",90001,A\n'
    assert _missing(canvas, tmp_path, book) == [("90001", "O, J")]
    bright = zipped(tmp_path / "b.zip", {"ada.json": RIGHT, "jl.json": RIGHT})
    users = b"OrgDefinedId,Username\n#1001,#ada\n#1002,#jl\n#1003,#zoe\n"
    assert _missing(bright, tmp_path, users) == [("zoe", "")]


def test_a_name_with_an_odd_line_break_is_one_cell(moodle: str, tmp_path: Path) -> None:
    roster = "id,name\n4711,A\u2028da\n4712,Zoë\n4713,B\x0bo\n".encode()
    assert _missing(moodle, tmp_path, roster) == [("4713", r"B\x0bo")]


def test_a_groups_submission_is_each_members(tmp_path: Path) -> None:
    names = ("Owls_31_assignsubmission_file/a.json", "Zoë_4713_assignsubmission_file/a.json")
    path = zipped(tmp_path / "m.zip", dict.fromkeys(names, RIGHT))
    (tmp_path / "r.csv").write_text(
        "Identifier,Full name,Group\nParticipant 4711,Ada,Owls\nParticipant 4712,Bo,Owls\n"
        "Participant 4713,Zoë,\nParticipant 4714,Cy,Larks\n"
    )
    found = manifest(path, roster=str(tmp_path / "r.csv"))
    assert [(entry.student, entry.name, entry.source) for entry in found.entries] == [
        ("4711", "Ada", names[0]),
        ("4712", "Bo", names[0]),
        ("4713", "Zoë", names[1]),
    ]
    assert [tuple(each) for each in found.missing] == [("4714", "Cy")]
    assert found.notes == ()


def test_ids_that_look_alike_are_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "c.zip", {"ADA.json": RIGHT, "bob.json": RIGHT})
    roster = "id\nada\nAda\nbob\nzoe\u0308\nzo\u00eb\n"
    (tmp_path / "r.csv").write_text(roster, "utf-8")
    assert manifest(path, roster=str(tmp_path / "r.csv")).notes == (
        "ADA (it has ada) is not in the roster; what they handed in is graded all the same.",
        '"ada" and "Ada" in the roster differ in capital letters only and are different students.',
        '"zo\u00eb" in the roster: written in two of Unicode\'s normal forms, and one student.',
    )


def test_who_is_not_in_the_roster_is_listed(moodle: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("id,name\n4711,Ada\n")
    found = manifest(moodle, roster=str(tmp_path / "r.csv"))
    assert len(found.entries) == 2
    assert found.notes == (
        "4712 is not in the roster; what they handed in is graded all the same.",
    )


@pytest.mark.parametrize(
    ("roster", "said"),
    [
        (b"", "holds no rows"),
        (b"a,b\nx,y\n", "no column holds the ids"),
        (b"a," * 5000 + b"\n1\n", "has 5,001 columns"),
        (b"\0\x01\0\x02", "roster.csv"),
    ],
)
def test_what_is_no_roster(moodle: str, tmp_path: Path, roster: bytes, said: str) -> None:
    with pytest.raises(CollectionError, match=said):
        _missing(moodle, tmp_path, roster)


def test_names_by_a_pattern(tmp_path: Path) -> None:
    names = ("hw1/LOVELACE Ada [17] 2026-11-20 late.json", "hw1/O'Neil [9] 2026-11-19.py", "x.txt")
    path = zipped(tmp_path / "c.zip", dict.fromkeys(names, RIGHT))
    pattern = r"hw1/(?P<student>.+) \[(?P<id>\d+)\] (?P<time>[\d-]+)(?P<late> late)?\.\w+"
    found = manifest(path, names=pattern)
    assert [entry[:5] for entry in found.entries] == [
        ("9", "O'Neil", 1, "2026-11-19", False),
        ("17", "LOVELACE Ada", 1, "2026-11-20", True),
    ]
    assert found.passed == (("x.txt", "its name does not say whose it is"),)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(?P<id>[", "is not a regular expression: "),
        (r"(?P<studnt>\d+)", 'unknown group "studnt"; did you mean student'),
        (r"\d+", "name the part of a path that says whose it is"),
        (r"(?P<id>\d+)", "matches none of the paths, which are as a"),
        ("(?P<id>a)" * 200, "at most 1,000 characters"),
    ],
)
def test_patterns_that_are_refused(tmp_path: Path, pattern: str, said: str) -> None:
    path = zipped(tmp_path / "c.zip", {"a" * 40 + ".json": RIGHT})
    with pytest.raises(CollectionError, match=said):
        manifest(path, names=pattern)


def test_a_pattern_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cohort.path_patterns._SECONDS", 1)
    path = zipped(tmp_path / "c.zip", {"a" * 60 + "!": RIGHT})
    with pytest.raises(CollectionError, match="takes longer than 1 seconds"):
        manifest(path, names="(?P<id>(a*)*b)")


def test_ids_that_end_in_numbers_stay_whole(tmp_path: Path) -> None:
    names = ("Owls_31_assignsubmission_file/a.json", "Larks_32_assignsubmission_file/a.json")
    path = zipped(tmp_path / "m.zip", dict.fromkeys(names, RIGHT))
    (tmp_path / "r.csv").write_text("id,name,Group\na1,Ada,Owls\nb1,Bo,Larks\nc1,Cy,Larks\n")
    found = manifest(path, roster=str(tmp_path / "r.csv"))
    assert [(entry.student, entry.name) for entry in found.entries] == [
        ("a1", "Ada"),
        ("b1", "Bo"),
        ("c1", "Cy"),
    ]
    alone = zipped(tmp_path / "n.zip", {"1.json": RIGHT, "u2.json": RIGHT, "u3.json": RIGHT})
    missing = _missing(alone, tmp_path, b"id,name\nu1,Ada\nu2,Bo\nu3,Cy\n")
    assert missing == [("u1", "Ada")]


@pytest.mark.parametrize(
    "roster",
    [
        "sep=;\r\nid;name\r\n4711;Ada\r\n4713;Zo\u00eb\r\n",
        "Course: Machine learning,\n\nid,name\n4711,Ada\n4713,Zo\u00eb\n",
        'id,name\n="4711",Ada\n="4713",Zo\u00eb\n',
        ",,id,,name\n,,4711,,Ada\n,,4713,,Zo\u00eb\n",
    ],
)
def test_what_spreadsheets_put_around_a_roster(moodle: str, tmp_path: Path, roster: str) -> None:
    assert _missing(moodle, tmp_path, roster.encode()) == [("4713", "Zo\u00eb")]


def test_a_workbook_is_no_roster(moodle: str, tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="is an Excel workbook or an archive; export it as"):
        _missing(moodle, tmp_path, b"PK\x03\x04\x14\0")
