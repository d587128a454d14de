"""grader template EXERCISE: print a blank submission to fill in."""

import json
from collections.abc import Sequence

from grader.console.lookup import exercise_or_none
from grader.console.usage import parse, parser_for_an_exercise
from grader.desk.files import to_standard_output

MEANING = "print a blank submission to fill in"


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_for_an_exercise(
        "template",
        "Print a blank submission: every free parameter of the exercise set to 0.",
        "example: grader template relu-three-segments > submission.json",
    )
    exercise = exercise_or_none(parse(parser, arguments).exercise)
    if exercise is None:
        return 2
    blank = {"exercise": exercise.id, "student": "", **dict.fromkeys(exercise.free, 0)}
    return 0 if to_standard_output([json.dumps(blank, indent=2) + "\n"]) else 2
