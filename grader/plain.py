"""A report as plain data, as programs read it: exact numbers become the nearest doubles."""

from fractions import Fraction

from grader.exact.rational import to_double
from grader.exercise.record import Exercise
from grader.report import CheckResult, Diagnosis, Report, UnitResult
from grader.version import VERSION

FORMAT = 1


def as_data(report: Report) -> dict[str, object]:
    """Return the report as plain data, in the order and with the names of its schema."""
    exercise, origin, error = report.exercise, report.origin, report.error
    data: dict[str, object] = {
        "format": FORMAT,
        "status": report.status,
        "score": _double(report.score),
        "max_score": _double(report.max_score),
        "exercise": exercise and _exercise(exercise),
        "submission": {
            "source": _text(origin.source.verbatim),
            "student": None if origin.student is None else _text(origin.student.verbatim),
            "digest": origin.digest,
        },
        "grader": {"version": VERSION},
        "parameters": {name: _double(value) for name, value in report.parameters.items()},
        "checks": [_check(check) for check in report.checks],
        "units": [_unit(unit) for unit in report.units],
        "diagnoses": [_diagnosis(diagnosis) for diagnosis in report.diagnoses],
        "error": error and {"code": error.code, "message": error.message, "where": error.where},
    }
    if report.notes:  # only of a trained network
        data["notes"] = list(report.notes)
    if report.since:  # only where it was asked for
        data["since"] = {
            "score": _double(report.since.before),
            "gained": [change.id for change in report.since.gained],
            "lost": [change.id for change in report.since.lost],
        }
    return data


def _exercise(exercise: Exercise) -> dict[str, object]:
    variant = exercise.variant
    known = {"id": exercise.id, "title": exercise.title, "digest": exercise.digest}
    if variant is None:
        return {**known}
    chosen = {
        "number": variant.number,
        "of": variant.of,
        "list": variant.digest,
        "chosen_by": variant.chosen_by,
    }
    return {**known, "variant": chosen}


def _check(check: CheckResult) -> dict[str, object]:
    data: dict[str, object] = {
        "id": check.id,
        "kind": check.kind,
        "role": check.role,
        "basis": check.basis,
        "passed": check.passed,
        "credit": _double(check.credit),
        "points": _double(check.points),
        "max_points": _double(check.max_points),
        "message": check.message,
    }
    if check.misfit is not None:
        return data | {
            "on": [_double(check.left), _double(check.right)],
            "max_error": _double(check.misfit.error),
            "worst_x": _double(check.misfit.x),
            "coverage": _double(check.coverage),
        }
    return data | {
        "x": _double(check.left),
        "expected": _double(check.expected),
        "found": _double(check.found),
    }


def _unit(unit: UnitResult) -> dict[str, object]:
    return {
        "unit": unit.unit,
        "fixed": unit.fixed,
        "w": _double(unit.w),
        "b": _double(unit.b),
        "v": _double(unit.v),
        "knot": _double(unit.knot),
        "active": unit.active and [_double(end) for end in unit.active],
    }


def _diagnosis(diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "unit": diagnosis.unit,
        "code": diagnosis.code,
        "message": diagnosis.message,
        "also": list(diagnosis.also),
    }


def _double(number: Fraction | None) -> float | int | None:
    """Return the nearest double; a whole number without ".0"."""
    if number is None:
        return None
    double = to_double(number)
    if double is not None and double.is_integer() and abs(double) < 2**53:
        return int(double)
    return double


def _text(text: str) -> str:
    """Return text that any JSON reader takes: half characters (lone surrogates) replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
