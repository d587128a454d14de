"""The fewest units that have to change, where a given weight or bias makes units wrong together.

Theory of operation. `keeping` leaves to the generic case what the units that are kept leave over.
Where there are more units than breakpoints and a number of some is given, the others may have to do
it two at a time, which is not generic. So the wrong units are counted again: one unit, then two,
then three are let free, all others stay as they are, those near a breakpoint exactly there, and
`joint` says whether what is left over can be done. The first that succeed are the wrong ones.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from grader.exact.network import Network, Unit
from grader.exact.piecewise import Breakpoint
from grader.exercise.record import Exercise
from grader.mistakes.answers import leftover
from grader.mistakes.joint import doing_together
from grader.mistakes.keeping import Kept, parts

_AT_MOST = 3
# Of so many free units all choices are tried.
_AMONG = 6


def fewest(
    exercise: Exercise, network: Network, turns: Sequence[Breakpoint], below: int
) -> Mapping[int, Kept] | None:
    """Return what every unit has to do if fewer than `below` are wrong; None if none is known."""
    able = [k for k in sorted(exercise.free_units) if exercise.units[k].v]
    if len(able) > _AMONG:
        return None
    held = {k: _held(exercise, network.units[k], k, turns) for k in able}
    for count in range(1, min(below, _AT_MOST + 1, len(able))):
        for wrong in combinations(able, count):
            kept = {k: part for k, part in held.items() if k not in wrong}
            units = [
                unit._replace(w=kept[k].answer.w, b=kept[k].answer.b) if k in kept else unit
                for k, unit in enumerate(exercise.units)
            ]
            rest = leftover(exercise.target, units, exercise.bias)
            if len(rest.breakpoints) > count:
                continue
            found = doing_together(rest, [exercise.units[k] for k in wrong])
            if found:
                for k, answer in zip(wrong, found, strict=True):
                    kept[k] = _changed(exercise, network.units[k], answer)
                return kept
    return None


def _held(exercise: Exercise, unit: Unit, k: int, turns: Sequence[Breakpoint]) -> Kept:
    """Return the unit as it stays: near a breakpoint exactly there, else as it is."""
    every = parts(exercise.units[k], unit, turns, exercise)
    return next(
        (part for part in every if part.is_in_place), Kept(unit, unit, None, is_in_place=True)
    )


def _changed(exercise: Exercise, unit: Unit, answer: Unit) -> Kept:
    """Return the unit beside what it has to do instead."""
    left, right = exercise.domain
    turn = None
    if answer.knot is not None and left < answer.knot < right:
        turn = Breakpoint(answer.knot, answer.bend)
    return Kept(unit, answer, turn, is_in_place=False)
