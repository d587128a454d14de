"""What people have reported of grades that travel by file between platforms and graders, tried here.

Each test names the project and the number of the report that it recreates.
"""

from fractions import Fraction
from pathlib import Path

import pytest

from collections_made import RIGHT, zipped
from grader import load_exercise
from grader.cohort.book import bound
from grader.cohort.cells import SheetError
from grader.cohort.collection import manifest, reader
from grader.cohort.deadlines import Deadline, read_rule, read_time
from grader.cohort.exports import Wanted
from grader.cohort.graded import GradedRow
from grader.cohort.into import fill
from grader.cohort.manifest import HandIn, Manifest, Whereabouts, whole
from grader.cohort.scores import Mark

HUNDRED = Fraction(100)


def mark(student: str, name: str = "") -> Mark:
    return Mark(student, name, Fraction(175, 2), HUNDRED)


def test_prairielearn_14703_logins_find_canvas_rows_and_points_its_scale() -> None:
    sheet = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Lab (7)\n    Points Possible,,,,,20\n"
        '"Lovelace, Ada",90000,1001,ada@uni.example,A,\n'
    )
    said = "\n".join(fill(sheet.encode(), [mark("ada@uni.example")]).remarks)
    assert "no row fits: the hand-ins have keys such as ada@uni.example, the file such as" in said
    after = fill(sheet.encode(), [mark("ada@uni.example")], Wanted("SIS Login ID", "Lab (7)"))
    assert after.data.decode() == sheet.replace("example,A,", "example,A,17.50")


