"""grader merge: the parts that `grade --shard i/n` left on several machines become one class."""

import argparse
import os
from collections.abc import Sequence

from grader.cohort.manifest_lines import plural
from grader.cohort.marking import Criteria
from grader.cohort.merging import merge
from grader.cohort.parts import ShardedRun, gathered
from grader.console.class_checks import deadline_of
from grader.console.class_options import ClassOptions, add_file_options, class_options_of
from grader.console.classes import guarded, status_of, summary, wanted_of
from grader.console.usage import parse, parser_of
from grader.desk.files import complain, to_standard_output
from grader.errors import GraderError

MEANING = "join the shards of a class"
_DESCRIPTION = (
    "Join the parts that grade --shard I/N wrote, into the same files as if one machine "
    "had graded everything."
)

_EPILOG = """\
example, on 16 machines with a shared folder:
  grade -e relu-three-segments class.zip -o OUT/ --shard 3/16     on the third of them
  grader merge OUT/                                               when all have finished
"""


class _Unclear(GraderError):
    """What is named does not say where to write."""


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_of(
        "merge",
        _DESCRIPTION,
        _EPILOG,
    )
    parser.add_argument("parts", nargs="+", metavar="PART", help="parts, or folders with parts")
    parser.add_argument(
        "-o", "--output", metavar="FOLDER", help="default: PART, if it is a single folder"
    )
    add_file_options(parser.add_argument_group("files"))
    given = parse(parser, arguments, glued=False)
    asked = class_options_of(given)
    return guarded(lambda: _merged(given, asked), given.output or given.parts[0])


def _merged(given: argparse.Namespace, asked: ClassOptions) -> int:
    folder = _folder(given)
    parts = gathered(given.parts)
    marking = Criteria(parts.terms.terms["exercise"], reports=_forms(parts))
    wanted = wanted_of(folder, marking, asked, deadline_of(asked))
    outcome = merge(wanted, parts, lambda text: None if asked.quiet else complain(text))
    if not asked.quiet:
        said = [f"Merged: {plural(len(parts.files), 'shard')}"]
        said += summary(outcome, parts.manifest, folder)
        to_standard_output(["".join(f"{line}\n" for line in said)])
    return status_of(outcome.rows)


def _folder(given: argparse.Namespace) -> str:
    """Return where to write. Raises: _Unclear."""
    output: str | None = given.output
    if output is None:
        if len(given.parts) != 1 or not os.path.isdir(given.parts[0]):
            raise _Unclear("name a folder for what is written: -o OUT/")
        output = str(given.parts[0])
    return os.path.join(output, "").rstrip(os.sep) or os.sep


def _forms(parts: ShardedRun) -> tuple[str, ...]:
    forms = parts.terms.terms["--reports"]
    return () if forms == "none" else tuple(forms.split(","))
