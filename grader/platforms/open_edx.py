"""Open edX: the reply of an external grader (XQueue) to a problem with a code response.

Source: xqueue-watcher, grader.py and docs/grader-interface.md, commit cb65c61 (2026-07-09);
xblocks-contrib 0.13.1, problem/capa/responsetypes.py; edx-submissions 4.0.2; read in November 2026.

The score is a fraction, for the queue of edx-submissions multiplies it by the problem's points and
rounds to a whole number: authors set points on the problem, 100 or so. The older queue takes the
score as points: there the problem must have 1. The message is markup with one root and never
empty; ASCII, since sizes are counted in bytes. The watcher waits for the process that grades before
it empties the pipe from it, which holds 64 KiB: a longer reply hangs it for ever. A ContainerGrader
calls the program with GRADER_FILE and SEED and shows `errors` and `tests` instead of the message. A
grader that failed sends no reply: the submission stays in the queue.

The bundle. Source: as above, and xqueue-watcher, docs/operators.md. edx-submissions hands on
nothing of the payload but the grader's path and rounds to whole points: the path names the
exercise, and the problem has 100 points. The older queue takes the score as points: set points="1"
there.
"""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from html import escape

from grader.handover.bundling import Bundle, Parts, as_file, below, core
from grader.handover.feedback import (
    MAX_TEXT,
    ascii_markup,
    cut,
    is_full,
    items,
    picture,
    share,
    text,
)
from grader.handover.pages import marked_there, pages
from grader.handover.trained import TYPED, TYPED_CODE, as_text
from grader.platforms import Files, Handed, Place, Settings, as_json, object_in
from grader.report import Report
from grader.text import markup
from grader.words.standing import diagnosis_text

SHOWS = {
    "score": "as the problem's score, in whole points of the problem; exactly in the message",
    "checks": "in the message, visible",
    "diagnoses": "in the message, visible",
    "picture": "below the words of the message, where it fits",
}
ROOT = "."
_LONGEST = 65_500  # characters of a reply, every escape counted
_SHORT, _MOST = 500, 20  # for a container: characters of a message, tests
UPLOAD = "A problem to paste into Studio, and a grader for the queue's watcher (xqueue-watcher)."
NEXT = "Paste problem.xml into Studio, and give graders/ and watcher/ to whoever runs the queue."


def answer(report: Report, settings: Settings) -> Files:
    """Return the reply on one line, or nothing if the grader failed."""
    if report.score is None:
        return {}
    words = text(report, settings.aside)
    # The last of the sizes is always small enough, were each character escaped.
    image = f'<img alt="Target and network" src="{picture(report)}"/>'
    around = 100  # the tags around the words
    for part, shown in ((1, image), (1, ""), (2, ""), (8, "")):
        room = MAX_TEXT // part - around
        message = f'<div class="relu-grader"><pre>{ascii_markup(words, room)}</pre>{shown}</div>'
        reply = {"correct": is_full(report), "score": share(report), "msg": message}
        line = as_json(reply | _for_a_container(report, settings), compact=True)
        if len(message) <= MAX_TEXT and len(line) <= _LONGEST:
            break
    return {"-": line}


def _for_a_container(report: Report, settings: Settings) -> dict[str, object]:
    """Return what the watcher's ContainerGrader shows in place of the message."""
    if "SUBMISSION_CODE" not in settings.environment:
        return {}
    if report.error:
        return {"errors": [cut(report.error.message, _SHORT)], "tests": []}
    tests = [
        (item.name, cut(item.message, _SHORT), item.right, item.wanted(), item.points_in_words())
        for item in items(report, settings.points)[:_MOST]
    ]
    said = "\n".join(map(diagnosis_text, report.diagnoses))
    return {
        "errors": [],
        "tests": [*tests, ("What to look at next", cut(said, _SHORT), False, "", "")]
        if said
        else tests,
    }


