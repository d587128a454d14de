"""The state of a check, in one word, and its points: what every report for people shows."""

from collections.abc import Sequence

from grader.report import CheckResult, Diagnosis, Report
from grader.text.codes import Reveal
from grader.words.wording import points, points_of


def state(check: CheckResult, reveal: Reveal) -> str:
    """Return right, partly or wrong; kept or lost for what was right before the student began."""
    if check.role == "guard":
        return "kept" if check.credit == 1 else "lost"
    if check.credit == 1:
        return "right" if check.passed or reveal == "verdict" else "partly"
    return "partly" if check.credit else "wrong"


def right_of(check: CheckResult, reveal: Reveal) -> bool:
    """Tell whether a check is right, or still right."""
    return state(check, reveal) in {"right", "kept"}


def goals_right(report: Report) -> str:
    """Return how many of the goals are right: 1 of 4 goals right."""
    goals = [check for check in report.checks if check.role == "goal"]
    right = sum(right_of(check, report.reveal) for check in goals)
    return f"{right:,} of {len(goals):,} goal{'' if len(goals) == 1 else 's'} right"


def earned(check: CheckResult) -> str:
    """Return the points of a check, of how many; "-" where there are none to earn or lose."""
    if check.role == "guard":
        return points(check.points) if check.points else "-"
    return f"{points_of(check.points, check.max_points)}/{points(check.max_points)}"


def score(report: Report) -> str:
    """Return the score as a heading: Score 75 of 100."""
    if report.score is None:
        return "No score"
    if report.max_score is None:
        return f"Score {points(report.score)}"
    return f"Score {points_of(report.score, report.max_score)} of {points(report.max_score)}"


def perfect(checks: Sequence[CheckResult]) -> bool:
    """Tell whether nothing is left to do."""
    return all(check.credit == 1 and check.passed for check in checks)


def worst(checks: Sequence[CheckResult]) -> CheckResult:
    """Return the check to begin with: the leftmost breakpoint, for it explains its segments.

    Raises: ValueError if nothing is left to do.
    """
    imperfect = [check for check in checks if check.credit < 1 or not check.passed]
    return min(imperfect, key=lambda check: (check.kind, check.credit == 1, check.left))


def diagnosis_text(diagnosis: Diagnosis) -> str:
    """Return what is said about a mistake, with the codes of others that it may be instead.

    An author's own text need not name the unit, and is the same for each unit that it is about.
    """
    message: str = diagnosis.message
    is_own = diagnosis.unit is not None and diagnosis.parts is None
    if is_own and not message.lower().startswith("unit "):
        message = f"Unit {diagnosis.unit}: {message}"
    return f"{message} It may also be: {', '.join(diagnosis.also)}." if diagnosis.also else message


def advice(report: Report) -> str:
    """Return what to look at next where no mistake was named."""
    if perfect(report.checks):
        return "Everything is right, on the whole interval."
    return worst(report.checks).message
