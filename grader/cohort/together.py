"""Hand-ins graded as columns, many at a time, with the rows that each would get alone.

These are plain JSON files, and others of which a worker has read the parameters. What is not plain,
and whatever columns leave open, goes the way of a single file.
"""

from importlib.util import find_spec
from typing import NamedTuple, Protocol

from grader.cohort.graded import GradedRow
from grader.cohort.marking import Criteria
from grader.cohort.workers import Errand
from grader.desk.assess import attempt
from grader.exercise.record import Exercise
from grader.report import Failure

WORTH_IT = 100  # files: of fewer, to import NumPy takes longer than grading them
_FULL = 250  # files: so many make up for what a block of columns takes, however few its rows


Values = tuple[float, ...]


class GradedTogether(NamedTuple):
    """A hand-in, its parameters and its row; one with None must be graded alone."""

    errand: Errand
    parameters: Values
    row: GradedRow | None


class _Plain(Protocol):
    def __call__(self, data: bytes, /) -> Values | None:
        """Return the parameters in a plain file; None if it is not one."""


class _Rows(Protocol):
    def rows(
        self, parameters: list[Values], digests: list[str | None], /
    ) -> list[GradedRow | None]:
        """Return the rows of submissions, None for each that must be graded alone."""


class WaitingFiles:
    """The files that wait to be graded together."""

    def __init__(self, plain: _Plain, grader: _Rows) -> None:
        """Take what reads a plain file, and what makes rows."""
        self._plain = plain
        self._grader = grader
        self._waiting: list[tuple[Errand, Values]] = []

    @property
    def is_full(self) -> bool:
        """Whether there are enough to be graded."""
        return len(self._waiting) >= _FULL

    def take(self, errand: Errand) -> bool:
        """Take a plain file; tell whether it is one."""
        row = self._plain(errand.data) if errand.kind == "json" else None
        if row is not None:
            self.add(errand, row)
        return row is not None

    def add(self, errand: Errand, parameters: Values) -> None:
        """Take a hand-in of which the parameters are known."""
        self._waiting.append((errand, parameters))

    def graded(self) -> list[GradedTogether]:
        """Return all that wait, graded."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return []
        parameters = [row for _, row in waiting]
        digests = [errand.digest for errand, _ in waiting]
        found = attempt(lambda: self._grader.rows(parameters, digests))
        rows = [None] * len(waiting) if isinstance(found, Failure) else found
        return [
            GradedTogether(errand, values, row)
            for (errand, values), row in zip(waiting, rows, strict=True)
        ]


def together(exercise: Exercise, marking: Criteria) -> WaitingFiles | None:
    """Return what grades plain files together.

    None where each must be graded alone, as reports are asked for or everybody has a variant, or
    NumPy and msgspec, of the extra `class`, are not installed.
    """
    if marking.reports or marking.whose is not None or exercise.variant is not None:
        return None
    if find_spec("numpy") is None or find_spec("msgspec") is None:
        return None
    from grader.cohort.columns.row_grader import RowGrader
    from grader.cohort.plain_file import plain_reader

    plain = plain_reader(exercise)
    return plain and WaitingFiles(plain, RowGrader(exercise, marking.reveal))
