"""What the right answers of one variant earn in another, for every pair.

Theory of operation. A pair is left out where an upper bound of the score is too low already: a
segment earns nothing if the error at one of its ends is beyond the fade, a breakpoint nothing if no
free unit turns within the fade of it. Free units' activations at all ends and breakpoints of the
list are computed once for each answer, so the bound is whole numbers' sums. What is left is graded.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from grader.authoring.equality.solved import Answer, Make, VariantFacts
from grader.exact.network import ZERO
from grader.exercise.record import Check, Exercise
from grader.grading import grade

NEARLY = Fraction(3, 5)  # of full marks: what is nearly right


class Crossed(NamedTuple):
    """A right answer of one variant that earns many points in another."""

    answer_of: int
    graded_as: int
    score: Fraction


class _Seen(NamedTuple):
    """An answer of a variant: free units' activations at the places, times `scale`, and knots."""

    number: int
    answer: Answer
    activations: tuple[tuple[int, ...], ...]
    knots: tuple[Fraction, ...]


def crossed(make: Make, facts: Sequence[VariantFacts], graded_as: Sequence[int]) -> list[Crossed]:
    """Return the pairs whose answer is right or nearly right in a variant of `graded_as`."""
    made = {fact.number: make(fact.number) for fact in facts}
    places = sorted({x for each in made.values() for x in _ends(each)})
    scale = lcm(*(n.denominator for f in facts for a in f.answers for n in a.values()))
    scale *= lcm(*(x.denominator for x in places))
    seen = [
        _seen(made[fact.number], fact.number, answer, places, scale)
        for fact in facts
        for answer in fact.answers
    ]
    found: list[Crossed] = []
    for number in graded_as:
        found += _against(made[number], number, seen, _Bound(made[number], places, scale))
    return found


def _ends(exercise: Exercise) -> tuple[Fraction, ...]:
    return (exercise.domain[0], *(segment.right for segment in exercise.segments))


def _seen(
    exercise: Exercise, number: int, answer: Answer, places: Sequence[Fraction], scale: int
) -> _Seen:
    units = exercise.network(answer).units
    free = sorted(exercise.free_units)
    activations = tuple(tuple(int(units[k].a(x) * scale) for x in places) for k in free)
    knots = tuple(knot for k in free if (knot := units[k].knot) is not None)
    return _Seen(number, answer, activations, knots)


def _against(
    exercise: Exercise, number: int, seen: Sequence[_Seen], bound: "_Bound"
) -> Iterator[Crossed]:
    needed = NEARLY * exercise.points
    for each in seen:
        if each.number == number or bound.most(each) < needed:
            continue
        earned = grade(exercise, each.answer, reveal="verdict").score
        if earned is not None and earned >= needed:
            yield Crossed(each.number, number, earned)


class _Bound:
    """How many points an answer may earn at most in one variant."""

    def __init__(self, exercise: Exercise, places: Sequence[Fraction], scale: int) -> None:
        self.rules = exercise.rules
        self.reach = self.rules.fade.x * self.rules.tolerance.x  # of a turn that earns anything
        self.goals = [check for check in exercise.checks if check.role == "goal"]
        free = sorted(exercise.free_units)
        blank = exercise.network(dict.fromkeys(exercise.free, ZERO))
        fixed = [u for k, u in enumerate(blank.units) if k not in exercise.free_units]
        left, right = exercise.domain
        rest = {
            x: sum((u.v * u.a(x) for u in fixed), exercise.bias) - exercise.target.value(x)
            for x in places
            if left <= x <= right
        }
        weights = [exercise.units[k].v for k in free]
        self.more = lcm(*(n.denominator for n in (*weights, *rest.values())))
        self.weights = [int(v * self.more) for v in weights]
        self.rest = {x: int(value * self.more * scale) for x, value in rest.items()}
        self.at = {x: i for i, x in enumerate(places)}
        limit = self.rules.fade.value * self.rules.tolerance.value
        self.limit = max(limit, self.rules.tolerance.value) * self.more * scale
        self.turns = {
            check.id: sum((u.v * abs(u.w) for u in fixed if self._is_near(u.knot, check)), ZERO)
            for check in self.goals
            if check.kind == "breakpoint"
        }

    def most(self, seen: _Seen) -> Fraction:
        return sum((check.worth for check in self.goals if self._may_earn(check, seen)), ZERO)

    def _may_earn(self, check: Check, seen: _Seen) -> bool:
        if check.kind == "segment":
            ends = (check.left, check.right)
            return all(abs(self._error(x, seen)) <= self.limit for x in ends)
        if any(self._is_near(knot, check) for knot in seen.knots):
            return True
        # Without a turn of the student's only what is given already can be enough.
        return abs(self.turns[check.id] - check.slope_change) <= self.rules.tolerance.slope

    def _error(self, x: Fraction, seen: _Seen) -> int:
        place = self.at[x]
        pairs = zip(self.weights, seen.activations, strict=True)
        return sum(weight * values[place] for weight, values in pairs) + self.rest[x]

    def _is_near(self, knot: Fraction | None, check: Check) -> bool:
        return knot is not None and abs(knot - check.left) <= self.reach
