"""Every sentence that a diagnosis can hold, and when it is true of the exact numbers.

A message is read sentence by sentence; one that no row here knows fails. The conditions are stated
anew, from the contract, and not by calling what made the sentences.
"""

import re
from collections.abc import Callable, Iterator
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


Claim = Callable[..., bool]
W = "(The weight is right, but the (?:bias|unit turns)|The bias|The unit turns)"
FORMULA = r"at x = -b/w"
SENTENCES: tuple[tuple[str, Claim], ...] = (
    # What the unit does.
    (r"Unit (\d+) does nothing yet: its weight and its bias are both 0\.", lambda t, k: int(k) == t.k and not t.unit.w and not t.unit.b),
    (rf"Unit (\d+) is 0 on the whole interval(?:; it would turn at x = {N})?\.", lambda t, k, x: int(k) == t.k and active(t) is None and (x is None) == (t.unit.knot is None) and (x is None or same(x, t.unit.knot))),
    (r"Unit (\d+) is active on the whole interval: it turns nowhere inside\.", lambda t, k: int(k) == t.k and active(t) == t.exercise.domain),
    (rf"Unit (\d+) turns at x = {N}, where it changes the slope by {N}\.", lambda t, k, x, by: int(k) == t.k and active(t) not in {None, t.exercise.domain} and same(x, t.unit.knot) and same(by, t.unit.bend)),
    # What the target does.
    (r"All that is left for it to do is a straight line over the whole interval\.", lambda t: t.inside is None and t.answer.active(*t.exercise.domain) == t.exercise.domain),
    (r"The other units can do all that the target needs; nothing is left for this one\.", is_spare),
    (rf"The target goes straight on at x = {N}, where (the given|other) units change the slope by {N}, so that has to be undone\.", goes_straight_on),
    (rf"The target's slope changes at x = {N} by {N}, from {N} to {N}((?:; [a-z][^.;]*(?:\.\d[^.;]*)?)*)\.", target_bends),
    (rf"At x = {N} the target is {N} and your network gives {N}\.", value_at),
    # What is missing.
    (r"The weight decides by how much the slope changes and on which side of its turn the unit is active; the bias moves the turn\.", always),
    (r"The weight makes the slope of its line, the bias its height at x = 0\.", lambda t: t.inside is None),
    (r"You put (about )?the target's own line into the unit\.", lambda t, about: near(t, *line(t), exactly=not about)),
    (r"But units add up: a unit has to add only the change of the slope\.", always),
    (r"(The place is right, but you|You) used (about )?the slope of the target's line\.", lambda t, place, about: near(t, w=line(t)[0]) and (bool(about) or t.unit.w == line(t)[0]) and (place == "You" or in_place(t))),
    (r"Units add up: use the change of the slope\.", always),
    (rf"You gave the unit (about )?the line that has to come out after its output weight, {N}\.", lambda t, about, v: t.free == "wb" and same(v, t.unit.v) and near(t, t.unit.v * t.answer.w, t.unit.v * t.answer.b, exactly=not about)),
    (r"Allow for the output weight(?: in both weight and bias)?\.", lambda t: t.unit.v != 1),
    (rf"The (weight|bias) is (about )?the (?:slope|intercept of the line) that has to come out after the unit's output weight, {N}\.", lambda t, which, about, v: t.free == which[0] and same(v, t.unit.v) and near(t, **{which[0]: t.unit.v * getattr(t.answer, which[0])}, exactly=not about)),
    (rf"{W} is (about )?minus the x where the unit has to turn\.", lambda t, words, about: right_weight(t, words) and bias_is(t, about, -t.inside)),
    (rf"It turns {FORMULA}: the weight counts, too\.", always),
    (r"Only the sign of the bias is wrong\.", lambda t: near(t, t.answer.w if "w" in t.free else None, -t.answer.b) and t.unit.b * t.answer.b < 0),
    (rf"A unit turns {FORMULA}: right of 0 if weight and bias differ in sign\.", always),
    (r"Only the sign of the bias is wrong: it decides whether the line is above or below 0 at x = 0\.", lambda t: near(t, t.answer.w if "w" in t.free else None, -t.answer.b) and t.unit.b * t.answer.b < 0),
    (rf"{W} is 0, so the unit turns at x = 0\.", lambda t, words: right_weight(t, words) and t.unit.b == 0 and t.unit.knot == 0),
    (rf"{W} is nearly 0\.", lambda t, words: right_weight(t, words) and t.unit.b != 0 and near(t, b=F(0))),
    (r"The bias moves the turn, to x = -b/w\.", always),
    (rf"{W} is (about )?0; it makes the height of the line at x = 0\.", lambda t, words, about: right_weight(t, words) and bias_is(t, about, F(0)) and t.inside is None),
    (rf"{W} is (about )?the intercept of the target's line\.", lambda t, words, about: right_weight(t, words) and bias_is(t, about, line(t)[1])),
    (rf"It has to place the turn, {FORMULA}\.", always),
    (r"The unit is active on the (left|right) of its turn, but the target needs it on the (left|right)\.", lambda t, own, needed: own != needed and (t.unit.w > 0) == (own == "right") and (t.answer.w > 0) == (needed == "right")),
    (r"The sign of the weight decides that; the bias has to go with it\.", always),
    (r"It is active on the (left|right) of its turn, but the target needs it on the (left|right)\.", lambda t, own, needed: own != needed and (t.unit.w > 0) == (own == "right") and (t.answer.w > 0) == (needed == "right")),
    (r"The signs are wrong: with the right ones the unit is active on the whole interval\.", lambda t: t.unit.w * t.answer.w < 0 and (t.unit.b * t.answer.b < 0 or t.unit.b == t.answer.b == 0) and t.inside is None),
    (r"Only the sign of the weight is wrong\.", lambda t: near(t, -t.answer.w, t.answer.b if "b" in t.free else None) and t.unit.w * t.answer.w < 0),
    (r"It decides on which side of its turn the unit is active, and on which side of 0 the turn is\.", always),
    (r"Only the sign of the weight is wrong: it decides whether the line rises or falls\.", lambda t: near(t, -t.answer.w, t.answer.b if "b" in t.free else None) and t.unit.w * t.answer.w < 0 and t.inside is None),
    (r"Weight and bias have (almost )?changed places: the weight makes the slope, the bias moves the turn\.", lambda t, about: near(t, t.answer.b, t.answer.w, exactly=not about)),
    (r"Weight and bias have (almost )?changed places: the weight makes the slope of the line, the bias its height at x = 0\.", lambda t, about: near(t, t.answer.b, t.answer.w, exactly=not about) and t.inside is None),
    (rf"(The weight is right, but the unit turns|The unit turns) (about )?at x = {N}, (another breakpoint|an end of the interval); this unit belongs to x = {N}\.", wrong_place),
    (r"A unit that is 0 everywhere adds nothing\.", lambda t: active(t) is None),
    (rf"Its turn, {FORMULA}, has to be inside the interval\.", lambda t: needed_turn(t) is not None and (t.right is None or t.inside is not None)),
    (r"A unit that is 0 everywhere adds nothing; this one has to be active\.", lambda t: active(t) is None and t.answer.active(*t.exercise.domain) == t.exercise.domain),
    (r"A unit that is active everywhere only adds a straight line\.", lambda t: active(t) == t.exercise.domain),
    (r"It is active everywhere, as it should be, but draws another line: the weight makes its slope, the bias its height\.", lambda t: active(t) == t.exercise.domain == t.answer.active(*t.exercise.domain) and t.unit[:2] != t.answer[:2]),
    (r"A unit that is active everywhere adds a straight line\.", lambda t: active(t) == t.exercise.domain),
    (r"The place is right, but the slope changes (by too much|by too little|in the opposite direction)\.", lambda t, how: t.free == "wb" and in_place(t) and off_by(t, how)),
    (r"Change weight and bias together, or the turn moves, too\.", lambda t: t.free == "wb"),
    (rf"The change of the slope is right, but the turn, {FORMULA}, has to move to the (left|right)\.", lambda t, way: abs(t.unit.bend - needed_turn(t).slope_change) <= t.exercise.rules.tolerance.slope and moves(t, way)),
    (r"The nearest breakpoint of the target is at x = " + N + r"\.", lambda t, x: t.right is None and any(same(x, p.x) for p in t.exercise.target.breakpoints) and min(abs(p.x - t.unit.knot) for p in t.exercise.target.breakpoints) == min(abs(p.x - t.unit.knot) for p in t.exercise.target.breakpoints if same(x, p.x))),
    (r"The target is one straight line\.", lambda t: not t.exercise.target.breakpoints),
    (r"Together the free units have to change the slope nowhere\.", lambda t: t.right is None and needed_turn(t) is None),
    (r"First find the weight, which makes the change of the slope, then the bias, which moves the turn, to x = -b/w\.", lambda t: t.free == "wb"),
    (rf"The unit has to be active everywhere: move its turn, {FORMULA}, out of the interval\.", lambda t: active(t) not in {None, t.exercise.domain} and t.answer.active(*t.exercise.domain) == t.exercise.domain),
    (r"It does no harm while it is 0 on the whole interval: (unset, or )?with its turn outside and active on the far side\.", lambda t, unset: is_spare(t) and (unset is not None) == (t.free == "wb")),
    (r"The weight is given; the bias moves the turn, to x = -b/w\.", lambda t: t.free == "b"),
    (rf"The bias is given, so the weight sets both where the unit turns, {FORMULA}, and by how much the slope changes\.", lambda t: t.free == "w"),
    (r"The turn has to move to the (left|right)\.", moves),
    (r"The slope changes (by too much|by too little|in the opposite direction)\.", off_by),
    (r"That differs from what is needed only by rounding, by less than one part in a billion: write the number with fewer digits, as you would by hand\.", rounded),
    # What to do.
    (r"Look at ([wb]\d+(?: and [wb]\d+)?)\.", looks_at),
    (rf"The right values? (?:is|are) ([wb]\d+ = {N}(?: and [wb]\d+ = {N})?)\.", lambda t, names, *_: answers(t, names)),
)  # fmt: skip
ROWS = [(re.compile(pattern + r"(?: |$)"), claim) for pattern, claim in SENTENCES]


