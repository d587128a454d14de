"""Rows of parameters to scores, points and bases: layer by layer, block by block."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grader.cohort.columns.decimals import Column, Mask, as_decimals
from grader.cohort.columns.doubt import Comparison, sizes, too_small
from grader.cohort.columns.quotients import Quotient
from grader.cohort.columns.scaled import Scaled, largest, reach, scaled
from grader.cohort.columns.segment_columns import Earned, PartCredit, segments
from grader.cohort.columns.sighted import Sight, seen
from grader.cohort.columns.turn_columns import turns
from grader.cohort.columns.worth import Worth, counted, since, spread
from grader.exact.rational import MAX_MAGNITUDE, from_double, to_double
from grader.exercise.evidence import examine
from grader.exercise.record import Exercise

BASES = ("none", "near", "position", "own-unit", "full")
_NONE, _NEAR, _POSITION, _OWN, _FULL = range(5)
_DIGITS = (3, 6)  # decimals in the layers of whole numbers
_HUGE = 2**900  # far from where doubles end
_REMEMBERED = 100_000  # rows that the exact core has decided


class Marks(NamedTuple):
    """What a block's rows earn: a column of scores, and a row for each check of points and bases.

    Bases are indices of BASES; `passed` is where every check has full credit.
    """

    score: Column
    points: Column
    bases: NDArray[np.int8]
    passed: Mask


class _Layer(NamedTuple):
    """Rows of at most so many decimals; times `times` they are whole numbers at the scale."""

    digits: int
    at: Scaled
    largest: float
    times: float


class _Looked(NamedTuple):
    """What some rows show at a scale, and earn on each check, counted from the blank's.

    `open` is where that cannot be told.
    """

    at: Scaled
    sight: Sight
    counted: list[Earned]
    bases: NDArray[np.int8]
    passed: Mask
    open: Mask


class Credits(NamedTuple):
    """The exact credit of some rows on each check, and what they show; those `open` are not known.

    `rows` are their numbers in the block; everything else is in their order.
    """

    rows: NDArray[np.intp]
    credits: list[Quotient]
    bases: NDArray[np.int8]
    passed: Mask
    open: Mask
    seen: _Looked


class Grader:
    """Grades rows against one exercise; each block is independent of all others."""

    def __init__(self, exercise: Exercise, digits: Sequence[int] = _DIGITS) -> None:
        """Put the exercise in whole numbers; without `digits` there are no such layers."""
        self.exercise = exercise
        self._worth = Worth(exercise.checks)
        self._layers = [layer for count in digits if (layer := _layer(exercise, count))]
        self._plain = _plain(exercise)
        self._known: dict[bytes, tuple[list[float], list[int], bool]] = {}
        self.decided = dict.fromkeys(("whole", "bound", "exact"), 0)

    def marks(self, columns: Sequence[Column]) -> Marks:
        """Grade rows: a column for each free parameter in the exercise's order.

        Shape: columns of one length, finite and at most 1e9 in magnitude.
        """
        rows = len(columns[0])
        checks = len(self.exercise.checks)
        found = Marks(
            np.empty(rows),
            np.empty((checks, rows)),
            np.empty((checks, rows), np.int8),
            np.empty(rows, np.bool_),
        )
        left = np.arange(rows)
        for layer in self._layers:
            is_fit, fit, values = _fitting(layer, columns, left)
            if len(fit):
                still = self._put(found, left[fit], layer.at, values, None)
                left = np.concatenate([left[~is_fit], still])
                self.decided["whole"] += len(fit) - len(still)
            if not len(left):
                return found
        if self._plain is not None:
            values = [column[left] for column in columns]
            still = self._put(found, left, self._plain, values, too_small(tuple(values)))
            self.decided["bound"] += len(left) - len(still)
            left = still
        self._exactly(found, left, columns)
        return found

    def _put(
        self,
        found: Marks,
        at_rows: NDArray[np.intp],
        at: Scaled,
        values: list[Column],
        small: Mask | None,
    ) -> NDArray[np.intp]:
        """Grade some rows at a scale and put them in their place; return those left open."""
        seen_ = self._looked(at, values, small)
        points = self._worth.points(seen_.counted)
        open_ = seen_.open | points.open
        bases, passed = seen_.bases, seen_.passed
        sure = slice(None) if not open_.any() else ~open_
        to = at_rows[sure]
        if len(to) == len(found.score):
            found.score[:], found.points[:] = points.score, points.points
            found.bases[:], found.passed[:] = bases, passed
        else:
            found.score[to], found.points[:, to] = points.score[sure], points.points[:, sure]
            found.bases[:, to], found.passed[to] = bases[:, sure], passed[sure]
        return at_rows[open_]

    def _looked(self, at: Scaled, values: list[Column], small: Mask | None) -> "_Looked":
        """Look at some rows at a scale; `small` are those too small for a bound, None: exactly."""
        names = iter(values)
        rows = len(values[0])
        ws, bs = [], []
        for unit in at.units:
            ws.append(next(names) if unit.w is None else np.full(rows, float(unit.w)))
            bs.append(next(names) if unit.b is None else np.full(rows, float(unit.b)))
        bound = None if small is None else sizes(at, tuple(ws), tuple(bs))
        compare = Comparison(rows, bound)
        sight = seen(at, tuple(ws), tuple(bs), compare)
        position = self.exercise.rules.position_credit
        raw = [*segments(at, sight, compare), *turns(at, sight, compare, position)]
        open_ = compare.open
        if small is not None:
            open_ |= small
        for each in raw:
            open_[each.part.rows] |= each.part.credit.open
        counted_ = [
            _counted(each, check.role, check.blank)
            for each, check in zip(raw, self.exercise.checks, strict=True)
        ]
        bases = np.array([_bases(each) for each in raw])
        passed = np.logical_and.reduce([each.full for each in raw])
        return _Looked(at, sight, counted_, bases, passed, open_)

    def credits(self, columns: Sequence[Column]) -> Iterator["Credits"]:
        """Yield the exact credits of rows of few decimals, those of one scale at a time.

        Rows of which nothing is yielded are for the exact core.
        """
        left = np.arange(len(columns[0]))
        for layer in self._layers:
            is_fit, fit, values = _fitting(layer, columns, left)
            if len(fit):
                found = self._looked(layer.at, values, None)
                every = np.arange(len(fit))
                credits_ = [spread(each, every) for each in found.counted]
                open_ = np.logical_or.reduce([found.open, *(each.open for each in credits_)])
                yield Credits(left[fit], credits_, found.bases, found.passed, open_, found)
                left = left[~is_fit]

    def _exactly(self, found: Marks, rows: NDArray[np.intp], columns: Sequence[Column]) -> None:
        """Let the exact core decide the rows that are left."""
        values = np.array([column[rows] for column in columns])
        for place, row in enumerate(rows):
            doubles = values[:, place]
            key = doubles.tobytes()
            if key not in self._known:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[key] = self._one(doubles)
            numbers, bases, passed = self._known[key]
            found.score[row], found.points[:, row] = numbers[0], numbers[1:]
            found.bases[:, row], found.passed[row] = bases, passed
        self.decided["exact"] += len(rows)

    def _one(self, doubles: Column) -> tuple[list[float], list[int], bool]:
        exercise = self.exercise
        parameters = {
            name: from_double(float(x)) for name, x in zip(exercise.free, doubles, strict=True)
        }
        findings = examine(exercise, exercise.checks, exercise.network(parameters))
        credits_ = [
            max(Fraction(0), (each.credit - check.blank) / (1 - check.blank))
            if check.role == "goal"
            else each.credit
            for each, check in zip(findings, exercise.checks, strict=True)
        ]
        points, score = counted(exercise.checks, credits_)
        numbers = [to_double(number) or 0.0 for number in (score, *points)]
        bases = [BASES.index(each.basis) for each in findings]
        return numbers, bases, all(credit == 1 for credit in credits_)


def _fitting(
    layer: _Layer, columns: Sequence[Column], left: NDArray[np.intp]
) -> tuple[Mask, NDArray[np.intp], list[Column]]:
    """Return which of the rows fit a layer, their places among `left`, and their whole numbers."""
    whole = as_decimals(tuple(column[left] for column in columns), layer.digits, layer.largest)
    fit = np.flatnonzero(whole.fit)
    return whole.fit, fit, [each[fit] * layer.times for each in whole.columns]


def _layer(exercise: Exercise, digits: int) -> _Layer | None:
    """Return the exercise at a scale; None where not even small numbers are exact there."""
    at = scaled(exercise, 10**digits)
    times = at.scale // 10**digits
    most = reach(at) // times
    return _Layer(digits, at, float(most), float(times)) if most > 0 else None


def _plain(exercise: Exercise) -> Scaled | None:
    """Return the exercise at scale 1 for doubles; None where its numbers are too large for them."""
    given = [x for u in exercise.units if not u.fixed for x in (u.w, u.b) if x is not None]
    if any(x.denominator != 1 for x in given):
        return None
    at = scaled(exercise, 1)
    return at if largest(at, MAX_MAGNITUDE) < _HUGE else None


def _counted(earned: Earned, role: str, blank: Fraction) -> Earned:
    """Return a goal's credits counted from the blank's; a guard's are as they are."""
    if role != "goal" or not blank:
        return earned
    credit = since(blank, earned.part.credit)
    return earned._replace(part=PartCredit(earned.part.rows, credit))


def _bases(earned: Earned) -> NDArray[np.int8]:
    bases = earned.full.view(np.int8) * np.int8(_FULL)
    bases[earned.part.rows] = _NEAR
    if earned.own is not None:
        bases[earned.own] = _OWN
    if earned.position is not None:
        bases[earned.part.rows[earned.position]] = _POSITION
    return bases
