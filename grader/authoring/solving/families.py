"""The right answers as a finite list of families: each a point, or a set given by equations."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import groupby, product
from typing import NamedTuple

from grader.authoring.solving.arrangements import (
    Arrangement,
    Conditions,
    conditions,
    inside,
    settings,
)
from grader.authoring.solving.linear import Form, constant, solved, total, unknown
from grader.authoring.solving.residual import Residual
from grader.authoring.solving.ways import CANCEL, IDLE, LINE, TURN, Way, idle_setting
from grader.exact.network import ZERO


class Part(NamedTuple):
    """What one free unit does in a family; x and side (1 right, -1 left) belong to a turn."""

    unit: int
    role: str
    x: Fraction | None = None
    side: int = 0


class Inequality(NamedTuple):
    """A form that is over 0, or with `closed` 0 or more."""

    form: Form
    closed: bool


class Meeting(NamedTuple):
    """Two units turn at one x: b of the one times w of the other is w of the one times b."""

    one: tuple[Form, Form]  # the factors of b*w
    other: tuple[Form, Form]

    def polynomial(self, known: Mapping[str, Form]) -> frozenset[tuple[tuple[str, ...], Fraction]]:
        """Return what must be 0 where these forms are known, as terms; empty if it always is."""
        terms: dict[tuple[str, ...], Fraction] = {}
        for sign, factors in ((1, self.one), (-1, self.other)):
            a, b = (form.put(known) for form in factors)
            for (n, c), (m, d) in product(_terms(a), _terms(b)):
                key = tuple(sorted((*n, *m)))
                terms[key] = terms.get(key, ZERO) + sign * c * d
        return frozenset((key, c) for key, c in terms.items() if c)


def _terms(form: Form) -> list[tuple[tuple[str, ...], Fraction]]:
    return [((), form.constant), *(((name,), c) for name, c in form.coefficients.items())]


class Family(NamedTuple):
    """One way to be right.

    `known` gives parameters as forms in the others, constants where they are determined;
    `inequalities` bound the others. Members of `meeting` turn at one x and cancel there, which
    takes the equations of `meetings`, save where `known` has seen to it. Idle units together add
    nothing on the domain: each is unset or dead, or they cancel each other, which is not spelled
    out. Units of `together` may turn at other x too, which are not listed. `example` is one right
    answer: every free parameter by name.
    """

    parts: tuple[Part, ...]
    known: Mapping[str, Form]
    inequalities: tuple[Inequality, ...]
    meeting: tuple[tuple[int, ...], ...]
    example: Mapping[str, Fraction]
    dimension: int
    together: tuple[int, ...] = ()
    meetings: tuple[Meeting, ...] = ()

    @property
    def idle(self) -> tuple[int, ...]:
        """The units that together add nothing."""
        return tuple(part.unit for part in self.parts if part.role == IDLE)


def family(rest: Residual, arrangement: Arrangement) -> Family | None:
    """Return the right answers of this arrangement; None if there are none, or others hold them."""
    needs = conditions(rest, arrangement)
    equations = [*needs.bends, needs.slope, needs.start]
    values = inside(equations, needs.positive)
    if values is None or _only_cancels(rest, arrangement):
        return None
    names = sorted({name for form in (*equations, *needs.positive) for name in form.coefficients})
    forced = _forced(equations, needs, names)
    found = settings(rest, arrangement, values)
    example = {
        name: value
        for k, unit in found.items()
        for name, value, given in (
            (f"w{k}", unit.w, rest.units[k].w),
            (f"b{k}", unit.b, rest.units[k].b),
        )
        if given is None
    }
    parts = _parts(rest, arrangement)
    busy = [part.unit for part in parts if part.role != IDLE]
    order = [f"b{k}" for k in reversed(busy)] + [f"w{k}" for k in reversed(busy)]
    known = solved(_equations(rest, arrangement, forced), order)
    if known is None:
        raise ArithmeticError("conditions that have a solution contradict each other")
    parameters = [name for name in order if name in example]
    remaining = [name for name in parameters if name not in known]
    meetings = _meetings(rest, arrangement, known)
    return Family(
        parts,
        {name: form for name, form in sorted(known.items()) if name in example},
        _inequalities(rest, arrangement, known),
        tuple(group.units for group in arrangement.groups),
        example,
        max(0, len(remaining) - len(meetings)),
        arrangement.together,
        meetings,
    )


def _meetings(
    rest: Residual, arrangement: Arrangement, known: Mapping[str, Form]
) -> tuple[Meeting, ...]:
    """Return the equations of turns that meet, without those that follow from what is known."""
    found = {}
    for group in arrangement.groups:
        w, b = _parameters(rest, group.units[0])
        for k in group.units[1:]:
            other_w, other_b = _parameters(rest, k)
            meeting = Meeting((b, other_w), (other_b, w))
            if terms := meeting.polynomial(known):
                found[terms] = meeting
    return tuple(found.values())


def _only_cancels(rest: Residual, arrangement: Arrangement) -> bool:
    """Tell whether what does not turn at a breakpoint adds up to nothing, and could be idle."""
    needed = {change.x for change in rest.changes}
    turning = [way for way in arrangement.turning if way.x in needed]
    others = [way for way in arrangement.ways if way.role != IDLE and way not in turning]
    units = [way.unit for way in others] + [k for g in arrangement.groups for k in g.units]
    if not units or any(idle_setting(rest.units[k], rest.left, rest.right) is None for k in units):
        return False
    slope = start = ZERO
    sides = {way.x: {w.side for w in turning if w.x == way.x} for way in turning}
    for change in rest.changes:
        if len(sides[change.x]) > 1:
            return False
        if sides[change.x] == {-1}:
            slope -= change.slope_change
            start += change.slope_change * (change.x - rest.left)
    return (slope, start) == (rest.slope, rest.start)


def _forced(equations: list[Form], needs: Conditions, names: list[str]) -> list[str]:
    """Return the unknowns that are 0 in every solution."""
    if inside(equations, [*needs.positive, *map(unknown, names)]) is not None:
        return []
    return [n for n in names if inside(equations, [*needs.positive, unknown(n)]) is None]


def _parts(rest: Residual, arrangement: Arrangement) -> tuple[Part, ...]:
    parts = {k: Part(k, IDLE) for k in rest.free}
    for way in arrangement.ways:
        parts[way.unit] = Part(way.unit, way.role, way.x, way.side)
    for group in arrangement.groups:
        for k, side in zip(group.units, group.sides, strict=True):
            parts[k] = Part(k, CANCEL, None, side)
    return tuple(parts.values())


def _parameters(rest: Residual, k: int) -> tuple[Form, Form]:
    """Return w and b of a unit as forms over the names of its free parameters."""
    w, b, _ = rest.units[k]
    return (
        unknown(f"w{k}") if w is None else constant(w),
        unknown(f"b{k}") if b is None else constant(b),
    )


def _equations(rest: Residual, arrangement: Arrangement, forced: list[str]) -> list[Form]:
    """Return what must be 0, over the parameters themselves."""
    equations = []
    early: list[tuple[Fraction, Form, Form]] = []
    changes = {c.x: c.slope_change for c in rest.changes}
    bends: dict[Fraction, Form] = {}
    for way in arrangement.ways:
        w, b = _parameters(rest, way.unit)
        if way.role == TURN and way.x is not None:
            equations.append(b.plus(w, way.x))
            bend = w.times(way.v * way.side)
            bends[way.x] = bends.get(way.x, constant(-changes.get(way.x, ZERO))).plus(bend)
        if way.role == LINE or way.side < 0:
            early.append((way.v, w, b))
        equations += [form for name in forced if (form := _at_border(rest, way, name))]
    for group in arrangement.groups:
        sides = [
            (k, *_parameters(rest, k), side)
            for k, side in zip(group.units, group.sides, strict=True)
        ]
        equations.append(total(w.times(rest.units[k].v * side) for k, w, _, side in sides))
        early += [(rest.units[k].v, w, b) for k, w, b, side in sides if side < 0]
    equations += bends.values()
    equations.append(total(w.times(v) for v, w, _ in early).plus(constant(-rest.slope)))
    value = total(b.plus(w, rest.left).times(v) for v, w, b in early)
    equations.append(value.plus(constant(-rest.start)))
    return equations


def _at_border(rest: Residual, way: Way, name: str) -> Form | None:
    """Return the form over the parameters that is 0 when this unknown of the way is 0."""
    if name not in {n for form in (way.w, way.b, *way.zero) for n in form.coefficients}:
        return None
    w, b = _parameters(rest, way.unit)
    at_zero = {n: constant(ZERO) for n in (name,)}
    match name[0]:
        case "l":
            return b.plus(w, rest.left)
        case "r":
            return b.plus(w, rest.right)
        case "t":
            more = constant(-way.zero[0].constant)
            return w.plus(way.w.put({f"s{way.unit}": more}), -1)
        case _:
            return w.plus(way.w.put(at_zero), -1).plus(b.plus(way.b.put(at_zero), -1))


def _inequalities(
    rest: Residual, arrangement: Arrangement, known: Mapping[str, Form]
) -> tuple[Inequality, ...]:
    found = []
    for way in arrangement.ways:
        w, b = _parameters(rest, way.unit)
        if way.role == TURN:
            found.append(Inequality(w.times(way.side), closed=False))
        elif way.role == LINE:
            found += [Inequality(b.plus(w, x), closed=True) for x in (rest.left, rest.right)]
    for group in arrangement.groups:
        for k, side in zip(group.units, group.sides, strict=True):
            w, b = _parameters(rest, k)
            found.append(Inequality(w.times(side), closed=False))
            found.append(Inequality(b.plus(w, rest.left).times(-side), closed=False))
            found.append(Inequality(b.plus(w, rest.right).times(side), closed=False))
    return _simplified(Inequality(i.form.put(known), i.closed) for i in found)


def _simplified(inequalities: Iterable[Inequality]) -> tuple[Inequality, ...]:
    """Return the inequalities that say something, the strongest of those of equal direction."""
    scaled = []
    for form, closed in inequalities:
        if form.coefficients:
            name = min(form.coefficients)
            scaled.append(Inequality(form.times(1 / abs(form.coefficients[name])), closed))

    def direction(one: Inequality) -> list[tuple[str, Fraction]]:
        return sorted(one.form.coefficients.items())

    ordered = sorted(scaled, key=lambda i: (direction(i), i.form.constant, i.closed))
    return tuple(next(same) for _, same in groupby(ordered, key=direction))
