"""What is found out about one variant, in plain numbers that can be compared with another's.

Right answers count up to order: units with the same output weight may change places. Digits are
those of the simplest right answer's numbers as they are typed, steps how far its sliders are from
0. The mistakes are those of the table, made in the first right answer, units from left to right.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from grader.authoring.linting.fairness import copied_score, is_much, made_everywhere, score
from grader.authoring.linting.grid import on_grid
from grader.authoring.linting.mistaken import Slip, slips
from grader.authoring.linting.subject import Subject, gets_full_marks
from grader.authoring.solving.families import Family
from grader.authoring.solving.solve import SOLVABLE, solve
from grader.errors import SpecError
from grader.exact.network import ZERO
from grader.exercise.record import Exercise
from grader.words.literal import exact

Answer = Mapping[str, Fraction]
Make = Callable[[int], Exercise]


class VariantFacts(NamedTuple):
    """One variant as it is compared with the others; `fault` is why it is not an exercise."""

    number: int
    fault: str = ""
    solvable: bool = False
    reachable: bool = False
    answers: tuple[Answer, ...] = ()
    shape: tuple[int, int, tuple[str, ...]] = (0, 0, ())  # breakpoints, free units, guards
    mistakes: tuple[tuple[int, str, bool], ...] = ()  # which unit, which, whether it is right
    alike: tuple[tuple[int, tuple[str, ...]], ...] = ()  # mistakes that give the same numbers
    earning: tuple[str, ...] = ()
    digits: int = 0
    steps: Fraction = ZERO


def variant_facts(make: Make, number: int) -> VariantFacts:
    """Return what is found out about the variant of this number."""
    try:
        exercise = make(number)
    except SpecError as error:
        return VariantFacts(number, fault=error.problems[0].message)
    solution = solve(exercise)
    families = solution.families
    if solution.status != SOLVABLE or not families:
        return VariantFacts(number, shape=_shape(exercise))
    known = Subject(exercise, solution, tuple(slips(exercise, families[0])), None)
    answers = _up_to_order(exercise, families)
    rank = _ranks(families[0])
    made = sorted({(rank[s.unit], s.code, s.is_right) for s in known.slips})
    return VariantFacts(
        number,
        solvable=True,
        reachable=any(_reachable(exercise, answer) for answer in answers),
        answers=answers,
        shape=_shape(exercise),
        mistakes=tuple(made),
        alike=_alike(known.slips, rank),
        earning=_earning(known),
        digits=min(sum(map(_digits, answer.values())) for answer in answers),
        steps=min(_steps(exercise, answer) for answer in answers),
    )


def _shape(exercise: Exercise) -> tuple[int, int, tuple[str, ...]]:
    guards = tuple(check.id for check in exercise.checks if check.role == "guard")
    return len(exercise.segments) - 1, len(exercise.free_units), guards


def _up_to_order(exercise: Exercise, families: tuple[Family, ...]) -> tuple[Answer, ...]:
    """Return an example of each family, but of those that only change units' places one."""
    found: dict[object, Answer] = {}
    for family in families:
        roles = tuple(sorted((p.role, p.x or ZERO, p.side) for p in family.parts))
        units = sorted(exercise.network(family.example).units)
        found.setdefault(roles if family.dimension else tuple(units), family.example)
    return tuple(found.values())


def _ranks(family: Family) -> dict[int, int]:
    """Return the places of units from left to right, by where they turn."""
    order = sorted(family.parts, key=lambda part: (part.role, part.x or ZERO, part.unit))
    return {part.unit: place for place, part in enumerate(order)}


def _alike(
    made: tuple[Slip, ...], rank: Mapping[int, int]
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    groups: dict[tuple[int, tuple[Fraction, ...]], set[str]] = {}
    for slip in made:
        key = (rank[slip.unit], tuple(slip.parameters.values()))
        groups.setdefault(key, set()).add(slip.code)
    alike = {
        (place, tuple(sorted(codes))) for (place, _), codes in groups.items() if len(codes) > 1
    }
    return tuple(sorted(alike))


def _earning(known: Subject) -> tuple[str, ...]:
    """Return the mistakes that earn much: made everywhere, or full marks for one of them."""
    found = {
        code
        for code, parameters in made_everywhere(known).items()
        if (earned := score(known, parameters)) is not None and is_much(known, earned)
    }
    found |= {
        slip.code
        for slip in known.slips
        if not slip.is_right and gets_full_marks(known.exercise, slip.parameters)
    }
    copied = copied_score(known)
    if copied is not None and is_much(known, copied):
        found.add("copied-lines")
    return tuple(sorted(found))


def _reachable(exercise: Exercise, answer: Answer) -> bool:
    sliders = exercise.sliders
    return sliders is None or all(on_grid(sliders, value) for value in answer.values())


def _digits(value: Fraction) -> int:
    return sum(character.isdigit() for character in exact(abs(value)).lstrip("0"))


def _steps(exercise: Exercise, answer: Answer) -> Fraction:
    step = exercise.sliders.step if exercise.sliders else Fraction(1)
    return sum((abs(value) / step for value in answer.values()), ZERO)
