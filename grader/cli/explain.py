"""grader explain [CODE]: say what a diagnosis or an error code means."""

import argparse
from collections.abc import Sequence
from textwrap import fill

from grader.console.usage import parse, parser_of
from grader.console.variant_options import add_variant_options, asked_exercise
from grader.desk.files import complain, to_standard_output
from grader.mistakes.table import BY_CODE, DIAGNOSES
from grader.text.codes import ERRORS
from grader.text.inert import inert
from grader.text.lists import did_you_mean

MEANING = "say what a diagnosis or an error code means, with an example"

_WIDTH = 80


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_of(
        "explain",
        "Say what a code in a report means, with an example.",
        "example: grader explain bias-sign",
    )
    parser.add_argument(
        "code", nargs="?", help="a code from a report; without it, all codes are listed"
    )
    parser.add_argument("-e", "--exercise", metavar="EXERCISE", help="show it with its numbers")
    add_variant_options(parser, "--variant")
    options = parse(parser, arguments)
    code = options.code
    if code is None:
        return 0 if to_standard_output([_list()]) else 2
    if code not in DIAGNOSES and code not in ERRORS:
        complain(_unknown(code))
        return 2
    told = _told(code, options)
    if told is None:
        return 2
    lines = told.splitlines()
    text = "\n".join(line if line.startswith(" ") else fill(line, _WIDTH) for line in lines)
    return 0 if to_standard_output([text + "\n"]) else 2


def _told(code: str, options: argparse.Namespace) -> str | None:
    """Return what the code means, with the exercise's own numbers if it is named."""
    from grader.explaining import explain

    if options.exercise is None:
        if (options.student, options.secret_file, options.variant) != (None, None, None):
            complain("--student, --secret-file and --variant need -e and the exercise")
            return None
        return explain(code)
    exercise = asked_exercise(options, needed=True)
    if exercise is None:
        return None
    from grader.authoring.previews.explained import explained

    told = explained(code, exercise) if code in BY_CODE else ""
    if not told:
        complain(f"note: {exercise.id} has no numbers of its own for {code}; a general example")
    return told or explain(code)


def _list() -> str:
    width = max(map(len, (*DIAGNOSES, *ERRORS)))
    parts = []
    for title, table in (("diagnoses", DIAGNOSES), ("errors", ERRORS)):
        rows = "".join(f"  {code:<{width}}  {meaning}\n" for code, meaning in table.items())
        parts.append(f"{title}:\n{rows}")
    return "\n".join(parts) + "\nFor more: grader explain CODE\n"


def _unknown(code: str) -> str:
    hint = did_you_mean(code, (*DIAGNOSES, *ERRORS), 3, otherwise=";")
    return f'unknown code "{inert(code, 40)}"{hint} "grader explain" lists them'
