"""Every goal as a row of a table: where it is, what target and network do there."""

from grader.named import NamedTuple
from grader.report import CheckResult, Report
from grader.words.shapes import line
from grader.words.standing import right_of, state
from grader.words.wording import how_far_off, name, number, percent, points, points_of

STATES = {
    "right": "right",
    "partly": "partly right",
    "wrong": "not right yet",
    "kept": "still right",
    "lost": "disturbed",
}


class Goal(NamedTuple):
    """A row; `off` tells whether `found` is more than is allowed."""

    where: str
    name: str
    state: str
    target: str
    found: str
    off: bool
    note: str
    worth: str


def goals(report: Report, most: int) -> tuple[list[Goal], int]:
    """Return the rows from left to right, and how many more there would be.

    Of very many, those that are not right come first.
    """
    order = sorted(report.checks, key=lambda check: right_of(check, report.reveal))
    kept = sorted(order[:most], key=lambda check: (check.left, check.right))
    return [_goal(check, report) for check in kept], len(order) - len(kept)


def _goal(check: CheckResult, report: Report) -> Goal:
    how = state(check, report.reveal)
    if report.reveal == "verdict":
        found, note = STATES[how], "right before you began" if how == "kept" else ""
    else:
        found, note = _found(check), _note(check, report, how)
    where = number(check.left)
    if check.left != check.right:
        where += f" to {number(check.right)}"
    off = how not in {"right", "kept"}
    return Goal(where, name(check), how, _target(check, report), found, off, note, _worth(check))


def _target(check: CheckResult, report: Report) -> str:
    if report.exercise is None:
        raise TypeError("goals belong to an exercise")
    if check.kind == "breakpoint":
        known = next(each for each in report.exercise.checks if each.id == check.id)
        return f"slope changes by {number(known.slope_change)}"
    segment = next(each for each in report.exercise.segments if each.left == check.left)
    return line(segment.slope, segment.intercept)


def _found(check: CheckResult) -> str:
    if check.expected is not None and check.found is not None:
        return f"by {number(check.found, check.expected)}" if check.found else "stays the same"
    if check.misfit is None or not check.misfit.error:
        return "exact"
    return f"{number(check.misfit.error)} off at x = {number(check.misfit.x)}"


_NOTES = {
    "kept": "right before you began",
    "lost": "was right before you began; your units disturb it",
    "own-unit": "one of your units is right here, but others turn here as well",
    "position": "the right place, another size",
}


def _note(check: CheckResult, report: Report, how: str) -> str:
    """Return what else there is to know of a goal."""
    words = _NOTES.get(how) or _NOTES.get(check.basis, "")
    if not words and report.exercise is not None:
        words = how_far_off(check, report.exercise.rules.tolerance)
    if words or check.misfit is None or not check.misfit.error:
        return words
    if how == "right":
        return "allowed"
    return (
        f"right on {percent(check.coverage)} of its length" if check.coverage else "right nowhere"
    )


def _worth(check: CheckResult) -> str:
    if check.role == "guard":
        return points(check.points) if check.points else "given"
    return f"{points_of(check.points, check.max_points)} of {points(check.max_points)}"
