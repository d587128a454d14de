"""build(...) -> Exercise: the checks of a target, weighed against the blank submission."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from grader.exact.network import ZERO, UnitSpec
from grader.exact.piecewise import PiecewiseLinear, Segment
from grader.exact.ratio import Ratio
from grader.exercise.checks import FULL, Rules
from grader.exercise.evidence import examine
from grader.exercise.record import Check, Exercise, Sliders, free_parameters
from grader.text.codes import Kind, Live, Reveal
from grader.text.inert import inert, inert_lines


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
    points: Fraction = Ratio(100),
    weights: Mapping[str, Fraction] | None = None,
    reveal: Reveal = "hints",
    live: Live = "full",
    messages: Mapping[str, str] | None = None,
    sliders: Sliders | None = None,
    digest: str = "",
    any_order: bool = False,
) -> Exercise:
    """Return the exercise, with the checks weighed against the blank submission.

    Raises: ValueError for a target with jumps, nothing free, or a blank that passes every check.
    """
    target = PiecewiseLinear(segments)
    free = free_parameters(units)
    if not free:
        raise ValueError("no parameter is free")
    exercise = Exercise(
        id=id,
        title=inert(title, 1_000),
        description=inert_lines(description, 100_000),
        target=target,
        segments=tuple(segments),
        units=tuple(units),
        bias=bias,
        rules=rules,
        points=points,
        reveal=reveal,
        live=live,
        messages={code: inert_lines(text) for code, text in (messages or {}).items()},
        sliders=sliders,
        free=free,
        free_units=frozenset(k for k, unit in enumerate(units) if not unit.fixed),
        checks=(),
        digest=digest,
        any_order=any_order,
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
    weight = [weights.get(check.id, Ratio(1)) for check in bare]
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
