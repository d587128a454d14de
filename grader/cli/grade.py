"""grade SUBMISSION...: grade submissions against an exercise and write the reports."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from grader.console.code import Runner, add_options
from grader.console.lookup import exercise_or_none
from grader.console.usage import columns, formatter, parse
from grader.desk.catalogue import DEFAULT, NotFound, find, is_known, known_ids
from grader.desk.family import member, members
from grader.desk.files import complain, to_file, to_standard_output
from grader.desk.intake import entries, receive
from grader.errors import SandboxError, SubmissionError
from grader.exact.rational import from_text
from grader.exercise.record import Exercise
from grader.grading import failed, grade, invalid
from grader.report import Failure, Report
from grader.reports import Layout
from grader.submission.record import (
    Entries,
    Origin,
    check_keys,
    named,
    read_parameters,
    unknown_exercise,
)
from grader.text.codes import REVEAL
from grader.text.inert import inert
from grader.version import VERSION

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from grader.sandbox.grader_side.spawning import Spawned

USAGE_ERROR = 2
_STATUS = {"graded": 0, "invalid": 3, "failed": 4}

_EXAMPLES = """\
examples:
  grade submission.json
      grade against the exercise that the submission names
  grade -e exercises/hat.yaml --format json -o report.json submission.json
      grade against your own exercise and keep the report as JSON
  grade --fail-under 60 alice.json bob.py
      grade several, code contained; the exit status is 1 if one has fewer than 60 points

exit status:
  0 graded   1 graded, under the threshold   2 wrong usage or spec   3 no valid submission
  4 the grader's own fault   130, 143 interrupted
