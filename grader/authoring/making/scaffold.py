"""A new exercise and its samples as text: what `grader new` writes."""

import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil
from textwrap import wrap
from typing import NamedTuple

from grader.authoring.linting.grid import on_grid
from grader.authoring.linting.lint import lint
from grader.authoring.linting.subject import INFORMATION, LintFinding
from grader.authoring.making.design import NO_EXERCISE, Design, Impossible, Made, Points
from grader.authoring.making.samples import Sample, samples
from grader.authoring.solving.families import Family
from grader.exact.network import ZERO
from grader.exact.piecewise import PiecewiseLinear
from grader.exact.rational import MAX_MAGNITUDE, MAX_TEXT
from grader.exercise.record import Exercise, Sliders
from grader.specs.exercise import read_exercise
from grader.words.literal import exact
from grader.words.tasks import network_text
from grader.words.wording import number

# Plain numbers first: what an author would choose.
_ROUND = tuple(Fraction(n, 10**k) for k in range(9) for n in (5, 2, 1))
_STEPS = tuple(Fraction(1, n) for n in (10, 20, 4, 3, 6, 12, 100, 8, 30, 1000))
_TRIES = 12
_MOST_REACH = 1_000  # a slider that goes further cannot be set by hand
_WIDTH = 90
_HINT = (
    "A unit changes the slope where `w*x + b` is 0. How much has to be *added* to what the other "
    "units already do there?"
)
_OF_SLIDERS = frozenset({"sliders-miss", "beyond-ends", "off-grid", "slider-gap"})


class Scaffold(NamedTuple):
    """An exercise's spec, what lint says about it, and samples."""

    exercise: Exercise
    spec: str
    findings: tuple[LintFinding, ...]
    samples: tuple[Sample, ...]


def scaffold(id_: str, title: str, points: Points, made: Made) -> Scaffold:
    """Return a spec that lints without errors and warnings, and its samples.

    Where lint objects, sliders are left out or tolerances halved, until it does not.

    Raises: Impossible, if a number is too large or too long for a spec or a submission, or if lint
    still objects.
    """
    _check_numbers(made)
    target = PiecewiseLinear.from_points(points)
    family = made.solution.families[0]
    sizes, sliders = _tolerances(target), _sliders(family)
    for _ in range(_TRIES):
        spec = _spec(id_, title, target, made.design, sizes, sliders)
        findings = lint(spec.encode(), f"{id_}.yaml", id_)
        objections = [finding for finding in findings if finding.level != INFORMATION]
        if not objections:
            exercise = read_exercise(spec.encode(), f"{id_}.yaml", id_)
            return Scaffold(exercise, spec, findings, tuple(samples(exercise, family)))
        if all(finding.code == "answer-in-text" for finding in objections):
            break  # the title does
        if sliders and not _OF_SLIDERS.isdisjoint(finding.code for finding in objections):
            sliders = None
        else:
            sizes = tuple(size / 2 for size in sizes)
    raise Impossible(objections[0].message, "", NO_EXERCISE)


def _check_numbers(made: Made) -> None:
    given = [n for unit in made.design.units for n in (unit.w, unit.b) if n is not None]
    for value in (*given, made.design.bias, *made.solution.families[0].example.values()):
        if abs(value) > MAX_MAGNITUDE or len(exact(value)) > MAX_TEXT:
            raise Impossible(
                f"a weight or bias would have to be {number(value)}, which is over 1e9 in "
                f"magnitude or longer than {MAX_TEXT} characters",
                "choose points that are less steep, with shorter numbers",
                NO_EXERCISE,
            )


def _tolerances(target: PiecewiseLinear) -> tuple[Fraction, ...]:
    """Return tolerances for value, x and slope that tell right from wrong for this target."""
    changes = target.breakpoints
    left, right = target.domain
    ys = [segment.value(x) for segment in target.segments for x in segment[:2]]
    height = max(ys) - min(ys) or abs(ys[0]) or Fraction(1)
    marks = [left, *(c.x for c in changes), right]
    gap = min(b - a for a, b in pairwise(marks))
    bend = min((abs(c.slope_change) for c in changes), default=Fraction(1))
    return _round(height / 20), _round(gap / 8), _round(bend / 8)


def _round(most: Fraction) -> Fraction:
    """Return the largest plain number that is at most 0.05 and at most this."""
    return next((n for n in _ROUND if n <= min(most, Fraction(1, 20))), most)


def _sliders(family: Family) -> Sliders | None:
    """Return sliders from -m to m that reach the right answer; None if no step does."""
    values = list(family.example.values())
    reach = max(4, ceil(max((abs(value) for value in values), default=ZERO)))
    if reach > _MOST_REACH:
        return None
    for step in _STEPS:
        sliders = Sliders(Fraction(-reach), Fraction(reach), step)
        if all(on_grid(sliders, value) for value in (*values, ZERO)):
            return sliders
    return None


def _spec(  # noqa: PLR0913, PLR0917 - a spec has that many parts
    id_: str,
    title: str,
    target: PiecewiseLinear,
    design: Design,
    sizes: Sequence[Fraction],
    sliders: Sliders | None,
) -> str:
    left, right = target.domain
    corners = [*(s.left for s in target.segments), right]
    points = [(x, target.value(x)) for x in corners]
    shown = ", ".join(f"[{exact(x)}, {exact(y)}]" for x, y in points)
    units = "".join(f"    - {{w: {_value(u.w)}, b: {_value(u.b)}}}\n" for u in design.units)
    weights = ", ".join(exact(unit.v) for unit in design.units)
    value, x, slope = map(exact, sizes)
    tail = ""
    if sliders:
        low, high, step = map(exact, sliders)
        tail = f"sliders: {{min: {low}, max: {high}, step: {step}}}\n"
    return (
        f"format: 1\nid: {id_}\ntitle: {json.dumps(title, ensure_ascii=False)}\n"
        f"description: |\n{_description(points, design)}"
        f"domain: [{exact(left)}, {exact(right)}]\n"
        f"target:\n  points: [{shown}]\n"
        f"network:\n  units:\n{units}"
        f"  output: {{weights: [{weights}], bias: {exact(design.bias)}}}\n"
        f"tolerance: {{value: {value}, x: {x}, slope: {slope}}}\n{tail}"
    )


def _value(number: Fraction | None) -> str:
    return "free" if number is None else exact(number)


def _description(points: Points, design: Design) -> str:
    """Return what a student needs to know, as an indented block of Markdown."""
    given = [
        f"Unit {k} is given: `w{k} = {_value(unit.w)}`, `b{k} = {_value(unit.b)}`."
        for k, unit in enumerate(design.units)
        if unit.fixed
    ]
    free = [str(k) for k, unit in enumerate(design.units) if not unit.fixed]
    whose = f"unit {free[0]}" if len(free) == 1 else f"units {', '.join(free[:-1])} and {free[-1]}"
    goal = (
        f"Choose weight and bias of {whose} so that the network equals the target on the whole "
        f"interval from {exact(points[0][0])} to {exact(points[-1][0])}. The target connects the "
        "points"
    )
    lines = [
        "A network with one input adds up ReLU units:",
        "",
        f"    f(x) = {network_text(design.units, design.bias)}",
        "",
        *wrap(" ".join([*given, goal]), _WIDTH),
        "",
        "    " + ", ".join(f"({exact(x)}, {exact(y)})" for x, y in points),
        "",
        *wrap(_HINT, _WIDTH),
    ]
    return "".join(f"  {line}\n" if line else "\n" for line in lines)