def handed_over(place: Place) -> Handed:
    """Return the student's response, from a container's environment or from the queue's item.

    The queue's payload names a grader; which exercise it is, this machine's configuration says.
    """
    code = place.environment.get("SUBMISSION_CODE")
    if code is not None:
        return Handed(data=code.encode("utf-8", "surrogateescape"))
    item = object_in(place.standard_input())
    body = _inner(item, "xqueue_body")
    response = body.get("student_response")
    if not isinstance(response, str):
        return Handed(fault="the queue's item has no student_response in its xqueue_body")
    student = _inner(body, "student_info").get("anonymous_student_id")
    name = student if isinstance(student, str) else None
    # Half a surrogate pair becomes bytes that are not UTF-8, and is reported as that.
    return Handed(data=response.encode("utf-8", "surrogatepass"), student=name)


def _inner(outer: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return the object that a text holds as JSON, as XQueue packs it."""
    value = outer.get(key)
    return object_in(value.encode("utf-8", "replace") if isinstance(value, str) else None)


_QUEUE = "relu-grader"
_PROBLEM = """\
<problem display_name="{title}">
{task}
  <coderesponse queuename="{queue}">
    <textbox rows="8" cols="80" mode="{mode}" tabsize="4" points="{points}"/>
    <codeparam>
      <initial_display>{blank}</initial_display>
      <answer_display>The grader's message says what is right and what is missing.</answer_display>
      <grader_payload>{payload}</grader_payload>
    </codeparam>
  </coderesponse>
</problem>
"""
_WATCHER = '''\
"""Run the grader that a problem names, in a process of its own; put this on Python's path."""

import json
import subprocess
import sys

from xqueue_watcher.grader import Grader

SECONDS = 60


class ReluGrader(Grader):
    """Hand the response to the program at grader_path and return its reply.

    Where that program fails there is no reply: the response stays in the queue.
    """

    def grade(self, grader_path, grader_config, student_response):
        item = {"xqueue_body": json.dumps({"student_response": student_response})}
        done = subprocess.run(
            [sys.executable, "-I", str(grader_path)],
            input=json.dumps(item).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        return json.loads(done.stdout)

    def render_results(self, results):
        return results["msg"]
'''


def bundle(parts: Parts) -> Bundle:
    """Return problem.xml, and for the watcher's machine its configuration and the grader."""
    handler = {"HANDLER": "relu_watcher.ReluGrader", "KWARGS": {"grader_root": "/graders"}}
    queue = {_QUEUE: {"SERVER_REF": "default", "CONNECTIONS": 1, "HANDLERS": [handler]}}
    hand_in = _HAND_IN.format(typed="Python function" if parts.code else "JSON object")
    if not parts.code:
        hand_in += f"\n\n{as_text(parts.exercise)}"
    return {
        **pages(
            parts,
            "Open edX",
            _on_the_page(parts, hand_in),
            _INSTRUCTOR.format(points=_points(parts), sliders=_SLIDERS if parts.lab else ""),
            taken=TYPED_CODE if parts.code else TYPED,
        ),
        **_component(parts, hand_in),
        "problem.xml": as_file(_problem(parts, hand_in)),
        "watcher/conf.d/relu-grader.json": as_file(json.dumps(queue, indent=2) + "\n"),
        "watcher/relu_watcher.py": as_file(_WATCHER),
        **below(f"graders/{parts.exercise.id}", core(parts, "open-edx")),
    }


def _component(parts: Parts, hand_in: str) -> Bundle:
    """Return what a raw HTML component takes: the page with sliders as a frame's own text.

    Source: edx-platform, contentserver/views.py: since September 2026 uploaded files come with the
    policy `sandbox`, under which no script runs; a component's own text has no such policy.
    """
    if not parts.lab:
        return {}
    page = parts.lab.page(marked_there(parts), _on_the_page(parts, hand_in))
    frame = _FRAME.format(title=markup.text(parts.exercise.title), page=escape(page))
    return {"sliders.html": as_file(frame)}


_FRAME = (
    '<iframe title="{title}" sandbox="allow-scripts allow-downloads" allow="clipboard-write" '
    'style="width: 100%; height: 1000px; border: 0" srcdoc="{page}"></iframe>\n'
)
_SLIDERS = """\
   For the sliders, add a text component with the raw HTML editor above the problem and paste
   `sliders.html` into it. Learners copy their numbers there and paste them into the problem.
"""


def _on_the_page(parts: Parts, hand_in: str) -> str:
    """Return how to hand in from the page with sliders, which is beside the problem."""
    if parts.code or not parts.lab:
        return hand_in
    return (
        "When the sliders are where you want them, click **Hand in** and then **Copy**. Paste what "
        "you copied over everything in the problem's box, and click **Submit** there.\n\n"
        f"{as_text(parts.exercise)}"
    )


_HAND_IN = "Put your numbers in place of the zeros in the {typed} below, and click **Submit**."
_INSTRUCTOR = """\
## What to do

1. In Studio add a blank advanced problem, paste `problem.xml` into its editor, and save. It has
   {points} points, since the queue of edx-submissions rounds to whole ones; for the older XQueue
   server set `points="1"` in it.
{sliders}2. On the machine of the queue's watcher (xqueue-watcher) copy `graders/` to `/graders`,
   put `watcher/relu_watcher.py` where Python finds it, and `watcher/conf.d/relu-grader.json` into
   the watcher's `conf.d`.
3. `"SERVER_REF": "default"` in that file names an entry of the watcher's own
   `xqueue_servers.json`, which holds the queue's address and password. If yours has another name,
   write that one. Restart the watcher.
4. View the problem as a learner and submit it as it is. It must get 0 points and a report.

## What students see

The problem itself is the whole task. `task.html` is the same in one file that needs nothing else.
Uploaded under Content, Files and linked as `/static/task.html`, it is shown as text without
sliders on platforms from September 2026 on, which run no scripts of uploaded files. After
submitting, learners read the report below the problem.

## What is not possible here

- A problem of this kind takes no file: students type, or paste, their answer.
- Sliders cannot write into the problem's box: the platform keeps its components apart.
- Points are whole in the gradebook; the exact score is in the message.
- A reply over 64 KiB would hang the watcher, so a long one is shortened: first the picture goes,
  then the end of the text.
- If the grader itself fails there is no reply, and the submission waits in the queue until the
  grader is mended.
"""


def _problem(parts: Parts, hand_in: str) -> str:
    from grader.task.page import hand_in_section, task_parts

    exercise = parts.exercise
    free = list(exercise.free)
    if parts.code:
        blank = f"def submission():\n    return {dict.fromkeys(free, 0)!r}\n"
    else:
        blank = json.dumps(dict.fromkeys(free, 0), indent=2) + "\n"
    return _PROBLEM.format(
        title=markup.text(exercise.title),
        task=_in_a_problem(f"{task_parts(marked_there(parts))}\n{hand_in_section(hand_in)}"),
        queue=_QUEUE,
        mode="python" if parts.code else "json",
        points=_points(parts),
        blank=escape(blank, quote=False),
        payload=escape(json.dumps({"grader": f"{exercise.id}/start.py"}), quote=False),
    )


def _in_a_problem(page: str) -> str:
    """Return XML in which the LMS replaces nothing: $seed and the like are its variables.

    Source: xblocks-contrib, problem/capa/util.py (contextualize_text).
    """
    apart = (
        each.replace("$", "%24" if each.startswith("<") else "<span>$</span>")
        for each in re.split("(<[^>]*>)", page)
    )
    return "".join(apart)


def _points(parts: Parts) -> int:
    """Return the problem's points, which the LMS reads as a whole number; 100 if they are not."""
    points = Fraction(parts.points) if parts.points else parts.exercise.points
    return points.numerator if points.denominator == 1 else 100