"""


def main(arguments: Sequence[str] | None = None, spawned: "Spawned | None" = None) -> int:
    """Run the command and return its exit status; `spawned` is left to the caller to end."""
    return _run(parse(_parser(), arguments), spawned)


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
        help="a JSON or Python file, a notebook, or - for JSON on stdin",
    )
    parser.add_argument(
        "-e",
        "--exercise",
        metavar="EXERCISE",
        help=f"id or path of the exercise (default: the one the submission names, or {DEFAULT})",
    )
    parser.add_argument(
        "-f", "--format", default="terminal", help="form of the report (default: terminal)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write the report to this file")
    parser.add_argument(
        "--fail-under", metavar="POINTS", type=_points, help="exit with 1 below this score"
    )
    parser.add_argument(
        "--reveal", choices=REVEAL, help="say less than the exercise allows, never more"
    )
    parser.add_argument(
        "--since", metavar="REPORT", help="say what changed since this earlier JSON report"
    )
    add_options(parser)
    parser.add_argument("--version", action="version", version=f"relu-grader {VERSION}")
    return parser


def _points(text: str) -> Fraction:
    try:
        return from_text(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{inert(text, 40)}" {error}') from None


def _run(options: argparse.Namespace, spawned: "Spawned | None") -> int:
    render = _renderer(options.format)
    for_platform = render is None
    if render is None:
        render = _platform_renderer(options)
    if render is None:
        return USAGE_ERROR
    given = None
    if options.exercise is not None:
        given = exercise_or_none(options.exercise)
        if given is None:
            return USAGE_ERROR
    several = len(options.submissions) > 1
    if several and not _can_hold_several(options, render):
        return USAGE_ERROR
    if options.output is not None and _is_refused(options):
        return USAGE_ERROR
    runner = Runner(options, spawned=spawned)
    run = _Run(given, options, runner)
    run.lenient = for_platform and options.fail_under is None
    texts = run.texts(options.submissions, render)
    document = getattr(sys.modules[render.__module__], "document", None)
    if several and document is not None:
        texts = document(texts)
    try:
        if options.output is None:
            written = to_standard_output(texts)
        else:
            written = to_file(texts, options.output)
    finally:
        runner.close()
    return run.status if written else max(run.status, USAGE_ERROR)


def _can_hold_several(options: argparse.Namespace, render: Callable[[Report, Layout], str]) -> bool:
    """Tell whether what was asked for makes sense for several submissions; say why if not."""
    if options.since is not None:
        complain("--since compares one submission with its earlier report; grade one at a time")
    elif getattr(sys.modules[render.__module__], "SINGLE", False):
        complain(f"{options.format} holds one report; grade one submission at a time")
    else:
        return True
    return False


class _Run:
    """Grades one submission after the other and keeps the highest exit status."""

    def __init__(self, given: Exercise | None, options: argparse.Namespace, runner: Runner) -> None:
        self.given = given
        self.runner = runner
        self.reveal: str | None = options.reveal
        self.since: str | None = options.since
        self.threshold: Fraction | None = options.fail_under
        self.status = 0
        self.lenient = False  # a platform takes any other status than 0 for the grader's fault
        self._exercises: dict[str, Exercise | None] = {}

    def texts(
        self, submissions: Sequence[str], render: Callable[[Report, Layout], str]
    ) -> Iterator[str]:
        """Yield the text of each report, in order, as soon as it is there."""
        layout = _layout(one_of_many=len(submissions) > 1)
        separator = ""
        for path in submissions:
            report = self.report(path)
            if report is not None and self.since is not None:
                report = _compared(report, self.since)
            if report is None:
                self.status = max(self.status, USAGE_ERROR)
                continue
            self.status = max(self.status, self._exit_status(report))
            text = render(report, layout)
            yield separator + text
            separator = "\n" if "\n" in text.rstrip("\n") else ""  # a blank line between long ones

    def report(self, path: str) -> Report | None:
        """Return the report on one submission; None, with a message, if there is no file."""
        origin = Origin("-" if path == "-" else os.path.basename(path))
        exercise = self.given
        try:
            received = receive(path)
            origin = received.origin
            read = entries(received, self.runner.run_as(origin.source))
            origin = named(origin, read)
            exercise = self.given or self._chosen(read)
            if exercise is None:
                return None
            submission = read_parameters(read, exercise, origin, is_known)
        except OSError as error:
            complain(f"{inert(path)}: {error.strerror or error}; name a file to grade")
            return None
        except SubmissionError as error:
            if exercise is None and error.code != "unknown-exercise":
                exercise = self._loaded(DEFAULT)
            return invalid(exercise, origin, Failure(error.code, error.message, error.where))
        except SandboxError as error:
            if exercise is None:
                exercise = self._loaded(DEFAULT)
            return failed(exercise, origin, Failure(error.code, error.message))
        return grade(exercise, submission, reveal=self.reveal)

    def _chosen(self, read: Entries) -> Exercise | None:
        """Return the exercise that the submission names, or the default one.

        Raises: SubmissionError (unknown-exercise and what is checked before it).
        """
        id_ = dict(read).get("exercise", DEFAULT)
        if not isinstance(id_, str):
            return self._loaded(DEFAULT)
        try:
            return self._loaded(id_)
        except NotFound:
            check_keys(read)
            raise unknown_exercise(id_, known_ids()) from None

    def _loaded(self, id_: str) -> Exercise | None:
        if id_ not in self._exercises:
            find(id_)
            self._exercises[id_] = exercise_or_none(id_)
        return self._exercises[id_]

    def _exit_status(self, report: Report) -> int:
        if report.status == "graded" and self.threshold is not None and report.score is not None:
            return int(report.score < self.threshold)
        if report.status == "invalid" and self.lenient:
            return 0
        return _STATUS[report.status]


def _compared(report: Report, path: str) -> Report | None:
    """Return the report with what changed since the earlier one; None, with a message."""
    from grader.desk.earlier import since  # noqa: PLC0415 - only where it is asked for

    return since(report, path)


def _layout(*, one_of_many: bool) -> Layout:
    """Return what the terminal allows; a pipe gets 80 columns without colour."""
    if sys.stdout is None or not sys.stdout.isatty():
        return Layout(width=80, one_of_many=one_of_many)
    width = columns()
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Layout(width, colour, one_of_many)


def _renderer(name: str) -> Callable[[Report, Layout], str] | None:
    """Return the format's render function; None if no report format has that name."""
    render: Callable[[Report, Layout], str] | None = getattr(
        member("reports", name), "render", None
    )
    return render


def _platform_renderer(options: argparse.Namespace) -> Callable[[Report, Layout], str] | None:
    """Return the course platform of that name as a format; None, with a message, if none is."""
    from grader.console.delivery import as_format, platforms  # noqa: PLC0415 - only where asked for

    render = as_format(options.format, options.output)
    if render is None:
        names = ", ".join([*members("reports"), *platforms()])
        complain(f'there is no format "{inert(options.format, 40)}"; there are {names}')
    return render


def _is_refused(options: argparse.Namespace) -> bool:
    """Tell, with a message, whether the output file is one that a person has written."""
    if not os.path.exists(options.output):
        return False
    from grader.desk.overwrite import refusal  # noqa: PLC0415 - only where a file is in the way

    reason = refusal(options.output, [*options.submissions, options.exercise])
    if reason:
        complain(reason)
    return reason is not None
