"""Gradescope: results.json, read by Codio's wrapper for Gradescope autograders too.

Source: autograder_samples, docs/specs.md and docs/submission_metadata.md, commit af5dee4
(2025-01-15); codio-content/gradescope_wrapper, main.go, commit 5d16184 (2023-10-19); both read in
November 2026.

Gradescope adds up the tests unless there is a score on top. Codio's wrapper takes a score on top
as a percentage, so there is one only where full marks are 100; it puts a test's output into HTML
unescaped, so outputs are escaped HTML; it rounds up to whole percent, so that points are whole ones
of 100 there. null is reported to break Gradescope: absent keys are left out. What Gradescope's HTML
filter keeps is not known: there is no picture. A hidden test would hide the total from students:
all are visible.
A grader that failed leaves no file: Gradescope then says so, and asks nobody for points.

The bundle. Source: as above: setup.sh runs once, as root and with network, when the image is built;
run_autograder is copied beside source/ and run in /autograder. Codio's wrapper runs setup.sh only
if it is told to: without it the wheels are unpacked for each run, and Python must be there.
"""

import json
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from grader.handover.bundling import UNPACK, Bundle, Parts, as_file, core
from grader.handover.feedback import (
    Item,
    codes,
    cut,
    double,
    earned_of,
    full_marks,
    items,
    scaled,
    text,
    whole_items,
)
from grader.handover.pages import a_file_of_numbers, pages
from grader.platforms import Files, Handed, Place, Settings, as_json, object_in, only_file
from grader.report import Report
from grader.version import VERSION
from grader.words.wording import points as in_words

SHOWS = {
    "score": "in the total, visible",
    "checks": "one test each, visible, with points and what was expected and found",
    "diagnoses": "in the text on top; their codes in extra_data, for instructors only",
    "picture": "not shown: what Gradescope's filter keeps is not known",
}
ROOT = "/autograder"
UPLOAD = "A zip file to upload as a programming assignment's autograder; Codio takes it too."
ZIP = True  # a folder cannot be uploaded
NEXT = "Upload it on the assignment's page, under Configure Autograder."
RESULTS = "results/results.json"
DRAWS = "the student's SID on Gradescope, or where there is none the email; not for groups"
_NAME = 100
_PERCENT = Fraction(100)  # where points and percent are the same
_CODIO = "not_in_use"  # what the wrapper writes where Gradescope has a number


def answer(report: Report, settings: Settings) -> Files:
    """Return results.json, or nothing if the grader failed."""
    if report.score is None:
        return {}
    if settings.whole:
        lines = _in_one_list_each(whole_items(report, _PERCENT))
        score = sum((line.earned for line in lines), Fraction(0))
    else:
        lines = items(report, settings.points)
        score = scaled(report, settings.points)
    full = _PERCENT if settings.whole else full_marks(report, settings.points)
    tests = [_test(line) for line in lines]
    data: dict[str, object] = {}
    if full == _PERCENT or (score < full and _sum(tests, "score") >= _sum(tests, "max_score")):
        data["score"] = earned_of(score, full)
    data |= {
        "output": text(report, settings.aside),
        "output_format": "text",
        "test_output_format": "html",
        "test_name_format": "text",
        "visibility": "visible",
        "tests": tests,
        "extra_data": _extra(report),
    }
    return {RESULTS: as_json(data, compact=settings.compact)}


def _sum(tests: list[dict[str, Any]], key: str) -> float:
    """Return what Gradescope adds up; where that is full marks by rounding, a score goes on top."""
    return math.fsum(test[key] for test in tests)


def _in_one_list_each(lines: list[Item]) -> list[Item]:
    """Return the lines so that Codio lists each of them as passed or as failed, and none as both.

    It takes a test as passed if it has all its points, and as failed if its status says so. So a
    line that earns all it is worth has passed. A disturbed one that is worth nothing is left out:
    the text on top tells of it, and what it takes off is taken from the others.
    """
    return [
        line._replace(right=line.earned == line.worth) for line in lines if line.worth or line.right
    ]


def _test(item: Item) -> dict[str, Any]:
    return {
        "name": item.name,
        "score": earned_of(item.earned, item.worth),
        "max_score": double(item.worth),
        "status": "passed" if item.right else "failed",
        "output": escape(item.message).replace("\n", "<br>"),
        "output_format": "html",
        "visibility": "visible",
    }


def _extra(report: Report) -> dict[str, object]:
    extra: dict[str, object] = {"grader": VERSION, "diagnoses": list(codes(report))}
    if report.exercise:
        extra |= {"exercise": report.exercise.id, "exercise_digest": report.exercise.digest}
    if report.origin.digest:
        extra["submission_digest"] = report.origin.digest
    if report.error:
        extra["error"] = report.error.code
    return extra


