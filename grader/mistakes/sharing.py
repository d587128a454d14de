"""Units that share a turn: which of them keep their part of it, so that others do what is left.

Theory of operation. Where there are more free units than breakpoints, several may turn at one
breakpoint, and only their bends together have to be right. A unit that turns there keeps its bend
and is moved exactly onto the breakpoint; taken off the target as if it were given, it leaves an
exercise for the other units, in which each breakpoint is again the work of one. A unit whose weight
or bias is given has no choice of its bend at a breakpoint, so it can keep its part wherever it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice

from grader.exact.network import Network, Unit, UnitSpec
from grader.exact.piecewise import Breakpoint
from grader.exercise.checks import Tolerance
from grader.exercise.record import Exercise
from grader.named import NamedTuple

# Of so many free units, those that share a turn are looked for; so many ways to share are tried.
SHARED_UP_TO = 16
_MOST = 14


class Kept(NamedTuple):
    """A unit as submitted, its part of a shared turn, and the unit that does exactly that part."""

    unit: Unit
    turn: Breakpoint
    answer: Unit
    is_in_place: bool

    @property
    def is_exact(self) -> bool:
        """Whether the unit does exactly its part."""
        return self.unit == self.answer


def keepings(
    exercise: Exercise, network: Network, turns: Sequence[Breakpoint], *, against: bool
) -> Iterator[Mapping[int, Kept]]:
    """Yield the ways in which some free units keep their part of a turn, the fewest units first.

    `against`: also a part that is too large or in the other direction, which others make up for.
    """
    parts = [
        (k, part)
        for k in sorted(exercise.free_units)
        for part in _parts(
            exercise.units[k], network.units[k], turns, exercise.rules.tolerance, against=against
        )
    ]
    spare = len(exercise.free_units) - len(turns)
    every = (
        dict(chosen)
        for count in range(1, spare + 1)
        for chosen in combinations(parts, count)
        if len({k for k, _ in chosen}) == count
    )
    return islice(every, _MOST)


def _parts(
    given: UnitSpec,
    unit: Unit,
    turns: Sequence[Breakpoint],
    tolerance: Tolerance,
    *,
    against: bool,
) -> Iterator[Kept]:
    """Yield what the unit can keep: less than the whole change, and in its direction, or not."""
    for turn in turns:
        weight = _weight(given, unit, turn.x)
        if not weight:
            continue
        answer = Unit(weight, -weight * turn.x, unit.v)
        in_place = unit.knot is not None and abs(unit.knot - turn.x) <= tolerance.x
        wholly_free = given.w is None and given.b is None
        fits = 0 < answer.bend / turn.slope_change < 1 or (against and answer.bend)
        if fits and answer.bend != turn.slope_change and (in_place or not wholly_free):
            part = Breakpoint(turn.x, answer.bend)
            right = abs(unit.bend - answer.bend) <= tolerance.slope
            yield Kept(unit, part, answer, in_place and right and unit.w * weight > 0)


def _weight(given: UnitSpec, unit: Unit, x: Fraction) -> Fraction | None:
    """Return the weight with which the unit turns at x."""
    if given.b is None:
        return unit.w
    return -given.b / x if x else None
