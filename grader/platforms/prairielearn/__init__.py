"""PrairieLearn: results.json of an external grader.

Source: PrairieLearn, docs/externalGrading.md, apps/prairielearn/src/lib/externalGraderCommon.ts,
apps/grader-host/src/index.ts, pl-external-grader-results.py, commit 88fb855 (2026-08-21); read in
November 2026.

The score is a number from 0 to 1. Every test needs points and max_points, or they are hidden for
all; their sums are given beside the score and must agree with it. What cannot be read as a
submission is not gradable, and costs no attempt. Text is shown as it is, in <pre>; pictures come as
data URLs. A file over 1 MiB fails the job, and so does a status other than 0, which is how a
grader that failed says so: the student is not penalised.
"""

import json
from collections.abc import Mapping

from grader.handover.feedback import MAX_ASIDE, cut, double, items, picture, share, text
from grader.platforms import Files, Handed, Place, Settings, as_json, object_in, only_file
from grader.platforms.prairielearn.fields import (
    grade_page,
    numbers_in,
    parse,
    plain,
    write_test,
)
from grader.platforms.prairielearn.question import bundle
from grader.platforms.prairielearn.seeds import chosen_variant, generate, own
from grader.report import Report

__all__ = [
    "NEXT",
    "ROOT",
    "SHOWS",
    "UPLOAD",
    "answer",
    "bundle",
    "generate",
    "grade_page",
    "handed_over",
    "own",
    "parse",
    "write_test",
]

SHOWS = {
    "score": "as the question's score, a percentage; in points above the tests",
    "checks": "one test each, visible, with points and what was expected and found",
    "diagnoses": "in the message above the tests, visible",
    "picture": "above the tests",
}
DRAWS = "PrairieLearn's own seed of the question's variant, modulo how many there are"
CHOOSES = True
ROOT = "/grade"
UPLOAD = "Two question folders for a course: one to type the numbers in, one to hand in a file."
NEXT = "Copy the question folders in it into the course's questions/."
RESULTS = "results/results.json"
_DATA = "data/data.json"


def answer(report: Report, settings: Settings) -> Files:
    """Return results.json, or nothing if the grader failed."""
    if report.score is None:
        return {}
    if report.error:
        data: dict[str, object] = {
            "gradable": False,
            "format_errors": [cut(report.error.message)],
        }
    else:
        data = {
            "gradable": True,
            "score": share(report),
            "message": text(report),
            "images": [{"url": picture(report), "label": "Target and network"}],
            "tests": [
                {
                    "name": item.name,
                    "points": double(item.earned),
                    "max_points": double(item.worth),
                    "message": item.message,
                }
                for item in items(report, settings.points)
            ],
        }
    if settings.aside:
        data["output"] = cut(settings.aside, MAX_ASIDE)
    return {RESULTS: as_json(data, compact=settings.compact)}


def handed_over(place: Place) -> Handed:
    """Return the file in student/, or the numbers typed into the page, and nobody's name.

    PrairieLearn does not tell a grader who the student is.
    """
    data = object_in(place.read(_DATA))
    number = chosen_variant(data)
    files = place.files("student")
    if files:
        return only_file(files)._replace(variant=number)
    typed = data.get("submitted_answers")
    if not isinstance(typed, Mapping):
        return Handed(fault=f"{_DATA} has no object submitted_answers")
    numbers = {name: plain(value) for name, value in numbers_in(typed).items()}
    return Handed(data=json.dumps(numbers).encode(), variant=number)
