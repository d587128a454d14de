"""What is counted of a class: who handed in, what was right, which mistakes, what was mended.

Each student's first attempt that could be read is looked at, whatever counts, since later ones have
been helped by the first one's report. A group's file, which is a hand-in of each member, is looked
at once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.analysis.hands import Hand, Results
from grader.exercise.record import Check, Exercise

Values = tuple[Fraction, ...]


class CheckFacts(NamedTuple):
    """How many have a check wholly, partly and not at all; the sum of the credits."""

    check: Check
    full: int
    partial: int
    none: int
    credit: Fraction


class MistakeFacts(NamedTuple):
    """A mistake: how many hand-ins show it, and the numbers that show it most often."""

    code: str
    made: int
    example: Values


class Mended(NamedTuple):
    """A mistake of first attempts: how many made it, how many of them no longer in their last."""

    code: str
    made: int
    mended: int


class Unread(NamedTuple):
    """Hand-ins that could not be read for one reason, and whose they are."""

    code: str
    hand_ins: int
    whose: tuple[str, ...]


class Facts(NamedTuple):
    """All counts of one run.

    `firsts` are the hand-ins that are looked at, `full` of them have full marks; checks are by x;
    `hands` are all hand-ins.
    """

    exercise: Exercise
    hand_ins: int
    students: int
    enrolled: int | None
    missing: tuple[tuple[str, str], ...]
    late: int
    unread: tuple[Unread, ...]
    failed: int
    full: int
    firsts: tuple[Hand, ...]
    again: tuple[tuple[Hand, Hand], ...]
    checks: tuple[CheckFacts, ...]
    mistakes: tuple[MistakeFacts, ...]
    mended: tuple[Mended, ...]
    hands: tuple[Hand, ...]

    @property
    def is_varied(self) -> bool:
        """Whether students have variants, and so targets of their own."""
        return self.exercise.is_open

    @property
    def n(self) -> int:
        """How many hand-ins are looked at."""
        return len(self.firsts)

    @property
    def not_read(self) -> int:
        """How many hand-ins could not be read as one; where the grader failed nobody knows."""
        return sum(each.hand_ins for each in self.unread)


def facts(results: Results) -> Facts:
    """Count everything once."""
    by_student: dict[str, list[Hand]] = {}
    for hand in results.hands:
        by_student.setdefault(hand.student, []).append(hand)
    readable = {
        student: [hand for hand in hands if hand.status == "graded"]
        for student, hands in by_student.items()
    }
    firsts = tuple(_once(hands[0] for hands in readable.values() if hands))
    whose = {hand.student for hand in firsts}
    again = tuple(
        (hands[0], hands[-1])
        for student, hands in readable.items()
        if len(hands) > 1 and student in whose
    )
    students = len(by_student)
    return Facts(
        results.exercise,
        len(results.hands),
        students,
        students + len(results.missing) if results.missing else None,
        results.missing,
        sum(hand.late for hand in results.hands),
        _unread(results.hands),
        sum(hand.status == "failed" for hand in results.hands),
        Counter(hand.score for hand in firsts)[results.exercise.points],
        firsts,
        again,
        tuple(_checks(results.exercise, firsts)),
        _mistakes(firsts),
        _mended(again),
        results.hands,
    )


def _once(hands: Iterable[Hand]) -> Iterable[Hand]:
    """Yield the hand-ins, a file that several share once."""
    seen = set()
    for hand in hands:
        key = (hand.source, hand.digest)
        if key not in seen:
            seen.add(key)
            yield hand


def _unread(hands: Sequence[Hand]) -> tuple[Unread, ...]:
    whose: dict[str, list[str]] = {}
    for hand in hands:
        if hand.status == "invalid":
            whose.setdefault(hand.error, []).append(hand.name or hand.student)
    rows = [Unread(code, len(names), tuple(names)) for code, names in whose.items()]
    return tuple(sorted(rows, key=lambda row: (-row.hand_ins, row.code)))


def _checks(exercise: Exercise, firsts: Sequence[Hand]) -> Iterable[CheckFacts]:
    for k, check in sorted(
        enumerate(exercise.checks), key=lambda each: (each[1].left, each[1].right)
    ):
        count = Counter(hand.credits[k] for hand in firsts)
        full, none = count[Fraction(1)], count[Fraction(0)]
        credit = sum((value * times for value, times in count.items()), Fraction(0))
        yield CheckFacts(check, full, len(firsts) - full - none, none, credit)


def _mistakes(firsts: Sequence[Hand]) -> tuple[MistakeFacts, ...]:
    count: Counter[str] = Counter()
    values: dict[str, Counter[tuple[int, int]]] = {}
    places: dict[Values, int] = {}  # of different numbers, which are long to hash
    for hand in firsts:
        place = places.setdefault(hand.parameters, len(places))
        for code in {code for _, code in hand.mistakes}:
            count[code] += 1
            values.setdefault(code, Counter())[len(hand.mistakes), place] += 1
    numbers = tuple(places)
    return tuple(
        MistakeFacts(code, count[code], _typical(values[code], numbers))
        for code in sorted(count, key=lambda code: (-count[code], code))
    )


def _typical(count: Counter[tuple[int, int]], numbers: Sequence[Values]) -> Values:
    """Return the most frequent numbers, of equals those with the fewest mistakes, then the least.

    Numbers with other mistakes beside it show a mistake less well.
    """
    fewest = min(mistakes for mistakes, _ in count)
    alone = {place: times for (mistakes, place), times in count.items() if mistakes == fewest}
    most = max(alone.values())
    return min(numbers[place] for place, times in alone.items() if times == most)


def _mended(again: Sequence[tuple[Hand, Hand]]) -> tuple[Mended, ...]:
    made: Counter[str] = Counter()
    mended: Counter[str] = Counter()
    for first, last in again:
        left = {code for _, code in last.mistakes}
        for code in {code for _, code in first.mistakes}:
            made[code] += 1
            mended[code] += code not in left
    return tuple(
        Mended(code, made[code], mended[code])
        for code in sorted(made, key=lambda code: (-made[code], code))
    )
