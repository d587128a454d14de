"""A unit that a diagnosis blames, and what is true of its exact numbers."""

import re
from fractions import Fraction as F
from typing import NamedTuple

from grader.exact.network import Network, Unit
from grader.exact.piecewise import Breakpoint
from grader.exercise.record import Exercise

N = r"((?:about )?-?\d+(?:\.\d+)?(?:e[-+]\d+)?(?:/\d+)?)"


class Blamed(NamedTuple):
    """A unit as submitted, `right` as it would be (None: not known), and where both belong."""

    exercise: Exercise
    network: Network
    mended: Network
    k: int
    right: Unit | None
    code: str

    @property
    def unit(self) -> Unit:
        return self.network.units[self.k]

    @property
    def answer(self) -> Unit:
        assert self.right is not None
        return self.right

    @property
    def free(self) -> str:
        w, b, _ = self.exercise.units[self.k]
        return ("" if w is not None else "w") + ("" if b is not None else "b")

    @property
    def inside(self) -> F | None:
        """The right unit's knot, if the target or the network needs one inside the domain."""
        left, right = self.exercise.domain
        knot = self.answer.knot if self.right else None
        return knot if knot is not None and left < knot < right else None


def same(text: str, value: F) -> bool:
    """Tell whether a number as it is written is the value: exactly, or to six digits if rounded."""
    written = F(text.removeprefix("about "))
    return written == value or ("about" in text and abs(written - value) <= abs(value) / 10**5)


def near(blamed: Blamed, w: F | None = None, b: F | None = None, *, exactly: bool = False) -> bool:
    """Tell whether weight and bias, where given here, are the unit's, within tolerance or not."""
    value, _, slope = (F(0),) * 3 if exactly else blamed.exercise.rules.tolerance
    unit = blamed.unit
    return (w is None or abs(unit.v) * abs(unit.w - w) <= slope) and (
        b is None or abs(unit.v) * abs(unit.b - b) <= value
    )


def line(blamed: Blamed) -> tuple[F, F]:
    """Return slope and intercept of the target where the right unit is active beside its knot."""
    knot = blamed.inside
    assert knot is not None
    before, after = blamed.exercise.target.beside(knot)
    side = after if blamed.answer.w > 0 else before
    return side.slope, side.intercept


def places(blamed: Blamed) -> set[F]:
    """Return breakpoints and ends, save the right unit's own."""
    ends = {blamed.exercise.domain[0], *(segment.right for segment in blamed.exercise.segments)}
    return ends - {blamed.inside}


def in_place(blamed: Blamed) -> bool:
    knot, needed = blamed.unit.knot, needed_turn(blamed)
    return None not in {knot, needed} and abs(knot - needed.x) <= blamed.exercise.rules.tolerance.x


def needed_turn(blamed: Blamed) -> Breakpoint | None:
    """Return where and by how much the unit has to bend; the nearest turn if nothing is known."""
    if blamed.right is not None:
        return None if blamed.inside is None else Breakpoint(blamed.inside, blamed.answer.bend)
    given = [u for k, u in enumerate(blamed.network.units) if k not in blamed.exercise.free_units]
    rest = blamed.exercise.target - Network(tuple(given), blamed.exercise.bias).as_piecewise(
        *blamed.exercise.domain
    )
    knot = blamed.unit.knot
    if knot is None:
        return None
    return min(rest.breakpoints, key=lambda turn: abs(turn.x - knot), default=None)


def bend_of_given(blamed: Blamed, x: F) -> F:
    units = enumerate(blamed.network.units)
    return sum(
        (u.bend for k, u in units if k not in blamed.exercise.free_units and u.knot == x), F(0)
    )


def target_bends(blamed: Blamed, *said: str) -> bool:
    x, change, before, after, rest = said
    turn = needed_turn(blamed)
    assert turn is not None
    sides = [side.slope for side in blamed.exercise.target.beside(turn.x)]
    given = bend_of_given(blamed, turn.x)
    already = re.search(rf"the given units already change it by {N}", rest)
    shared = "several units can share that" in rest
    return (
        same(x, turn.x)
        and same(before, sides[0])
        and same(after, sides[1])
        and same(change, sides[1] - sides[0])
        and (same(already[1], given) if already else given == 0)
        and (not shared or turn.slope_change + given != sides[1] - sides[0])
    )


