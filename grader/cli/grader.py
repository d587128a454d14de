"""The author's and the operator's toolbox: each verb is a file beside this one.

A verb's file has `main`, and MEANING, which is what the list of verbs says about it.
"""

import sys
from collections.abc import Sequence

from grader.desk.family import member, members
from grader.desk.files import complain
from grader.text.inert import inert
from grader.text.lists import did_you_mean
from grader.version import VERSION


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the verb and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    verb = member("cli", words[0]) if words else None
    if verb is not None and hasattr(verb, "MEANING"):
        status: int = verb.main(words[1:])
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


def _verbs() -> dict[str, str]:
    meanings = {name: getattr(member("cli", name), "MEANING", "") for name in members("cli")}
    return {name: meaning for name, meaning in meanings.items() if meaning}


def _help() -> str:
    verbs = _verbs()
    width = max(map(len, verbs))
    rows = "".join(f"  {verb:<{width}}  {meaning}\n" for verb, meaning in verbs.items())
    return (
        "usage: grader VERB [OPTIONS]\n\n"
        f"verbs:\n{rows}\n"
        '"grader VERB --help" explains a verb; "grade SUBMISSION" grades.\n'
    )


def _unknown(verb: str) -> str:
    shown = inert(verb, 40)
    if "." in verb or "/" in verb:
        return f'"{shown}" is not a command of grader. To grade a file: grade {shown}'
    verbs = _verbs()
    hint = did_you_mean(verb, verbs)
    return f'"{shown}" is not a command of grader{hint} The commands are {", ".join(verbs)}'
