"""The page with sliders as a platform's bundle carries it: marked as there, handed in as there."""

from grader.desk.catalogue import DEFAULT
from grader.exercise.record import Exercise
from grader.handover.bundling import Lab
from grader.labs.class_lab import BY_NUMBER, OwnPage, class_lab
from grader.labs.document import Around, built, page
from grader.labs.payload import payload
from grader.labs.reach import reach, too_large
from grader.submission.variant import exercise_of
from grader.task.page import hand_in_section, task_parts
from grader.words.tasks import as_marked


def _varied() -> tuple[Lab | None, str]:
    """Return the page that asks for the number of a variant, which the report names."""

    def alone(marked: Exercise, hand_in: str) -> str:
        variant = marked.variant
        count = 0 if variant is None else variant.of
        pages = {
            number: _own(exercise_of(marked, number, "spec"), hand_in) for number in range(count)
        }
        numbers = {str(number): number for number in pages}
        return class_lab(marked, numbers, pages, None, BY_NUMBER)

    def framed(marked: Exercise) -> str:
        raise NotImplementedError(f"{marked.id} has a target for each student")

    return Lab(alone, framed, ""), ""


def _own(one: Exercise, hand_in: str) -> OwnPage:
    found = reach(one, fit=False)
    facts = payload(one, found.controls, hand_in=None, intro=False)
    task = f"{task_parts(one, 2, styled=False, pictured=False)}\n{hand_in_section(hand_in, 2)}"
    return OwnPage(facts, task, found.answer if one.reveal == "answers" else "")


def bundled_lab(exercise: Exercise) -> tuple[Lab | None, str]:
    """Return the page for bundles, or None and why the exercise does not suit one."""
    fault = too_large(exercise)
    if fault:
        return None, fault
    if exercise.is_open:
        return _varied()
    found = reach(exercise, fit=False)
    if found.fault:
        return None, f"sliders: {found.fault}"

    def facts(marked: Exercise, *, framed: bool) -> dict[str, object]:
        intro = marked.id == DEFAULT
        return payload(marked, found.controls, hand_in=None, intro=intro, framed=framed)

    def alone(marked: Exercise, hand_in: str) -> str:
        answer = found.answer if marked.reveal == "answers" else ""
        return page(
            marked, facts(marked, framed=False), answer=answer, around=Around(hand_in=hand_in)
        )

    def framed(marked: Exercise) -> str:
        # No answer, whatever may be revealed: it would be beside the fields that are graded.
        hidden = as_marked(marked, reveal="hints")
        return page(hidden, facts(hidden, framed=True))

    return Lab(alone, framed, built("fields.js")), ""
