"""grade SUBMISSION...: grade submissions against an exercise and write the reports."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from grader.console.code import Runner
from grader.console.forms import ReportForm, form_named, form_names
from grader.console.lookup import exercise_or_none
from grader.console.options import Options
from grader.console.screen import screen_layout
from grader.desk.assess import Asked, Chosen, assess, shown
from grader.desk.catalogue import is_known
from grader.desk.choice import choose, given
from grader.desk.files import complain, to_file, to_standard_output
from grader.desk.intake import receive, sources
from grader.exercise.record import Exercise
from grader.report import Report
from grader.submission.origin import Origin
from grader.text.inert import inert

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from fractions import Fraction

    from grader.exercise.record import Variant
    from grader.sandbox.grader_side.spawning import Spawned
    from grader.submission.variant import Whose
    from grader.text.codes import Reveal

USAGE_ERROR = 2
_STATUS = {"graded": 0, "invalid": 3, "failed": 4}


def main(arguments: Sequence[str] | None = None, spawned: "Spawned | None" = None) -> int:
    """Run the command and return its exit status; `spawned` is left to the caller to end."""
    return _run(_asked(sys.argv[1:] if arguments is None else arguments), spawned)


def _asked(words: Sequence[str]) -> Options:
    """Return what the words ask for; where they only name files, no parser is loaded."""
    if words and not any(word.startswith("-") and word != "-" for word in words):
        return Options(tuple(words))
    from grader.console.arguments import read

    return read(words)


def _run(options: Options, spawned: "Spawned | None") -> int:
    if options.of_class is not None:
        from grader.console.classes import run_class

        return run_class(options, options.of_class)
    form = _form(options)
    if form is None or not _makes_sense(options, form):
        return USAGE_ERROR
    chosen = None
    if options.exercise is not None:
        exercise = exercise_or_none(options.exercise)
        if exercise is None:
            return USAGE_ERROR
        chosen = given(options.exercise, exercise)
        if exercise.variant and _could_choose(options, exercise.variant):
            return USAGE_ERROR
    runner = Runner(options.code, spawned=spawned)
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


def _form(options: Options) -> ReportForm | None:
    """Return the form of the reports; None, with a message, if there is none of that name."""
    form = form_named(options.format, options.output)
    if form is None:
        complain(f'unknown format "{inert(options.format or "", 40)}"; choose from {form_names()}')
    return form


def _makes_sense(options: Options, form: ReportForm) -> bool:
    """Tell whether the options go together; say why if not."""
    several = len(options.submissions) > 1
    if several and options.since is not None:
        complain("--since compares one submission with its earlier report; grade one at a time")
    elif several and form.single:
        name = inert(options.format or options.output or "", 60)
        complain(
            f"{name} holds one report; grade one submission at a time, or use json, jsonl, html, "
            "markdown, junit or terminal for several"
        )
    elif options.fail_under is not None and options.exercise is None:
        complain(
            "--fail-under needs -e and the exercise; otherwise a submission could choose what "
            "it is measured against"
        )
    elif several and options.whose is not None and options.whose.student is not None:
        complain("--student is one student; grade that student's submission alone")
    else:
        return not _is_refused(options)
    return False


def _could_choose(options: Options, variant: "Variant") -> bool:
    """Tell, with a message, whether a submission could choose its variant and so its threshold."""
    from grader.console.variant_options import unchecked

    reason = unchecked(variant, options.whose, options.fail_under)
    if reason:
        complain(reason)
    return bool(reason)


class _Run:
    """Grades one submission after the other and keeps the highest exit status."""

    def __init__(
        self, chosen: Chosen | None, options: Options, runner: Runner, form: ReportForm
    ) -> None:
        self.chosen = chosen
        self.runner = runner
        self.form = form
        self.reveal: Reveal | None = options.reveal
        self.since: str | None = options.since
        self.whose: Whose | None = options.whose
        self.threshold: Fraction | None = options.fail_under
        self.status = 0
        # A platform takes any other status than 0 for the grader's fault.
        self.lenient = form.is_platform and options.fail_under is None
        self._exercises: dict[str, Exercise | None] = {}

    def texts(self, submissions: Sequence[str]) -> Iterator[str]:
        """Yield the text of each report, in order, as soon as it is there."""
        layout = screen_layout(one_of_many=len(submissions) > 1)
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
            self.whose,
        )
        try:
            return assess(lambda: receive(path), Origin(source), asked)
        except OSError as error:
            complain(f"{inert(path)}: {error.strerror or error}; name a file to grade{_or(error)}")
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


def _or(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return ", or grade all that it holds by -o OUT/ (--dry-run says what that is)"
    return ""


def _compared(report: Report, path: str) -> Report | None:
    """Return the report with what changed since the earlier one; None, with a message."""
    from grader.desk.earlier import since

    return since(report, path)


def _is_refused(options: Options) -> bool:
    """Tell, with a message, whether there is an output file that a person has written."""
    if options.output is None or not os.path.lexists(options.output):
        return False
    from grader.desk.overwrite import refusal

    reason = refusal(options.output, [*options.submissions, options.exercise])
    if reason:
        complain(reason)
    return reason is not None
