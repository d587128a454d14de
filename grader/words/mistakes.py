"""Diagnoses in plain words: what a unit does, what the target does, what idea is missing, and next.

At reveal "hints" no sentence gives a parameter any value but the student's own.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from grader.exact.network import ZERO, Network
from grader.exact.piecewise import Breakpoint, Extreme
from grader.exercise.evidence import Evidence
from grader.exercise.record import Exercise
from grader.mistakes.cases import NUMBERS
from grader.mistakes.naming import predictions
from grader.mistakes.table import BY_CODE, PERMUTED, Idea
from grader.mistakes.wrong_units import WrongUnit, diagnose
from grader.named import NamedTuple
from grader.report import Diagnosis
from grader.text.codes import Reveal
from grader.words.special import ALONE, GIVEN, ROUNDING, SPARE
from grader.words.wording import number

_NAMED_AT_MOST = 5
# Less than a part in so many is rounding.
_ROUNDING = 10**9
# What is said of a mistake where weight or bias is given, and speaks of the other one only.
_OF_ONE = {
    "w": {
        "bias-is-breakpoint",
        "bias-sign",
        "missing-bias",
        "intercept-as-bias",
        "wrong-breakpoint",
        "dead-unit",
        "always-on",
    },
    "b": {"weight-sign", "dead-unit", "always-on"},
}


class _Scene(NamedTuple):
    """What all messages on one network have in common.

    `given` is how much the fixed units bend at their knots, `worst` where the network is most off:
    over the whole domain (None), or beside the breakpoint at an x where a wrong unit belongs.
    """

    exercise: Exercise
    seen: Evidence
    given: Mapping[Fraction, Fraction]
    worst: Mapping[Fraction | None, Extreme]
    reveal: Reveal


def advice(
    exercise: Exercise, network: Network, seen: Evidence, *, passed: bool, reveal: Reveal
) -> tuple[Diagnosis, ...]:
    """Return the diagnoses of a network, in words; `passed`: every check has full credit."""
    diagnosed = diagnose(exercise, network, passed=passed)
    given: dict[Fraction, Fraction] = {}
    for x, bend, k in seen.knots:
        if k not in exercise.free_units:
            given[x] = given.get(x, ZERO) + bend
    turns = {finding.case.turn for finding in diagnosed.findings}
    scene = _Scene(
        exercise, seen, given, {t and t.x: _worst(t, exercise, seen) for t in turns}, reveal
    )
    worded = [
        Diagnosis(finding.k, finding.codes[0], _message(finding, scene), finding.codes[1:])
        for finding in diagnosed.findings
    ]
    if diagnosed.permuted:
        text = exercise.messages.get(PERMUTED) or _permuted(diagnosed.permuted)
        worded.append(Diagnosis(None, PERMUTED, text))
    return tuple(worded)


def _worst(turn: Breakpoint | None, exercise: Exercise, seen: Evidence) -> Extreme:
    """Return where the network is most off beside the breakpoint, or anywhere if there is none."""
    if turn is None:
        return seen.error.max_abs(*exercise.domain)
    before, after = exercise.target.beside(turn.x)
    return seen.error.max_abs(before.left, after.right)


def _message(finding: WrongUnit, scene: _Scene) -> str:
    """Return what to say about a wrong unit; an author's own text replaces all but the answer."""
    own_text = scene.exercise.messages.get(finding.codes[0])
    if own_text:
        sentences: list[str] = [own_text]
    else:
        idea = _idea(finding, scene.exercise)
        sentences = [
            _now(finding),
            _target(finding, scene),
            _witness(finding, scene),
            idea.text.format_map(_words(finding, scene.exercise)),
            f"Look at {_look(finding.k, scene.exercise, idea.look)}.",
        ]
    if scene.reveal == "answers":
        sentences.append(_answer(finding, scene.exercise))
    return " ".join(filter(None, sentences))


def _is_rounding(finding: WrongUnit) -> bool:
    """Tell whether weight and bias differ from the right ones by rounding only."""
    unit, answer = finding.case.unit, finding.answer
    if answer is None or not (answer.w or answer.b):
        return False
    pairs = ((unit.w, answer.w), (unit.b, answer.b))
    return all(abs(own - right) <= abs(right) / _ROUNDING for own, right in pairs)


def _given(k: int, exercise: Exercise) -> str:
    """Return which of weight and bias of a free unit is given, if one is."""
    w, b, _ = exercise.units[k]
    return "w" if w is not None else "b" if b is not None else ""


def _idea(finding: WrongUnit, exercise: Exercise) -> Idea:
    row, known = BY_CODE[finding.codes[0]], finding.case.right.known
    if _is_rounding(finding):
        return ROUNDING
    if finding.answer is None and finding.case.turn is None and row.code in ALONE:
        return ALONE[row.code]
    if finding.answer is not None and known < NUMBERS:
        return SPARE
    given = _given(finding.k, exercise)
    if given and known != NUMBERS and row.code not in _OF_ONE[given]:
        return GIVEN[given]
    if known == NUMBERS and row.on_a_line is not None:
        return row.on_a_line
    return row.idea or Idea(f"{row.meaning[0].upper()}{row.meaning[1:]}.")


def _now(finding: WrongUnit) -> str:
    """Return what the unit does as it is."""
    unit, (left, right) = finding.case.unit, finding.case.domain
    name = f"Unit {finding.k}"
    active, knot = unit.active(left, right), unit.knot
    if not unit.w and not unit.b:
        return f"{name} does nothing yet: its weight and its bias are both 0."
    if active is None:
        turn = f"; it would turn at x = {number(knot)}" if knot is not None else ""
        return f"{name} is 0 on the whole interval{turn}."
    if active == (left, right) or knot is None:
        return f"{name} is active on the whole interval: it turns nowhere inside."
    return f"{name} turns at x = {number(knot)}, where it changes the slope by {number(unit.bend)}."


