"""Who handed in a right answer to a variant that somebody else has: a fact, and no more than that.

Looked at are all attempts. A hand-in that names another variant than the student's is not graded,
and the run has kept whether it answers the variant that it names; any other hand-in below full
marks is compared with the variants that people of this class have. A right network is within the
tolerance everywhere, so a look at the ends and the breakpoints leaves few to examine.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.analysis.facts import Facts, Values
from grader.cohort.analysis.hands import Hand
from grader.errors import SpecError
from grader.exercise.evidence import examine
from grader.exercise.record import Exercise


class Another(NamedTuple):
    """A hand-in that is right for another variant, and one of each who has that: maybe nobody."""

    hand: Hand
    number: int
    holders: tuple[Hand, ...]


class _Target(NamedTuple):
    """A variant, and within which values a right network is at some places."""

    exercise: Exercise
    bounds: tuple[tuple[Fraction, Fraction, Fraction], ...]


def anothers(facts: Facts) -> tuple[Another, ...]:
    """Return them in the order of the hand-ins, each student's answer to a variant once."""
    variant = facts.exercise.variant
    if variant is None or variant.make is None:
        return ()
    holders: dict[int, dict[str, Hand]] = defaultdict(dict)
    for hand in facts.hands:
        if hand.variant is not None and hand.variant.number is not None:
            holders[hand.variant.number].setdefault(hand.student, hand)
    targets = {}
    for number in sorted(holders):
        with suppress(SpecError):  # a faulty one has no right answers
            targets[number] = _target(variant.make(number))
    found: dict[tuple[str, int], Another] = {}
    for hand in facts.hands:
        for number in _right_for(hand, facts.exercise.points, targets):
            theirs = tuple(holders[number].values()) if number in holders else ()
            found.setdefault((hand.student, number), Another(hand, number, theirs))
    return tuple(found.values())


def _target(exercise: Exercise) -> _Target:
    left, right = exercise.domain
    tolerance = exercise.rules.tolerance.value
    places = (right, left, *(turn.x for turn in exercise.target.breakpoints))
    values = ((x, exercise.target.value(x)) for x in places)
    return _Target(exercise, tuple((x, y - tolerance, y + tolerance) for x, y in values))


def _right_for(hand: Hand, points: Fraction, targets: Mapping[int, _Target]) -> Iterator[int]:
    """Yield the variants that a hand-in is right for and that are not the student's own."""
    own = hand.variant
    if own is None:
        return
    if own.right_for is not None:
        yield own.right_for
    if hand.status != "graded" or hand.score == points:
        return
    for number, target in targets.items():
        if number != own.number and _is_right(target, hand.parameters):
            yield number


def _is_right(target: _Target, values: Values) -> bool:
    exercise = target.exercise
    network = exercise.network(dict(zip(exercise.free, values, strict=True)))
    if any(not low <= network.value(x) <= high for x, low, high in target.bounds):
        return False
    return all(each.credit == 1 for each in examine(exercise, exercise.checks, network))
