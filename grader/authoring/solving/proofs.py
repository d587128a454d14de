"""Why no network is exactly right, in words: each proof is a condition that every answer meets."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.authoring.solving.arrangements import arrangements, conditions, inside
from grader.authoring.solving.linear import solved
from grader.authoring.solving.residual import Residual
from grader.authoring.solving.ways import can_turn, turns
from grader.exact.piecewise import Breakpoint
from grader.text.lists import listed
from grader.words.shapes import line
from grader.words.wording import number

_MOST_NAMED = 6


class Proof(NamedTuple):
    """Why there is no exact answer: a code that does not change, and a sentence."""

    code: str
    message: str


def early_proof(rest: Residual) -> Proof | None:
    """Return a proof that needs no search, for any number of units; None if none exists."""
    for condition in (_nobody, _too_many, _wrong_direction, _wrong_sign, _out_of_reach):
        proof = condition(rest)
        if proof:
            return proof
    return None


def _nobody(rest: Residual) -> Proof | None:
    """No free unit has an output weight."""
    worst = rest.function.max_abs(rest.left, rest.right)
    if rest.able or not worst.value:
        return None
    return Proof(
        "no-influence",
        "the output weight of every free unit is 0, so nothing that a student chooses changes the "
        f"network, and the fixed units alone are {number(worst.value)} off at "
        f"x = {number(worst.x)}",
    )


def _too_many(rest: Residual) -> Proof | None:
    able = [k for k in rest.able if can_turn(rest.units[k])]
    changes = rest.changes
    if len(changes) <= len(able):
        return None
    return Proof(
        "too-many-breakpoints",
        f"{_counted(len(changes), 'breakpoint')} {'is' if len(changes) == 1 else 'are'} left for "
        f"{_counted(len(able), 'free unit')}: {_after(rest)}the slope has to change "
        f"at {places(c.x for c in changes)}, and a unit can bend the network at one x only",
    )


def _wrong_direction(rest: Residual) -> Proof | None:
    for sign, way, word in ((-1, "down", "negative"), (1, "up", "positive")):
        changes = [c for c in rest.changes if c.slope_change * sign > 0]
        able = [k for k in rest.able if rest.units[k].v * sign > 0 and can_turn(rest.units[k])]
        if len(changes) <= len(able):
            continue
        if not able:
            first = changes[0]
            other = "negative" if sign > 0 else "positive"
            return Proof(
                "wrong-direction",
                f"{_after(rest)}the target bends {way} at x = {number(first.x)}, where the slope "
                f"has to change by {number(first.slope_change)}, but the output weight of every "
                f"free unit that can bend is {other}, so the free units can only bend the network "
                f"{'down' if sign > 0 else 'up'}",
            )
        return Proof(
            "wrong-direction",
            f"{_after(rest)}the target bends {way} at {len(changes)} places, "
            f"{places(c.x for c in changes)}, but only {_counted(len(able), 'free unit')} that can "
            f"bend {'has' if len(able) == 1 else 'have'} a {word} output weight: {_units(able)}",
        )
    return None


def _wrong_sign(rest: Residual) -> Proof | None:
    """Units of one sign cannot take anything away, or cannot add."""
    signs = {rest.units[k].v > 0 for k in rest.able}
    if len(signs) != 1:
        return None
    sign = 1 if signs == {True} else -1
    xs = (rest.left, *(c.x for c in rest.changes), rest.right)
    x = min(xs, key=lambda x: sign * rest.function.value(x))
    value = rest.function.value(x)
    if value * sign >= 0:
        return None
    word, only, side = ("positive", "add", "below") if sign > 0 else ("negative", "take", "above")
    away = "" if sign > 0 else " away"
    return Proof(
        "wrong-sign",
        f"at x = {number(x)} the target is {number(abs(value))} {side} what the fixed units and "
        f"the output bias give, but the output weight of every free unit is {word}, so the free "
        f"units can only {only}{away}",
    )


def _out_of_reach(rest: Residual) -> Proof | None:
    kinds = {rest.units[k]: k for k in rest.able}
    for change in rest.changes:
        ways = (way for unit, k in kinds.items() for way in turns(k, unit, change.x))
        if not any(way.v * change.slope_change > 0 for way in ways):
            return Proof(
                "out-of-reach",
                f"{_after(rest)}the slope has to change by "
                f"{number(change.slope_change)} at x = {number(change.x)}, but no free unit that "
                "bends to that side can turn there, because of the weights and biases that are "
                "fixed",
            )
    return None


def late_proof(rest: Residual, tried: int) -> Proof:
    """Return the proof that a complete search amounts to, by the first condition that fails."""
    slopes: set[Fraction] | None = set()
    bends = slope = False
    for arrangement in arrangements(rest):
        needs = conditions(rest, arrangement)
        if inside(needs.bends, needs.positive) is None:
            continue
        bends = True
        slope = slope or inside((*needs.bends, needs.slope), needs.positive) is not None
        known = solved(needs.bends, sorted({n for f in needs.bends for n in f.coefficients}))
        supplied = needs.slope.put(known or {})
        if supplied.coefficients or arrangement.together:
            slopes = None
        elif slopes is not None:
            slopes.add(supplied.constant + rest.slope)
    if not bends:
        return _bends_proof(rest, tried)
    return _start_proof(rest, tried) if slope else _slope_proof(rest, slopes, tried)


def _bends_proof(rest: Residual, tried: int) -> Proof:
    return Proof(
        "wrong-bends",
        f"{_after(rest)}the slope has to change {_changes(rest.changes)}; with the "
        "weights and biases that are fixed the free units cannot add up to that "
        f"({_tried(tried)})",
    )


def _slope_proof(rest: Residual, slopes: Iterable[Fraction] | None, tried: int) -> Proof:
    options = sorted(slopes or ())
    if options and len(options) <= _MOST_NAMED:
        supply = f"they can only supply {listed([number(s) for s in options], 'or', _MOST_NAMED)}"
    else:
        supply = "no way of sharing the breakpoints supplies it"
    return Proof(
        "slope-not-supplied",
        f"{_at_the_left(rest)} the slope that the free units have to supply is "
        f"{number(rest.slope)}; with the right slope changes {supply} ({_tried(tried)})",
    )


def _start_proof(rest: Residual, tried: int) -> Proof:
    return Proof(
        "offset-not-supplied",
        f"{_at_the_left(rest)} the line that the free units have to supply is "
        f"{line(rest.slope, rest.start - rest.slope * rest.left)}; with the right slopes "
        "everywhere the network is still too high or too low by a constant, and no unit is left "
        f"to move it ({_tried(tried)})",
    )


def _at_the_left(rest: Residual) -> str:
    if rest.changes:
        x = number(rest.changes[0].x)
        return f"before x = {x}, the first breakpoint that the free units have to make,"
    return "on the whole interval"


def _after(rest: Residual) -> str:
    """Return words for a target from which fixed units have been taken off, if there are any."""
    return "after the fixed units " if len(rest.free) < len(rest.units) else ""


def _tried(tried: int) -> str:
    if tried <= 1:
        return f"there is {'only one' if tried else 'no'} way to share the breakpoints"
    return f"all {tried} ways to share the breakpoints were tried"


def _changes(changes: Sequence[Breakpoint]) -> str:
    shown = [f"by {number(c.slope_change)} at x = {number(c.x)}" for c in changes]
    return listed(shown, "and", _MOST_NAMED) if shown else "nowhere"


def places(xs: Iterable[Fraction]) -> str:
    """Return "x = 1, 2 and 3", or the first few of many."""
    return f"x = {listed([number(x) for x in xs], 'and', _MOST_NAMED)}"


def _units(units: Sequence[int]) -> str:
    word = "unit" if len(units) == 1 else "units"
    return f"{word} {listed([str(k) for k in units], 'and', _MOST_NAMED)}"


def _counted(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
