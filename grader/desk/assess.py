"""A submission to a Report: the one place where an error becomes a report.

Whatever one submission does, the next one is graded. A student's error is a report that says how to
mend it; the operator's, or a fault of this program, is a report without a score. Nothing raised
while one submission is read, graded, worded or shown reaches the command.
"""

import os
from collections.abc import Callable

from grader.desk.files import complain
from grader.desk.intake import Received, entries
from grader.errors import SandboxError, SpecError, SubmissionError
from grader.exercise.record import Exercise
from grader.grading import failed, grade, invalid
from grader.named import NamedTuple
from grader.report import Failure, Report
from grader.submission.origin import Origin
from grader.submission.record import Entries, Run, named, read_parameters
from grader.text.codes import OURS, Reveal
from grader.text.inert import Inert

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from types import TracebackType
    from typing import TypeVar

    from grader.submission.variant import Whose

    Result = TypeVar("Result")

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_ABOVE = os.path.join(os.path.dirname(_PACKAGE), "")
FAULT = Failure(
    "grader-fault",
    "The grader itself failed on this submission, so it has no score. Tell whoever runs the "
    "grader: its log names the place.",
)


class Chosen(NamedTuple):
    """The exercise that a submission is measured by, and how a report's head says which it is."""

    exercise: Exercise
    note: Inert = Inert("")


class Asked(NamedTuple):
    """What a command wants of each submission.

    `choose` finds the exercise that its entries are for, None once it has said why there is none;
    `given` is the exercise where that does not depend on the submission; `is_known` is as in
    `read_parameters`. `whose` says which variant counts, as far as the command knows.
    """

    choose: Callable[[Entries], Chosen | None]
    given: Chosen | None = None
    run: Run | None = None
    reveal: Reveal | None = None
    is_known: Callable[[str], bool] | None = None
    whose: "Whose | None" = None


def assess(receive: Callable[[], Received], origin: Origin, asked: Asked) -> Report | None:
    """Return the report on one submission; None if its exercise cannot be had.

    `origin` is where the submission comes from as far as that is known before it is received.

    Raises: OSError from `receive`, whose caller knows whose path it was.
    """
    received = attempt(receive, let=(OSError,))
    if isinstance(received, Failure):
        return blamed(received, origin, _chosen_unread(asked))
    origin = received.origin._replace(source=origin.source)
    read = attempt(lambda: entries(received, asked.run))
    if isinstance(read, Failure):
        return blamed(read, origin, _chosen_unread(asked))
    origin = named(origin, read)
    chosen = asked.given or attempt(lambda: asked.choose(read))
    if chosen is None or isinstance(chosen, Failure):
        return chosen and blamed(chosen, origin)
    if chosen.exercise.variant is not None:
        undecided = chosen
        found = attempt(lambda: _own(read, undecided, asked))
        if isinstance(found, Failure):
            return blamed(found, origin, chosen)
        chosen = found
    report = attempt(lambda: _graded(read, chosen, origin, asked))
    return blamed(report, origin, chosen) if isinstance(report, Failure) else report


def _chosen_unread(asked: Asked) -> Chosen | None:
    """Return the exercise of a submission that could not be read, where something else names it."""
    chosen = asked.given or attempt(lambda: asked.choose(()))
    return None if isinstance(chosen, Failure) else chosen


def _own(read: Entries, chosen: Chosen, asked: Asked) -> Chosen:
    """Return the exercise in the variant that counts for this submission."""
    from grader.submission.variant import settled

    try:
        return chosen._replace(exercise=settled(chosen.exercise, read, asked.whose))
    except SpecError as error:
        message = f"this student's variant has a fault, which its author must mend: {error}"
        raise SandboxError("grader-fault", message) from None


def _graded(read: Entries, chosen: Chosen, origin: Origin, asked: Asked) -> Report:
    submission = read_parameters(read, chosen.exercise, origin, asked.is_known)
    return grade(chosen.exercise, submission, reveal=asked.reveal)._replace(chosen=chosen.note)


def blamed(failure: Failure, origin: Origin, chosen: Chosen | None = None) -> Report:
    """Return the report on a submission that a failure kept from being graded."""
    exercise, note = chosen or (None, Inert(""))
    report = (failed if failure.code in OURS else invalid)(exercise, origin, failure)
    return report._replace(chosen=note)


def attempt(
    work: "Callable[[], Result]", let: tuple[type[Exception], ...] = ()
) -> "Result | Failure":
    """Return what the work returns, or why it failed; only exceptions in `let` get through.

    An exception that nobody foresaw is reported on standard error by type, file and line: its text
    may hold a student's words.
    """
    try:
        return work()
    except let:
        raise
    except SubmissionError as error:
        return Failure(error.code, error.message, error.where)
    except SandboxError as error:
        return Failure(error.code, error.message)
    # Blind, for a fault of this program in one submission must not cost the others their reports.
    except Exception as error:  # noqa: BLE001 - see above; it is reported, and the status is "failed"
        complain(f"fault of the grader: {type(error).__name__} at {_place(error.__traceback__)}")
        return FAULT


def shown(
    report: Report, form: "Callable[[Report], Result]", nothing: "Result"
) -> "tuple[Report, Result]":
    """Return what a form makes of the report; where that fails, a report that says so, and its.

    A form that cannot show even that leaves nothing.
    """
    made = attempt(lambda: form(report))
    if not isinstance(made, Failure):
        return report, made
    chosen = report.exercise and Chosen(report.exercise, report.chosen)
    report = blamed(made, report.origin, chosen)
    made = attempt(lambda: form(report))
    return report, nothing if isinstance(made, Failure) else made


def _place(trace: "TracebackType | None") -> str:
    """Return file and line of the innermost frame that is this package's, or else of the last."""
    place = "an unknown place"
    inside = False
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        ours = path.startswith(_PACKAGE + os.sep)
        if ours or not inside:
            name = path[len(_ABOVE) :] if ours else os.path.basename(path)
            place = f"{name}, line {trace.tb_lineno}"
        inside = inside or ours
        trace = trace.tb_next
    return place
