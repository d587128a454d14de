"""The page with sliders as a platform's bundle carries it: marked as there, handed in as there."""

from grader.desk.catalogue import DEFAULT
from grader.exercise.record import Exercise
from grader.handover.bundling import LabPage
from grader.labs.document import page
from grader.labs.payload import payload
from grader.labs.reach import reach, too_large


def lab_page(exercise: Exercise) -> tuple[LabPage | None, str]:
    """Return what makes the page, or None and why the exercise does not suit one."""
    fault = too_large(exercise)
    if fault:
        return None, fault
    found = reach(exercise, fit=False)
    if found.fault:
        return None, f"sliders: {found.fault}"

    def made(marked: Exercise, hand_in: str | None) -> str:
        # In a frame the answer would stand beside the fields that are graded.
        told = found.answer if marked.reveal == "answers" and hand_in is not None else ""
        facts = payload(marked, found.controls, hand_in=None, intro=marked.id == DEFAULT)
        return page(marked, facts, answer=told, hand_in=hand_in or "")

    return made, ""
