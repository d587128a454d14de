"""What lint knows of an exercise, and what a finding is."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from grader.authoring.linting.grid import Survey, survey
from grader.authoring.linting.mistaken import Slip, slips
from grader.authoring.solving.solve import Solution, solve
from grader.exercise.evidence import examine
from grader.exercise.record import Exercise

ERROR, WARNING, INFORMATION = "error", "warning", "information"


class LintFinding(NamedTuple):
    """One thing to know: where, what, how bad, in words that say what to do."""

    line: int
    key: str
    code: str
    level: str
    message: str


class LintRow(NamedTuple):
    """One kind of finding: what docs list it as, and one function from a Subject to messages.

    `key` is the key of a spec that it points at. A row without a function is found by the reader.
    """

    code: str
    level: str
    key: str
    meaning: str
    find: "Callable[[Subject], Iterable[str]] | None" = None


class Subject(NamedTuple):
    """An exercise and what was found out about it once, for all rows."""

    exercise: Exercise
    solution: Solution
    slips: tuple[Slip, ...]
    survey: Survey | None
    source: str = ""  # the file as it is written


def subject(exercise: Exercise, source: str = "") -> Subject:
    """Return the exercise with its right answers, mistakes and slider settings."""
    solution = solve(exercise)
    families = solution.families
    made = tuple(slips(exercise, families[0])) if families else ()
    reached = survey(exercise, [family.example for family in families])
    return Subject(exercise, solution, made, reached, source)


def gets_full_marks(exercise: Exercise, parameters: Mapping[str, Fraction]) -> bool:
    """Tell whether every check has full credit for these parameters, taken exactly."""
    found = examine(exercise, exercise.checks, exercise.network(parameters))
    return all(finding.credit == 1 for finding in found)
