"""Which settings earn nothing, told by verdicts alone: nearly all do, so this must be quick.

What depends on the last unit alone is computed once. What the others add at a place or at a knot is
one number for the whole column. Only where a knot of theirs is near a breakpoint is everything
looked at as for rows.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.doubt import Comparison
from grader.cohort.columns.scaled import FreeUnit, Scaled, reach, scaled
from grader.cohort.columns.segment_columns import verdicts
from grader.cohort.columns.sighted import KnotColumn, needs, seen
from grader.cohort.columns.slider_grid import SliderGrid, tail_columns
from grader.cohort.columns.turn_columns import hopes
from grader.exercise.record import Exercise

_DIGITS = (3, 6)
Earning = Callable[[tuple[float, ...], int], NDArray[np.intp]]


def earning(given: SliderGrid) -> Earning | None:
    """Return what tells which of the last unit's settings may earn something beside the others'.

    It takes the others' numbers and the index from which on it looks. None where the settings are
    no whole numbers at any scale.
    """
    at = _whole(given)
    return None if at is None else _Verdicts(at, given).earning


def _whole(given: SliderGrid) -> Scaled | None:
    exact = [Fraction(repr(value)) for value in given.values]
    for digits in _DIGITS:
        at = scaled(given.exercise, 10**digits)
        most = max(abs(value) for value in exact) * at.scale
        if all((value * at.scale).denominator == 1 for value in exact) and most <= reach(at):
            return at
    return None


class _Point(NamedTuple):
    """A knot of one of the others, and the segment that it is in."""

    x: float
    a: float
    segment: int
    needed: float


class _Verdicts:
    """The last unit's columns, and what is said about them."""

    def __init__(self, at: Scaled, given: SliderGrid) -> None:
        self._at = at
        exercise = given.exercise
        self._position = exercise.rules.position_credit
        segments = len(exercise.segments)
        self._segments = [n for n in range(segments) if exercise.checks[n].role == "goal"]
        self._turns = [n for n in range(len(at.turns)) if _is_goal(exercise, segments + n)]
        self._w, self._b = self._tail(given)
        last = at._replace(units=at.units[-1:])
        sight = seen(last, (self._w,), (self._b,), Comparison(0))
        self._knot: KnotColumn = sight.knots[0]
        self._x = np.where(self._w < 0, self._b, -self._b)
        self._needs = needs(at, self._x, self._knot.a, self._knot.distances) * float(at.scale)
        self._places = [
            _added(at.units[-1], self._w, self._b, float(p.x), float(at.parts))
            - float(at.scale * p.rest)
            for p in at.places
        ]
        self._alone = hopes(last, sight, Comparison(0), self._position)
        self._gone = ceil(Fraction(*at.error[1]))
        self._reach = self._knot.a * float(at.error[1].above)
        inside = self._knot.inside
        self._here = [inside & self._knot.beyond[f] & ~self._knot.beyond[e] for f, e in at.segments]

    def _tail(self, given: SliderGrid) -> tuple[Column, Column]:
        columns = iter([np.rint(c * self._at.scale) for c in tail_columns(given)])
        unit = self._at.units[-1]
        rows = len(given.values) ** given.tails
        w = next(columns) if unit.w is None else np.full(rows, float(unit.w))
        return w, next(columns) if unit.b is None else np.full(rows, float(unit.b))

    def earning(self, head: tuple[float, ...], first: int) -> NDArray[np.intp]:
        """Return the settings, counted from `first`, that may earn something."""
        at = self._at
        numbers = iter([float(round(x * at.scale)) for x in head])
        others = []
        for unit in at.units[:-1]:
            w = next(numbers) if unit.w is None else float(unit.w)
            others.append((unit, w, next(numbers) if unit.b is None else float(unit.b)))
        points = self._points(others)
        if points is None:
            return self._as_rows(others, first)
        some = self._on_segments(others, points, first)
        for n in self._turns:
            some = some | self._alone[n][first:]
        return np.flatnonzero(some)

    def _points(self, others: Sequence[tuple[FreeUnit, float, float]]) -> list[_Point] | None:
        """Return the others' knots inside the domain; None if one is near a breakpoint."""
        at, points = self._at, []
        far = at.distance[1]
        for _, w, b in others:
            a, x = abs(w), b if w < 0 else -b
            distances = [at.parts * x - place.x * a for place in at.places]
            if not (a and distances[0] > 0 > distances[-1]):
                continue
            if any(abs(distances[turn.place]) * far.below <= far.above * a for turn in at.turns):
                return None
            columns = tuple(np.float64(d) for d in distances)
            needed = float(needs(at, np.float64(x), np.float64(a), columns)) * at.scale  # type: ignore[arg-type]
            segment = next(
                n for n, (f, e) in enumerate(at.segments) if distances[f] > 0 >= distances[e]
            )
            points.append(_Point(x, a, segment, needed))
        return points

    def _on_segments(
        self, others: Sequence[tuple[FreeUnit, float, float]], points: list[_Point], first: int
    ) -> Mask:
        """Return where some segment has not lost all its credit."""
        at = self._at
        w, b = self._w[first:], self._b[first:]
        adds = [
            sum(_adds(*other, float(p.x), float(at.parts)) for other in others) for p in at.places
        ]
        lost = [
            np.abs(place[first:] + add) >= self._gone
            for place, add in zip(self._places, adds, strict=True)
        ]
        x, a = self._x[first:], self._knot.a[first:]
        total = np.zeros(len(w))
        for unit, v, c in others:
            if unit.v:
                total = total + np.maximum(x * v + a * c, 0.0) * float(unit.v)
        error = np.abs(total * float(at.parts) - self._needs[first:])
        gone = error * float(at.error[1].below) >= self._reach[first:]
        found: Mask = np.zeros(len(w), np.bool_)
        for n in self._segments:
            start, end = at.segments[n]
            none = np.logical_or.reduce(lost[start : end + 1]) | (gone & self._here[n][first:])
            for point in points:
                if point.segment == n:
                    none |= self._gone_at(point, others, w, b)
            found |= ~none
        return found

    def _gone_at(
        self, point: _Point, others: Sequence[tuple[FreeUnit, float, float]], w: Column, b: Column
    ) -> Mask:
        at, limit = self._at, self._at.error[1]
        add = sum(_adds(*other, point.x, point.a) for other in others)
        total = _added(at.units[-1], w, b, point.x, point.a) + add
        error = np.abs(total * float(at.parts) - point.needed)
        gone: Mask = error * float(limit.below) >= limit.above * point.a
        return gone

    def _as_rows(
        self, others: Sequence[tuple[FreeUnit, float, float]], first: int
    ) -> NDArray[np.intp]:
        """Look at everything, as for rows."""
        ws = (*(np.float64(w) for _, w, _ in others), self._w[first:])
        bs = (*(np.float64(b) for _, _, b in others), self._b[first:])
        compare = Comparison(0)
        sight = seen(self._at, ws, bs, compare)  # type: ignore[arg-type]
        on_segments = verdicts(self._at, sight, compare)
        masks = [~on_segments[n][1] for n in self._segments]
        at_turns = hopes(self._at, sight, compare, self._position)
        return np.flatnonzero(np.logical_or.reduce([*masks, *(at_turns[n] for n in self._turns)]))


def _is_goal(exercise: Exercise, check: int) -> bool:
    return exercise.checks[check].role == "goal"


def _adds(unit: FreeUnit, w: float, b: float, x: float, a: float) -> float:
    """Return what a unit adds at a point, times its output weight."""
    return unit.v * max(w * x + b * a, 0.0)


def _added(unit: FreeUnit, w: Column, b: Column, x: float, a: float) -> Column:
    added: Column = np.maximum(w * x + b * a, 0.0) * float(unit.v)
    return added
