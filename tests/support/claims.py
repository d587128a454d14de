"""Every sentence that a diagnosis can hold, and when it is true of the exact numbers.

A message is read sentence by sentence; one that no row here knows fails. The conditions are stated
anew, from the contract, and not by calling what made the sentences.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction as F

from blamed import (
    Blamed,
    N,
    active,
    always,
    answers,
    bias_is,
    goes_straight_on,
    in_place,
    is_spare,
    line,
    looks_at,
    moves,
    near,
    needed_turn,
    off_by,
    places,
    right_weight,
    rounded,
    same,
    target_bends,
    value_at,
    wrong_place,
)
from grader.exact.network import Network
from grader.exercise.record import Exercise

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
