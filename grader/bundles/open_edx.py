"""A problem to paste into Studio, and a grader for the queue's watcher (xqueue-watcher).

Source: xqueue-watcher, docs/grader-interface.md and docs/operators.md, commit cb65c61
(2026-07-09); xblocks-contrib 0.13.1, problem/capa (coderesponse); edx-submissions 4.0.2; read in
November 2026.

edx-submissions hands on nothing of the payload but the grader's path and rounds to whole points:
the path names the exercise, and the problem has 100 points. The older queue takes the score for
points: set points="1" there.
"""

import json
from fractions import Fraction
from html import escape

from grader.bundles import Bundle, Parts, below, core, text

_QUEUE = "relu-grader"
_PROBLEM = """\
<problem display_name="{title}">
  <p>{title}</p>
  <pre>{description}</pre>
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

NEXT = "paste problem.xml into Studio, and give graders/ and watcher/ to whoever runs the queue"


def bundle(parts: Parts) -> Bundle:
    """Return problem.xml, and for the watcher's machine its configuration and the grader."""
    handler = {"HANDLER": "relu_watcher.ReluGrader", "KWARGS": {"grader_root": "/graders"}}
    queue = {_QUEUE: {"SERVER_REF": "default", "CONNECTIONS": 1, "HANDLERS": [handler]}}
    return {
        "problem.xml": text(_problem(parts)),
        "watcher/conf.d/relu-grader.json": text(json.dumps(queue, indent=2) + "\n"),
        "watcher/relu_watcher.py": text(_WATCHER),
        **below(f"graders/{parts.exercise.id}", core(parts, "open-edx")),
    }


def _problem(parts: Parts) -> str:
    exercise = parts.exercise
    free = list(exercise.free)
    if parts.code:
        blank = f"def submission():\n    return {dict.fromkeys(free, 0)!r}\n"
    else:
        blank = json.dumps(dict.fromkeys(free, 0), indent=2) + "\n"
    return _PROBLEM.format(
        title=escape(exercise.title),
        description=escape(exercise.description),
        queue=_QUEUE,
        mode="python" if parts.code else "json",
        points=_whole(Fraction(parts.points) if parts.points else exercise.points),
        blank=escape(blank, quote=False),
        payload=escape(json.dumps({"grader": f"{exercise.id}/start.py"}), quote=False),
    )


def _whole(points: Fraction) -> int:
    """Return the problem's points, which the LMS reads as a whole number; 100 if they are not."""
    return points.numerator if points.denominator == 1 else 100
