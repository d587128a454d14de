"""What a student needs to know before trying, in plain words: parameters, target, marking."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.exact.network import UnitSpec
from grader.exercise.record import Check, Exercise
from grader.text.codes import REVEAL, Reveal
from grader.words.literal import exact
from grader.words.shapes import line
from grader.words.wording import points

MOST = 200  # of parameters, segments or checks that are listed one by one
_MOST_UNITS = 24  # of a formula
_REVEAL: dict[Reveal, str] = {
    "verdict": "Feedback says which checks are right, and no more.",
    "hints": "Feedback says what was expected and what was found, and hints at the mistake; it "
    "never gives an answer.",
    "answers": "Feedback says what was expected and what was found, and gives the right values.",
}


class Marking(NamedTuple):
    """One check as a student reads it: its name, what it asks for, what it is worth."""

    name: str
    asks: str
    worth: str


def as_marked(
    exercise: Exercise, full_marks: Fraction | None = None, reveal: Reveal | None = None
) -> Exercise:
    """Return the exercise as it is marked where full marks, or what is said, are set otherwise."""
    allowed = exercise.reveal
    if reveal:
        allowed = min(allowed, reveal, key=REVEAL.index)
    if full_marks is None:
        return exercise._replace(reveal=allowed)
    scale = full_marks / exercise.points
    checks = tuple(check._replace(worth=check.worth * scale) for check in exercise.checks)
    return exercise._replace(points=full_marks, reveal=allowed, checks=checks)


def formula(exercise: Exercise) -> str:
    """Return f(x) = ... in the parameters' names."""
    return f"f(x) = {network_text(exercise.units, exercise.bias)}"


def network_text(units: Sequence[UnitSpec], bias: Fraction) -> str:
    """Return a network's formula in the parameters' names: relu(w0*x + b0) - 2*relu(...).

    Of very many units the first ones are written out.
    """
    text = "" if not bias else exact(bias)
    for k, unit in enumerate(units[:_MOST_UNITS]):
        size = "" if abs(unit.v) == 1 else f"{exact(abs(unit.v))}*"
        if text:
            text += " - " if unit.v < 0 else " + "
        elif unit.v < 0:
            text = "-"
        text += f"{size}relu(w{k}*x + b{k})"
    more = len(units) - _MOST_UNITS
    return f"{text} + ... and so on for {more:,} more units" if more > 0 else text


def given(exercise: Exercise) -> list[str]:
    """Return the fixed parameters, as w0 = -2."""
    return [
        f"{letter}{k} = {exact(value)}"
        for k, unit in enumerate(exercise.units)
        for letter, value in (("w", unit.w), ("b", unit.b))
        if value is not None
    ]


def parameters(exercise: Exercise) -> list[str]:
    """Return the sentences about what is given and what the student chooses."""
    found = [f"Given: {_some(given(exercise))}."] if given(exercise) else []
    return [*found, *chosen(exercise)]


def chosen(exercise: Exercise) -> list[str]:
    """Return the sentences about what the student chooses."""
    found = [f"You choose {_some(list(exercise.free))}."]
    if exercise.sliders:
        low, high, step = map(exact, exercise.sliders)
        found.append(f"With sliders: from {low} to {high} in steps of {step}, starting at 0.")
    return found


def _some(items: Sequence[str]) -> str:
    more = len(items) - MOST
    return ", ".join(items[:MOST]) + (f" and {more:,} more" if more > 0 else "")


def target_rows(exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    """Yield start, end and line of every segment: the picture in words."""
    for left, right, slope, intercept in exercise.segments:
        yield exact(left), exact(right), line(slope, intercept)


def marking(exercise: Exercise) -> list[Marking]:
    """Return every check in the report's order."""
    return [
        Marking(_name(check), _asks(exercise, check), _worth(check)) for check in exercise.checks
    ]


def rules(exercise: Exercise) -> list[str]:
    """Return, as sentences, what decides about points beyond the checks themselves."""
    found = []
    fade = exercise.rules.fade
    if max(fade) > 1 and any(exercise.rules.tolerance):
        found.append(
            "Within what is allowed, a check earns all its points. Beyond that they fall in a "
            f"straight line, to 0 at {exact(fade.value)} times the allowed error of a segment, and "
            f"for a breakpoint at {exact(fade.x)} times the allowed distance or "
            f"{exact(fade.slope)} times the allowed difference of the slope change."
        )
    if exercise.rules.position_credit:
        share = exact(exercise.rules.position_credit)
        found.append(
            "A turn at the right place and in the right direction, but of the wrong size, earns up "
            f"to {share} of a breakpoint's points: the nearer its size, the more."
        )
    if any(check.role == "guard" for check in exercise.checks):
        found.append(
            "What is right before you begin earns nothing by itself; if your units disturb it, "
            "you lose a share of what you have earned."
        )
    found.append(f"Full marks are {points(exercise.points)} points; doing nothing earns 0.")
    found.append(_REVEAL[exercise.reveal])
    return found


def _name(check: Check) -> str:
    kind, _, place = check.id.partition("-")
    return f"{kind.capitalize()} {place}"


def _asks(exercise: Exercise, check: Check) -> str:
    value, x, slope = map(exact, exercise.rules.tolerance)
    if check.kind == "segment":
        allowed = "exactly" if value == "0" else f"to within {value}"
        return (
            f"from x = {exact(check.left)} to x = {exact(check.right)} the network equals the "
            f"target {allowed}"
        )
    return (
        f"at x = {exact(check.left)}{_give_or_take(x)} the slope changes by "
        f"{exact(check.slope_change)}{_give_or_take(slope)}"
    )


def _give_or_take(allowed: str) -> str:
    return "" if allowed == "0" else f" (give or take {allowed})"


def _worth(check: Check) -> str:
    if check.role == "guard":
        return f"already right; breaking it costs up to {_percent(check.share)} of your points"
    return f"{points(check.worth)} points"


def _percent(share: Fraction) -> str:
    return f"{points(share * 100)} %"
