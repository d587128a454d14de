"""The mistakes of the table, made in the right answers of an exercise: one unit, one mistake."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from grader.authoring.solving.families import Family, Part
from grader.authoring.solving.ways import IDLE, TURN
from grader.exact.network import Unit
from grader.exercise.record import Exercise
from grader.mistakes.cases import Answer, right_answer
from grader.mistakes.table import MISTAKES

_IGNORED = "ignored-output-weight"


class Slip(NamedTuple):
    """What one mistake in one unit makes of a right answer: all free parameters by name."""

    code: str
    unit: int
    parameters: Mapping[str, Fraction]
    is_right: bool  # the mistake happens to give the right answer itself


def slips(exercise: Exercise, family: Family) -> Iterator[Slip]:
    """Yield what each mistake that predicts numbers gives for each unit that is not idle."""
    network = exercise.network(family.example)
    for part in family.parts:
        if part.role == IDLE:
            continue
        unit = network.units[part.unit]
        answer = _answer(exercise, part, unit)
        for row in MISTAKES:
            if row.numbers is None or row.needs > answer.known:
                continue
            if unit.v == 1 and row.code == _IGNORED:
                continue  # there is nothing to ignore
            for w, b in row.numbers(answer):
                wrong = {f"w{part.unit}": w, f"b{part.unit}": b}
                changed = {n: wrong.get(n, value) for n, value in family.example.items()}
                yield Slip(row.code, part.unit, changed, changed == family.example)


def copied_lines(exercise: Exercise, family: Family) -> dict[str, Fraction] | None:
    """Return the right answer with each turning unit's line copied from the target's segment."""
    network = exercise.network(family.example)
    changed = dict(family.example)
    turning = [part for part in family.parts if part.role == TURN]
    for part in turning:
        answer = _answer(exercise, part, network.units[part.unit])
        copied = {f"w{part.unit}": answer.s, f"b{part.unit}": answer.c}
        changed |= {name: value for name, value in copied.items() if name in changed}
    return changed if turning else None


def _answer(exercise: Exercise, part: Part, unit: Unit) -> Answer:
    """Return what the formulas of the table need to know of a unit's right answer."""
    if part.role != TURN:
        return right_answer(exercise.target, unit, None)
    ends = (exercise.domain[0], *(segment.right for segment in exercise.segments))
    elsewhere = tuple(end for end in ends if end != part.x)
    return right_answer(exercise.target, unit, part.x, elsewhere)
