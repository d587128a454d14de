"""course.yaml: what it may say, and that reader and schema refuse the same, each with its line."""

import copy
import json
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from grader.cohort.courses.course_file import read_course
from grader.cohort.courses.record import CoursePart, Exemption, Roster
from grader.cohort.deadlines import LateRule
from grader.errors import SpecError
from samples.schemas import problems, put

WHOLE = """\
format: 1
title: Machine learning
time_zone: Europe/Berlin
roster: {file: people/all.csv, student: Email address}
keep: best
grace: 15m
late: 10%/day floor 40%
exercises:
  - id: week1
    exercise: relu-three-segments
    files: week1.zip
    points: 10
    due: 2026-11-20 23:59
    column: ReLU lab (55512)
  - id: week2
    exercise: own/zigzag.yaml
    files: ["submitted/*/lab2/**", other/]
    names: (?P<id>.+)/.*
    roster: week2.csv
    due: 2026-11-27T23:59Z
    keep: last
    grace: 1h
    late: 5%/12 hours
overrides:
  - {student: 007, exercise: week1, due: 2026-11-22 23:59}
  - {student: zoe, exercise: week2, excused: true}
  - {student: ada, exercise: week2, variant: 17}
secret_file: ../secret.txt
"""
RULE = LateRule(Fraction(1, 10), 86400, Fraction(2, 5))


def test_a_course_with_everything() -> None:
    course = read_course(WHOLE.encode(), "course.yaml")
    week1, week2 = course.parts
    due = datetime(2026, 11, 20, 22, 59, tzinfo=UTC)
    assert week1 == CoursePart(
        "week1",
        "relu-three-segments",
        ("week1.zip",),
        9,
        Fraction(10),
        due=week1.due,
        column="ReLU lab (55512)",
        keep="best",
        grace=900,
        late=RULE,
    )
    assert week1.due == due
    assert week2.files == ("submitted/*/lab2/**", "other/")
    assert (week2.keep, week2.grace, week2.late) == ("last", 3600, LateRule(Fraction(1, 20), 43200))
    assert (week2.points, week2.roster) == (None, Roster("week2.csv"))
    assert course.roster == Roster("people/all.csv", "Email address")
    assert course.exemptions[0].student == "007"
    assert course.exemptions[1] == Exemption("zoe", "week2", excused=True, line=26)
    assert course.exemptions[2] == Exemption("ada", "week2", variant=17, line=27)
    assert course.secret == "../secret.txt"  # noqa: S105 - a path


