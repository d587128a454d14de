"""check50: its JSON report, which check50's own renderers and submit50 read.

Source: check50 3.5.0, runner.py (CheckResult), renderer/_renderers.py, __main__.py; read in
November 2026.

A check has passed, has failed (`cause` with a rationale) or was not run; there are no points, so
ours are in `data` and in the log. Every key of a result must be there, null if it has no value.
Where the grader failed, the report has an `error` and no results.
"""

from typing import TypedDict

from grader.handover import feedback
from grader.platforms import Files, Settings, as_json
from grader.report import Report
from grader.words.standing import diagnosis_text

SHOWS = {
    "score": "in data, for programs; each check's points in its log",
    "checks": "one check each: passed or failed, with what was expected and found",
    "diagnoses": "their messages in the log of the first check that failed; their codes in data",
    "picture": "not shown",
}
_FOLLOWED = "3.5.0"


class _Result(TypedDict):
    name: str
    description: str
    passed: bool
    log: list[str]
    cause: dict[str, str | None] | None
    data: dict[str, object]
    dependency: str | None


def answer(report: Report, settings: Settings) -> Files:
    """Return one JSON object."""
    data: dict[str, object] = {"slug": report.exercise.id if report.exercise else "unknown"}
    if report.status == "failed":
        error = report.error
        said = feedback.cut(error.message) if error else "The grader failed."
        kind = error.code if error else "grader-fault"
        actions = {"show_traceback": False, "message": said}
        data["error"] = {
            "type": kind,
            "value": said,
            "traceback": [],
            "actions": actions,
            "data": {},
        }
    data["results"] = [] if report.status == "failed" else _results(report, settings)
    data["version"] = _FOLLOWED
    return {"check50.json": as_json(data, compact=settings.compact)}


def _results(report: Report, settings: Settings) -> list[_Result]:
    lines = feedback.items(report, settings.points)
    results = [_result(line) for line in lines]
    score = feedback.earned_of(
        feedback.scaled(report, settings.points), feedback.full_marks(report, settings.points)
    )
    whole = {"score": score, "diagnoses": list(feedback.codes(report))}
    results[0]["data"] |= whole
    results[0]["log"] += feedback.cut(settings.aside, feedback.MAX_ASIDE).splitlines()
    for result in results:
        if not result["passed"]:
            result["log"] += [
                feedback.cut(diagnosis_text(diagnosis), 2000) for diagnosis in report.diagnoses[:20]
            ]
            break
    return results


def _result(line: feedback.Item) -> _Result:
    return {
        "name": line.id,
        "description": line.name,
        "passed": line.right,
        "log": [line.points_in_words()],
        "cause": None if line.right else {"rationale": line.message, "help": None},
        "data": {
            "points": feedback.earned_of(line.earned, line.worth),
            "max_points": feedback.double(line.worth),
        },
        "dependency": None,
    }
