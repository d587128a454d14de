"""Equal hand-ins of different people, where it means something that they are equal.

Right answers are few, and so are the usual mistakes: that two agree in them means nothing. What is
left are wrong numbers that no mistake explains and that chance would give no pair of in a thousand
classes, and code that is the same to the byte. Nothing here is a proof: ask, do not conclude.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.analysis.coincidence import SELDOM, chance_pairs
from grader.cohort.analysis.facts import Facts, Values
from grader.cohort.analysis.hands import Hand
from grader.cohort.analysis.lessons import UNNAMED
from grader.exercise.record import Exercise

_CODE = (".py", ".ipynb")
_MOST = 10  # people of one group: of more it is a template, or an answer that goes round


class Alike(NamedTuple):
    """People whose hand-ins are equal; in how many classes chance gives such a pair, 0 for code."""

    whose: tuple[str, ...]
    classes: int


def alike(facts: Facts) -> tuple[Alike, ...]:
    """Return the groups, code first."""
    wrong = [hand for hand in facts.firsts if 0 < hand.score < facts.exercise.points]
    same_code = tuple(_same_code(wrong))
    named = {frozenset(each.whose) for each in same_code}
    numbers = _same_numbers(facts.exercise, facts.firsts, wrong)
    return (*same_code, *(each for each in numbers if frozenset(each.whose) not in named))


def _same_code(hands: Sequence[Hand]) -> Iterator[Alike]:
    groups: dict[str, list[Hand]] = defaultdict(list)
    for hand in hands:
        if hand.digest and hand.source.lower().endswith(_CODE):
            groups[hand.digest].append(hand)
    for group in groups.values():
        if 1 < len(group) <= _MOST:
            yield Alike(people_of(group), 0)


def _same_numbers(
    exercise: Exercise, firsts: Sequence[Hand], wrong: Sequence[Hand]
) -> Iterator[Alike]:
    groups: dict[Values, list[Hand]] = defaultdict(list)
    for hand in wrong:
        unexplained = {unit for unit, code in hand.mistakes if code == UNNAMED}
        if unexplained == exercise.free_units and not _on_grid(exercise, hand.parameters):
            groups[hand.parameters].append(hand)
    every = [_units(exercise, hand.parameters) for hand in firsts] if groups else []
    units = [Counter(each) for each in zip(*every, strict=True)]
    for values, group in groups.items():
        if 1 < len(group) <= _MOST:
            expected = _expected(units, _units(exercise, values), (len(group), len(firsts)))
            if expected < SELDOM:
                yield Alike(people_of(group), int(1 / expected))


def _expected(
    counts: Sequence[Counter[Values]], units: Sequence[Values], sizes: tuple[int, int]
) -> Fraction:
    """Return the pairs that chance gives where each unit is as frequent as among all the others.

    One more than were seen, since what nobody else has handed in is not impossible.
    """
    alike_, n = sizes
    share = Fraction(1)
    for count, unit in zip(counts, units, strict=True):
        share *= Fraction(count[unit] - alike_ + 1, n - alike_ + 1)
    return chance_pairs(n, share * share)


def _units(exercise: Exercise, values: Values) -> tuple[Values, ...]:
    """Return the free parameters of each unit that has some."""
    of: dict[int, list[Fraction]] = {}
    for (unit, _), value in zip(exercise.free.values(), values, strict=True):
        of.setdefault(unit, []).append(value)
    return tuple(tuple(of[unit]) for unit in sorted(of))


def _on_grid(exercise: Exercise, values: Values) -> bool:
    """Tell whether sliders give these numbers: with so few settings many people meet."""
    grid = exercise.sliders
    return grid is not None and all(
        grid.min <= value <= grid.max and ((value - grid.min) / grid.step).denominator == 1
        for value in values
    )


def people_of(group: Sequence[Hand]) -> tuple[str, ...]:
    """Return who handed these in: the name, and the id that tells people of one name apart."""
    return tuple(f"{hand.name} ({hand.student})" if hand.name else hand.student for hand in group)
