"""What changed since an earlier report of the same exercise: checks gained and lost."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from grader.exact.rational import from_double, to_double
from grader.report import Change, Changes, Report
from grader.words.wording import name, points

_FORMAT = 1
_STATUSES = ("graded", "invalid", "failed")
_AGAIN = "name a file that grade --format json wrote for one submission"


class NotComparable(Exception):  # noqa: N818 - it says what is wrong
    """The earlier data is no report of the same exercise; the text says what to do."""


class _Earlier(NamedTuple):
    """What counts of an earlier report; the credits are doubles, as they were written."""

    exercise: Mapping[object, object]
    score: Fraction | None
    credits: Mapping[str, float]


def compare(report: Report, earlier: object) -> Changes:
    """Return which checks were gained and lost against an earlier report, as read from JSON.

    Credits are compared as doubles: the earlier one is known no better.

    Raises: NotComparable if `earlier` is not such a report, or one of another exercise.
    """
    before = _read(earlier)
    _same_exercise(report, before)
    gained: list[Change] = []
    lost: list[Change] = []
    for check in report.checks if before.credits else ():
        if check.id not in before.credits:
            raise NotComparable(f'is no report, for its checks lack "{check.id}"; {_AGAIN}')
        was, now = before.credits[check.id], to_double(check.credit)
        if now is None or now == was:
            continue
        wholly = 1 in {was, now} and 0 in {was, now}
        (gained if now > was else lost).append(Change(check.id, name(check), wholly))
    return Changes(before.score, report.score, tuple(gained), tuple(lost))


def summary(changes: Changes) -> list[str]:
    """Return the changes in words, one sentence each."""
    sentences = [_scores(changes.before, changes.after)]
    if changes.gained:
        sentences.append(f"Gained: {_names(changes.gained)}.")
    if changes.lost:
        sentences.append(f"Lost: {_names(changes.lost)}.")
    if not changes.gained and not changes.lost:
        sentences.append("No check changed.")
    return sentences


def _scores(before: Fraction | None, after: Fraction | None) -> str:
    if before is None or after is None:
        return "One of the two has no score."
    was, now = points(before), points(after)
    return f"The score stayed at {now}." if was == now else f"The score went from {was} to {now}."


def _names(changes: tuple[Change, ...]) -> str:
    return ", ".join(c.name if c.wholly else f"{c.name} (in part)" for c in changes)


def _same_exercise(report: Report, before: _Earlier) -> None:
    """Compare id and digest; both are null where an earlier submission named no known exercise."""
    exercise = report.exercise
    if exercise is None or not before.exercise:
        return
    id_, digest = before.exercise.get("id"), before.exercise.get("digest")
    if id_ != exercise.id:
        raise NotComparable(
            f"is about another exercise than {exercise.id}; name an earlier report of this one"
        )
    if digest != exercise.digest:
        raise NotComparable(
            f"was made before the exercise {exercise.id} was changed; grade the earlier "
            "submission again and name that report"
        )


def _read(earlier: object) -> _Earlier:
    """Return the fields that count.

    Raises: NotComparable if one is missing or of another kind.
    """
    if not isinstance(earlier, dict):
        raise NotComparable(f"is no report, for it is not a JSON object; {_AGAIN}")
    if earlier.get("format") != _FORMAT or earlier.get("status") not in _STATUSES:
        raise NotComparable(
            f'is no report, for it needs "format": {_FORMAT} and a "status"; {_AGAIN}'
        )
    exercise, checks = earlier.get("exercise"), earlier.get("checks")
    if not (exercise is None or isinstance(exercise, dict)) or not isinstance(checks, list):
        raise NotComparable(f'is no report, for "exercise" or "checks" is missing; {_AGAIN}')
    score = earlier.get("score")
    return _Earlier(
        exercise or {},
        None if score is None else from_double(_double("score", score)),
        dict(map(_credit, checks)),
    )


def _credit(check: object) -> tuple[str, float]:
    if not isinstance(check, dict) or not isinstance(check.get("id"), str):
        raise NotComparable(f"is no report, for a check has no id; {_AGAIN}")
    return check["id"], _double("credit", check.get("credit"))


def _double(key: str, value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 10**9:
        return float(value)
    raise NotComparable(f'is no report, for a "{key}" is no number of a report; {_AGAIN}')
