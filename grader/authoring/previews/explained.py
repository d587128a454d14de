"""What a mistake looks like in an exercise: its numbers there, and what the report says to them."""

from grader.authoring.linting.mistaken import slips
from grader.authoring.solving.solve import solve
from grader.exercise.record import Exercise
from grader.grading import grade
from grader.mistakes.table import BY_CODE
from grader.words.literal import assignments


def explained(code: str, exercise: Exercise) -> str:
    """Return the mistake as it is made in this exercise, "" where it cannot be made or seen there.

    Raises: KeyError if no mistake has the code.
    """
    meaning = BY_CODE[code].meaning
    families = solve(exercise, approximate=False).families
    for slip in slips(exercise, families[0]) if families else ():
        if slip.code != code or slip.is_right:
            continue
        report = grade(exercise, dict(slip.parameters), reveal="hints")
        said = next((d.message for d in report.diagnoses if d.code == code), None)
        if said is not None:
            return (
                f"{code}: {meaning}.\n\nIn {report.measured_by}:\n"
                f"With {assignments(slip.parameters)} the report says:\n{said}\n"
            )
    return ""
