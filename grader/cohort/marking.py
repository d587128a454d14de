"""One hand-in's bytes to its row and the texts of its reports, in whichever process that happens.

What a run asks of each hand-in is fixed before the first; a hand-in's own words about its exercise
or its author decide nothing.
"""

import os
from collections.abc import Callable, Sequence
from typing import NamedTuple

from grader.cohort.graded import GradedRow, VariantRow, row_of
from grader.cohort.variant_rows import variant_row
from grader.desk.assess import FAULT, Asked, Chosen, assess, attempt, blamed, shown
from grader.desk.catalogue import find, is_known, is_path, known_ids, read_spec
from grader.desk.choice import given
from grader.desk.family import member
from grader.desk.intake import Received, entries
from grader.errors import Problem, SpecError, SubmissionError
from grader.exercise.record import Exercise
from grader.report import Failure, Report
from grader.reports import Layout
from grader.sandbox.protocol.limits import Limits
from grader.specs.exercise import read_exercise
from grader.submission.origin import Origin
from grader.submission.record import Entries, Run, read_parameters
from grader.submission.variant import Whose
from grader.text.codes import Reveal
from grader.text.digest import sha256
from grader.text.inert import Inert, inert

# What a report's file is called after its student, by the name of its format.
ENDINGS = {
    "html": ".html",
    "json": ".json",
    "jsonl": ".jsonl",
    "markdown": ".md",
    "svg": ".svg",
    "terminal": ".txt",
}
_LAYOUT = Layout(width=80)


class Criteria(NamedTuple):
    """What a run asks of every hand-in; `exercise` is the name or path that was given."""

    exercise: str
    reveal: Reveal | None = None
    reports: tuple[str, ...] = ()
    function: str = "submission"
    limits: Limits = Limits()
    whose: Whose | None = None  # what variants are drawn by
    called: tuple[
        tuple[str, str], ...
    ] = ()  # the ids to draw by, where they are not the platform's


def spec_of(name: str, exercise: Exercise) -> bytes:
    """Return the bytes of the spec that was read as the exercise of this name or path.

    Raises: SpecError if they are others by now; OSError.
    """
    path = name if is_path(name) else find(name).path
    data = read_spec(path)
    if sha256(data).hexdigest() != exercise.digest:
        problem = Problem(1, "", "changed while it was read; give the same command again")
        raise SpecError(inert(os.path.basename(path), 255), (problem,))
    return data


class Marked(NamedTuple):
    """A hand-in's row, and the text of each report that was asked for."""

    row: GradedRow
    texts: tuple[str, ...] = ()


class HandedBack(NamedTuple):
    """What a readable hand-in says, for whoever grades many as columns: the free parameters."""

    parameters: tuple[float, ...]


Receive = Callable[[], Received]


class Job(NamedTuple):
    """All that a process needs to make a run's rows, on whichever machine it is.

    `spec` is the exercise's file, `note` what a report's head says about its place, `known` the ids
    of exercises that can be named here: what a hand-in's own `exercise` is compared with. With
    `in_columns` what can be read is handed back to be graded as columns.
    """

    marking: Criteria
    spec: bytes
    note: Inert
    known: frozenset[str]
    in_columns: bool = False


def job_of(marking: Criteria, exercise: Exercise) -> Job:
    """Return what other processes need. Raises: as `spec_of`."""
    note = given(marking.exercise, exercise).note
    return Job(marking, spec_of(marking.exercise, exercise), note, frozenset(known_ids()))


class Marker:
    """Makes rows, one after the other."""

    def __init__(
        self,
        marking: Criteria,
        chosen: Chosen,
        is_known: Callable[[str], bool] = is_known,
    ) -> None:
        """Take the exercise, read once, and what tells which ids of exercises there are."""
        self.marking = marking
        self.chosen = chosen
        self.is_known = is_known

    @classmethod
    def here(cls, marking: Criteria, exercise: Exercise) -> "Marker":
        """Return the marker of the process that has read the exercise that `marking` names."""
        return cls(marking, given(marking.exercise, exercise))

    @classmethod
    def of(cls, job: Job) -> "Marker":
        """Return the marker of a process that was handed a job. Raises: SpecError."""
        name = os.path.basename(job.marking.exercise)
        exercise = read_exercise(job.spec, inert(name, 255))
        return cls(job.marking, Chosen(exercise, job.note), job.known.__contains__)

    def marked(self, receive: Receive, source: str, run: Run, student: str = "") -> Marked:
        """Return the row of a hand-in, of whatever it is made; `run` runs code.

        `student` is the platform's id, by which a variant is drawn.
        """
        whose = self.marking.whose and self.marking.whose._replace(student=student)
        asked = Asked(
            lambda _: self.chosen, self.chosen, run, self.marking.reveal, self.is_known, whose
        )
        origin = Origin(source)
        report = assess(receive, origin, asked) or blamed(FAULT, origin, self.chosen)
        again = asked._replace(whose=None)
        variant = variant_row(
            report, self.chosen.exercise, whose, lambda: assess(receive, origin, again)
        )
        return self._marked(report, variant)

    def handed(self, received: Received, run: Run) -> HandedBack | None:
        """Return what a hand-in says; None if it cannot be read, which `marked` has to say why."""
        exercise = self.chosen.exercise
        read = attempt(
            lambda: (
                read_parameters(
                    entries(received, run), exercise, received.origin, self.is_known
                ).parameters
            )
        )
        if isinstance(read, Failure):
            return None
        return HandedBack(tuple(float(read[name]) for name in exercise.free))

    def fault(self, source: str, digest: str | None) -> Marked:
        """Return the row of a hand-in on which the grader itself failed."""
        return self._marked(blamed(FAULT, Origin(source, digest=digest), self.chosen))

    def unreadable(self, error: SubmissionError, source: str) -> Marked:
        """Return the row of a hand-in whose bytes cannot be had."""

        def refuse() -> Received:
            raise error

        return self.marked(refuse, source, _nothing)

    def without_code(self, receive: Receive, source: str, student: str = "") -> Marked | None:
        """Return the row of a hand-in that is not code; None if it is code and must be run."""
        ran = []

        def later(*_: object) -> Entries:
            ran.append(True)
            raise SubmissionError("crashed", "it is run elsewhere")

        marked = self.marked(receive, source, later, student)
        return None if ran else marked

    def _marked(self, report: Report, variant: VariantRow | None = None) -> Marked:
        report, texts = rendered(report, self.marking.reports)
        return Marked(row_of(report)._replace(variant=variant), texts)


def rendered(report: Report, forms: Sequence[str]) -> tuple[Report, tuple[str, ...]]:
    """Return the report's text in each form; where one fails, a report that says so."""
    texts = []
    for name in forms:
        report, text = shown(report, _rendering(name), "")
        texts.append(text)
    return report, tuple(texts)


def _nothing(*_: object) -> Entries:
    return ()


def _rendering(name: str) -> Callable[[Report], str]:
    """Return the way to write a report in the form of this name."""
    module = member("reports", name)

    def render(report: Report) -> str:
        if module is None:
            raise ModuleNotFoundError(name)
        return str(module.render(report, _LAYOUT))

    return render
