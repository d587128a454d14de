"""PrairieLearn: results.json of an external grader.

Source: PrairieLearn, docs/externalGrading.md, apps/prairielearn/src/lib/externalGraderCommon.ts,
apps/grader-host/src/index.ts, pl-external-grader-results.py, commit 88fb855 (2026-08-21); read in
November 2026.

The score is a number from 0 to 1. Every test needs points and max_points, or they are hidden for
all; their sums stand beside the score and have to agree with it. What cannot be read as a
submission is not gradable, and costs no attempt. Text is shown as it is, in <pre>; pictures come as
data URLs. A file over 1 MiB fails the job, and so does a status other than 0, which is how a
grader that failed says so: the student is not penalised.

The bundle. Source: PrairieLearn, docs/question/server.md, docs/externalGrading.md, pl-string-input,
schemas/infoQuestion.json, commit 88fb855 (2026-08-21), read in November 2026: server.py runs in the
question's folder; tests/ is copied to /grade/tests; the entry point is made executable.
"""

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any
from uuid import UUID, uuid5

from grader.exact.rational import from_text, to_double
from grader.exercise.record import Exercise
from grader.grading import grade
from grader.handover.bundling import IMAGE, Bundle, File, Parts, as_file, below, core
from grader.handover.feedback import MAX_ASIDE, cut, double, items, picture, share, text
from grader.platforms import Files, Handed, Place, Settings, as_json, object_in, only_file
from grader.report import Report
from grader.reports import html

SHOWS = {
    "score": "as the question's score, a percentage; in points above the tests",
    "checks": "one test each, visible, with points and what was expected and found",
    "diagnoses": "in the message above the tests, visible",
    "picture": "above the tests",
}
ROOT = "/grade"
UPLOAD = "Two question folders for a course: one to type the numbers in, one to hand in Python."
NEXT = "Copy its folders into the course's questions/."
RESULTS = "results/results.json"
_DATA = "data/data.json"
_NAME = re.compile("[wb][0-9]{1,4}")

Data = dict[str, Any]  # what PrairieLearn hands to server.py, which changes it in place


