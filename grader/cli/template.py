"""grader template EXERCISE: print a blank submission to fill in, or a program that trains one."""

import json
from collections.abc import Sequence

from grader.console.usage import parse, parser_for_an_exercise
from grader.console.variant_options import add_variant_options, asked_exercise
from grader.desk.files import complain, to_standard_output
from grader.exercise.record import Exercise
from grader.submission.variant import LIST

MEANING = "print a blank submission to fill in"
_DESCRIPTION = (
    "Print a blank submission, with every free parameter 0, or a program that builds and "
    "trains the network in a framework and saves the file to hand in."
)
_EXAMPLES = """\
examples:
  grader template relu-three-segments > submission.json
  grader template train-a-valley --for keras > train.py
"""
_FRAMEWORKS = ("keras", "pytorch", "sklearn")


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_for_an_exercise(
        "template",
        _DESCRIPTION,
        _EXAMPLES,
    )
    parser.add_argument(
        "--for",
        dest="framework",
        choices=_FRAMEWORKS,
        help="print a program for this framework instead",
    )
    add_variant_options(parser, "--variant")
    options = parse(parser, arguments)
    exercise = asked_exercise(options, needed=True)
    if exercise is None:
        return 2
    if options.framework is None:
        blank = _blank(exercise, options.student or "")
        return 0 if to_standard_output([json.dumps(blank, indent=2) + "\n"]) else 2
    from grader.task.training import program

    text = program(exercise, options.framework)
    if text is None:
        complain(f"{exercise.id} has more than 100 units; train it by a program of your own")
        return 2
    return 0 if to_standard_output([text]) else 2


def _blank(exercise: Exercise, student: str) -> dict[str, object]:
    about: dict[str, object] = {"exercise": exercise.id, "student": student}
    if exercise.variant is not None:
        about |= {"variant": exercise.variant.number, LIST: exercise.variant.digest}
    return {**about, **dict.fromkeys(exercise.free, 0)}
