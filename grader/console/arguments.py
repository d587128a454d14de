"""The words after `grade` to its options; loaded only where there are more than files' names."""

import argparse
from collections.abc import Sequence
from fractions import Fraction

from grader.console.class_options import add_class_options, class_options
from grader.console.options import CodeOptions, Options
from grader.console.usage import formatter, parse
from grader.exact.rational import from_text
from grader.text.codes import REVEAL
from grader.text.inert import inert
from grader.version import VERSION

_LONGEST_NAME = 100
_USAGE_ERROR = 2
_EXAMPLES = """\
examples:
  grade submission.json
      grade against the exercise that the submission names
  grade -e exercises/hat.yaml --format json -o report.json submission.json
      grade against your own exercise and keep the report as JSON
  grade -e relu-three-segments --fail-under 60 alice.json bob.py
      grade several, Python in a sandbox; exit with status 1 if any scores below 60
  grade -e relu-three-segments submissions.zip -o OUT/ --into gradebook.csv
      grade a class's download from a course platform, and fill in a copy of its gradebook

exit status:
  0 graded   1 graded, below the threshold   2 wrong usage or spec   3 no valid submission
  4 the grader's own fault   130, 143 interrupted
"""


def read(words: Sequence[str]) -> Options:
    """Return what the words ask for.

    Raises: SystemExit after --help, --version, and with status 2 where the usage is wrong.
    """
    given = parse(_parser(), words, glued=False)
    known = None
    if (given.student, given.secret_file, given.variant) != (None, None, None):
        from grader.console.variant_options import whose

        known = whose(given)
        if known is None:
            raise SystemExit(_USAGE_ERROR)
    return Options(
        tuple(given.submissions),
        given.exercise,
        given.format,
        given.output,
        given.fail_under,
        given.reveal,
        given.since,
        code_options(given),
        class_options(given),
        known,
    )


def code_options(given: argparse.Namespace) -> CodeOptions:
    """Return what the arguments of `add_code_options` were read as."""
    return CodeOptions(*(getattr(given, name) for name in CodeOptions._fields))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="grade",
        description="Grade networks of ReLU units against a piecewise-linear target, exactly.",
        epilog=_EXAMPLES,
        formatter_class=formatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "submissions",
        nargs="+",
        metavar="SUBMISSION",
        help="a JSON, Python, notebook or weights file; - reads JSON from standard input",
    )
    parser.add_argument(
        "-e",
        "--exercise",
        metavar="EXERCISE",
        help="id or path of the exercise (default: named by the submission or by its folder, or "
        "inferred from its parameters)",
    )
    parser.add_argument(
        "-f",
        "--format",
        help="report format, such as html, json or markdown "
        "(default: by the file ending of -o, else terminal)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write the report to this file")
    parser.add_argument(
        "--fail-under", metavar="POINTS", type=_points, help="exit with status 1 below this score"
    )
    parser.add_argument(
        "--reveal", choices=REVEAL, help="reveal less than the exercise allows, never more"
    )
    parser.add_argument(
        "--since", metavar="REPORT", help="show what changed since this earlier JSON report"
    )
    group = parser.add_argument_group("for an exercise with variants")
    group.add_argument("--student", metavar="ID", help="the student whose variant is drawn")
    group.add_argument(
        "--secret-file", metavar="FILE", help="file with the secret from which variants are drawn"
    )
    group.add_argument("--variant", metavar="N", type=_whole, help="grade against this variant")
    add_class_options(parser)
    add_code_options(parser)
    parser.add_argument("--version", action="version", version=f"relu-grader {VERSION}")
    return parser


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # enough for any list
        raise argparse.ArgumentTypeError(f'"{inert(text, 40)}" must be a whole number such as 17')
    return int(text)


def _points(text: str) -> Fraction:
    try:
        return from_text(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{inert(text, 40)}" {error}') from None


def add_code_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for Python submissions and notebooks."""
    usual = CodeOptions()
    group = parser.add_argument_group("for Python files and notebooks, which run in a sandbox")
    group.add_argument(
        "--function",
        metavar="NAME",
        default=usual.function,
        type=_function,
        help="the function that returns the answer (default: %(default)s)",
    )
    for name, unit, default, meaning in (
        ("wall", "SECONDS", usual.max_wall, "longest time a run may take"),
        ("cpu", "SECONDS", usual.max_cpu, "most processor time of a run, in whole seconds"),
        ("memory", "MIB", usual.max_memory, "most memory of a run"),
        ("output", "KIB", usual.max_output, "most printed text that is shown"),
    ):
        group.add_argument(
            f"--max-{name}",
            metavar=unit,
            default=default,
            type=_limit,
            help=f"{meaning} (default: {default:g})",
        )
    group.add_argument(
        "--verbose",
        action="store_true",
        help="report on standard error what the sandbox is made of",
    )


def _function(text: str) -> str:
    if not text.isidentifier() or len(text) > _LONGEST_NAME:
        raise argparse.ArgumentTypeError(f'"{inert(text, 40)}" cannot be the name of a function')
    return text


def _limit(text: str) -> float:
    """Read a limit: above 0, and at most a million so that no unit of it overflows."""
    most = 1e6
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= most:
        raise argparse.ArgumentTypeError(
            f'"{inert(text, 40)}" must be a number above 0, at most {most:,.0f}'
        )
    return number
