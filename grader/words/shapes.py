"""What a picture shows, in words and numbers, for those who do not see it."""

from fractions import Fraction

from grader.exact.network import Unit
from grader.exercise.evidence import Evidence, evidence
from grader.exercise.record import Exercise
from grader.named import NamedTuple
from grader.report import Report
from grader.text.lists import listed
from grader.words.labels import label
from grader.words.wording import number

MOST_ROWS = 60
_NAMED = 5


class Row(NamedTuple):
    """Target and network at an x where one of them may turn; `outside` the tolerance or not."""

    x: Fraction
    place: str
    target: Fraction
    network: Fraction | None
    off: Fraction | None
    outside: bool


class Rows(NamedTuple):
    """The first rows from left to right, and how many more there would be."""

    rows: tuple[Row, ...]
    more: int


def seen(report: Report) -> Evidence | None:
    """Return the network as a picture may show it beside the target; None if it may not."""
    if report.exercise is None or report.network is None or report.reveal == "verdict":
        return None
    return evidence(report.exercise, report.network)


def line(slope: Fraction, intercept: Fraction, letter: str = "x") -> str:
    """Return a line's formula as it is written by hand: -x + 2."""
    if not slope:
        return label(intercept)
    size = "" if abs(slope) == 1 else label(abs(slope))
    if "e" in size or "/" in size:
        size += "*"  # 1e-9x would be read wrongly
    text = f"{'-' if slope < 0 else ''}{size}{letter}"
    if not intercept:
        return text
    return f"{text} {'-' if intercept < 0 else '+'} {label(abs(intercept))}"


def title(report: Report, shown: Evidence | None) -> str:
    """Return the name of the picture."""
    if report.exercise is None:
        return "No picture"
    left, right = report.exercise.domain
    what = "Target" if shown is None else "Target and your network"
    return f"{what} from x = {number(left)} to x = {number(right)}"


def description(report: Report, shown: Evidence | None) -> str:
    """Return what the picture of target and network shows, in a few sentences."""
    exercise = report.exercise
    if exercise is None:
        return "The exercise is not known, so there is nothing to draw."
    turns = [point.x for point in exercise.target.breakpoints]
    sentences = [f"The target's slope changes {_places(turns)}."]
    if shown is not None:
        sentences.append(f"Units turn {_places([knot.x for knot in shown.knots])}.")
        left, right = exercise.domain
        worst, x = shown.error.max_abs(left, right)
        if worst:
            verdict = "more than" if worst > exercise.rules.tolerance.value else "within what"
            sentences.append(
                f"The network is furthest from the target at x = {number(x)}, by {number(worst)}: "
                f"{verdict} is allowed."
            )
        else:
            sentences.append("The network equals the target everywhere.")
    return " ".join(sentences)


def key(report: Report, shown: Evidence | None) -> str:
    """Return what the lines and marks of the picture mean, in a sentence or two."""
    if report.exercise is None or shown is None:
        return "Dashed target; diamonds mark where it turns."
    allowed = number(report.exercise.rules.tolerance.value)
    given = "" if all(not unit.fixed for unit in report.units) else ", the square a given unit"
    return (
        f"Dashed target, solid network, hatched where more than {allowed} off. Discs mark where "
        f"your units turn, diamonds where the target does{given}."
    )


def _places(places: list[Fraction]) -> str:
    if not places:
        return "nowhere inside the interval"
    distinct = sorted(set(places))
    texts = [number(x) for x in distinct[:_NAMED]]
    more = len(distinct) - len(texts)
    if more:
        return f"at x = {', '.join(texts)} and {more:,} more places"
    return "at x = " + " and ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))


def rows(report: Report, shown: Evidence | None) -> Rows:
    """Return target and network at every x where one of them may turn; straight in between."""
    exercise = report.exercise
    if exercise is None:
        return Rows((), 0)
    places = _turning(exercise, shown)
    kept = sorted(places)[:MOST_ROWS]
    return Rows(
        tuple(_row(exercise, shown, x, "; ".join(places[x])) for x in kept),
        len(places) - len(kept),
    )


def _turning(exercise: Exercise, shown: Evidence | None) -> dict[Fraction, list[str]]:
    left, right = exercise.domain
    places: dict[Fraction, list[str]] = {left: ["left end"], right: ["right end"]}
    for point in exercise.target.breakpoints:
        places.setdefault(point.x, []).append("the target turns")
    units: dict[Fraction, list[int]] = {}
    for knot in shown.knots if shown else ():
        units.setdefault(knot.x, []).append(knot.unit)
    for x, at in units.items():
        names = listed(map(str, sorted(at)), most=_NAMED)
        places.setdefault(x, []).append(
            f"units {names} turn" if len(at) > 1 else f"unit {names} turns"
        )
    return places


def _row(exercise: Exercise, shown: Evidence | None, x: Fraction, place: str) -> Row:
    target = exercise.target.value(x)
    if shown is None:
        return Row(x, place, target, None, None, outside=False)
    found = shown.function.value(x)
    off = abs(found - target)
    return Row(x, place, target, found, off, outside=off > exercise.rules.tolerance.value)


def unit_formula(unit: Unit) -> str:
    """Return what a unit adds to the network."""
    z = line(unit.w, unit.b)
    if unit.v == 1:
        return f"relu({z})"
    return f"{label(unit.v)} * relu({z})"


def unit_summary(report: Report, index: int) -> str:
    """Return in a few words where a unit turns and what it adds there: turns at 1, adds +2."""
    unit = report.units[index]
    if unit.knot is None:
        return "flat"
    left, right = _domain(report)
    if not left < unit.knot < right:
        return f"turns at {label(unit.knot)}, outside"
    bend = label(unit.v * abs(unit.w))
    return f"turns at {label(unit.knot)}, adds {bend if bend[0] in '-≈' else f'+{bend}'}"


def _domain(report: Report) -> tuple[Fraction, Fraction]:
    if report.exercise is None:
        raise TypeError("units belong to an exercise")
    return report.exercise.domain


def unit_effect(report: Report, index: int) -> str:
    """Return where a unit is active and what it does to the slope, in one or two sentences."""
    unit = report.units[index]
    if unit.active is None:
        return "z is nowhere above 0 in the interval, so this unit adds nothing."
    left, right = _domain(report)
    start, end = unit.active
    if not unit.v:
        return "Its output weight is 0, so this unit adds nothing."
    if (start, end) == (left, right):
        return "z is above 0 in the whole interval, so it adds one straight line and turns nowhere."
    bend = unit.v * abs(unit.w)
    turn = start if start > left else end
    return (
        f"z is above 0 from x = {number(start)} to x = {number(end)}; at x = {number(turn)} "
        f"the slope changes by {number(bend)}."
    )
