"""A course as course.yaml describes it: exercises, what each is worth, when it is due, for whom.

Theory of operation. Each exercise is a class run of its own, in a folder of its own and with a
journal of its own, so that one that changes is graded anew alone. The course's gradebook is made of
what they have written down. A student is the platform's id, or where a roster says so the cell of
one of its columns in the row that holds that id; so exercises whose ids differ (Moodle numbers
people anew for each) meet in one row. An exercise is worth its points times the share of its own
full marks; what was not handed in is worth nothing; what the grader failed on is worth nobody knows
what, and so is the total then.
"""

from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.choices import Keep
from grader.cohort.deadlines import LateRule

NAME = "course.yaml"


class Roster(NamedTuple):
    """A file of people, below the course's folder; the column that names them in the course."""

    file: str
    student: str | None = None


class Exemption(NamedTuple):
    """What is different for a student in one exercise: due time, variant, or nothing is asked.

    `line` is where that is in the file.
    """

    student: str
    exercise: str
    due: datetime | None = None
    excused: bool = False
    variant: int | None = None
    line: int = 0


class CoursePart(NamedTuple):
    """An exercise of a course.

    `exercise` is an id or a path below the course's folder, `line` where it is in the file.
    `points` is None where the exercise's own count. `column` is what to fill in a file of grades.
    """

    id: str
    exercise: str
    files: tuple[str, ...]
    line: int
    points: Fraction | None = None
    names: str | None = None
    roster: Roster | None = None
    due: datetime | None = None
    column: str | None = None
    keep: Keep = "last"
    grace: int = 0
    late: LateRule | None = None


class CourseSpec(NamedTuple):
    """A course: its parts in the file's order, and what is different for some students.

    `secret` is the path of the file that variants are drawn by, from the course's folder.
    """

    title: str
    parts: tuple[CoursePart, ...]
    roster: Roster | None = None
    exemptions: tuple[Exemption, ...] = ()
    secret: str | None = None
