"""An analysis as JSON: all that the page says, for programs."""

import json
from collections.abc import Sequence
from fractions import Fraction

from grader.cohort.analysis.anothers import anothers
from grader.cohort.analysis.coincident import alike
from grader.cohort.analysis.facts import CheckFacts, Facts
from grader.cohort.analysis.order import QUARTERS, reached_by
from grader.cohort.analysis.parts_of_page import along
from grader.cohort.analysis.sentences import to_teach
from grader.cohort.analysis.several import Run, Together, counted
from grader.cohort.analysis.shares import FEW, Interval, wilson
from grader.cohort.graded import shortest

FORMAT = 1
Json = dict[str, object]


def as_json(runs: Sequence[Run], *, anonymous: bool) -> str:
    """Return one object: the runs, and what they say together where there are several."""
    data: Json = {
        "format": FORMAT,
        "runs": [_run(run, anonymous=anonymous) for run in runs],
        "course": _course(counted(runs)) if len(runs) > 1 else None,
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _run(run: Run, *, anonymous: bool) -> Json:
    found = run.found
    return {
        "label": run.label,
        "exercise": {
            "id": found.exercise.id,
            "title": found.exercise.title,
            "digest": found.exercise.digest,
        },
        "grader": {"version": run.terms.get("version")},
        "keep": run.terms.get("--keep"),
        "hand_ins": found.hand_ins,
        "students": found.students,
        "enrolled": found.enrolled,
        "missing": _people(found, anonymous=anonymous),
        "late": found.late,
        "unread": [
            {"code": each.code, "hand_ins": each.hand_ins}
            | ({} if anonymous else {"whose": list(each.whose)})
            for each in found.unread
        ],
        "failed": found.failed,
        "looked_at": found.n,
        "full_marks": _share(found.full, found.n),
        "scores": _scores(found),
        "teach": list(to_teach(found)),
        "checks": _checks(found),
        "mistakes": _mistakes(found),
        "again": {
            "students": len(found.again),
            "mended": [
                {"code": each.code, **_share(each.mended, each.made)} for each in found.mended
            ],
        },
        "alike": None
        if anonymous
        else [
            {"whose": list(each.whose), "one_chance_pair_in_classes": each.classes or None}
            for each in alike(found)
        ],
        **(
            {"right_for_another_variant": _anothers(found, anonymous=anonymous)}
            if found.is_varied
            else {}
        ),
    }


def _anothers(found: Facts, *, anonymous: bool) -> object:
    every = anothers(found)
    if anonymous:
        return len(every)
    return [
        {
            "student": each.hand.student,
            "source": each.hand.source,
            "variant": None if each.hand.variant is None else each.hand.variant.number,
            "right_for": each.number,
            "whose": [holder.student for holder in each.holders],
        }
        for each in every
    ]


def _people(found: Facts, *, anonymous: bool) -> object:
    if anonymous:
        return len(found.missing)
    return [{"student": student, "name": name} for student, name in found.missing]


def _interval(found: Interval | None) -> Json | None:
    return None if found is None else {key: round(end, 6) for key, end in _ends(found)}


def _ends(found: Interval) -> list[tuple[str, float]]:
    return [("estimate", found.estimate), ("low", found.low), ("high", found.high)]


def _share(count: int, n: int) -> Json:
    return {"count": count, "of": n, "share": _interval(wilson(count, n)) if n >= FEW else None}


def _scores(found: Facts) -> Json:
    count: dict[Fraction, int] = {}
    for hand in found.firsts:
        count[hand.score] = count.get(hand.score, 0) + 1
    quartiles = None
    if found.firsts:
        given = [hand.score for hand in found.firsts]
        quartiles = [shortest(reached_by(given, 1 - share)) for share in QUARTERS]
    return {
        "max": shortest(found.exercise.points),
        "quartiles": quartiles,
        "spread": [{"score": shortest(score), "count": count[score]} for score in sorted(count)],
    }


def _checks(found: Facts) -> list[Json]:
    together = along(found)
    return [
        {
            "id": each.check.id,
            "role": each.check.role,
            "full": each.full,
            "partial": each.partial,
            "none": each.none,
            "difficulty": _difficulty(each, found.n),
            "goes_along": _interval(together.get(each.check.id)),
        }
        for each in found.checks
    ]


def _difficulty(each: CheckFacts, n: int) -> Json | None:
    return _interval(wilson(float(each.credit), n)) if n >= FEW else None


def _mistakes(found: Facts) -> list[Json]:
    """Return the mistakes; an example only where three have made it, since it is somebody's."""
    below = found.n - found.full
    return [
        {"code": each.code, **_share(each.made, below), "example": _example(found, each.example)}
        if each.made >= 3 and not found.is_varied  # a variant would say whose it is
        else {"code": each.code, **_share(each.made, below), "example": None}
        for each in found.mistakes
    ]


def _example(found: Facts, values: Sequence[Fraction]) -> Json:
    return {name: shortest(value) for name, value in zip(found.exercise.free, values, strict=True)}


def _course(found: Together) -> Json:
    return {
        "alpha": _interval(found.alpha),
        "checks": [
            {
                "exercise": item.exercise,
                "check": item.check,
                "goes_along": _interval(item.correlation),
                "outer_27_percent": _interval(item.outer),
            }
            for item in found.items
        ],
        "compared": found.compared,
        "differences": [
            {
                "exercise": each.exercise,
                "check": each.check,
                "from": each.runs[0],
                "to": each.runs[1],
                "difference": _interval(each.difference),
            }
            for each in found.differences
        ],
    }
