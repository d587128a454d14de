"""Reading of a command's arguments: argparse, with nothing on the screen that moves the cursor."""

import argparse
import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr

from grader.console.screen import columns
from grader.desk.files import complain
from grader.text.inert import inert


def parse(
    parser: argparse.ArgumentParser, arguments: Sequence[str] | None = None, *, glued: bool = True
) -> argparse.Namespace:
    """Return the arguments' values; what is said about wrong ones is inert.

    A value may not be glued to a letter (-eeasy.json), nor where `glued` is false to a word
    (--exercise=easy.json): where a shell lists a folder's files, it may be the name of one.

    Raises: SystemExit after --help, --version, and with status 2 where the usage is wrong.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    said = io.StringIO()
    try:
        with redirect_stderr(said):
            _refuse_glued(parser, words, glued=glued)
            options, unknown = parser.parse_known_args(words)
            if unknown:
                parser.error(f"unrecognized arguments: {inert(' '.join(unknown), 200)}")
    except SystemExit:
        if said.getvalue():
            complain("\n".join(inert(line, 2000) for line in said.getvalue().splitlines()))
        raise
    return options


def _refuse_glued(parser: argparse.ArgumentParser, words: Sequence[str], *, glued: bool) -> None:
    for word in words:
        if word == "--":
            return
        name, equals, _ = word.partition("=")
        if word[:1] == "-" and word[1:2].isalpha() and len(word) > len("-e"):
            name = word[:2]
        elif glued or not (equals and word.startswith("--")):
            continue
        parser.error(
            f"{inert(word, 60)}: write a space between {inert(name, 30)} and its value, or "
            f"./{inert(word, 60)} if it is a file"
        )


def parser_of(verb: str, description: str, epilog: str = "") -> argparse.ArgumentParser:
    """Return the parser of one of grader's verbs. An option's name is written in full."""
    return argparse.ArgumentParser(
        prog=f"grader {verb}",
        description=description,
        epilog=epilog,
        formatter_class=formatter,
        allow_abbrev=False,
    )


def parser_for_an_exercise(
    verb: str, description: str, epilog: str, formats: Sequence[str] = ()
) -> argparse.ArgumentParser:
    """Return the parser of a verb whose first argument is an exercise.

    `formats`, the default first, are what it writes; then it takes -f, and -o as well.
    """
    parser = parser_of(verb, description, epilog)
    parser.add_argument("exercise", help="id or path of the exercise")
    if formats:
        parser.add_argument("-f", "--format", choices=formats, default=formats[0])
        parser.add_argument("-o", "--output", metavar="FILE", help="write to this file")
    return parser


def formatter(prog: str) -> argparse.HelpFormatter:
    """Return what lays out the help; argparse asks for it even where none is shown.

    Without a width it would import shutil to find one: 2 ms.
    """
    return _Layout(prog, width=columns() - 2)


class _Layout(argparse.HelpFormatter):
    """Fills one paragraph and leaves text of several lines as it is, such as examples."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return "".join(indent + line for line in text.splitlines(keepends=True))
        return super()._fill_text(text, width, indent)