def false_sentences(blamed: Blamed, message: str) -> Iterator[str]:
    """Yield every sentence of the message that is not true, and what could not be read."""
    place = 0
    while place < len(message):
        found = [(row.match(message, place), claim) for row, claim in ROWS]
        match, claim = next(((m, c) for m, c in found if m), (None, always))
        if match is None:
            yield f"not read: {message[place:]}"
            return
        try:
            holds = claim(blamed, *match.groups())
        except (AssertionError, AttributeError, TypeError) as error:
            yield f"{match[0]}: {error!r}"
        else:
            if not holds:
                yield match[0]
        place = match.end()


def shows(blamed: Blamed, code: str) -> bool:
    """Tell whether a code is true of the unit: the contract's table, a row at a time."""
    unit, right, tolerance = blamed.unit, blamed.right, blamed.exercise.rules.tolerance
    turn = needed_turn(blamed)
    looks = {
        "unit-unset": lambda: near(blamed, F(0), F(0)),
        "dead-unit": lambda: active(blamed) is None,
        "always-on": lambda: active(blamed) == blamed.exercise.domain,
        "slope-change-off": lambda: in_place(blamed) and unit.bend != turn.slope_change,
        "knot-off": lambda: (
            unit.knot != turn.x and abs(unit.bend - turn.slope_change) <= tolerance.slope
        ),
        "unrecognised": lambda: True,
    }
    if code in looks:
        return looks[code]()
    if right is None:
        return False
    w, b, v = right
    s, c = line(blamed) if blamed.inside is not None else (None, None)
    points = {
        "copied-line": [(s, c)],
        "absolute-slope": [(s, s and -s * blamed.inside)] if s is not None else [],
        "ignored-output-weight": [(v * w, v * b)] if v != 1 else [],
        "bias-is-breakpoint": [(w, -blamed.inside)] if blamed.inside is not None else [],
        "bias-sign": [(w, -b)],
        "missing-bias": [(w, F(0))],
        "intercept-as-bias": [(w, c)] if c is not None else [],
        "wrong-side": [(-w, -b)],
        "weight-sign": [(-w, b)],
        "swapped-w-and-b": [(b, w)],
        "wrong-breakpoint": [(w, -w * x) for x in places(blamed)]
        if blamed.inside is not None
        else [],
    }[code]
    alone = dict.fromkeys(("w", "b"))
    return any(
        near(
            blamed,
            **alone
            | {
                letter: value
                for letter, value in zip("wb", point, strict=True)
                if letter in blamed.free
            },
        )
        for point in points
        if None not in point
    )


