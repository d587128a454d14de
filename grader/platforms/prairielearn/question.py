"""The folders of two PrairieLearn questions: one to type the numbers in, one to hand in a file.

Source: PrairieLearn, docs/question/server.md, docs/externalGrading.md, pl-string-input,
schemas/infoQuestion.json, commit 88fb855 (2026-08-21), read in November 2026: server.py runs in the
question's folder; tests/ is copied to /grade/tests; the entry point is made executable.
"""

import json
from collections.abc import Mapping
from uuid import UUID, uuid5

from grader.handover.bundling import IMAGE, Bundle, File, Parts, as_file, below, core
from grader.handover.pages import marked_there, pages
from grader.handover.trained import as_a_file
from grader.platforms.prairielearn.seeds import TASK

_OURS = UUID("6f0c3c37-6f3b-5d1c-9a54-0f5b6e7d2a11")  # a name space of its own for question ids
_TOPIC = "ReLU networks"
_SECONDS = 60

_WITH_SLIDERS = (
    "Move the sliders below: they fill the fields under them. Or type your numbers, such as 1, "
    "-0.5 or 1/3, into the fields: the sliders follow. Then click **Save & Grade**."
)
_TYPE_IN = (
    "Type your numbers, such as 1, -0.5 or 1/3, into the fields below, and click **Save & Grade**."
)
_HAND_IN = """\
In PrairieLearn type your numbers, such as 1, -0.5 or 1/3, into the question's fields and click
**Save & Grade**. Where the question asks for a file, upload one as described there.
"""
_PAGE = """\
<pl-question-panel>
{task}
</pl-question-panel>
{inputs}
"""
# The lab's text is fetched, and not its address framed: PrairieLearn lets no page of its own be
# shown in a frame (frame-ancestors 'none'), and the frame may run scripts and nothing else.
_LAB = """
<div data-lab="{url}/lab.html" data-names="{names}"></div>
<script type="module" src="{url}/fields.js"></script>"""
_URL = "{{options.client_files_question_url}}"
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
<pl-file-upload file-patterns="submission.*"></pl-file-upload>
<pl-submission-panel>
  <pl-external-grader-results></pl-external-grader-results>
  <pl-file-preview></pl-file-preview>
</pl-submission-panel>"""

_OWN_TASK = f"{{{{{{params.{TASK}}}}}}}"  # as it is, in the template's three braces
_SERVER = '''\
"""{what}, with the grader in grader/."""

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
'''
_GENERATE = """

HAND_IN = {hand_in!r}


def generate(data):
    platform, exercise = _platform(data)
    platform.generate(data, exercise, HAND_IN)
"""
_PHASES = """

def parse(data):
    platform, exercise = _platform(data)
    platform.parse(data, platform.own(data, exercise))


def grade(data):
    platform, exercise = _platform(data)
    platform.grade_page(data, platform.own(data, exercise), REVEAL)


def test(data):
    platform, exercise = _platform(data)
    from grader.authoring.solving.solve import solve

    exercise = platform.own(data, exercise)
    families = solve(exercise, approximate=False).families
    platform.write_test(data, exercise, families[0].example if families else None)
"""


def bundle(parts: Parts) -> Bundle:
    """Return the folders to put into the course's questions/, and the pages beside them."""
    id_ = parts.exercise.id
    varied = parts.exercise.is_open
    typed = {
        "info.json": _info(parts, "", {}),
        "question.html": _to_type_in(parts),
        **_client_files(parts),
        "server.py": as_file(_server(parts, _TYPE_IN) + _PHASES),
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
        "info.json": _info(parts, ", as a file", external, was=", in Python"),
        "question.html": _page(parts, _upload(parts), _UPLOAD),
        **below("tests", core(parts, "prairielearn")),
    }
    if varied:  # what chooses the variant; the file itself is graded in the container
        code |= {
            "server.py": as_file(_server(parts, _upload(parts))),
            **below("grader", core(parts, "prairielearn")),
        }
    return {
        **pages(
            parts,
            "PrairieLearn",
            _HAND_IN,
            _INSTRUCTOR.format(id=id_, lab=_LAB_TOLD if _has_lab(parts) else ""),
        ),
        **below(id_, typed),
        **below(f"{id_}-python", code),
    }


