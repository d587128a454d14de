"""grader template EXERCISE: print a blank submission to fill in."""

import json
from collections.abc import Sequence

from grader.console.usage import parse, parser_for_an_exercise
from grader.console.variant_options import add_variant_options, own_exercise, whose
from grader.desk.files import to_standard_output
from grader.submission.variant import LIST

MEANING = "print a blank submission to fill in"


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_for_an_exercise(
        "template",
        "Print a blank submission: every free parameter of the exercise set to 0.",
        "example: grader template relu-three-segments > submission.json",
    )
    add_variant_options(parser, "--variant")
    options = parse(parser, arguments)
    known = whose(options)
    exercise = known and own_exercise(options.exercise, known, needed=True)
    if exercise is None:
        return 2
    about: dict[str, object] = {"exercise": exercise.id, "student": options.student or ""}
    if exercise.variant is not None:
        about |= {"variant": exercise.variant.number, LIST: exercise.variant.digest}
    blank = {**about, **dict.fromkeys(exercise.free, 0)}
    return 0 if to_standard_output([json.dumps(blank, indent=2) + "\n"]) else 2
