"""A Solution as JSON: exact numbers as text, and beside them the nearest doubles."""

import json
from collections.abc import Mapping
from fractions import Fraction

from grader.authoring.solving.families import Family, Part
from grader.authoring.solving.solution_text import conditions_text
from grader.authoring.solving.solve import Solution
from grader.exact.rational import to_double
from grader.exercise.record import Exercise

FORMAT = 1


def solution_json(exercise: Exercise, solution: Solution) -> str:
    """Return one indented JSON object."""
    near, proof = solution.nearest, solution.proof
    data = {
        "format": FORMAT,
        "exercise": exercise.id,
        "status": solution.status,
        "families": [_family(family) for family in solution.families],
        "complete": not solution.unsearched,
        "proof": proof and {"code": proof.code, "message": proof.message},
        "nearest": near
        and {
            **_numbers(near.parameters),
            "max_error": str(near.error.value),
            "worst_x": str(near.error.x),
            "steps": near.programs,
        },
        "tried": solution.tried,
        "unsearched": list(solution.unsearched),
    }
    return json.dumps(data, indent=2, allow_nan=False) + "\n"


def _family(family: Family) -> dict[str, object]:
    return {
        "dimension": family.dimension,
        "units": [_part(part) for part in family.parts],
        "conditions": conditions_text(family),
        "idle": list(family.idle),
        "example": _numbers(family.example),
    }


def _part(part: Part) -> dict[str, object]:
    return {
        "unit": part.unit,
        "role": part.role,
        "x": None if part.x is None else str(part.x),
        "active": {1: "right", -1: "left"}.get(part.side),
    }


def _numbers(values: Mapping[str, Fraction]) -> dict[str, object]:
    return {
        "parameters": {name: to_double(value) for name, value in values.items()},
        "exact": {name: str(value) for name, value in values.items()},
    }
