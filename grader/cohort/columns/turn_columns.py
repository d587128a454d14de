"""What every row of a block earns at each breakpoint of the target."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.doubt import Comparison
from grader.cohort.columns.quotients import (
    Quotient,
    faded,
    larger,
    number,
    of_rows,
    quotient,
    smaller,
    undecided,
    unknown,
    where,
)
from grader.cohort.columns.scaled import Scaled, Turn
from grader.cohort.columns.segment_columns import Earned, PartCredit
from grader.cohort.columns.sighted import KnotColumn, Sight

_FEW = 2  # as in grader.exercise.checks


def turns(at: Scaled, sight: Sight, compare: Comparison, position: Fraction) -> list[Earned]:
    """Return what the rows earn at each breakpoint; where it is open, `compare` knows."""
    return [_turn(at, sight, turn, compare, position) for turn in at.turns]


def _turn(at: Scaled, sight: Sight, turn: Turn, compare: Comparison, position: Fraction) -> Earned:
    windows = _windows(at, sight, turn, compare)
    found = _verdict(at, sight, _Asked(turn, position), windows, compare)
    rows = np.flatnonzero(found.hopeful & ~found.full)
    if not compare.is_exact:
        return Earned(found.full, PartCredit(rows, unknown(len(rows))), found.own)
    credit, is_position = _partial(at, sight, _Asked(turn, position), windows, rows)
    some = np.flatnonzero(credit.above > 0)
    part = PartCredit(rows[some], of_rows(credit, some))
    return Earned(found.full, part, found.own, is_position[some])


class _Verdict(NamedTuple):
    """Where a breakpoint has full credit, where for a unit of its own, where perhaps a part."""

    full: Mask
    own: Mask
    hopeful: Mask


def hopes(at: Scaled, sight: Sight, compare: Comparison, position: Fraction) -> list[Mask]:
    """Return, for each breakpoint, where it may have some credit."""
    found = []
    for turn in at.turns:
        windows = _windows(at, sight, turn, compare)
        verdict = _verdict(at, sight, _Asked(turn, position), windows, compare)
        found.append(verdict.full | verdict.hopeful)
    return found


def _verdict(
    at: Scaled, sight: Sight, asked: "_Asked", windows: "_Windows", compare: Comparison
) -> _Verdict:
    slack, gone = at.slack
    needed = float(asked.turn.needed)
    total = np.abs(_sum(windows.there, sight.knots) - needed)
    full = compare.bends(total, slack)
    own: Mask = np.zeros_like(full)
    hopeful: Mask = np.zeros_like(full)
    for knot, is_there, is_around in zip(sight.knots, *windows, strict=True):
        off = np.abs(knot.bend - needed)
        own |= is_there & compare.bends(off, slack)
        hopeful |= is_around & compare.bends(off, gone)
        if asked.position and asked.turn.needed:
            hopeful |= is_there & (knot.bend * needed > 0)
    if len(sight.knots) > 1:
        together = np.abs(_sum(windows.around, sight.knots) - needed)
        hopeful |= compare.bends(together, gone)
    if len(sight.knots) > _FEW:
        own &= _count(windows.there) <= _FEW
    own &= ~full
    return _Verdict(full | own, own, hopeful)


class _Windows(NamedTuple):
    """For each free unit, where its knot is within tolerance of a breakpoint, and not far off."""

    there: tuple[Mask, ...]
    around: tuple[Mask, ...]


def _windows(at: Scaled, sight: Sight, turn: Turn, compare: Comparison) -> _Windows:
    near, far = at.distance
    there, around = [], []
    for knot in sight.knots:
        distance = np.abs(knot.distances[turn.place])
        there.append(knot.inside & compare.distance(distance, near, knot.a))
        around.append(knot.inside & compare.distance(distance, far, knot.a))
    return _Windows(tuple(there), tuple(around))


def _sum(there: Sequence[Mask], knots: Sequence[KnotColumn]) -> Column:
    total = there[0] * knots[0].bend
    for knot, is_there in zip(knots[1:], there[1:], strict=True):
        total += is_there * knot.bend
    return total


def _count(there: Sequence[Mask]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = np.add.reduce([each.astype(np.int64) for each in there])
    return found


class _Asked(NamedTuple):
    """A breakpoint, and what a right place without the right bend is worth at most."""

    turn: Turn
    position: Fraction


def _partial(
    at: Scaled, sight: Sight, asked: _Asked, windows: _Windows, rows: NDArray[np.intp]
) -> tuple[Quotient, Mask]:
    """Return the credit of the rows that have neither full credit nor an own unit.

    Beside it, where it is for the position.
    """
    turn, position = asked
    there, around = ([mask[rows] for mask in masks] for masks in windows)
    bends = [knot.bend[rows] for knot in sight.knots]
    zero = number(0, len(rows))
    distances = [
        quotient(np.abs(k.distances[turn.place][rows]), np.maximum(k.a[rows], 1.0))
        for k in sight.knots
    ]
    farthest, total, count = zero, zero.above, _count(around)
    for is_around, distance, bend in zip(around, distances, bends, strict=True):
        farthest = where(is_around, larger(farthest, distance), farthest)
        total = total + is_around * bend
    near = where(count > 0, _near(at, turn, farthest, total), zero)
    for is_around, distance, bend in zip(around, distances, bends, strict=True):
        alone = is_around & (count == _FEW)
        if alone.any():
            near = where(alone, larger(near, _near(at, turn, distance, bend)), near)
    placed = zero
    if turn.needed and position:
        for is_there, bend in zip(there, bends, strict=True):
            fits = is_there & (bend * turn.needed > 0)
            placed = where(fits, larger(placed, _likeness(bend, turn, position)), placed)
    is_position = (placed.nearest > near.nearest) & (placed.above > 0)
    open_ = near.open | placed.open | undecided(near, placed)
    return where(is_position, placed, near)._replace(open=open_), is_position


def _near(at: Scaled, turn: Turn, distance: Quotient, bends: Column) -> Quotient:
    """Return the credit for a distance and a sum of bends."""
    off = np.abs(bends - float(turn.needed))
    of_bends = faded(quotient(off, np.ones_like(off)), *at.slack)
    return smaller(faded(distance, *at.distance), of_bends)


def _likeness(bend: Column, turn: Turn, position: Fraction) -> Quotient:
    """Return the credit for bends beside what is needed."""
    size, needed = np.maximum(np.abs(bend), 1.0), float(abs(turn.needed))
    return quotient(
        np.minimum(size, needed) * float(position.numerator),
        np.maximum(size, needed) * float(position.denominator),
    )