def _target(finding: WrongUnit, scene: _Scene) -> str:
    """Return what the target does where the unit is needed."""
    turn = finding.case.turn
    if turn is None:
        if finding.answer is None:
            return ""
        if finding.case.right.known == NUMBERS:
            return "All that is left for it to do is a straight line over the whole interval."
        return "The other units can do all that the target needs; nothing is left for this one."
    before, after = (segment.slope for segment in scene.exercise.target.beside(turn.x))
    given = scene.given.get(turn.x, ZERO)
    place = f"at x = {number(turn.x)}"
    if before == after:
        return (
            f"The target goes straight on {place}, where the given units change the slope by "
            f"{number(given)}, so that has to be undone."
        )
    text = (
        f"The target's slope changes {place} by {number(after - before)}, from {number(before)} to "
        f"{number(after)}"
    )
    if given:
        text += f"; the given units already change it by {number(given)}"
    if given + turn.slope_change != after - before:
        text += "; several units can share that"
    return f"{text}."


def _witness(finding: WrongUnit, scene: _Scene) -> str:
    """Return an x where the network is off: on the target's lines beside the unit's breakpoint."""
    turn, target = finding.case.turn, scene.exercise.target
    error, x = scene.worst[turn and turn.x]
    if not error:
        return ""
    expected, found = target.value(x), scene.seen.function.value(x)
    return (
        f"At x = {number(x)} the target is {number(expected)} and your network gives "
        f"{number(found, expected)}."
    )


def _words(finding: WrongUnit, exercise: Exercise) -> dict[str, str]:
    """Return what the placeholders of an idea stand for."""
    unit, turn = finding.case.unit, finding.case.turn
    knot = unit.knot
    sides = ("right", "left") if unit.w > 0 else ("left", "right")
    words = {"v": number(unit.v), "side": sides[0], "other_side": sides[1], **_claims(finding)}
    words |= dict.fromkeys(("edge", "t", "off", "way", "near"), "")
    if _given(finding.k, exercise) == "w":
        words |= {"the_bias": "The bias", "the_turn": "The unit turns"}
    if knot is None:
        return words
    left, right = exercise.domain
    if turn is None:
        near = f"{_nearest(knot, exercise)} " if left < knot < right else ""
        return words | {"near": near}
    before, after = exercise.target.beside(min(max(knot, left), right))
    ends = {before.left, before.right, after.left, after.right} - {turn.x}
    edge = min(sorted(ends), key=lambda x: abs(x - knot), default=turn.x)
    words["edge"] = number(edge)
    if unit.bend * turn.slope_change < 0:
        off = "in the opposite direction"
    else:
        off = "by too much" if abs(unit.bend) > abs(turn.slope_change) else "by too little"
    way = "to the right" if knot < turn.x else "to the left"
    return words | {"t": number(turn.x), "off": off, "way": way}


def _claims(finding: WrongUnit) -> dict[str, str]:
    """Return how exactly the mistake's numbers are met, and what is right beside them."""
    case = finding.case
    unit = case.unit
    met = dict(predictions(case.right)).get(finding.codes[0], [])
    return {
        "nearly": "" if (unit.w, unit.b) in met else "about ",
        "the_bias": "The weight is right, but the bias",
        "the_turn": "The weight is right, but the unit turns",
        "used": "The place is right, but you used" if case.is_in_place else "You used",
        "missing": "0, so the unit turns at x = 0" if not unit.b else "nearly 0",
    }


def _nearest(knot: Fraction, exercise: Exercise) -> str:
    before, after = exercise.target.beside(knot)
    ends = {before.left, before.right, after.right}.difference(exercise.domain)
    if not ends:
        return "The target is one straight line."
    near = min(sorted(ends), key=lambda x: abs(x - knot))
    return f"The nearest breakpoint of the target is at x = {number(near)}."


def _free(k: int, exercise: Exercise) -> list[str]:
    return [name for name in (f"w{k}", f"b{k}") if name in exercise.free]


def _look(k: int, exercise: Exercise, letters: str) -> str:
    """Return the parameters of unit k to look at: those named, if the student can choose them."""
    free = _free(k, exercise)
    return " and ".join([name for name in free if name[0] in letters] or free)


def _answer(finding: WrongUnit, exercise: Exercise) -> str:
    """Return the right parameters of the unit, for reveal "answers"."""
    if finding.answer is None:
        return ""
    value = {"w": finding.answer.w, "b": finding.answer.b}
    right = [f"{name} = {number(value[name[0]])}" for name in _free(finding.k, exercise)]
    verb = "values are" if len(right) > 1 else "value is"
    return f"The right {verb} {' and '.join(right)}."


def _permuted(places: Sequence[tuple[int, Fraction]]) -> str:
    """Return the observation that units stand in another order than the breakpoints."""
    shown = [f"unit {k} turns at x = {number(x)}" for k, x in places[:_NAMED_AT_MOST]]
    more = len(places) - len(shown)
    listed = ", ".join(shown[:-1]) + f" and {shown[-1]}"
    if more:
        listed = ", ".join(shown) + f" and so on, {more} more"
    return (
        f"The units do each other's work: {listed}. That is no mistake, for the network adds them "
        "up, in any order."
    )
