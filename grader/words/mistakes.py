"""Diagnoses in plain words: what a unit does, what the target does, what idea is missing, and next.

At reveal "hints" no sentence gives a parameter any value but the student's own.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from grader.exact.network import ZERO, Knot, Network
from grader.exact.piecewise import Breakpoint
from grader.exercise.evidence import Evidence
from grader.exercise.record import Exercise
from grader.mistakes.cases import NUMBERS
from grader.mistakes.naming import predictions
from grader.mistakes.table import BY_CODE, PERMUTED, Idea, Mistake
from grader.mistakes.wrong_units import WrongUnit, diagnose
from grader.named import NamedTuple
from grader.report import Diagnosis, Sentences
from grader.text.codes import Reveal
from grader.words.special import ALONE, GIVEN, MIRRORED, OUTPUT, ROUNDING, SPARE, SPARE_GIVEN
from grader.words.wording import number

_NAMED_AT_MOST = 5


class Background(NamedTuple):
    """What all messages on an exercise have in common: `given` is how much fixed units bend."""

    exercise: Exercise
    given: Mapping[Fraction, Fraction]
    reveal: Reveal


def advice(
    exercise: Exercise, network: Network, seen: Evidence, *, passed: bool, reveal: Reveal
) -> tuple[Diagnosis, ...]:
    """Return the diagnoses of a network, in words; `passed`: every check has full credit."""
    diagnosed = diagnose(exercise, network, passed=passed)
    background = Background(exercise, given_bends(exercise, seen.knots), reveal)
    turns = {finding.case.turn for finding in diagnosed.findings}
    off = {turn: _off(turn, exercise, seen) for turn in turns}
    said = [worded(finding, background, off[finding.case.turn]) for finding in diagnosed.findings]
    if diagnosed.permuted:
        text = exercise.messages.get(PERMUTED) or _permuted(diagnosed.permuted)
        said.append(Diagnosis(None, PERMUTED, text))
    return tuple(said)


def given_bends(exercise: Exercise, knots: Sequence[Knot]) -> dict[Fraction, Fraction]:
    """Return how much the fixed units bend at their knots, of which `knots` has all."""
    given: dict[Fraction, Fraction] = {}
    for x, bend, k in knots:
        if k not in exercise.free_units:
            given[x] = given.get(x, ZERO) + bend
    return given


def beside(turn: Breakpoint | None, exercise: Exercise) -> tuple[Fraction, Fraction]:
    """Return where a wrong unit shows: the target's lines beside its breakpoint, or everything."""
    if turn is None:
        return exercise.domain
    before, after = exercise.target.beside(turn.x)
    return before.left, after.right


def _off(turn: Breakpoint | None, exercise: Exercise, seen: Evidence) -> str:
    """Say where the network is most off beside the breakpoint, or anywhere if there is none."""
    error, x = seen.error.max_abs(*beside(turn, exercise))
    return witness(x, exercise.target.value(x), seen.function.value(x)) if error else ""


def witness(x: Fraction, expected: Fraction, found: Fraction) -> str:
    """Return what the target and the network are at an x where they differ."""
    return (
        f"At x = {number(x)} the target is {number(expected)} and your network gives "
        f"{number(found, expected)}."
    )


def worded(finding: WrongUnit, background: Background, off: str) -> Diagnosis:
    """Return what to say about a wrong unit; `off` is its witness.

    An author's own text replaces all but the answer.
    """
    code, *also = finding.codes
    exercise = background.exercise
    answer = _answer(finding, exercise) if background.reveal == "answers" else ""
    own_text = exercise.messages.get(code)
    if own_text:
        return Diagnosis(finding.k, code, f"{own_text} {answer}".rstrip(" "), tuple(also))
    idea = _idea(finding)
    parts = Sentences(
        _now(finding),
        _target(finding, background),
        off,
        _filled(idea.text, finding, exercise),
        f"Look at {_look(finding, exercise, idea.look)}.",
        answer,
    )
    return Diagnosis(finding.k, code, " ".join(filter(None, parts)), tuple(also), parts)


def _idea(finding: WrongUnit) -> Idea:
    """Return the idea of the mistake that counts, or else what it means."""
    meaning = BY_CODE[finding.codes[0]].meaning
    return _fitting(finding) or Idea(f"{meaning[0].upper()}{meaning[1:]}.")


def _fitting(finding: WrongUnit) -> Idea | None:
    """Return the idea that fits what is known of the right answer, and what is given."""
    row, right = BY_CODE[finding.codes[0]], finding.case.right
    if finding.is_rounded:
        return ROUNDING
    if finding.answer is None and finding.case.turn is None and row.code in ALONE:
        return ALONE[row.code]
    if finding.answer is not None and right.known < NUMBERS:
        return SPARE_GIVEN if right.given else SPARE
    if right.given and (right.known != NUMBERS or row.code in OUTPUT):
        return _of_one(row, right.given)
    if right.known == NUMBERS and row.on_a_line is not None:
        return row.on_a_line
    return row.idea


