"""grader VERB: the author's and the operator's toolbox; each verb is a file beside this one."""

import sys
from collections.abc import Sequence
from importlib import import_module

from grader.desk.files import complain
from grader.text.inert import inert
from grader.version import VERSION

VERBS = {
    "doctor": "tell how code is contained here, and what is missing",
    "explain": "say what a diagnosis or an error code means, with an example",
    "exercises": "list the exercises that can be graded",
    "lint": "check exercises: solvable, fair, reachable",
    "new": "make an exercise from points, with sample submissions",
    "package": "make the bundle that an instructor uploads to a course platform",
    "preview": "show an exercise as a student will see it",
    "run": "grade what a course platform hands over, and answer in its format",
    "schema": "print the JSON Schema of exercises, submissions or reports",
    "solve": "find every right answer, or prove that there is none",
    "template": "print a blank submission to fill in",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the verb and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in VERBS:
        run = import_module(f"grader.cli.{words[0]}").main
        status: int = run(words[1:])
        return status
    if words in (["-h"], ["--help"]):
        print(_help(), end="")
        return 0
    if words == ["--version"]:
        print(f"relu-grader {VERSION}")
        return 0
    if words:
        complain(_unknown(words[0]))
    else:
        complain(_help())
    return 2


def _help() -> str:
    width = max(map(len, VERBS))
    rows = "".join(f"  {verb:<{width}}  {meaning}\n" for verb, meaning in VERBS.items())
    return (
        "usage: grader VERB [OPTIONS]\n\n"
        f"verbs:\n{rows}\n"
        '"grader VERB --help" tells more; "grade SUBMISSION" grades.\n'
    )


def _unknown(verb: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for what went wrong

    near = get_close_matches(verb[:40], VERBS, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f'there is no verb "{inert(verb, 40)}"{hint} There are {", ".join(VERBS)}'