def goes_straight_on(blamed: Blamed, x: str, who: str, by: str) -> bool:
    """Tell whether the target has no breakpoint there, and units change the slope by so much."""
    turn, exercise = needed_turn(blamed), blamed.exercise
    assert turn is not None
    before, after = exercise.target.beside(turn.x)
    _, around, slope = exercise.rules.tolerance
    bends = [
        u.bend
        for k, u in enumerate(blamed.mended.units)
        if k != blamed.k
        and u.knot is not None
        and abs(u.knot - turn.x) <= around
        and (who == "other" or k not in exercise.free_units)
    ]
    undone = abs(sum(bends, turn.slope_change)) <= slope * len(bends)
    return (
        same(x, turn.x)
        and before.slope == after.slope
        and bool(bends)
        and undone
        and same(by, -turn.slope_change)
    )


def is_spare(blamed: Blamed) -> bool:
    """Tell whether the mended network is right without the unit."""
    units = tuple(
        u._replace(v=F(0)) if k == blamed.k else u for k, u in enumerate(blamed.mended.units)
    )
    whole = Network(units, blamed.exercise.bias).as_piecewise(*blamed.exercise.domain)
    value, _, slope = blamed.exercise.rules.tolerance
    # Units within tolerance of right, and not exactly, are submitted as they are.
    most = 8 * value + F(1, 10**6) + (10 * slope if slope > F(1, 20) else 0)
    return (whole - blamed.exercise.target).max_abs(*blamed.exercise.domain).value <= most


def value_at(blamed: Blamed, x: str, target: str, own: str) -> bool:
    function = blamed.network.as_piecewise(*blamed.exercise.domain)
    at = {
        F(x.removeprefix("about ")),
        *(p.x for p in function.breakpoints),
        *(p.x for p in blamed.exercise.target.breakpoints),
    }
    left, right = blamed.exercise.domain
    return any(
        same(x, here)
        and same(target, blamed.exercise.target.value(here))
        and same(own, function.value(here))
        for here in at
        if left <= here <= right
    )


def right_weight(blamed: Blamed, words: str) -> bool:
    """Tell whether "The weight is right, but" or, of a given weight, no such thing is said."""
    if not words.startswith("The weight is right"):
        return blamed.free == "b"
    return blamed.free == "wb" and near(blamed, w=blamed.answer.w)


def bias_is(blamed: Blamed, about: str, value: F) -> bool:
    return near(blamed, b=value) and (bool(about) or blamed.unit.b == value)


def off_by(blamed: Blamed, how: str) -> bool:
    turn = needed_turn(blamed)
    assert turn is not None
    bend = blamed.unit.bend
    if how == "in the opposite direction":
        return bend * turn.slope_change < 0
    if bend * turn.slope_change < 0:
        return False
    return (abs(bend) > abs(turn.slope_change)) == (how == "by too much") and abs(bend) != abs(
        turn.slope_change
    )


def moves(blamed: Blamed, way: str) -> bool:
    turn, knot = needed_turn(blamed), blamed.unit.knot
    assert turn is not None
    return knot is not None and (knot < turn.x if way == "right" else knot > turn.x)


def wrong_place(blamed: Blamed, *said: str) -> bool:
    words, about, x, what, own = said
    edge = next((place for place in places(blamed) if same(x, place)), None)
    knot = blamed.unit.knot
    kind = "an end of the interval" if edge in blamed.exercise.domain else "another breakpoint"
    return (
        edge is not None
        and blamed.inside is not None
        and same(own, blamed.inside)
        and right_weight(blamed, words)
        and kind == what
        and (knot == edge or (bool(about) and near(blamed, b=-blamed.answer.w * edge)))
    )


def looks_at(blamed: Blamed, names: str) -> bool:
    """Tell whether what is to be looked at is free, and enough to put the unit right."""
    named = re.findall(r"[wb]\d+", names)
    left_out = [letter for letter in "wb" if f"{letter}{blamed.k}" not in named]
    enough = (
        blamed.right is None
        or blamed.inside is None
        or all(near(blamed, **{letter: getattr(blamed.answer, letter)}) for letter in left_out)
    )
    return set(named) <= {f"{letter}{blamed.k}" for letter in blamed.free} and enough


def answers(blamed: Blamed, names: str) -> bool:
    pairs = re.findall(rf"([wb])(\d+) = {N}", names)
    return "".join(letter for letter, _, _ in pairs) == blamed.free and all(
        int(k) == blamed.k and same(value, getattr(blamed.answer, letter))
        for letter, k, value in pairs
    )


def rounded(blamed: Blamed) -> bool:
    size = max(abs(blamed.answer.w), abs(blamed.answer.b)) / 10**9
    return all(
        abs(own - right) <= size
        for own, right in zip(blamed.unit[:2], blamed.answer[:2], strict=True)
    )


def always(_: Blamed) -> bool:
    return True


def active(blamed: Blamed) -> tuple[F, F] | None:
    return blamed.unit.active(*blamed.exercise.domain)