PERMUTED = re.compile(
    rf"The units do each other's work: ((?:,? ?(?:and )?unit \d+ turns at x = {N})+)"
    r"(?: and so on, (\d+) more)?\. That is not a mistake: the network adds them up, in any order\."
)


def are_permuted(exercise: Exercise, network: Network, wrong: set[int], message: str) -> bool:
    """Tell whether the units that are named are right, and stand in another order than turns do."""
    match = PERMUTED.fullmatch(message)
    if match is None:
        return False
    named = [(int(k), x) for k, x in re.findall(rf"unit (\d+) turns at x = {N}", match[1])]
    turns = [turn.x for turn in exercise.target.breakpoints]
    turns += [  # what others bend where the target goes straight on has to be undone
        u.knot for k, u in enumerate(network.units) if k not in wrong and u.knot is not None
    ]
    where = {}
    for k, x in named:
        knot = network.units[k].knot
        if knot is None or not same(x, knot) or exercise.units[k][:2] != (None, None):
            return False
        where[k] = min(turns, key=lambda turn, knot=knot: abs(turn - knot))
        if abs(where[k] - knot) > exercise.rules.tolerance.x:
            return False
    if wrong & set(where) or len(named) < 2:
        return False
    signs = {sign: [k for k in where if network.units[k].v * sign > 0] for sign in (1, -1)}
    if match[3]:
        return True
    return all(
        not group or [where[k] for k in group] != sorted(where[k] for k in group)
        for group in signs.values()
    )