def said(text: str) -> str:
    with pytest.raises(SpecError) as caught:
        read_course(text.encode(), "course.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "week1.zip",
            "../week1.zip",
            'course.yaml:11: exercises[0].files: "../week1.zip" must be a path below the '
            "course's folder, with / between names and without .. or a disk",
        ),
        (
            "id: week2",
            "id: WEEK1",
            'course.yaml:9: exercises[0].id: "week1" is the id of more than one exercise; each '
            "needs its own",
        ),
        (
            "exercise: week2, excused: true",
            "exercise: week3, excused: true",
            'course.yaml:26: overrides[1].exercise: "week3" is not the id of one of the exercises above; did '
            "you mean week2? They are: week1 and week2",
        ),
        (
            ", excused: true",
            "",
            "course.yaml:26: overrides[1]: says nothing that is different; add due: TIME, "
            "excused: true or variant: N",
        ),
        (
            "variant: 17",
            "variant: 1.5",
            'course.yaml:27: overrides[2].variant: "1.5" is not allowed; it must be a whole '
            "number from 0",
        ),
        (
            "zoe, exercise: week2, excused: true",
            "ada, exercise: week2, variant: 3",
            "course.yaml:27: overrides[2].variant: ada is given a variant of week2 twice; keep one",
        ),
        (
            "excused: true",
            "excused: no",
            "course.yaml:26: overrides[1].excused: must be true; where nobody is excused leave "
            "it out",
        ),
        (
            "time_zone: Europe/Berlin\n",
            "",
            'course.yaml:12: exercises[0].due: "2026-11-20 23:59" does not say in which time '
            'zone; add one, as in "2026-11-20 23:59 Europe/Berlin" or "2026-11-20 23:59+01:00"',
        ),
        (
            "keep: best",
            "keep: all",
            'course.yaml:5: keep: is "all"; allowed are: last, best, first',
        ),
        (
            "points: 10",
            "point: 10",
            "course.yaml:12: exercises[0].point: unknown key; did you mean points? Allowed are: "
            "id, exercise, files, points, due, names, roster, column, keep, grace, late",
        ),
        (
            "id: week1\n",
            "id: reports\n",
            'course.yaml:9: exercises[0].id: is "reports", which is what a run calls a folder of '
            "its own; choose another",
        ),
        (
            "id: week1\n",
            "id: week 1\n",
            "course.yaml:9: exercises[0].id: must be letters, digits and hyphens, at most 100",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_cure(old: str, new: str, message: str) -> None:
    assert message in said(WHOLE.replace(old, new)).splitlines()


def test_a_policy_of_the_course_is_wrong_once() -> None:
    assert len(said(WHOLE.replace("grace: 15m", "grace: soon")).splitlines()) == 1
    assert "a course starts with: format: 1" in said("")


# What a schema cannot see, by what the reader says of it.
ONLY_THE_READER = (
    "is not a time",
    "does not say in which time zone",
    "is not a length of time",
    "is not a rule for late work",
    "is not a time zone",
    "more than one exercise",
    "is not the id of one of the exercises",
    "letters, digits and hyphens",  # 1e10 is a whole number, its text is not
)


def agree(data: object) -> None:
    seen = problems("course", data)
    try:
        read_course(json.dumps(data).encode(), "course.json")
    except SpecError as error:
        lines = str(error).splitlines()
        assert seen or all(any(words in line for words in ONLY_THE_READER) for line in lines), data
    else:
        assert not seen, data


ODD_VALUES: list[object] = [
    *(None, True, "", "x", "0.5", "1/3", "a/../b", "..", "/x", "C:x", "a\\b", "reports"),
    *(-1, 0, 1, 2.5, 1e10, [], ["a"], [""], {}, {"file": "x"}, {"x": 1}, [[]], [{}]),
]
RIGHT: dict[str, Any] = {
    "format": 1,
    "title": "ML",
    "time_zone": "UTC",
    "roster": {"file": "r.csv", "student": "Email"},
    "keep": "best",
    "grace": "15m",
    "late": "10%/day floor 40%",
    "exercises": [
        {
            "id": "week1",
            "exercise": "relu-three-segments",
            "files": ["a", "b/**"],
            "points": 10,
            "due": "2026-11-20 23:59",
            "names": "(?P<id>.+)",
            "roster": "w.csv",
            "column": "Lab",
            "keep": "last",
            "grace": "1h",
            "late": "5%/day",
        }
    ],
    "overrides": [
        {"student": "zoe", "exercise": "week1", "due": "2026-11-20 23:59", "excused": True},
        {"student": "ada", "exercise": "week1", "variant": 17},
    ],
    "secret_file": "secret.txt",
}


def places(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401 - JSON
    steps: list[str | int] = []
    if isinstance(data, (dict, list)):
        steps = [*(data if isinstance(data, dict) else range(len(data)))]
    return [path, *(place for step in steps for place in places(data[step], (*path, step)))]


@pytest.mark.thorough
def test_schema_and_reader_agree() -> None:
    agree(RIGHT)
    assert not problems("course", RIGHT)
    for path in places(RIGHT):
        for value in ODD_VALUES:
            data = {"": copy.deepcopy(RIGHT)}
            put(data, ("", *path), value)
            agree(data[""])
        at: Any = (data := {"": copy.deepcopy(RIGHT)})
        for step in ("", *path)[:-1]:
            at = at[step]
        if path and isinstance(at, dict):
            del at[path[-1]]
            agree(data[""])
            at["nonsense"] = 1
            agree(data[""])
