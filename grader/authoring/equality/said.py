"""What lint says about an exercise's variants: proved anew, or as last time."""

from collections.abc import Callable
from typing import NamedTuple

from grader.authoring.equality.findings import ROWS
from grader.authoring.equality.proof import MOST_PROVED, Step, prove
from grader.authoring.linting.lint import line_of
from grader.authoring.linting.subject import LintFinding
from grader.desk.remembered import keep, recall
from grader.errors import SpecError
from grader.exercise.record import Exercise
from grader.specs.exercise import read_exercise
from grader.specs.tree import parse
from grader.text.digest import sha256
from grader.version import VERSION

_METHOD = 1  # counts up when the proof or its words change within a version


class Said(NamedTuple):
    """A finding's code and its message."""

    code: str
    message: str


# Called with how many steps there will be; what it returns is called as they are done.
Begin = Callable[[int], Step]


def said(exercise: Exercise, begin: Begin = lambda _: lambda _: None) -> list[Said]:
    """Return the findings about all variants; none for an exercise without variants."""
    variant = exercise.variant
    if variant is None or variant.make is None:
        return []
    if variant.of > MOST_PROVED:
        message = (
            f"{variant.of:,} variants are too many to solve and compare pair by pair; choose at "
            f"most {MOST_PROVED:,} that can be proved equal"
        )
        return [Said("variants-not-proved", message)]
    key = sha256(f"{exercise.digest} {VERSION} {_METHOD}".encode()).hexdigest()
    kept = _read(recall(key))
    if kept is not None:
        return kept
    proof = prove(exercise, begin(2 * variant.of))
    if proof is None:
        return []
    found = [Said(row.code, text) for row in ROWS if row.find for text in row.find(proof)]
    keep(key, [list(each) for each in found])
    return found


def of_variants(data: bytes, source: str, stem: str, begin: Begin) -> tuple[LintFinding, ...]:
    """Return the findings about all variants of a spec, errors first; none without one."""
    try:
        exercise = read_exercise(data, source, stem)
        line = line_of(parse(data, source), "variants")
    except SpecError:
        return ()
    levels = {row.code: row.level for row in ROWS}
    return tuple(
        LintFinding(line, "variants", code, levels[code], message)
        for code, message in said(exercise, begin)
    )


def _read(kept: object) -> list[Said] | None:
    if not isinstance(kept, list):
        return None
    codes = {row.code for row in ROWS}
    found = []
    for each in kept:
        match each:
            case [str(code), str(message)] if code in codes:
                found.append(Said(code, message))
            case _:
                return None
    return found
