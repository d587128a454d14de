"""The task's page for its author: as a student will see it, with a right answer on request."""

from grader.authoring.solving.solution_text import sentence
from grader.authoring.solving.solve import solve
from grader.exercise.record import Exercise
from grader.task.page import task_html
from grader.words.literal import assignments


def preview_html(exercise: Exercise, *, with_answer: bool) -> str:
    """Return a whole page; the answer only on request."""
    return task_html(exercise, shown_answer=answer(exercise) if with_answer else "")


def answer(exercise: Exercise) -> str:
    """Return a right answer, or why there is none."""
    solution = solve(exercise, approximate=False)
    if solution.families:
        text = f"A right answer: {assignments(solution.families[0].example)}."
        return text if len(solution.families) == 1 else f'{text} "grader solve" shows all.'
    if solution.proof:
        return f"The exercise has no right answer: {sentence(solution.proof.message)}"
    return "It is not known whether there is a right answer."
