"""Two question folders for a course: one to type the numbers in, one to hand in Python.

Source: PrairieLearn, docs/question/server.md, docs/externalGrading.md, pl-string-input,
schemas/infoQuestion.json, commit 88fb855 (2026-08-21), read in November 2026: server.py runs in the
question's folder; tests/ is copied to /grade/tests; the entry point is made executable.
"""

import json
from collections.abc import Mapping
from html import escape
from uuid import UUID, uuid5

from grader.bundles import IMAGE, Bundle, Parts, below, core, text
from grader.handover.packing import File

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

NEXT = "copy its folders into the course's questions/"


def bundle(parts: Parts) -> Bundle:
    """Return the folders to put into the course's questions/."""
    id_ = parts.exercise.id
    inputs = "\n".join(_INPUT.format(name=name) for name in parts.exercise.free)
    server = _SERVER.format(digest=parts.exercise.digest, name=parts.spec_name)
    typed = {
        "info.json": _info(parts, "", {}),
        "question.html": _page(parts, f"{inputs}\n{_FEEDBACK}"),
        "server.py": text(server),
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
    return text(json.dumps(info, indent=2) + "\n")


def _page(parts: Parts, inputs: str) -> File:
    description = escape(parts.exercise.description or parts.exercise.title, quote=False)
    description = description.rstrip("\n").replace("{{", "{ {")  # two would start a template's tag
    return text(_PAGE.format(description=description, inputs=inputs))
