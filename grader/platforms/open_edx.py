"""Open edX: the reply of an external grader (XQueue) to a problem with a code response.

Source: xqueue-watcher, grader.py and docs/grader-interface.md, commit cb65c61 (2026-07-09);
xblocks-contrib 0.13.1, problem/capa/responsetypes.py; edx-submissions 4.0.2; read in November 2026.

The score is a fraction, for the queue of edx-submissions multiplies it by the problem's points and
rounds to a whole number: authors set points on the problem, 100 or so. The older queue takes the
score as points: there the problem has to have 1. The message is markup with one root and never
empty; ASCII, since sizes are counted in bytes. A grader that failed sends no reply: the submission
stays in the queue.
"""

from collections.abc import Mapping

from grader.handover.feedback import MAX_TEXT, ascii_markup, is_full, picture, share, text
from grader.platforms import Files, Handed, Place, Settings, as_json, object_in
from grader.report import Report

SHOWS = {
    "score": "as the problem's score, in whole points of the problem; exactly in the message",
    "checks": "in the message, visible",
    "diagnoses": "in the message, visible",
    "picture": "below the words of the message, where it fits",
}
ROOT = "."


def answer(report: Report, settings: Settings) -> Files:
    """Return the reply on one line, or nothing if the grader failed."""
    if report.score is None:
        return {}
    words = f"<pre>{ascii_markup(text(report, settings.aside))}</pre>"
    image = f'<img alt="Target and network" src="{picture(report)}"/>'
    if len(words) + len(image) > MAX_TEXT:
        image = ""
    message = f'<div class="relu-grader">{words}{image}</div>'
    reply = {"correct": is_full(report), "score": share(report), "msg": message}
    return {"-": as_json(reply, compact=True)}


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
        return Handed(missing="the queue's item has no student_response")
    student = _inner(body, "student_info").get("anonymous_student_id")
    name = student if isinstance(student, str) else None
    return Handed(data=response.encode("utf-8", "surrogateescape"), student=name)


def _inner(outer: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return the object that stands as JSON in a text, as XQueue packs it."""
    value = outer.get(key)
    return object_in(value.encode("utf-8", "replace") if isinstance(value, str) else None)
