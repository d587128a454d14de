"""What changed since an earlier report of the same exercise: checks gained and lost."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple, cast

from grader.exact.rational import from_double, to_double
from grader.report import Change, Changes, Report
from grader.text.inert import inert
from grader.words.wording import name, points

_COUNTS = ("format", "status", "score", "exercise", "checks")
_MAX_SCORE = 10**9  # more than any exercise can give, and no infinity
_AGAIN = "name a file that grade --format json wrote for one submission"


class NotComparable(Exception):
    """The earlier data is not a report of the same exercise; the text says what to do."""


class _Earlier(NamedTuple):
    """What counts of an earlier report; the credits are doubles, as they were written."""

    exercise: Mapping[str, object]
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
            raise NotComparable(
                f'is not a report of this exercise: its checks lack "{check.id}"; {_AGAIN}'
            )
        was, now = before.credits[check.id], to_double(check.credit)
        if now is None or now == was:
            continue
        wholly = 1 in {was, now} and 0 in {was, now}
        (gained if now > was else lost).append(Change(check.id, name(check), wholly))
    both = bool(report.checks and before.credits)
    return Changes(before.score, report.score, tuple(gained), tuple(lost), both)


def summary(changes: Changes) -> list[str]:
    """Return the changes in words, one sentence each."""
    sentences = [_scores(changes.before, changes.after)]
    if changes.gained:
        sentences.append(f"Gained: {_names(changes.gained)}.")
    if changes.lost:
        sentences.append(f"Lost: {_names(changes.lost)}.")
    if changes.both_graded and not changes.gained and not changes.lost:
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
    """Return the fields that count. Raises: NotComparable if the schema does not allow them."""
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(_schema()).iter_errors(earlier):
        where = error.json_path
        if error.validator == "required" and isinstance(error.instance, Mapping):
            where += f".{next(key for key in error.validator_value if key not in error.instance)}"
        raise NotComparable(f"is not a report: look at {inert(where, 60)}; {_AGAIN}")
    data = cast("Mapping[str, Any]", earlier)
    score = data["score"]
    return _Earlier(
        data["exercise"] or {},
        None if score is None else from_double(float(score)),
        {check["id"]: float(check["credit"]) for check in data["checks"]},
    )


def _schema() -> dict[str, Any]:
    """Return the report's schema, cut to the fields that count: 20,000 checks take a moment."""
    from importlib.resources import files

    text = files("grader.specs").joinpath("schemas/report.json").read_text("utf-8")
    whole = json.loads(text)
    segment, breakpoint_ = (
        whole["$defs"][kind]["properties"] for kind in ("segment", "breakpoint")
    )
    check = {
        "type": "object",
        "required": ["id", "credit"],
        "properties": {
            "id": {"anyOf": [segment["id"], breakpoint_["id"]]},
            "credit": segment["credit"],
        },
    }
    properties = {key: whole["properties"][key] for key in _COUNTS} | {
        "score": {**whole["properties"]["score"], "maximum": _MAX_SCORE},
        "checks": {"type": "array", "items": check},
    }
    return {
        "type": "object",
        "required": list(_COUNTS),
        "properties": properties,
        "$defs": whole["$defs"],
    }
