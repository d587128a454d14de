"""The ways in which several free units can share the work, and whether one of them can succeed."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from grader.authoring.solving.cancelling import Cancelling, groups, pinned
from grader.authoring.solving.linear import NOTHING, Form, constant, total
from grader.authoring.solving.mixed import mixed
from grader.authoring.solving.residual import Residual
from grader.authoring.solving.simplex import LinearRow, maximum
from grader.authoring.solving.ways import (
    CANCEL,
    IDLE,
    LINE,
    TURN,
    Way,
    idle,
    idle_setting,
    line,
    turns,
)
from grader.exact.network import Unit


class Arrangement(NamedTuple):
    """What each free unit does; the members of a cancelling group are in `groups` alone.

    The units of `together` turn at the same x, and there may be more such x around that one.
    """

    ways: tuple[Way, ...]
    groups: tuple[Cancelling, ...] = ()
    together: tuple[int, ...] = ()

    @property
    def turning(self) -> tuple[Way, ...]:
        """The ways that turn at a given x."""
        return tuple(way for way in self.ways if way.role == TURN)

    @property
    def lines(self) -> tuple[Way, ...]:
        """The ways that are active everywhere."""
        return tuple(way for way in self.ways if way.role == LINE)


def arrangements(rest: Residual) -> Iterator[Arrangement]:
    """Yield every arrangement in which all the turns that are needed could be supplied."""
    needed = {change.x: change.slope_change for change in rest.changes}
    pins = [x for x in _pins(rest) if x not in needed]
    options = [_options(rest, k, [*needed, *pins]) for k in rest.able]
    for choice in _choices(options, frozenset(needed)):
        if _signs_fit(choice, needed) and _pins_fit(choice, needed):
            yield from _with_groups(rest, choice)
    for members, ways in mixed(rest):
        if _signs_fit(ways, needed) and _pins_fit(ways, needed):
            yield Arrangement(ways, (), members)


def _pins(rest: Residual) -> list[Fraction]:
    return pinned(rest.units, rest.able, rest.left, rest.right)


def _options(rest: Residual, k: int, places: Iterable[Fraction]) -> list[Way]:
    """Return every way of one unit; a place in a cancelling group is a way without a setting."""
    unit = rest.units[k]
    options = [] if idle_setting(unit, rest.left, rest.right) is None else [idle(k, unit)]
    options += [way for x in places for way in turns(k, unit, x)]
    always = line(k, unit, rest.left, rest.right)
    if always:
        options.append(always)
    if len({rest.units[j].v > 0 for j in rest.able}) > 1:
        # Bends of one sign cannot cancel. At most two groups, for a group has two members and at
        # most four units are arranged.
        options += [idle(k, unit)._replace(role=CANCEL, side=group) for group in (0, 1)]
    return options


def _choices(options: list[list[Way]], open_: frozenset[Fraction]) -> Iterator[tuple[Way, ...]]:
    """Yield one way for each unit so that some unit turns at each x that is open."""
    if not options:
        if not open_:
            yield ()
        return
    if len(open_) > len(options):
        return
    first, rest = options[0], options[1:]
    for way in first:
        for others in _choices(rest, open_ - {way.x} if way.x is not None else open_):
            yield (way, *others)


def _signs_fit(choice: tuple[Way, ...], needed: Mapping[Fraction, Fraction]) -> bool:
    """Tell whether each x has a unit there that bends to the side that is needed."""
    return all(
        any(way.x == x and way.v * change > 0 for way in choice) for x, change in needed.items()
    )


def _pins_fit(choice: tuple[Way, ...], needed: Mapping[Fraction, Fraction]) -> bool:
    """Tell whether turns at other x could cancel."""
    elsewhere = {way.x for way in choice if way.x is not None} - needed.keys()
    return all(len({way.v > 0 for way in choice if way.x == x}) > 1 for x in elsewhere)


def _with_groups(rest: Residual, choice: tuple[Way, ...]) -> Iterator[Arrangement]:
    members = [
        tuple(way.unit for way in choice if way.role == CANCEL and way.side == group)
        for group in (0, 1)
    ]
    ways = tuple(way for way in choice if way.role != CANCEL)
    if members[1] and not (members[0] and members[0][0] < members[1][0]):
        return  # the same groups under other numbers
    found = [_useful(rest, some) for some in members if some]
    for cancelling in product(*found):
        yield Arrangement(ways, cancelling)


def _useful(rest: Residual, members: tuple[int, ...]) -> list[Cancelling]:
    """Return how these units can cancel, except what idle units do as well: to add nothing."""
    can_idle = all(idle_setting(rest.units[k], rest.left, rest.right) for k in members)
    every = groups(rest.units, members, rest.left, rest.right)
    return [group for group in every if not (can_idle and group.adds_nothing)]


class Conditions(NamedTuple):
    """Forms that must be 0, by what they are about, and forms that must be over 0."""

    bends: tuple[Form, ...]
    slope: Form
    start: Form
    positive: tuple[Form, ...]


def conditions(rest: Residual, arrangement: Arrangement) -> Conditions:
    """Return when the units, so arranged, add up to what is left over.

    Two functions are equal if their slopes change alike and they start alike at the left end.
    """
    bends = {c.x: constant(-c.slope_change) for c in rest.changes}
    for way in arrangement.turning:
        if way.x is not None:
            bends[way.x] = bends.get(way.x, NOTHING).plus(way.bend)
    early = [way for way in arrangement.ways if way.role == LINE or way.side < 0]
    slope = total(way.w.times(way.v) for way in early)
    start = total(way.at(rest.left) for way in early)
    for group in arrangement.groups:
        slope, start = slope.plus(group.slope), start.plus(group.start)
    return Conditions(
        tuple(form for _, form in sorted(bends.items()) if form.constant or form.coefficients)
        + tuple(form for way in arrangement.ways for form in way.zero)
        + tuple(form for group in arrangement.groups for form in group.zero),
        slope.plus(constant(rest.slope), -1),
        start.plus(constant(rest.start), -1),
        tuple(form for way in arrangement.ways for form in way.positive)
        + tuple(form for group in arrangement.groups for form in group.positive),
    )


def inside(zero: Iterable[Form], positive: Iterable[Form]) -> dict[str, Fraction] | None:
    """Return unknowns, 0 or more, that make the forms 0 and over 0; None if there are none.

    They keep away from the borders as far as 1 where that is possible.
    """
    determined = _determined(list(zero))
    if determined is None:
        return None
    values, open_ = determined
    limits = []
    for form in positive:
        limit = _with_values(form, values)
        if limit.coefficients:
            limits.append(limit)
        elif limit.constant <= 0:
            return None
    if open_ or limits:
        found = _program(open_, limits)
        return None if found is None else values | found
    return values


def _determined(zero: list[Form]) -> tuple[dict[str, Fraction], list[Form]] | None:
    """Return the unknowns that stand alone in an equation, and the equations that are left.

    None if one would be under 0 or equations contradict each other. Most arrangements end here,
    without a linear program.
    """
    values: dict[str, Fraction] = {}
    while True:
        left = []
        before = len(values)
        for equation in zero:
            form = _with_values(equation, values)
            if len(form.coefficients) == 1:
                ((name, c),) = form.coefficients.items()
                values[name] = -form.constant / c
                if values[name] < 0:
                    return None
            elif form.coefficients:
                left.append(form)
            elif form.constant:
                return None
        if len(values) == before:
            return values, left
        zero = left


def _with_values(form: Form, values: Mapping[str, Fraction]) -> Form:
    """Return the form with the known unknowns put in."""
    if not values or values.keys().isdisjoint(form.coefficients):
        return form
    constant_ = form.constant
    rest = {}
    for name, c in form.coefficients.items():
        if name in values:
            constant_ += c * values[name]
        else:
            rest[name] = c
    return Form(constant_, rest)


def _program(zero: list[Form], positive: list[Form]) -> dict[str, Fraction] | None:
    """Return what `inside` returns, where every form has an unknown."""
    names = sorted({name for form in (*zero, *positive) for name in form.coefficients})
    column = {name: j for j, name in enumerate(names)}
    margin = len(names)
    rows = [_row(form, column) for form in zero]
    rows += [
        LinearRow(
            {**row.coefficients, margin: Fraction(-1), margin + 2 + i: Fraction(-1)}, row.right
        )
        for i, row in enumerate(_row(form, column) for form in positive)
    ]
    rows.append(LinearRow({margin: Fraction(1), margin + 1: Fraction(1)}, Fraction(1)))
    best = maximum(rows, margin + 2 + len(positive), {margin: Fraction(1)})
    if best is None or not best.value:
        return None
    return {name: best.x[j] for name, j in column.items()}


def _row(form: Form, column: Mapping[str, int]) -> LinearRow:
    return LinearRow({column[name]: c for name, c in form.coefficients.items()}, -form.constant)


def settings(
    rest: Residual, arrangement: Arrangement, values: Mapping[str, Fraction]
) -> dict[int, Unit]:
    """Return the free units that these values of the unknowns stand for, idle ones nearest to 0."""
    found: dict[int, Unit] = {}
    for k in rest.free:
        idle_unit = idle_setting(rest.units[k], rest.left, rest.right)
        if idle_unit:
            found[k] = idle_unit
    for way in arrangement.ways:
        if way.role != IDLE:
            found[way.unit] = Unit(way.w.value(values), way.b.value(values), way.v)
    for group in arrangement.groups:
        found |= group.settings(rest.units, values)
    return dict(sorted(found.items()))
