"""grader template EXERCISE: print a blank submission to fill in."""

import argparse
import json
from collections.abc import Sequence

from grader.console.lookup import exercise_or_none
from grader.console.usage import parse
from grader.desk.files import to_standard_output

MEANING = "print a blank submission to fill in"


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="grader template",
        description="Print a blank submission: every free parameter of the exercise, 0.",
        epilog="example: grader template relu-three-segments > submission.json",
    )
    parser.add_argument("exercise", help="id or path of the exercise")
    exercise = exercise_or_none(parse(parser, arguments).exercise)
    if exercise is None:
        return 2
    blank = {"exercise": exercise.id, "student": "", **dict.fromkeys(exercise.free, 0)}
    return 0 if to_standard_output([json.dumps(blank, indent=2) + "\n"]) else 2
