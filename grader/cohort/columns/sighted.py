"""What a block of rows shows at the places and at the free units' knots, as columns."""

from typing import NamedTuple

import numpy as np

from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.doubt import Comparison, by
from grader.cohort.columns.scaled import FreeUnit, Scaled


class KnotColumn(NamedTuple):
    """A free unit's knot X / a in every row; `beyond` are the places left of it, in order.

    `distances` are parts*X - place*a, `error` is |N|; `bend` is V*|W| times the exercise's factor.
    """

    a: Column
    inside: Mask
    beyond: tuple[Mask, ...]
    distances: tuple[Column, ...]
    error: Column
    bend: Column


class Sight(NamedTuple):
    """The errors |N| at the places, and the knots, for a block of rows."""

    errors: tuple[Column, ...]
    knots: tuple[KnotColumn, ...]


def seen(at: Scaled, ws: tuple[Column, ...], bs: tuple[Column, ...], compare: Comparison) -> Sight:
    """Return what the rows show; ws and bs are the free units' weights and biases, in order."""
    units = tuple(zip(at.units, ws, bs, strict=True))
    errors = tuple(_at_place(at, place.x, place.rest, units) for place in at.places)
    knots = tuple(_knot(at, index, units, compare) for index in range(len(units)))
    return Sight(errors, knots)


Units = tuple[tuple[FreeUnit, Column, Column], ...]


def _at_place(at: Scaled, x: int, rest: int, units: Units) -> Column:
    total: Column | float = float(-at.scale * rest)
    for unit, w, b in units:
        if unit.v:
            z = by(b, at.parts) + by(w, x) if x else by(b, at.parts)
            total = total + by(np.maximum(z, 0.0), unit.v)
    return np.abs(total)


def _knot(at: Scaled, index: int, units: Units, compare: Comparison) -> KnotColumn:
    unit, w, b = units[index]
    a = np.abs(w)
    x = np.where(w < 0, b, -b)
    scaled_x = by(x, at.parts)
    distances = tuple(scaled_x - by(a, place.x) if place.x else scaled_x for place in at.places)
    first, *inner, last = zip(at.places, distances, strict=True)
    inside = compare.beyond(first[1], first[0], a) & (a > 0)
    if last[0].x and compare.open.size:
        compare.beyond(last[1], last[0], a)  # which is open if it is near
    inside = inside & (last[1] < 0)
    beyond = (inside, *(distance > 0 for _, distance in inner), last[1] > 0)
    total = _sum_of_others(index, units, x, a)
    error = np.abs(by(total, at.parts) - by(needs(at, x, a, distances), at.scale))
    return KnotColumn(
        a, inside, beyond, distances, error, by(a, abs(unit.v) * at.bend) * _sign(unit)
    )


def _sign(unit: FreeUnit) -> float:
    return float((unit.v > 0) - (unit.v < 0))


def _sum_of_others(index: int, units: Units, x: Column, a: Column) -> Column:
    """Return the sum of V * relu(W*X + B*a); the knot's own unit is 0 there."""
    total = np.zeros_like(a)
    for other, (unit, w, b) in enumerate(units):
        if other != index and unit.v:
            total = total + by(np.maximum(w * x + b * a, 0.0), unit.v)
    return total


def needs(at: Scaled, x: Column, a: Column, distances: tuple[Column, ...]) -> Column:
    """Return what the units have to add up to at a knot, times parts, slopes and a."""
    slope, intercept = at.line
    total = np.zeros_like(a)
    if slope:
        total = total + by(x, slope * at.parts)
    if intercept:
        total = total + by(a, intercept * at.parts)
    for place, distance in zip(at.places, distances, strict=True):
        if place.change:
            total = total + by(np.maximum(distance, 0.0), place.change)
    return total