def answer(report: Report, settings: Settings) -> Files:
    """Return results.json, or nothing if the grader failed."""
    if report.score is None:
        return {}
    if report.error:
        data: dict[str, object] = {
            "gradable": False,
            "format_errors": [cut(report.error.message)],
            "message": text(report),
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
    files = place.files("student")
    if files:
        return only_file(files)
    typed = object_in(place.read(_DATA)).get("submitted_answers")
    if not isinstance(typed, Mapping):
        return Handed(fault=f"{_DATA} has no object submitted_answers")
    return Handed(data=json.dumps(_parameters(typed)).encode())


def parse(data: Data, exercise: Exercise) -> None:
    """Refuse what is typed into the page and is no number: that costs no attempt."""
    typed = _parameters(data["submitted_answers"])
    for name in exercise.free:
        if not isinstance(typed.get(name), (int, float)):
            data["format_errors"][name] = "Type a number such as 1, -0.5 or 1/3."


def grade_page(data: Data, exercise: Exercise) -> None:
    """Grade what is typed into the page, as exactly as a file, and set score and feedback.

    Raises: SubmissionError for what `parse` should have refused: PrairieLearn then reports a fault.
    """
    typed = _parameters(data["submitted_answers"])
    report = grade(
        exercise, {name: value for name, value in typed.items() if name in exercise.free}
    )
    data["score"] = share(report)
    data["feedback"]["report"] = html.fragment(report)


def _parameters(typed: Mapping[str, object]) -> dict[str, object]:
    """Return the answers whose names are those of parameters, typed numbers as doubles."""
    return {name: _number(value) for name, value in typed.items() if _NAME.fullmatch(name)}


def _number(value: object) -> object:
    """Return the double of a number typed as text or packed by an input element; else the value."""
    if isinstance(value, Mapping):
        value = value.get("_value")
    if not isinstance(value, str):
        return value
    try:
        return to_double(from_text(value.strip().replace("\N{MINUS SIGN}", "-")))
    except ValueError:
        return value


_OURS = UUID("6f0c3c37-6f3b-5d1c-9a54-0f5b6e7d2a11")  # a name space of its own for question ids
_TOPIC = "ReLU networks"
_SECONDS = 60

_PAGE = """\
<pl-question-panel>
  <markdown>
{description}
  </markdown>
</pl-question-panel>
{inputs}
"""
_INPUT = (
    '<p><pl-string-input answers-name="{name}" label="{name} =" display="inline"'
    ' size="10" placeholder="number"></pl-string-input></p>'
)
_FEEDBACK = """\
<pl-submission-panel>
  {{{feedback.report}}}
</pl-submission-panel>"""
_UPLOAD = """\
<pl-file-upload file-names="submission.py"></pl-file-upload>
<pl-submission-panel>
  <pl-external-grader-results></pl-external-grader-results>
  <pl-file-preview></pl-file-preview>
</pl-submission-panel>"""

_SERVER = '''\
"""Grade the numbers typed into the page with the grader that lies in grader/, exactly."""

import os
import sys

DIGEST = {digest!r}


def _platform(data):
    """Return PrairieLearn's part of the grader, and the exercise."""
    here = os.path.join(data["options"].get("question_path") or os.getcwd(), "grader")
    wheels = os.path.join(here, "wheels")
    for name in sorted(os.listdir(wheels)):
        path = os.path.join(wheels, name)
        if path not in sys.path:
            sys.path.insert(0, path)
    from grader.desk.catalogue import load_exercise
    from grader.platforms import prairielearn

    exercise = load_exercise(os.path.join(here, "exercise", {name!r}))
    if exercise.digest != DIGEST:
        raise ValueError("the exercise was changed; package it again")
    return prairielearn, exercise


def parse(data):
    platform, exercise = _platform(data)
    platform.parse(data, exercise)


def grade(data):
    platform, exercise = _platform(data)
    platform.grade_page(data, exercise)
'''


def bundle(parts: Parts) -> Bundle:
    """Return the folders to put into the course's questions/."""
    id_ = parts.exercise.id
    inputs = "\n".join(_INPUT.format(name=name) for name in parts.exercise.free)
    server = _SERVER.format(digest=parts.exercise.digest, name=parts.spec_name)
    typed = {
        "info.json": _info(parts, "", {}),
        "question.html": _page(parts, f"{inputs}\n{_FEEDBACK}"),
        "server.py": as_file(server),
        **below("grader", core(parts, "prairielearn")),
    }
    external = {
        "gradingMethod": "External",
        "externalGradingOptions": {
            "image": IMAGE,
            "entrypoint": "/grade/tests/start.py",
            "timeout": _SECONDS,
            "enableNetworking": False,
        },
    }
    code = {
        "info.json": _info(parts, ", in Python", external),
        "question.html": _page(parts, _UPLOAD),
        **below("tests", core(parts, "prairielearn")),
    }
    return {**below(id_, typed), **below(f"{id_}-python", code)}


def _info(parts: Parts, suffix: str, more: Mapping[str, object]) -> File:
    exercise = parts.exercise
    info = {
        "uuid": str(uuid5(_OURS, exercise.id + suffix)),
        "title": exercise.title + suffix,
        "topic": _TOPIC,
        "type": "v3",
        "singleVariant": True,
        **more,
    }
    return as_file(json.dumps(info, indent=2) + "\n")


def _page(parts: Parts, inputs: str) -> File:
    description = escape(parts.exercise.description or parts.exercise.title, quote=False)
    description = description.rstrip("\n").replace("{{", "{ {")  # two would start a template's tag
    return as_file(_PAGE.format(description=description, inputs=inputs))