def _of_one(row: Mistake, given: str) -> Idea | None:
    """Return the idea for a unit of which only one number can be chosen."""
    free = "b" if given == "w" else "w"
    if row.code in OUTPUT:
        return OUTPUT[row.code][free]
    return row.idea if free in row.alone else GIVEN[given]


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


def _target(finding: WrongUnit, background: Background) -> str:
    """Return what the target does where the unit is needed."""
    turn = finding.case.turn
    if turn is None:
        if finding.answer is None:
            return ""
        if finding.case.right.known == NUMBERS:
            return "All that is left for it to do is a straight line over the whole interval."
        return "The other units can do all that the target needs; nothing is left for this one."
    before, after = (segment.slope for segment in background.exercise.target.beside(turn.x))
    given = background.given.get(turn.x, ZERO)
    place = f"at x = {number(turn.x)}"
    if before == after:
        who = "the given" if given == -turn.slope_change else "other"
        return (
            f"The target goes straight on {place}, where {who} units change the slope by "
            f"{number(-turn.slope_change)}, so that has to be undone."
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


def _filled(text: str, finding: WrongUnit, exercise: Exercise) -> str:
    """Return an idea with its placeholders filled; few ideas have any."""
    if "{" not in text:
        return text
    return text.format_map(_words(finding, exercise))


def _words(finding: WrongUnit, exercise: Exercise) -> dict[str, str]:
    """Return what the placeholders of an idea stand for."""
    unit, turn = finding.case.unit, finding.case.turn
    knot = unit.knot
    sides = ("right", "left") if unit.w > 0 else ("left", "right")
    words = {"v": number(unit.v), "side": sides[0], "other_side": sides[1], **_claims(finding)}
    words |= dict.fromkeys(("edge", "t", "off", "way", "near", "step"), "")
    if knot is None:
        return words
    left, right = exercise.domain
    if turn is None:
        near = f"{_nearest(knot, exercise)} " if left < knot < right else ""
        return words | {"near": near}
    words["edge"] = _edge(finding, exercise)
    if unit.bend * turn.slope_change < 0:
        off = "in the opposite direction"
    else:
        off = "by too much" if abs(unit.bend) > abs(turn.slope_change) else "by too little"
    way = "to the right" if knot < turn.x else "to the left"
    step = f" The turn has to move {way}."
    if knot == turn.x:
        step = f" The slope changes {off}." if unit.bend != turn.slope_change else ""
    return words | {"t": number(turn.x), "off": off, "way": way, "step": step}


def _claims(finding: WrongUnit) -> dict[str, str]:
    """Return how exactly the mistake's numbers are met, and what is right beside them."""
    case = finding.case
    unit = case.unit
    met = dict(predictions(case.right)).get(finding.codes[0], [])
    return {
        "nearly": "" if (unit.w, unit.b) in met else "about ",
        "almost": "" if (unit.w, unit.b) in met else "almost ",
        "the_bias": "The bias" if case.right.given else "The weight is right, but the bias",
        "the_turn": "The unit turns"
        if case.right.given
        else "The weight is right, but the unit turns",
        "used": "The place is right, but you used" if case.is_in_place else "You used",
        "missing": "0, so the unit turns at x = 0" if not unit.b else "nearly 0",
        "mirrored": MIRRORED[unit.w > 0] if case.is_mirrored else "",
    }


def _edge(finding: WrongUnit, exercise: Exercise) -> str:
    """Return the breakpoint or end of the interval for which the unit's own was taken."""
    unit, right = finding.case.unit, finding.case.right
    places = dict(predictions(right)).get("wrong-breakpoint", [])
    if not places:
        return ""
    _, bias = min(places, key=lambda point: abs(point[1] - unit.b))
    edge = -bias / right.w
    kind = "an end of the interval" if edge in exercise.domain else "another breakpoint"
    return f"{number(edge)}, {kind}"


def _nearest(knot: Fraction, exercise: Exercise) -> str:
    before, after = exercise.target.beside(knot)
    ends = {before.left, before.right, after.right}.difference(exercise.domain)
    if not ends:
        return "The target is one straight line."
    near = min(sorted(ends), key=lambda x: abs(x - knot))
    return f"The nearest breakpoint of the target is at x = {number(near)}."


def _free(k: int, exercise: Exercise) -> list[str]:
    return [name for name in (f"w{k}", f"b{k}") if name in exercise.free]


def _look(finding: WrongUnit, exercise: Exercise, letters: str) -> str:
    """Return the parameters to look at: those named, if the student can choose them."""
    free = _free(finding.k, exercise)
    if finding.case.is_mirrored and finding.codes[0] == "knot-off":
        return " and ".join(free)
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
    """Return the observation that units are in another order than the breakpoints."""
    shown = [f"unit {k} turns at x = {number(x)}" for k, x in places[:_NAMED_AT_MOST]]
    more = len(places) - len(shown)
    listed = ", ".join(shown[:-1]) + f" and {shown[-1]}"
    if more:
        listed = ", ".join(shown) + f" and so on, {more} more"
    return (
        f"The units do each other's work: {listed}. That is not a mistake: the network adds them "
        "up, in any order."
    )
