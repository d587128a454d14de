"""Units that keep what they do, because others can do what is then left.

Theory of operation. In the generic case each breakpoint is the work of one free unit. With units to
spare there is more than that: several units turn at one breakpoint and only their bends together
have to be right, units turn where the target goes straight on and cancel each other there, as in
relu(z) - relu(-z) = z, or several draw a line together. But whatever a right answer does, take the
units that are right off the target as if they were given, and an exercise for the other units is
left over. So units are chosen that keep what they do, the fewest first: one near a breakpoint keeps
its bend and is moved exactly onto the breakpoint; one that turns elsewhere or is active everywhere
stays as it is. What is left over needs one unit for each of its breakpoints, with an output weight
of the right sign; choices that leave too few are passed over. A unit whose weight or bias is given
has no choice of its bend at a breakpoint, so it can keep its part wherever it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice

from grader.exact.network import ZERO, Network, Unit, UnitSpec
from grader.exact.piecewise import Breakpoint
from grader.exercise.checks import Tolerance
from grader.exercise.record import Exercise
from grader.named import NamedTuple

# Of so many free units, those that can keep what they do are looked for; so many choices of them
# are weighed, and so many read.
KEPT_UP_TO = 16
_WEIGHED = 600
_READ = 40


class Kept(NamedTuple):
    """A unit as submitted, the unit that does exactly what it keeps doing, and where it turns.

    `turn` is None where it is active everywhere.
    """

    unit: Unit
    answer: Unit
    turn: Breakpoint | None
    is_in_place: bool

    @property
    def is_exact(self) -> bool:
        """Whether the unit does exactly what it keeps doing."""
        return self.unit == self.answer


class Keeping(NamedTuple):
    """The units that keep what they do, and where the others then have to turn."""

    kept: Mapping[int, Kept]
    turns: tuple[Fraction, ...]


def keepings(
    exercise: Exercise, network: Network, turns: Sequence[Breakpoint]
) -> Iterator[Keeping]:
    """Yield the choices of units that keep what they do, the fewest units first."""
    able = [k for k in sorted(exercise.free_units) if exercise.units[k].v]
    every_part = [
        (k, part)
        for k in able
        for part in parts(exercise.units[k], network.units[k], turns, exercise)
    ]
    every = (
        dict(chosen)
        for count in range(1, len(able))
        for chosen in combinations(every_part, count)
        if len({k for k, _ in chosen}) == count
    )
    return islice(_possible(islice(every, _WEIGHED), exercise, able, turns), _READ)


def _possible(
    every: Iterator[Mapping[int, Kept]],
    exercise: Exercise,
    able: Sequence[int],
    turns: Sequence[Breakpoint],
) -> Iterator[Keeping]:
    """Yield the choices that leave a unit of the right sign for each breakpoint left over."""
    for kept in every:
        changes = dict(turns)
        for part in kept.values():
            if part.turn is not None:
                x, bend = part.turn
                changes[x] = changes.get(x, ZERO) - bend
        left = [k for k in able if k not in kept]
        ups = sum(change > 0 for change in changes.values())
        downs = sum(change < 0 for change in changes.values())
        positive = sum(exercise.units[k].v > 0 for k in left)
        if ups <= positive and downs <= len(left) - positive:
            yield Keeping(kept, tuple(x for x, change in changes.items() if change))


def parts(
    given: UnitSpec, unit: Unit, turns: Sequence[Breakpoint], exercise: Exercise
) -> Iterator[Kept]:
    """Yield what the unit can keep: its part at a breakpoint, or all that it does."""
    tolerance = exercise.rules.tolerance
    near = False
    for turn in turns:
        in_place = unit.knot is not None and abs(unit.knot - turn.x) <= tolerance.x
        near |= in_place
        if in_place or given.w is not None or given.b is not None:
            yield from _part(given, unit, turn, tolerance, in_place=in_place)
    active, knot = unit.active(*exercise.domain), unit.knot
    if not near and active is not None:
        everywhere = knot is None or active == exercise.domain
        turn_there = None if knot is None or everywhere else Breakpoint(knot, unit.bend)
        yield Kept(unit, unit, turn_there, is_in_place=True)


def _part(
    given: UnitSpec, unit: Unit, turn: Breakpoint, tolerance: Tolerance, *, in_place: bool
) -> Iterator[Kept]:
    """Yield the unit as it turns exactly at the breakpoint."""
    weight = _weight(given, unit, turn.x)
    if weight:
        answer = Unit(weight, -weight * turn.x, unit.v)
        right = abs(unit.bend - answer.bend) <= tolerance.slope and unit.w * weight > 0
        turn_here = Breakpoint(turn.x, answer.bend)
        yield Kept(unit, answer, turn_here, is_in_place=in_place and right)


def _weight(given: UnitSpec, unit: Unit, x: Fraction) -> Fraction | None:
    """Return the weight with which the unit turns at x."""
    if given.b is None:
        return unit.w
    return -given.b / x if x else None
