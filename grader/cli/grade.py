"""grade SUBMISSION...: grade submissions against an exercise and write the reports."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from grader.console.code import Runner, add_options
from grader.console.forms import ReportForm, form_named, form_names
from grader.console.lookup import exercise_or_none
from grader.console.usage import columns, formatter, parse
from grader.desk.assess import Asked, Chosen, assess, shown
from grader.desk.catalogue import is_known
from grader.desk.choice import choose, given
from grader.desk.files import complain, to_file, to_standard_output
from grader.desk.intake import receive, sources
from grader.exact.rational import from_text
from grader.exercise.record import Exercise
from grader.report import Report
from grader.reports import Layout
from grader.submission.origin import Origin
from grader.text.codes import REVEAL, Reveal
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
  grade -e relu-three-segments --fail-under 60 alice.json bob.py
      grade several, code contained; the exit status is 1 if one has fewer than 60 points

exit status:
  0 graded   1 graded, under the threshold   2 wrong usage or spec   3 no valid submission
  4 the grader's own fault   130, 143 interrupted
"""


def main(arguments: Sequence[str] | None = None, spawned: "Spawned | None" = None) -> int:
    """Run the command and return its exit status; `spawned` is left to the caller to end."""
    return _run(parse(_parser(), arguments, glued=False), spawned)


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
        help="id or path of the exercise (default: the one the submission names, its folder's "
        "name, or the one that its parameters fit)",
    )
    parser.add_argument(
        "-f", "--format", help="form of the report (default: by the ending of -o, else terminal)"
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
    form = _form(options)
    if form is None or not _makes_sense(options, form):
        return USAGE_ERROR
    chosen = None
    if options.exercise is not None:
        exercise = exercise_or_none(options.exercise)
        if exercise is None:
            return USAGE_ERROR
        chosen = given(options.exercise, exercise)
    runner = Runner(options, spawned=spawned)
    run = _Run(chosen, options, runner, form)
    texts: Iterable[str] = run.texts(options.submissions)
    if len(options.submissions) > 1:
        texts = form.document(texts)
    try:
        if options.output is None:
            written = to_standard_output(texts)
        else:
            written = to_file(texts, options.output)
    finally:
        runner.close()
    return run.status if written else max(run.status, USAGE_ERROR)


def _form(options: argparse.Namespace) -> ReportForm | None:
    """Return the form of the reports; None, with a message, if there is none of that name."""
    form = form_named(options.format, options.output)
    if form is None:
        complain(f'unknown format "{inert(options.format, 40)}"; choose from {form_names()}')
    return form


def _makes_sense(options: argparse.Namespace, form: ReportForm) -> bool:
    """Tell whether the options go together; say why if not."""
    several = len(options.submissions) > 1
    if several and options.since is not None:
        complain("--since compares one submission with its earlier report; grade one at a time")
    elif several and form.single:
        complain(
            f"{inert(options.format or options.output, 60)} holds one report; grade one submission "
            "at a time, or use json, jsonl, html, markdown, junit or terminal for several"
        )
    elif options.fail_under is not None and options.exercise is None:
        complain(
            "--fail-under needs -e and the exercise; else a submission would choose by itself what "
            "it is measured by"
        )
    else:
        return options.output is None or not _is_refused(options)
    return False


class _Run:
    """Grades one submission after the other and keeps the highest exit status."""

    def __init__(
        self, chosen: Chosen | None, options: argparse.Namespace, runner: Runner, form: ReportForm
    ) -> None:
        self.chosen = chosen
        self.runner = runner
        self.form = form
        self.reveal: Reveal | None = options.reveal
        self.since: str | None = options.since
        self.threshold: Fraction | None = options.fail_under
        self.status = 0
        # A platform takes any other status than 0 for the grader's fault.
        self.lenient = form.is_platform and options.fail_under is None
        self._exercises: dict[str, Exercise | None] = {}

    def texts(self, submissions: Sequence[str]) -> Iterator[str]:
        """Yield the text of each report, in order, as soon as it is there."""
        layout = _layout(one_of_many=len(submissions) > 1)
        for path, source in zip(submissions, sources(submissions), strict=True):
            report = self.report(path, source)
            if report is not None and self.since is not None:
                report = _compared(report, self.since)
            if report is None:
                self.status = max(self.status, USAGE_ERROR)
                continue
            report, text = shown(report, lambda given: self.form.render(given, layout), "")
            self.status = max(self.status, self._exit_status(report))
            if text:
                yield text

    def report(self, path: str, source: str) -> Report | None:
        """Return the report on one submission; None, with a message, if there is no file."""
        asked = Asked(
            lambda read: choose(read, path, self._loaded),
            self.chosen,
            self.runner.run_as(os.path.basename(path), source),
            self.reveal,
            is_known,
        )
        try:
            return assess(lambda: receive(path), Origin(source), asked)
        except OSError as error:
            complain(f"{inert(path)}: {error.strerror or error}; name a file to grade")
            return None

    def _loaded(self, id_: str) -> Exercise | None:
        if id_ not in self._exercises:
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
    from grader.desk.earlier import since

    return since(report, path)


def _layout(*, one_of_many: bool) -> Layout:
    """Return what the terminal allows; a pipe gets 80 columns without colour."""
    if sys.stdout is None or not sys.stdout.isatty():
        return Layout(width=80, one_of_many=one_of_many)
    width = columns()
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Layout(width, colour, one_of_many)


def _is_refused(options: argparse.Namespace) -> bool:
    """Tell, with a message, whether the output file is one that a person has written."""
    if not os.path.lexists(options.output):
        return False
    from grader.desk.overwrite import refusal

    reason = refusal(options.output, [*options.submissions, options.exercise])
    if reason:
        complain(reason)
    return reason is not None