def _server(parts: Parts, hand_in: str) -> str:
    """Return the beginning of server.py, and what chooses a variant where there are some."""
    varied = parts.exercise.is_open
    what = "Choose the variant" if varied else "Grade the numbers typed into the page, exactly"
    head = _SERVER.format(
        what=what, digest=parts.exercise.digest, name=parts.spec_name, reveal=parts.reveal
    )
    return head + (_GENERATE.format(hand_in=hand_in) if varied else "")


def _has_lab(parts: Parts) -> bool:
    """Tell whether the question has sliders: the lab in its frame has one target for all."""
    return parts.lab is not None and not parts.exercise.is_open


def _to_type_in(parts: Parts) -> File:
    """Return the question with a field for each number, and with the lab where there is one."""
    names = list(parts.exercise.free)
    inputs = "\n".join(_INPUT.format(name=name) for name in names)
    lab = _LAB.format(url=_URL, names=" ".join(names)) if _has_lab(parts) else ""
    hand_in = _WITH_SLIDERS if _has_lab(parts) else _TYPE_IN
    return _page(parts, hand_in, f"{inputs}\n{_FEEDBACK}", lab)


def _client_files(parts: Parts) -> Bundle:
    """Return what students' browsers may fetch."""
    if not parts.lab or not _has_lab(parts):
        return {}
    files = {
        "lab.html": as_file(parts.lab.framed(marked_there(parts))),
        "fields.js": as_file(parts.lab.fields),
    }
    return below("clientFilesQuestion", files)


def _upload(parts: Parts) -> str:
    names = ", ".join(parts.exercise.free)
    return (
        f"Upload `submission.py`, a Python file whose function `submission()` returns {names} as a "
        'dict, such as `{"name": 0}`, or in this order. A notebook `submission.ipynb` with that '
        "function will do, too, and a file `submission.json` with the numbers.\n\n"
        f"{as_a_file(parts.exercise)}\n"
        "The file must be called `submission` with its ending. Then click **Save & Grade**."
    )


_LAB_TOLD = """
The lab is above the fields: its sliders fill them, and what is typed into them moves the
sliders. How much it says before Save & Grade is set by `feedback.live` in the exercise (`none`,
`checks`, `full`); `--reveal verdict` leaves errors out. It holds no right answer. Without scripts
the fields are there all the same."""
_INSTRUCTOR = """\
## What to do

1. Copy the folders `{id}` and `{id}-python` into the course's `questions/`. One of them is enough
   if students are only to type numbers, or only to hand in files.
2. Change `title`, `topic` and `uuid` in each `info.json` as the course wants them.
3. Name the question in an assessment's `infoAssessment.json`, by `"id": "{id}"` and the points that
   it is worth there, such as `"autoPoints": 10`.
4. Sync the course.
5. Open the question as an instructor and run its tests, which type in a right answer, a wrong one
   and an invalid one. All have to pass.

## What students see

The question itself is the whole task: text, picture, how it is marked, and how to hand in.{lab}
`task.html` is the same in one file, for handing out. After Save & Grade students see the report
with its pictures.

## What is not possible here

- Numbers that are typed in have one score together: no field has points of its own.
- No right answer is shown, since there may be several: the report says what is missing.
- PrairieLearn does not tell a grader who the student is, so reports name nobody.
- Files are graded in a container of Docker's own Python image, without network and without NumPy.
  If students' code needs it, name an image that has it in `info.json`.
- What cannot be read as a submission is not graded and costs no attempt.
"""


def _info(parts: Parts, suffix: str, more: Mapping[str, object], was: str = "") -> File:
    """Return info.json. `was` is what made the question's id: a course keeps it for ever."""
    exercise = parts.exercise
    info = {
        "uuid": str(uuid5(_OURS, exercise.id + (was or suffix))),
        "title": exercise.title + suffix,
        "topic": _TOPIC,
        "type": "v3",
        "singleVariant": True,
        "showCorrectAnswer": False,  # there is more than one, and the report says what is missing
        **more,
    }
    return as_file(json.dumps(info, indent=2) + "\n")


def _page(parts: Parts, hand_in: str, inputs: str, lab: str = "") -> File:
    from grader.task.page import hand_in_section, task_parts

    if parts.exercise.is_open:
        return as_file(_PAGE.format(task=_OWN_TASK, inputs=inputs))
    # PrairieLearn's own heading is an <h1>.
    task = f"{task_parts(marked_there(parts), 2)}\n{hand_in_section(hand_in, 2)}"
    # A brace as an entity: two of them would start one of the template's tags.
    return as_file(_PAGE.format(task=task.replace("{", "&#123;") + lab, inputs=inputs))
