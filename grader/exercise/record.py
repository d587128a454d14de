"""The frozen Exercise: target, network, rules, and what each check is worth."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from grader.exact.network import ZERO, Knot, Network, Unit
from grader.exact.piecewise import PiecewiseLinear, Segment
from grader.exercise.checks import (
    FULL,
    BreakpointFinding,
    Rules,
    SegmentFinding,
    check_breakpoint,
    check_segment,
)
from grader.text.codes import Kind, Reveal, Role
from grader.text.inert import inert


class UnitSpec(NamedTuple):
    """A unit as the author gave it: None where the student chooses."""

    w: Fraction | None
    b: Fraction | None
    v: Fraction = Fraction(1)

    @property
    def fixed(self) -> bool:
        """Whether the author chose both weight and bias."""
        return self.w is not None and self.b is not None


class Sliders(NamedTuple):
    """The grid that a student can reach in a page with sliders."""

    min: Fraction
    max: Fraction
    step: Fraction


class Check(NamedTuple):
    """One check: a segment (left, right) or a breakpoint (left == right == x), and its worth.

    `blank` is the credit of the blank submission; 1 makes the check a guard. `share` is the
    weight's share of all weights, `worth` the points of a goal, 0 for a guard.
    """

    id: str
    kind: Kind
    role: Role
    left: Fraction
    right: Fraction
    slope_change: Fraction
    blank: Fraction
    share: Fraction
    worth: Fraction


class Exercise(NamedTuple):
    """A target to rebuild and how a network is marked; made by `build`."""

    id: str
    title: str
    description: str
    target: PiecewiseLinear
    segments: tuple[Segment, ...]
    units: tuple[UnitSpec, ...]
    bias: Fraction
    rules: Rules
    points: Fraction
    reveal: Reveal
    messages: Mapping[str, str]
    sliders: Sliders | None
    free: Mapping[str, tuple[int, str]]  # parameter name -> unit index, "w" or "b"
    free_units: frozenset[int]
    checks: tuple[Check, ...]
    digest: str = ""

    def __repr__(self) -> str:
        """Return one line: the id, and how much there is to rebuild and to choose."""
        sizes = f"{len(self.segments)} segments, {len(self.units)} units, {len(self.free)} free"
        return f"<Exercise {inert(self.id, 40)}: {sizes}>"

    @property
    def domain(self) -> tuple[Fraction, Fraction]:
        """The ends of the interval."""
        return self.target.domain

    def network(self, parameters: Mapping[str, Fraction]) -> Network:
        """Return the network with the free parameters, all given by name, put in."""
        return Network(
            tuple(
                Unit(
                    parameters[f"w{k}"] if unit.w is None else unit.w,
                    parameters[f"b{k}"] if unit.b is None else unit.b,
                    unit.v,
                )
                for k, unit in enumerate(self.units)
            ),
            self.bias,
        )


def free_parameters(units: Sequence[UnitSpec]) -> dict[str, tuple[int, str]]:
    """Return the names of the free parameters, in order, with the unit and the letter of each."""
    free: dict[str, tuple[int, str]] = {}
    for k, unit in enumerate(units):
        if unit.w is None:
            free[f"w{k}"] = (k, "w")
        if unit.b is None:
            free[f"b{k}"] = (k, "b")
    return free


def check_ids(segments: int) -> list[str]:
    """Return the ids of the checks of a target with so many segments, in the report's order."""
    return [f"segment-{i}" for i in range(1, segments + 1)] + [
        f"breakpoint-{j}" for j in range(1, segments)
    ]


def build(  # noqa: PLR0913 - an exercise has that many parts
    *,
    id: str,  # noqa: A002 - the spec's own word
    title: str,
    segments: Sequence[Segment],
    units: Sequence[UnitSpec],
    rules: Rules,
    description: str = "",
    bias: Fraction = ZERO,
    points: Fraction = Fraction(100),
    weights: Mapping[str, Fraction] | None = None,
    reveal: Reveal = "hints",
    messages: Mapping[str, str] | None = None,
    sliders: Sliders | None = None,
    digest: str = "",
) -> Exercise:
    """Return the exercise, with the checks weighed against the blank submission.

    Raises: ValueError if the segments are no continuous function, no parameter is free, or the
    blank submission already passes every check.
    """
    target = PiecewiseLinear(segments)
    free = free_parameters(units)
    if not free:
        raise ValueError("no parameter is free")
    exercise = Exercise(
        id=id,
        title=title,
        description=description,
        target=target,
        segments=tuple(segments),
        units=tuple(units),
        bias=bias,
        rules=rules,
        points=points,
        reveal=reveal,
        messages=dict(messages or {}),
        sliders=sliders,
        free=free,
        free_units=frozenset(k for k, unit in enumerate(units) if not unit.fixed),
        checks=(),
        digest=digest,
    )
    checks = _weigh(exercise, weights or {})
    if not any(check.role == "goal" for check in checks):
        raise ValueError("the blank submission, every free parameter 0, already passes every check")
    return exercise._replace(checks=checks)


def _weigh(exercise: Exercise, weights: Mapping[str, Fraction]) -> tuple[Check, ...]:
    """Return the checks with role and worth, by what the blank submission earns on each."""
    bare = _bare_checks(exercise.segments)
    blank = exercise.network(dict.fromkeys(exercise.free, ZERO))
    credits_ = [finding.credit for finding in examine(exercise, bare, blank)]
    weight = [weights.get(check.id, Fraction(1)) for check in bare]
    of_goals = sum((w for w, c in zip(weight, credits_, strict=True) if c != FULL), ZERO)
    of_all = sum(weight, ZERO)
    return tuple(
        check._replace(
            role="guard" if credit == FULL else "goal",
            blank=credit,
            share=w / of_all,
            worth=ZERO if credit == FULL else exercise.points * w / of_goals,
        )
        for check, w, credit in zip(bare, weight, credits_, strict=True)
    )


def _bare_checks(segments: Sequence[Segment]) -> list[Check]:
    """Return the checks without role and worth, in the report's order."""
    places: list[tuple[Kind, Fraction, Fraction, Fraction]]
    places = [("segment", s.left, s.right, ZERO) for s in segments] + [
        ("breakpoint", after.left, after.left, after.slope - before.slope)
        for before, after in pairwise(segments)
    ]
    return [
        Check(id_, kind, "goal", left, right, change, blank=ZERO, share=ZERO, worth=ZERO)
        for id_, (kind, left, right, change) in zip(check_ids(len(segments)), places, strict=True)
    ]


class Evidence(NamedTuple):
    """A network seen on the exercise's domain: its function, its error and its knots."""

    function: PiecewiseLinear
    error: PiecewiseLinear
    knots: list[Knot]


def evidence(exercise: Exercise, network: Network) -> Evidence:
    """Return the network's function, its difference from the target, and its knots."""
    left, right = exercise.domain
    knots = network.knots(left, right)
    function = network.as_piecewise(left, right, knots)
    return Evidence(function, function - exercise.target, knots)


def examine(
    exercise: Exercise, checks: Collection[Check], network: Network, seen: Evidence | None = None
) -> list[SegmentFinding | BreakpointFinding]:
    """Return what the network earns on each check, before the blank's share is taken off."""
    _, error, knots = seen or evidence(exercise, network)
    rules = exercise.rules
    return [
        check_segment(error, check.left, check.right, rules)
        if check.kind == "segment"
        else check_breakpoint(knots, exercise.free_units, check.left, check.slope_change, rules)
        for check in checks
    ]
