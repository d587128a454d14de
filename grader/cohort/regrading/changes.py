"""What is different between two gradings of the same hand-ins."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.graded import GradedRow
from grader.cohort.manifest import HandIn
from grader.cohort.regrading.runs import Graded, RegradeError
from grader.exercise.record import Exercise
from grader.text.inert import inert
from grader.text.lists import listed

ZERO = Fraction(0)


class CheckChange(NamedTuple):
    """A check whose points are others, by how much; `before` or `after` is None where it is new."""

    check: str
    before: Fraction | None
    after: Fraction | None

    @property
    def by(self) -> Fraction:
        """How much it adds to the score, or takes off."""
        return (self.after or ZERO) - (self.before or ZERO)


class ScoreChange(NamedTuple):
    """A hand-in under both: its scores, None where the grader failed, and the checks' changes."""

    seq: int
    hand_in: HandIn
    before: Fraction | None
    after: Fraction | None
    checks: tuple[CheckChange, ...]
    statuses: tuple[str, str]

    @property
    def by(self) -> Fraction:
        """How far the score rises, or below 0 falls."""
        return (self.after or ZERO) - (self.before or ZERO)


class ByCheck(NamedTuple):
    """For how many a check rises and falls, and the sum."""

    check: str
    rises: int = 0
    falls: int = 0
    sum: Fraction = ZERO

    def plus(self, by: Fraction) -> "ByCheck":
        """Return the same with another hand-in, whose points on the check change by this."""
        rises, falls = self.rises + (by > 0), self.falls + (by < 0)
        return ByCheck(self.check, rises, falls, self.sum + by)


class Regrading(NamedTuple):
    """All hand-ins under both, in their order; `left_out` says what cannot be compared."""

    old: Graded
    new: Graded
    scores: tuple[ScoreChange, ...]
    left_out: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[ScoreChange, ...]:
        """Those whose score is another, the largest fall first, then to the largest rise."""
        return tuple(
            sorted((each for each in self.scores if each.by), key=lambda each: (each.by, each.seq))
        )

    @property
    def rise(self) -> int:
        """How many scores rise."""
        return sum(each.by > 0 for each in self.scores)

    @property
    def fall(self) -> int:
        """How many scores fall."""
        return sum(each.by < 0 for each in self.scores)


def compared(old: Graded, new: Graded) -> Regrading:
    """Compare two gradings, hand-in by hand-in.

    What is in one only, and what is other bytes in both, is left out and said.

    Raises: RegradeError if nothing is in both.
    """
    places = {hand_in: seq for seq, hand_in in enumerate(new.terms.hand_ins)}
    scores, other_bytes, gone = [], [], []
    for seq, hand_in in enumerate(old.terms.hand_ins):
        place = places.pop(hand_in, None)
        if place is None:
            gone.append(str(old.hand_ins[seq].source))
        elif old.rows[seq].digest != new.rows[place].digest:
            other_bytes.append(str(old.hand_ins[seq].source))
        else:
            scores.append(_change(seq, old.hand_ins[seq], old.rows[seq], new.rows[place]))
    versions = [run.terms.terms["version"] for run in (old, new)]
    come = [str(new.hand_ins[place].source) for place in places.values()]
    left_out = tuple(_left_out(other_bytes, gone, come))
    if versions[0] != versions[1]:
        left_out += (f"graded by version {inert(versions[0], 40)} and {inert(versions[1], 40)}",)
    if not scores:
        raise RegradeError(f"the two runs have no hand-in in common: {'; '.join(left_out)}")
    return Regrading(old, new, tuple(scores), left_out)


def _left_out(
    other_bytes: Sequence[str], gone: Sequence[str], come: Sequence[str]
) -> Iterator[str]:
    for sources, what in (
        (other_bytes, "changed since, so not compared"),
        (gone, "only in the first run"),
        (come, "only in the second run"),
    ):
        if sources:
            yield f"{what}: {listed(inert(source, 80) for source in sources)}"


def _change(seq: int, hand_in: HandIn, old: GradedRow, new: GradedRow) -> ScoreChange:
    before = {point.check: Fraction(point.points) for point in old.points}
    after = {point.check: Fraction(point.points) for point in new.points}
    checks = (
        CheckChange(check, before.get(check), after.get(check)) for check in {**before, **after}
    )
    return ScoreChange(seq, hand_in, old.exact, new.exact, moved(checks), (old.status, new.status))


def moved(checks: Iterable[CheckChange]) -> tuple[CheckChange, ...]:
    """Return the checks that change, the largest change first."""
    return tuple(sorted((each for each in checks if each.by), key=lambda each: -abs(each.by)))


def by_check(changes: Regrading) -> tuple[ByCheck, ...]:
    """Return the checks that change for anybody, in the exercise's order, those gone at the end."""
    found = unchanged(changes.old.exercise, changes.new.exercise)
    for each in changes.scores:
        for check in each.checks:
            found[check.check] = found[check.check].plus(check.by)
    return tuple(each for each in found.values() if each.rises or each.falls)


def unchanged(before: Exercise, after: Exercise) -> dict[str, ByCheck]:
    """Return the checks of both with nobody to change, those that are gone at the end."""
    names = [check.id for check in (*after.checks, *before.checks)]
    return {name: ByCheck(name) for name in names}
