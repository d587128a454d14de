"""grader explain [CODE]: say what a diagnosis or an error code means."""

from collections.abc import Sequence
from textwrap import fill

from grader.console.usage import parse, parser_of
from grader.desk.files import complain, to_standard_output
from grader.mistakes.table import DIAGNOSES
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
    code = parse(parser, arguments).code
    if code is None:
        return 0 if to_standard_output([_list()]) else 2
    if code not in DIAGNOSES and code not in ERRORS:
        complain(_unknown(code))
        return 2
    from grader.explaining import explain

    lines = explain(code).splitlines()
    text = "\n".join(line if line.startswith(" ") else fill(line, _WIDTH) for line in lines)
    return 0 if to_standard_output([text + "\n"]) else 2


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
