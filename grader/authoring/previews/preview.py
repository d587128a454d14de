"""What a student will see before trying, in plain words: text, parameters, how it is marked."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from grader.authoring.making.scaffold import network_text
from grader.authoring.solving.solution_text import assignments, exact, sentence
from grader.authoring.solving.solve import solve
from grader.exercise.record import Check, Exercise
from grader.words.shapes import line
from grader.words.wording import points

_REVEAL = {
    "verdict": "Feedback says which checks are right, and no more.",
    "hints": "Feedback says what was expected and found and hints at the mistake, but gives no "
    "answer.",
    "answers": "Feedback says what was expected and found, and gives the right values.",
}


class Marking(NamedTuple):
    """One check as a student reads it: its name, what it asks for, what it is worth."""

    name: str
    asks: str
    worth: str


def formula(exercise: Exercise) -> str:
    """Return f(x) = ... by the parameters' names."""
    return f"f(x) = {network_text(exercise.units, exercise.bias)}"


def given(exercise: Exercise) -> list[str]:
    """Return the parameters that are fixed, as w0 = -2."""
    return [
        f"{letter}{k} = {exact(value)}"
        for k, unit in enumerate(exercise.units)
        for letter, value in (("w", unit.w), ("b", unit.b))
        if value is not None
    ]


def chosen(exercise: Exercise) -> list[str]:
    """Return the sentences about what the student chooses."""
    found = [f"You choose {', '.join(exercise.free)}."]
    if exercise.sliders:
        low, high, step = map(exact, exercise.sliders)
        found.append(f"With sliders: from {low} to {high} in steps of {step}, starting at 0.")
    return found


def marking(exercise: Exercise) -> list[Marking]:
    """Return every check in the report's order."""
    return [
        Marking(_name(check), _asks(exercise, check), _worth(check)) for check in exercise.checks
    ]


def rules(exercise: Exercise) -> list[str]:
    """Return how points come about beyond the checks themselves, as sentences."""
    found = []
    fade = exercise.rules.fade
    if max(fade) > 1 and any(exercise.rules.tolerance):
        found.append(
            "Within what is allowed a check earns all its points. Beyond that they fall in a "
            f"straight line, to 0 at {exact(fade.value)} times the allowed error of a segment, and "
            f"for a breakpoint at {exact(fade.x)} times the allowed distance or "
            f"{exact(fade.slope)} times the allowed difference of the slope change."
        )
    if exercise.rules.position_credit:
        share = exact(exercise.rules.position_credit)
        found.append(
            "A turn at the right place and to the right side, but of another size, earns up to "
            f"{share} of a breakpoint's points, more the nearer it is."
        )
    if any(check.role == "guard" for check in exercise.checks):
        found.append(
            "What is right before you begin earns nothing by itself; if your units disturb it, "
            "you lose a share of what you have earned."
        )
    found.append(f"Full marks are {points(exercise.points)} points; doing nothing earns 0.")
    found.append(_REVEAL[exercise.reveal])
    return found


def answer(exercise: Exercise) -> str:
    """Return a right answer, or why there is none."""
    solution = solve(exercise, approximate=False)
    if solution.families:
        text = f"A right answer: {assignments(solution.families[0].example)}."
        return text if len(solution.families) == 1 else f'{text} "grader solve" shows all.'
    if solution.proof:
        return f"There is no right answer: {sentence(solution.proof.message)}"
    return "Whether there is a right answer was not decided."


def target_rows(exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    """Yield from, to and line of every segment: the picture in words."""
    for left, right, slope, intercept in exercise.segments:
        yield exact(left), exact(right), line(slope, intercept)


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
        return f"right already; up to {_percent(check.share)} of what you earn is lost with it"
    return f"{points(check.worth)} points"


def _percent(share: Fraction) -> str:
    return f"{points(share * 100)} %"
