"""The page with sliders as a platform's bundle carries it: marked as there, handed in as there."""

from grader.desk.catalogue import DEFAULT
from grader.exercise.record import Exercise
from grader.handover.bundling import Lab
from grader.labs.document import Around, built, page
from grader.labs.payload import payload
from grader.labs.reach import reach, too_large
from grader.words.tasks import as_marked


def bundled_lab(exercise: Exercise) -> tuple[Lab | None, str]:
    """Return the page for bundles, or None and why the exercise does not suit one."""
    fault = too_large(exercise)
    if fault:
        return None, fault
    found = reach(exercise, fit=False)
    if found.fault:
        return None, f"sliders: {found.fault}"

    def facts(marked: Exercise, *, framed: bool) -> dict[str, object]:
        intro = marked.id == DEFAULT
        return payload(marked, found.controls, hand_in=None, intro=intro, framed=framed)

    def alone(marked: Exercise, hand_in: str) -> str:
        told = found.answer if marked.reveal == "answers" else ""
        return page(
            marked, facts(marked, framed=False), answer=told, around=Around(hand_in=hand_in)
        )

    def framed(marked: Exercise) -> str:
        # No answer, whatever may be revealed: it would be beside the fields that are graded.
        hidden = as_marked(marked, reveal="hints")
        return page(hidden, facts(hidden, framed=True))

    return Lab(alone, framed, built("fields.js")), ""
