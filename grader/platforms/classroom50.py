"""Classroom 50: result.json of an autograder.py, and the text of the submission's release.

Source: foundation50/classroom50, schemas/result-v1.schema.json, commit 6e593c7, and
cli/gh-teacher/skeleton/dotgithub/scripts/runner.py; read in November 2026.

All points are whole numbers, 0 or more, and no test has more than its maximum: what a disturbed
segment takes off is taken from the tests that earned something, fractions are dropped and the
whole points given out by largest remainder. The runner overwrites owner, type, times and who
handed in. A status other than 0 makes the runner say that the grader failed: so does this one.

The bundle. Source: foundation50/classroom50, wiki/Advanced-Autograding.md and
cli/gh-teacher/embed/autograder.py, commit 17f28b5, read in November 2026: autograder.py runs in the
student's checkout, what lies beside it comes along.
"""

from fractions import Fraction
from typing import TypedDict

from grader.handover.bundling import Bundle, Parts, below, core
from grader.handover.feedback import as_markdown, whole_items
from grader.handover.pages import a_file_of_numbers, pages
from grader.platforms import Files, Handed, Place, Settings, as_json, only_file
from grader.report import Report
from grader.text.inert import inert

SHOWS = {
    "score": "as the score, in whole points, fractions dropped; exactly in the release's text",
    "checks": "one test each, visible; in words in the release's text",
    "diagnoses": "in the release's text, visible",
    "picture": "not shown",
}
ROOT = "."
UPLOAD = "A folder with an autograder.py for the classroom's repository, one per assignment."
NEXT = "Copy the folder in autograders/ into the classroom's, and name it after the assignment."
_LINKS = {"commit": "COMMIT_URL", "release": "RELEASE_URL", "review": "REVIEW_URL"}
_UNKNOWN = "unknown"
_LONGEST = 2_000  # characters of a name or an address
_NO_TIME = "1970-01-01T00:00:00Z"  # the runner puts the commit's time in its place
_PLACES = ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))
_LIMITS = (9999, 12, 31, 23, 59, 59)
_WRITTEN_HERE = {"result.json"}


def answer(report: Report, settings: Settings) -> Files:
    """Return result.json and release-body.md, or nothing if the grader failed."""
    if report.score is None:
        return {}

    def given(*names: str, otherwise: str = _UNKNOWN) -> str:
        found = (settings.environment.get(name) for name in names)
        return inert(next(filter(None, found), otherwise), _LONGEST)

    tests = _tests(report, settings.points)
    submission = given("SUBMISSION_TAG", otherwise="submit/")
    data = {
        "schema": "classroom50/result/v1",
        "classroom": given("CLASSROOM"),
        "assignment": given("ASSIGNMENT"),
        "assignment_type": given("ASSIGNMENT_TYPE", otherwise="individual"),
        "owner": given("OWNER", "USERNAME"),
        "submission": submission,
        **{key: given(name) for key, name in _LINKS.items()},
        "datetime": _time(submission),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    beside = {} if settings.alone else {"release-body.md": as_markdown(report, settings.aside)}
    return {**beside, "result.json": as_json(data, compact=settings.compact)}


_Test = TypedDict(
    "_Test", {"test-name": str, "passed": bool, "score": int, "max-score": int, "message": str}
)


def _tests(report: Report, points: Fraction | None) -> list[_Test]:
    """Return the tests in whole points: out of the exercise's, or of 100 if these are not whole."""
    return [
        {
            "test-name": line.name,
            "passed": line.right,
            "score": int(line.earned),
            "max-score": int(line.worth),
            "message": line.message,
        }
        for line in whole_items(report, points)
    ]


def _time(submission: str) -> str:
    """Return the time that the tag submit/TIME-COMMIT names, in the form that the schema wants."""
    stamp = submission.partition("/")[2].rpartition("-")[0]
    digits = "".join(character for character in stamp if character in "0123456789")
    if len(digits) < _PLACES[-1][1]:
        return _NO_TIME
    parts = [digits[start:end] for start, end in _PLACES]
    if any(int(part) > limit for part, limit in zip(parts, _LIMITS, strict=True)):
        return _NO_TIME
    year, month, day, hour, minute, second = parts
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"


def handed_over(place: Place) -> Handed:
    """Return the file in the student's checkout, and the repository's owner."""
    files = [path for path in place.files("") if path not in _WRITTEN_HERE]
    student = place.environment.get("OWNER") or place.environment.get("USERNAME")
    return only_file(files, student or None)


_HAND_IN = """\
Commit that one file to your repository and submit it as your course says. The text of the release
is the report.
"""
_INSTRUCTOR = """\
## What to do

1. Copy `autograders/{id}` into the folder `autograders` of your classroom, in the classroom's
   repository.
2. If the assignment is not called `{id}`, rename the folder to the assignment's name.
3. Commit and push.
4. Put `task.html` into the assignment's template repository.
5. Submit a `submission.json` with 0 for every parameter as a student would. It must get 0 points
   and a report.

## What students see

`task.html` is the whole task. GitHub shows HTML files as source, so students open it after cloning,
or on a page that you publish. The report is the text of the submission's release.

## What is not possible here

- Points are whole: fractions are dropped, never rounded up to full marks. The release's text has
  the exact score.
- No picture is shown.
- Student code can import NumPy only if the runner has it.
"""


def bundle(parts: Parts) -> Bundle:
    """Return the files below the classroom's folder; rename the inner one to the assignment."""
    id_ = parts.exercise.id
    hand_in = f"{a_file_of_numbers(parts)}\n{_HAND_IN}"
    return {
        **pages(parts, "Classroom 50", hand_in, _INSTRUCTOR.format(id=id_)),
        **below(f"autograders/{id_}", core(parts, "classroom50", "autograder.py")),
    }
