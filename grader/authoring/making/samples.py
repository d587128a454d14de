"""Sample submissions of an exercise: perfect, blank, and one for each mistake that applies."""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from grader.authoring.linting.mistaken import slips
from grader.authoring.solving.families import Family, Part
from grader.authoring.solving.ways import TURN
from grader.exact.network import ZERO, Unit
from grader.exact.rational import MAX_MAGNITUDE, to_double
from grader.exercise.record import Exercise
from grader.grading import grade

Parameters = Mapping[str, Fraction]


class Sample(NamedTuple):
    """One sample submission: its file's name, its text, and what it is worth."""

    file: str
    text: str
    score: Fraction


def samples(exercise: Exercise, family: Family) -> Iterator[Sample]:
    """Yield the samples; a mistake's is named for its code."""
    yield _sample(exercise, "perfect.json", family.example)
    yield _sample(exercise, "blank.json", dict.fromkeys(exercise.free, ZERO))
    for code, values in _by_numbers(exercise, family).items():
        yield _sample(exercise, f"{code}.json", values)
    for code, values in _by_looks(exercise, family):
        yield _sample(exercise, f"{code}.json", values)


def _by_numbers(exercise: Exercise, family: Family) -> dict[str, Parameters]:
    """Return the mistakes that predict numbers, each with numbers of its own if there are any."""
    made: dict[str, Parameters] = {}
    used: list[Parameters] = [family.example, dict.fromkeys(exercise.free, ZERO)]
    for slip in slips(exercise, family):
        values = slip.parameters
        if slip.is_right or any(abs(value) > MAX_MAGNITUDE for value in values.values()):
            continue
        if slip.code not in made or (made[slip.code] in used and values not in used):
            made[slip.code] = values
        if made[slip.code] is values:
            used.append(values)
    return made


def _by_looks(exercise: Exercise, family: Family) -> Iterator[tuple[str, Parameters]]:
    """Yield the mistakes that only look wrong, where one of a few units is named for them."""
    network = exercise.network(family.example)
    for part in family.parts:
        if part.role != TURN or part.x is None:
            continue
        found = {
            code: changed
            for code, units in _looking(exercise, part, network.units[part.unit]).items()
            for w, b in units
            if (changed := _changed(family.example, part.unit, w, b))
            and _first_code(exercise, changed) == code
        }
        yield from found.items()
        return


def _looking(
    exercise: Exercise, part: Part, right: Unit
) -> dict[str, list[tuple[Fraction, Fraction]]]:
    """Return units to try for each code that has no formula."""
    left, end = exercise.domain
    x = right.knot or ZERO
    aside = [x + (end - x) * n / 8 for n in (4, 3, 2, 1)] + [x - (x - left) * n / 8 for n in (4, 3)]
    w, one = right.w, Fraction(part.side)
    return {
        "dead-unit": [(one, min(-one * left, -one * end) - n) for n in (1, 2)],
        "always-on": [(one, max(-one * left, -one * end) + n) for n in (1, 2)],
        "slope-change-off": [(w * n, -w * n * x) for n in (Fraction(5, 4), Fraction(3, 2))],
        "knot-off": [(w, -w * p) for p in aside],
        "unrecognised": [(w * Fraction(5, 4), -w * Fraction(5, 4) * p) for p in aside],
    }


def _changed(example: Parameters, k: int, w: Fraction, b: Fraction) -> dict[str, Fraction]:
    wrong = {f"w{k}": w, f"b{k}": b}
    return {name: wrong.get(name, value) for name, value in example.items()}


def _first_code(exercise: Exercise, values: Parameters) -> str | None:
    """Return the first diagnosis that the grader itself gives, whatever the exercise reveals."""
    if any(abs(value) > MAX_MAGNITUDE for value in values.values()):
        return None
    diagnoses = grade(exercise, _doubles(exercise, values)).diagnoses
    return diagnoses[0].code if diagnoses else None


def _sample(exercise: Exercise, file: str, values: Parameters) -> Sample:
    doubles = _doubles(exercise, values)
    text = json.dumps({"exercise": exercise.id, **doubles}, indent=2) + "\n"
    return Sample(file, text, grade(exercise, doubles).score or ZERO)


def _doubles(exercise: Exercise, values: Parameters) -> dict[str, float | int]:
    return {name: _double(values[name]) for name in exercise.free}


def _double(value: Fraction) -> float | int:
    if value.denominator == 1:
        return int(value)
    double = to_double(value)
    if double is None:
        raise OverflowError("no parameter of a sample exceeds a double")
    return double
