"""What every row of a block earns at each breakpoint of the target."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.doubt import Comparison
from grader.cohort.columns.quotients import (
    Quotient,
    faded,
    larger,
    quotient,
    smaller,
    undecided,
    unknown,
    where,
)
from grader.cohort.columns.scaled import Scaled, Turn
from grader.cohort.columns.segment_columns import Earned, Part
from grader.cohort.columns.sighted import KnotColumn, Sight

_FEW = 2  # as in grader.exercise.checks


def turns(
    at: Scaled, sight: Sight, compare: Comparison, position: Fraction
) -> list[Earned]:
    """Return what the rows earn at each breakpoint; where it is open, `compare` knows."""
    return [_turn(at, sight, turn, compare, position) for turn in at.turns]


def _turn(
    at: Scaled, sight: Sight, turn: Turn, compare: Comparison, position: Fraction
) -> Earned:
    near, far = at.distance
    slack = at.slack[0]
    needed = float(turn.needed)
    away = [np.abs(knot.distances[turn.place]) for knot in sight.knots]
    there, around = [], []
    for knot, distance in zip(sight.knots, away, strict=True):
        there.append(compare.distance(distance, near, knot.a) & knot.inside)
        around.append(compare.distance(distance, far, knot.a) & knot.inside)
    total = _sum(there, sight.knots) - needed
    full = compare.bends(np.abs(total), slack)
    own: Mask = np.zeros_like(full)
    for knot, is_there in zip(sight.knots, there, strict=True):
        own |= is_there & compare.bends(np.abs(knot.bend - needed), slack)
    own &= ~full
    if len(there) > _FEW:
        own &= _count(there) <= _FEW
    full = full | own
    rows = np.flatnonzero(~full & np.logical_or.reduce(around))
    if not compare.is_exact:
        return Earned(full, Part(rows, unknown(len(rows))), own)
    credit, is_position = _partial(at, sight, turn, position, (there, around), rows)
    some = credit.above > 0
    part = Part(rows[some], Quotient(credit.above[some], credit.below[some], credit.open[some]))
    return Earned(full, part, own, is_position[some])


def _sum(there: list[Mask], knots: tuple[KnotColumn, ...]) -> Column:
    total = np.where(there[0], knots[0].bend, 0.0)
    for knot, is_there in zip(knots[1:], there[1:], strict=True):
        total += np.where(is_there, knot.bend, 0.0)
    return total


def _count(there: list[Mask]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = np.add.reduce([each.astype(np.int64) for each in there])
    return found


def _partial(  # noqa: PLR0913, PLR0917 - one breakpoint seen from all sides
    at: Scaled,
    sight: Sight,
    turn: Turn,
    position: Fraction,
    windows: tuple[list[Mask], list[Mask]],
    rows: NDArray[np.intp],
) -> tuple[Quotient, Mask]:
    """Return the credit of the rows that have neither full credit nor an own unit.

    Beside it, where it is for the position.
    """
    there, around = ([mask[rows] for mask in masks] for masks in windows)
    bends = [knot.bend[rows] for knot in sight.knots]
    zero = quotient(np.zeros(len(rows)), np.ones(len(rows)))
    distances = [
        quotient(np.abs(k.distances[turn.place][rows]), np.where(k.a[rows] > 0, k.a[rows], 1.0))
        for k in sight.knots
    ]
    together, count = zero, _count(around)
    farthest = zero
    for is_around, distance in zip(around, distances, strict=True):
        farthest = where(is_around, larger(farthest, distance), farthest)
    total = np.add.reduce([np.where(is_in, bend, 0.0) for is_in, bend in zip(around, bends, strict=True)])
    together = _near(at, turn, farthest, total)
    near = where(count > 0, together, zero)
    for is_around, distance, bend in zip(around, distances, bends, strict=True):
        alone = is_around & (count == _FEW)
        near = where(alone, larger(near, _near(at, turn, distance, bend)), near)
    placed = zero
    if turn.needed and position:
        for is_there, bend in zip(there, bends, strict=True):
            fits = is_there & (bend * turn.needed > 0)
            placed = where(fits, larger(placed, _likeness(bend, turn, position)), placed)
    is_position = (placed.nearest > near.nearest) & (placed.above > 0)
    credit = where(is_position, placed, near)
    return credit._replace(open=near.open | placed.open | undecided(near, placed)), is_position


def _near(at: Scaled, turn: Turn, distance: Quotient, bends: Column) -> Quotient:
    """Return the credit for a distance and a sum of bends."""
    off = quotient(np.abs(bends - float(turn.needed)), np.ones_like(bends))
    return smaller(faded(distance, *at.distance), faded(off, *at.slack))


def _likeness(bend: Column, turn: Turn, position: Fraction) -> Quotient:
    """Return the credit for bends beside what is needed."""
    size, needed = np.abs(bend), float(abs(turn.needed))
    size = np.maximum(size, 1.0)
    return quotient(
        np.minimum(size, needed) * float(position.numerator),
        np.maximum(size, needed) * float(position.denominator),
    )
