"""Which sliders a page gets: the author's, where they reach a right answer, or fitting ones."""

from typing import NamedTuple

from grader.authoring.linting.grid import nearest_on_grid, survey
from grader.authoring.linting.sliders import unreachable
from grader.authoring.linting.subject import gets_full_marks
from grader.authoring.solving.solve import solve
from grader.exercise.record import Exercise
from grader.labs.controls import Control, fitting, given
from grader.words.literal import assignments

# A page of more is slow to draw and to learn from.
MOST_PARAMETERS, MOST_PARTS = 60, 200


class Reach(NamedTuple):
    """The sliders, why they are not good enough ("" if they are), and a right answer in words."""

    controls: tuple[Control, ...]
    fault: str = ""
    answer: str = ""


def reach(exercise: Exercise, *, fit: bool) -> Reach:
    """Return the sliders of the page; with `fit` they are made for the right answers."""
    answers = [family.example for family in solve(exercise, approximate=False).families]
    answer = f"A right answer: {assignments(answers[0])}." if answers else ""
    sliders = exercise.sliders
    if fit or sliders is None:
        return Reach(fitting(exercise, answers), answer=answer)
    settings = (
        {name: nearest_on_grid(sliders, value) for name, value in answer.items()}
        for answer in answers
    )
    if any(gets_full_marks(exercise, setting) for setting in settings):
        return Reach(given(exercise), answer=answer)
    found = survey(exercise, answers)
    fault = unreachable(found.total) if found and found.full == 0 else ""
    return Reach(given(exercise), fault, answer)


def too_large(exercise: Exercise) -> str:
    """Return why a page of this exercise could not be used; "" if it can."""
    sizes = (
        (len(exercise.free), MOST_PARAMETERS, "free parameters"),
        (len(exercise.units), MOST_PARTS, "units"),
        (len(exercise.segments), MOST_PARTS, "segments"),
    )
    for count, most, what in sizes:
        if count > most:
            return f"has {count:,} {what}; a page with sliders can have at most {most}"
    return ""
