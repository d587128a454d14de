"""grade(exercise, parameters) -> Report: examine the network, count the points, word the rest."""

from collections.abc import Mapping
from fractions import Fraction

from grader.errors import LONGEST_MESSAGE
from grader.exact.network import ZERO, Network
from grader.exercise.checks import BreakpointFinding, SegmentFinding
from grader.exercise.evidence import Evidence, evidence, examine
from grader.exercise.record import Check, Exercise
from grader.report import CheckResult, Diagnosis, Failure, Misfit, Report, UnitResult
from grader.submission.origin import Origin
from grader.submission.record import Submission, read_parameters
from grader.text.codes import REVEAL, Reveal
from grader.text.inert import inert
from grader.words.wording import check_message, cost_of_disturbing


def grade(
    exercise: Exercise,
    parameters: Submission | Mapping[str, object],
    *,
    reveal: Reveal | None = None,
) -> Report:
    """Grade a submission, or the free parameters by name, exactly.

    `reveal` (verdict, hints, answers) can only lower what the exercise allows.

    Raises: SubmissionError if a parameter is missing, unknown, or no number, or if the exercise has
    variants and it is not said which one counts; ValueError if `reveal`
    is none of the three.
    """
    if reveal not in {None, *REVEAL}:
        raise ValueError(f"reveal must be one of {', '.join(REVEAL)}, not {reveal!r}")
    if exercise.is_open:
        exercise = _own(exercise, parameters)
    if not isinstance(parameters, Submission):
        parameters = read_parameters(tuple(parameters.items()), exercise)
    level = lower(exercise.reveal, reveal)
    network = exercise.network(parameters.parameters)
    seen = evidence(exercise, network)
    findings = examine(exercise, exercise.checks, network, seen)
    checks = _score(exercise, findings, seen, level)
    diagnoses = () if level == "verdict" else _diagnoses(exercise, network, seen, checks, level)
    return Report(
        status="graded",
        score=sum((check.points for check in checks), ZERO),
        exercise=exercise,
        origin=parameters.origin,
        reveal=level,
        parameters=parameters.parameters,
        network=network,
        checks=checks,
        units=_units(exercise, network),
        diagnoses=diagnoses,
        notes=parameters.notes,
    )


def _own(exercise: Exercise, parameters: Submission | Mapping[str, object]) -> Exercise:
    """Return the exercise in the variant that the parameters name."""
    from grader.submission.variant import settled

    entries = () if isinstance(parameters, Submission) else tuple(parameters.items())
    return settled(exercise, entries)


def invalid(exercise: Exercise | None, origin: Origin, error: Failure) -> Report:
    """Return the report on a submission that cannot be read as one: score 0, and why."""
    return Report("invalid", ZERO, exercise, origin, error=error)


def failed(exercise: Exercise | None, origin: Origin, error: Failure) -> Report:
    """Return the report on a fault of the grader: no score, never the student's zero."""
    return Report("failed", None, exercise, origin, error=error)


def lower(allowed: Reveal, asked: Reveal | None) -> Reveal:
    """Return the lower of two levels of reveal."""
    return allowed if asked is None else min(allowed, asked, key=REVEAL.index)


def _score(
    exercise: Exercise,
    findings: list[SegmentFinding | BreakpointFinding],
    seen: Evidence,
    reveal: Reveal,
) -> tuple[CheckResult, ...]:
    """Return the checks with their points: goals earn, guards take off a share of what is earned.

    Source: a goal's credit counts from the blank's, so that what was right before earns nothing.
    """
    credits_ = [
        _since(check.blank, finding.credit) if check.role == "goal" else finding.credit
        for check, finding in zip(exercise.checks, findings, strict=True)
    ]
    earned = sum((c.worth * k for c, k in zip(exercise.checks, credits_, strict=True)), ZERO)
    results = []
    losses = [
        ZERO if check.role == "goal" else check.share * (1 - credit)
        for check, credit in zip(exercise.checks, credits_, strict=True)
    ]
    alone = sum(1 for lost in losses if lost) == 1
    for check, finding, credit, lost in zip(
        exercise.checks, findings, credits_, losses, strict=True
    ):
        result = _result(exercise, check, finding, seen, credit=credit, reveal=reveal)._replace(
            points=-earned * lost if check.role == "guard" else check.worth * credit
        )
        cost = cost_of_disturbing(lost, alone=alone) if lost else ""
        message = check_message(result, exercise.rules.tolerance, reveal, cost)
        results.append(result._replace(message=inert(message, LONGEST_MESSAGE)))
    return tuple(results)


def _since(blank: Fraction, credit: Fraction) -> Fraction:
    """Return the credit counted from the blank's, at least 0; most blanks earn nothing."""
    return max(ZERO, (credit - blank) / (1 - blank)) if blank else credit


def _result(  # noqa: PLR0913 - one check seen from all sides
    exercise: Exercise,
    check: Check,
    finding: SegmentFinding | BreakpointFinding,
    seen: Evidence,
    *,
    credit: Fraction,
    reveal: Reveal,
) -> CheckResult:
    """Return what was found at a check, without points and message."""
    misfit = coverage = expected = found = near = None
    if isinstance(finding, SegmentFinding):
        x = finding.worst_x
        misfit = Misfit(x, exercise.target.value(x), seen.function.value(x), finding.max_error)
        coverage, passed = finding.coverage, credit == 1
    else:
        passed = finding.basis == "full"
        if reveal != "verdict":
            expected, found, near = check.slope_change, finding.found, finding.near
    return CheckResult(
        id=check.id,
        kind=check.kind,
        role=check.role,
        basis=finding.basis,
        passed=passed,
        credit=credit,
        points=ZERO,
        max_points=check.worth,
        message=inert(""),
        left=check.left,
        right=check.right,
        misfit=misfit,
        coverage=coverage,
        expected=expected,
        found=found,
        near=near,
    )


def _units(exercise: Exercise, network: Network) -> tuple[UnitResult, ...]:
    left, right = exercise.domain
    return tuple(
        UnitResult(k, k not in exercise.free_units, *unit, unit.knot, unit.active(left, right))
        for k, unit in enumerate(network.units)
    )


def _diagnoses(
    exercise: Exercise,
    network: Network,
    seen: Evidence,
    checks: tuple[CheckResult, ...],
    reveal: Reveal,
) -> tuple[Diagnosis, ...]:
    passed = all(check.credit == 1 for check in checks)
    in_order = [knot.unit for knot in seen.knots if knot.unit in exercise.free_units]
    if passed and in_order == sorted(in_order):
        return ()
    from grader.words.mistakes import advice

    return advice(exercise, network, seen, passed=passed, reveal=reveal)
