"""The functions of a class, alike ones together, and where its units turn."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.cohort.analysis.facts import Values
from grader.cohort.analysis.hands import Hand
from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.record import Exercise
from grader.text.digest import sha256

MOST = 200  # lines that are drawn
_LOOKED_AT = 2000  # different settings whose functions are worked out


class SharedLine(NamedTuple):
    """A function, and how many hand-ins are it."""

    function: PiecewiseLinear
    hands: int


class Lines(NamedTuple):
    """The lines to draw, the most frequent last; of how many hand-ins; `all_` if none is left."""

    lines: tuple[SharedLine, ...]
    shown: int
    total: int

    @property
    def all_(self) -> bool:
        """Whether every hand-in is drawn."""
        return self.shown == self.total


class Turns(NamedTuple):
    """How many free units turn at each x inside the domain, and how many nowhere there."""

    at: tuple[tuple[Fraction, int], ...]
    never: int


def values_of(hands: Sequence[Hand]) -> Counter[Values]:
    """Return how many hand-ins have the same numbers."""
    return Counter(hand.parameters for hand in hands)


def drawn(exercise: Exercise, values: Counter[Values]) -> Lines:
    """Return the most frequent functions.

    Of those that are equally frequent the digest of the numbers decides: for single ones that is a
    sample that nothing about them has chosen.
    """
    kept = sorted(values, key=lambda each: (-values[each], _drawn_lot(each)))[:_LOOKED_AT]
    functions: Counter[PiecewiseLinear] = Counter()
    for each in kept:
        functions[function_of(exercise, each)] += values[each]
    # most_common keeps the order in which they came among equals
    lines = tuple(SharedLine(*each) for each in reversed(functions.most_common(MOST)))
    return Lines(lines, sum(line.hands for line in lines), sum(values.values()))


def _drawn_lot(values: Values) -> str:
    return str(sha256(" ".join(map(str, values)).encode()).hexdigest())


def function_of(exercise: Exercise, values: Values) -> PiecewiseLinear:
    """Return the function that free parameters make."""
    network = exercise.network(dict(zip(exercise.free, values, strict=True)))
    return network.as_piecewise(*exercise.domain)


def turns(exercise: Exercise, values: Counter[Values]) -> Turns:
    """Return where the units turn whose weight and bias are not both given."""
    left, right = exercise.domain
    at: Counter[Fraction] = Counter()
    never = 0
    place = {name: k for k, name in enumerate(exercise.free)}
    for unit in sorted(exercise.free_units):
        given = exercise.units[unit]
        w, b = place.get(f"w{unit}"), place.get(f"b{unit}")
        pairs: Counter[tuple[Fraction | None, Fraction | None]] = Counter()
        for each, hands in values.items():
            pairs[given.w if w is None else each[w], given.b if b is None else each[b]] += hands
        for (weight, bias), hands in pairs.items():
            knot = -bias / weight if weight and bias is not None else None
            if knot is not None and left < knot < right:
                at[knot] += hands
            else:
                never += hands
    # Floats keep the order and are compared faster; where two are equal the fractions decide.
    return Turns(tuple(sorted(at.items(), key=lambda each: (float(each[0]), each[0]))), never)