def test_classy_331_a_mark_before_the_first_column_hides_no_key() -> None:
    sheet = "\ufeffCWL,GRADE,COMMENT\nada,,\n"
    after = fill(sheet.encode(), [mark("ada")], Wanted("CWL", "GRADE")).data
    assert after.decode() == sheet.replace("ada,,", "ada,87.50,")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_autolab_874_a_roster_in_any_encoding_without_quotes(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes("email,name\nada@x,Ada\nzoë@x,Zoë\n".encode(encoding))
    path = zipped(tmp_path / "c.zip", {"ada@x/submission.json": RIGHT})
    found = manifest(path, roster=str(tmp_path / "r.csv"))
    assert [tuple(each) for each in found.missing] == [("zoë@x", "Zoë")]


def test_prairielearn_3161_a_workbook_is_said_and_blank_rows_stay() -> None:
    with pytest.raises(SheetError, match="export it as CSV"):
        fill(b"PK\x03\x04\x14\x00\x06\x00", [], Wanted("uid", "points"))
    sheet = "uid,points\n\nada,\n\n,\njl,\n"
    after = fill(sheet.encode(), [mark("jl")], Wanted("uid", "points")).data
    assert after.decode() == sheet.replace("jl,", "jl,87.50")


def test_autolab_2151_what_lateness_takes_off_ends_at_a_floor() -> None:
    exercise = load_exercise("relu-three-segments")
    entry = HandIn(
        *(whole("ada"), whole(""), 1, "2026-12-24T00:00Z", False, whole("x")),
        Whereabouts((0,), "x"),
    )
    rows = (GradedRow("graded", "100", None),)
    deadline = Deadline(read_time("2026-11-20 23:59Z"), 0, read_rule("10%/day floor 60%"))
    assert bound(exercise, Manifest("", (entry,)), rows, "last", deadline).score(0) == 60


def test_nbgrader_526_a_zip_of_each_students_zip(tmp_path: Path) -> None:
    inner = Path(zipped(tmp_path / "i.zip", {"lab1/submission.json": RIGHT})).read_bytes()
    names = ("ada_lovelace_17_2017-01-22-09-00.zip", "ada_lovelace_17_2017-01-23-09-00.zip")
    path = zipped(tmp_path / "download.zip", dict.fromkeys(names, inner))
    pattern = r"(?P<student>.+)_(?P<id>\d+)_(?P<time>[\d-]+)\.zip"
    found = manifest(path, names=pattern)
    assert [(each.student, each.attempt) for each in found.entries] == [("17", 1), ("17", 2)]
    with reader(path) as read:
        assert [read(each).data for each in found.entries] == [RIGHT, RIGHT]


def test_iic1253_34_canvas_numbers_a_resubmission(tmp_path: Path) -> None:
    path = zipped(tmp_path / "c.zip", {"ada_90000_7700_11111111-2.json": RIGHT})
    (entry,) = manifest(path).entries
    assert (entry.student, entry.attempt, entry.place.name) == ("90000", 1, "11111111.json")


@pytest.mark.parametrize(
    "name",
    [
        "lab-submissions/lab-team-1/submission.json",
        "team1_80001_7700_submission.json",
        "Team 1_31_assignsubmission_file/submission.json",
    ],
)
def test_github_classroom_1350_a_list_of_members_spreads_a_teams_work(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "r.csv").write_text(
        "Group Name,Member Identifier,Member Github Username,Member Name\n"
        "Team 1,123,user1,John\nTeam 1,124,user2,Raphael\nTeam 2,144,user3,Fernando\n"
    )
    found = manifest(zipped(tmp_path / "c.zip", {name: RIGHT}), roster=str(tmp_path / "r.csv"))
    assert [(each.student, each.name) for each in found.entries] == [
        ("123", "John"),
        ("124", "Raphael"),
    ]
    assert [each.student for each in found.missing] == ["144"]


def test_a_plus_1407_ids_of_a_group_joined_by_plus(tmp_path: Path) -> None:
    names = ("123123_file1_submission1.json", "123456+987654_file1_submission1.json")
    path = zipped(tmp_path / "c.zip", dict.fromkeys(names, RIGHT))
    (tmp_path / "r.csv").write_text(
        "id,group\n123123,\n123456,123456+987654\n987654,123456+987654\n"
    )
    pattern = r"(?P<id>[\d+]+)_(?P<file>file\d+)_submission(?P<attempt>\d+)\.json"
    found = manifest(path, names=pattern, roster=str(tmp_path / "r.csv"))
    assert [each.student for each in found.entries] == ["123123", "123456", "987654"]


def test_bb_scripts_51_of_several_grade_columns_the_one_to_fill_is_named() -> None:
    sheet = '"Username"\t"Lab 1 [Total Pts: 10 Score] |11"\t"Lab 2 [Total Pts: 10 Score] |12"\n"ada"\t"9"\t""\n'
    with pytest.raises(SheetError, match=r'--column; it has "Lab 1 \[.*\|11", "Lab 2'):
        fill(sheet.encode(), [mark("ada")])
    after = fill(sheet.encode(), [mark("ada")], Wanted(column="Lab 2")).data
    assert after.decode() == sheet.replace('"9"\t""', '"9"\t"8.75"')


def test_prompt_2018_an_offices_sheet_is_filled_and_given_back_as_it_is() -> None:
    sheet = (
        '"REGISTRATION_NUMBER";"FAMILY_NAME_OF_STUDENT";"GRADE";"DATE_OF_ASSESSMENT";"REMARK"\r\n'
        '"03700001";"Lovelace";"";"2026-08-07";""\r\n"03700002";"O\'Neil";"";"2026-08-07";""\r\n'
    )
    after = fill(sheet.encode(), [mark("03700001")], Wanted("REGISTRATION_NUMBER", "GRADE"))
    assert after.data.decode() == sheet.replace('Lovelace";""', 'Lovelace";"87,50"')


def test_gh_classroom_48_who_handed_in_nothing_is_listed_too(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        '"identifier","github_username","github_id","name"\n"17","ada","1","Ada"\n"18","jl","2",""\n'
    )
    path = zipped(tmp_path / "c.zip", {"lab-submissions/lab-ada/submission.json": RIGHT})
    found = manifest(path, roster=str(tmp_path / "r.csv"))
    assert [each.student for each in found.missing] == ["jl"]
