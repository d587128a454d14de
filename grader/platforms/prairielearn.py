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
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from grader.exact.network import ZERO
from grader.exact.rational import from_double, from_text, to_double
from grader.exercise.record import Exercise
from grader.grading import grade
from grader.handover.bundling import IMAGE, Bundle, File, Parts, as_file, below, core, described
from grader.handover.feedback import MAX_ASIDE, cut, double, items, picture, share, text
from grader.platforms import Files, Handed, Place, Settings, as_json, object_in, only_file
from grader.report import Report
from grader.reports import html
from grader.submission.record import Submission
from grader.text.codes import Reveal

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
_EXPECTED = "Type a number such as 1, -0.5 or 1/3."
# What keyboards, editors and other programs write for a minus sign.
_MINUS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63\uff0d"), "-")

Data = dict[str, Any]  # what PrairieLearn hands to server.py, which changes it in place


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
    files = place.files("student")
    if files:
        return only_file(files)
    typed = object_in(place.read(_DATA)).get("submitted_answers")
    if not isinstance(typed, Mapping):
        return Handed(fault=f"{_DATA} has no object submitted_answers")
    numbers = {name: _plain(value) for name, value in _typed(typed).items()}
    return Handed(data=json.dumps(numbers).encode())


def parse(data: Data, exercise: Exercise) -> None:
    """Refuse what is typed into the page and is no number: that costs no attempt."""
    typed = _typed(data["submitted_answers"])
    for name in exercise.free:
        if not isinstance(typed.get(name), Fraction):
            data["format_errors"][name] = _EXPECTED


def grade_page(data: Data, exercise: Exercise, reveal: Reveal | None = None) -> None:
    """Grade what is typed into the page, a ratio exactly, and set scores and feedback.

    Nothing but all fields together can be graded: each gets the score, whose mean is the score.

    Raises: KeyError for what `parse` should have refused: PrairieLearn then reports a fault.
    """
    typed = _typed(data["submitted_answers"])
    numbers = {name: value for name, value in typed.items() if isinstance(value, Fraction)}
    answer_there = Submission({name: numbers[name] for name in exercise.free})
    report = grade(exercise, answer_there, reveal=reveal)
    _set_score(data, exercise, share(report))
    data["feedback"]["report"] = html.fragment(report)


def write_test(data: Data, exercise: Exercise, right: Mapping[str, Fraction] | None) -> None:
    """Type in what PrairieLearn's own test of the question asks for, and say what comes of it.

    Raises: ValueError if it asks for a right answer and none is known.
    """
    kind = data["test_type"]
    if kind == "invalid":
        data["raw_submitted_answers"] |= dict.fromkeys(exercise.free, "one")
        data["format_errors"] |= dict.fromkeys(exercise.free, _EXPECTED)
        return
    if kind == "correct" and right is None:
        raise ValueError('no right answer is known; "grader solve" says what was looked for')
    values = right if kind == "correct" and right else dict.fromkeys(exercise.free, ZERO)
    data["raw_submitted_answers"] |= {name: str(value) for name, value in values.items()}
    _set_score(data, exercise, 1.0 if kind == "correct" else 0.0)


def _set_score(data: Data, exercise: Exercise, score: float) -> None:
    data["partial_scores"] |= {name: {"score": score} for name in exercise.free}
    data["score"] = score


def _typed(answers: Mapping[str, object]) -> dict[str, object]:
    """Return the answers whose names are those of parameters, what is a number as that number."""
    return {name: _number(value) for name, value in answers.items() if _NAME.fullmatch(name)}


def _number(value: object) -> object:
    """Return a number, as JSON has it, typed as text or packed by an input; else the value."""
    if isinstance(value, Mapping):
        value = value.get("_value")
    try:
        if isinstance(value, str):
            return from_text(value.strip().translate(_MINUS))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return from_double(float(value))
    except (OverflowError, ValueError):
        pass
    return value


def _plain(value: object) -> object:
    return to_double(value) if isinstance(value, Fraction) else value


_OURS = UUID("6f0c3c37-6f3b-5d1c-9a54-0f5b6e7d2a11")  # a name space of its own for question ids
_TOPIC = "ReLU networks"
_SECONDS = 60

_PAGE = """\
<pl-question-panel>
{description}
</pl-question-panel>
{inputs}
"""
_INPUT = (
    '<p><pl-string-input answers-name="{name}" label="{name} =" display="inline"'
    ' size="10" placeholder="number" show-help-text="false" show-score="false">'
    "</pl-string-input></p>"
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

DIGEST, REVEAL = {digest!r}, {reveal!r}


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
    platform.grade_page(data, exercise, REVEAL)


def test(data):
    platform, exercise = _platform(data)
    from grader.authoring.solving.solve import solve

    families = solve(exercise, approximate=False).families
    platform.write_test(data, exercise, families[0].example if families else None)
'''


def bundle(parts: Parts) -> Bundle:
    """Return the folders to put into the course's questions/."""
    id_ = parts.exercise.id
    inputs = "\n".join(_INPUT.format(name=name) for name in parts.exercise.free)
    server = _SERVER.format(digest=parts.exercise.digest, name=parts.spec_name, reveal=parts.reveal)
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
        "showCorrectAnswer": False,  # there is more than one, and the report says what is missing
        **more,
    }
    return as_file(json.dumps(info, indent=2) + "\n")


def _page(parts: Parts, inputs: str) -> File:
    # A brace as an entity: two of them would start one of the template's tags.
    description = described(parts.exercise).replace("{", "&#123;")
    return as_file(_PAGE.format(description=description, inputs=inputs))
