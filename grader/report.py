"""The frozen Report: everything that was found out about one submission, in exact numbers."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from types import MappingProxyType

from grader.errors import LONGEST_MESSAGE
from grader.exact.network import Network
from grader.exercise.checks import Nearness
from grader.exercise.record import Exercise
from grader.named import NamedTuple
from grader.submission.origin import Origin
from grader.text.codes import Basis, Kind, Reveal, Role, Status
from grader.text.inert import Inert, InertLines, constructed, inert, inert_lines

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import Self


class Misfit(NamedTuple):
    """Where a segment is furthest off: expected is the target's value at x, found the network's."""

    x: Fraction
    expected: Fraction
    found: Fraction
    error: Fraction


class CheckResult(NamedTuple):
    """One check: what it is, what it earned, and what was found.

    `credit` counts from the blank's; `points` is what a goal earned or, 0 or less, what a guard
    takes off. `misfit` and `coverage` belong to a segment; `expected` and `found`, slope changes,
    to a breakpoint, whose left and right are its x; `near` says how near those turns are whose
    credit fades.
    """

    id: str
    kind: Kind
    role: Role
    basis: Basis
    passed: bool
    credit: Fraction
    points: Fraction
    max_points: Fraction
    message: Inert
    left: Fraction
    right: Fraction
    misfit: Misfit | None = None
    coverage: Fraction | None = None
    expected: Fraction | None = None
    found: Fraction | None = None
    near: Nearness | None = None


class UnitResult(NamedTuple):
    """One unit of the submitted network; `active` is where z > 0 inside the domain."""

    unit: int
    fixed: bool
    w: Fraction
    b: Fraction
    v: Fraction
    knot: Fraction | None
    active: tuple[Fraction, Fraction] | None


class Sentences(NamedTuple):
    """The sentences of a diagnosis, for whoever sets them apart; "" for what there is not."""

    does: str
    needed: str
    witness: str
    idea: str
    look: str
    answer: str


class _Diagnosis(NamedTuple):
    unit: int | None
    code: str
    message: InertLines
    also: tuple[str, ...]
    parts: Sentences | None


@constructed
class Diagnosis(_Diagnosis):
    """A named mistake of one unit, or an observation about several (unit None).

    `parts` are the sentences of the message; an author's own text has none.
    """

    __slots__ = ()

    def __new__(
        cls,
        unit: int | None,
        code: str,
        message: str,
        also: tuple[str, ...] = (),
        parts: Sentences | None = None,
    ) -> "Self":
        """Make the message inert, which may be the author's own text, line by line."""
        return super().__new__(cls, unit, code, inert_lines(message), also, parts)


class Change(NamedTuple):
    """A check whose credit rose or fell; `wholly` if from nothing to all, or back."""

    id: str
    name: str
    wholly: bool


class Changes(NamedTuple):
    """What changed since an earlier report: both scores, and the checks gained and lost.

    Checks cannot be compared unless `both_graded`.
    """

    before: Fraction | None
    after: Fraction | None
    gained: tuple[Change, ...] = ()
    lost: tuple[Change, ...] = ()
    both_graded: bool = True


class _Failure(NamedTuple):
    code: str
    message: Inert
    where: Inert | None


@constructed
class Failure(_Failure):
    """Why nothing could be graded: a code of `codes.ERRORS`, what to do, and a key or line."""

    __slots__ = ()

    def __new__(cls, code: str, message: str, where: str | None = None) -> "Self":
        """Make message and place inert."""
        place = None if where is None else inert(where)
        return super().__new__(cls, code, inert(message, LONGEST_MESSAGE), place)


class Report(NamedTuple):
    """The verdict on one submission.

    `status` is graded, invalid (score 0, see `error`) or failed (score None: the grader's fault).
    `exercise` is None only if it is not known which one the submission is for. `chosen` says how it
    was found, or where, if that is not plain from the command and the submission. `notes` says how
    a trained network was read, a sentence each.
    """

    status: Status
    score: Fraction | None
    exercise: Exercise | None
    origin: Origin
    reveal: Reveal = "hints"
    parameters: Mapping[str, Fraction] = MappingProxyType({})
    network: Network | None = None
    checks: tuple[CheckResult, ...] = ()
    units: tuple[UnitResult, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    error: Failure | None = None
    since: Changes | None = None
    chosen: Inert = Inert("")
    notes: tuple[Inert, ...] = ()

    @property
    def max_score(self) -> Fraction | None:
        """The points of the exercise."""
        return self.exercise.points if self.exercise else None

    def __repr__(self) -> str:
        """Return one line: whose report, and its score, cut off after two decimals."""
        name = inert(self.exercise.id, 40) if self.exercise else "no exercise"
        if self.score is None or self.max_score is None:
            return f"<Report on {name}: {self.status}>"
        points = "{}.{:02}".format(*divmod(floor(self.score * 100), 100))
        return f"<Report on {name}: {self.status}, {points} of {self.max_score} points>"

    @property
    def measured_by(self) -> str | None:
        """The exercise's title and id, and how it was chosen, as the head of a report tells it."""
        if self.exercise is None:
            return None
        variant, which = self.exercise.variant, ""
        if variant is not None and variant.number is not None:
            which = f", variant {variant.number:,} of {variant.of:,}"
        if self.chosen:
            return f"{self.exercise.id} ({self.chosen}){which}: {self.exercise.title}"
        return f"{self.exercise.title} ({self.exercise.id}){which}"
