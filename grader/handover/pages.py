"""Every bundle's pages: the task for students, and what an instructor has to do, in order.

`task.html` stands alone: it can be handed out, mailed, or put on a course's page. It is the page
with sliders, or the plain task where an exercise does not suit one. INSTRUCTOR.md is for whoever
sets the bundle up, and begins with what must be known before anything else.
"""

import json
import re
from fractions import Fraction

from grader.exercise.record import Exercise
from grader.handover.bundling import Bundle, Parts, as_file
from grader.handover.trained import FILES, as_a_file
from grader.text.inert import inert
from grader.version import VERSION

TASK, INSTRUCTOR = "task.html", "INSTRUCTOR.md"
_NAMED = 40  # parameters that are written out
_MADE = """\
## What this is

Made by relu-grader {} from {}, whose SHA-256 is
{}.
After a change to the exercise make this bundle anew: the one here refuses another exercise.
"""
_VARIANTS = """
## Variants

There are {} variants, drawn by {}.
{}`task.html` asks for the number of the variant, which every report names in its head.
"""
_KEPT_HERE = """\
The secret is in this bundle: give the bundle to nobody else. Students' code can read no file, and
no report shows the secret.
"""


def a_file_of_numbers(parts: Parts) -> str:
    """Return how a student makes a file to hand in, as Markdown."""
    names = list(parts.exercise.free)
    numbers = json.dumps(dict.fromkeys(names[:_NAMED], 0))
    code = repr(dict.fromkeys(names[:_NAMED], 0))
    if names[_NAMED:]:
        numbers, code = f"{numbers[:-1]}, ...}}", f"{code[:-1]}, ...}}"
    write = "Write your numbers in place of the zeros into a file called `submission.json`"
    if parts.lab:
        write = (
            "When the sliders are where you want them, click **Hand in** and then **Save file**: "
            "your numbers are then in a file called `submission.json`. To make that file yourself, "
            "write your numbers in place of the zeros"
        )
    return (
        f"{write}:\n\n"
        f"```\n{numbers}\n```\n\n"
        "Or let Python work them out, in a file `submission.py` or a notebook with this function:"
        f"\n\n```\ndef submission():\n    return {code}\n```\n\n{as_a_file(parts.exercise)}"
    )


def marked_there(parts: Parts) -> Exercise:
    """Return the exercise as the platform marks it, with the points and words set for it."""
    from grader.words.tasks import as_marked

    points = Fraction(parts.points) if parts.points else None
    return as_marked(parts.exercise, points, parts.reveal)


def _varied(parts: Parts) -> str:
    """Return what an instructor has to know of variants."""
    variant = parts.exercise.variant
    secret = _KEPT_HERE if parts.secret is not None else ""
    return _VARIANTS.format(0 if variant is None else variant.of, parts.draws, secret)


def pages(
    parts: Parts, platform: str, hand_in: str, instructor: str, *, taken: str = FILES
) -> Bundle:
    """Return the students' page and the instructor's, by their names.

    `hand_in`, `instructor` and `taken` are Markdown: how a student hands in; what an instructor
    does, what students see, and what is not possible there; what can be handed in.
    """
    from grader.task.page import task_html

    make = parts.lab.page if parts.lab else task_html
    # No mark of Markdown in a title: it comes from outside.
    if parts.exercise.is_open:
        instructor += _varied(parts)
    title = re.sub(r"([\\`*_\[\]<>#&])", r"\\\1", inert(parts.exercise.title))
    made = _MADE.format(VERSION, inert(parts.spec_name), parts.exercise.digest)
    return {
        TASK: as_file(make(marked_there(parts), hand_in)),
        INSTRUCTOR: as_file(f"# {platform}: {title}\n\n{instructor}\n{taken}\n{made}"),
    }