def handed_over(place: Place) -> Handed:
    """Return the file in submission/ and the names in submission_metadata.json."""
    metadata = object_in(place.read("submission_metadata.json"))
    users = metadata.get("users")
    handed = only_file(place.files("submission"), _students(users))._replace(id=_id(users))
    if metadata.get("id") == _CODIO:
        return handed._replace(whole=True)
    assignment = metadata.get("assignment")
    if isinstance(assignment, Mapping) and isinstance(assignment.get("total_points"), str):
        return handed._replace(points_there=assignment["total_points"])
    return handed


def _id(users: object) -> str | None:
    """Return the one student's SID, else the email, as exports of submissions have them."""
    match users:
        case [{"sid": str(sid)}] if sid:
            return sid
        case [{"email": str(email)}] if email:
            return email
    return None


def _students(users: object) -> str | None:
    """Return the names of the group's members."""
    if not isinstance(users, Sequence):
        return None
    names = [
        user["name"]
        for user in users
        if isinstance(user, Mapping) and isinstance(user.get("name"), str)
    ]
    return cut(", ".join(names), _NAME) or None


# Ubuntu 22.04, Gradescope's usual image, has Python 3.10; the package python3.11 is in its
# repositories. 24.04 has Python 3.12.
_FIND = """\
path_of_a_good_one='import sys; sys.version_info < (3, 11) and sys.exit(1); print(sys.executable)'
find_python() {
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        python=$("$name" -c "$path_of_a_good_one" 2>/dev/null) && return 0
    done
    return 1
}
"""

_SETUP = """\
#!/bin/bash
# Finds or installs Python 3.11 or later and unpacks the grader. The rest needs no network.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

FIND_PYTHON
if ! find_python; then
    apt-get update
    apt-get install -y --no-install-recommends python3.11
    find_python
fi
UNPACK
NUMPYprintf '%s\\n' "$python" > "$here/python-path"
"""

_NUMPY = """\
if ! "$python" -m pip --version >/dev/null 2>&1; then
    apt-get update
    apt-get install -y --no-install-recommends python3-pip
fi
"$python" -m pip install --no-cache-dir --only-binary :all: --target "$here/lib" "numpy==VERSION"
"""

_RUN = """\
#!/bin/sh
# Grades /autograder/submission and writes /autograder/results/results.json.
root=/autograder
[ -e "$root/source/start.py" ] || root=$PWD

FIND_PYTHON
# Where setup.sh has run, it says which Python it was.
if ! { read -r python < "$root/source/python-path"; } 2>/dev/null && ! find_python; then
    echo "Python 3.11 or later was not found; run $root/source/setup.sh as root" >&2
    exit 1
fi
exec "$python" -I "$root/source/start.py" --root "$root"
"""


_HAND_IN = """\
Upload that one file to the assignment in Gradescope. In Codio leave it in the workspace and mark
the assignment as completed.
"""
_INSTRUCTOR = """\
## What to do

1. On Gradescope create a programming assignment with {full} autograder points.
2. Under Configure Autograder choose the zip file, update the autograder, and wait until its image
   is built. (You unpacked the zip file to read this? Upload the zip file itself.)
3. Click Test Autograder and upload a `submission.json` with {blank} in it. It has to get
   0 points and a report.
4. Give students `task.html`, for instance on the course's page.

For Codio instead, put the zip file into `.guides/secure` as `autograder.zip` and make
`gradescope_wrapper` the assignment's grading script. `run-setup` is not needed where the stack has
Python 3.11 or later.

## What students see

Gradescope has no place for the task itself: `task.html` is that, with the text, the picture, how it
is marked, and how to hand in. It is one file and needs nothing else. After handing in, students see
each check as a test with its points, and the report as text on top.

## What is not possible here

- No picture is shown with the results: what Gradescope's filter keeps is not known.
- If a student hands in several files, the program that trained a network among them, one must be
  called `submission` with its ending, such as `submission.npz`; otherwise none is graded.
- Where the assignment has other points than this bundle, only the autograder's output says so,
  which students do not see. Package again with `--points`.
- Codio shows whole percent: there the points are whole ones, never rounded up to full marks.
"""


def _pages(parts: Parts) -> Bundle:
    blank = json.dumps(dict.fromkeys(parts.exercise.free, 0))
    steps = _INSTRUCTOR.format(
        full=parts.points or in_words(parts.exercise.points),
        blank=f"`{blank}`" if len(blank) <= _NAME else "0 for every parameter",
    )
    hand_in = f"{a_file_of_numbers(parts)}\n{_HAND_IN}"
    return pages(parts, "Gradescope and Codio", hand_in, steps)


def bundle(parts: Parts) -> Bundle:
    """Return the files at the zip's root."""
    numpy = _NUMPY.replace("VERSION", parts.numpy) if parts.numpy else ""
    setup = _SETUP.replace("UNPACK\n", UNPACK).replace("NUMPY", numpy)
    setup, run = (each.replace("FIND_PYTHON\n", _FIND) for each in (setup, _RUN))
    return {
        **core(parts, "gradescope"),
        **_pages(parts),
        "setup.sh": as_file(setup, executable=True),
        "run_autograder": as_file(run, executable=True),
    }
