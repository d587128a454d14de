"""The rows of a run, and the same hand-ins' rows under another exercise or from another run."""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from grader.cohort import journal as journals
from grader.cohort.graded import GradedRow, row_of
from grader.cohort.journal import TABLE, Journal, Terms
from grader.cohort.manifest import HandIn, Whereabouts
from grader.errors import GraderError
from grader.exercise.record import Exercise
from grader.grading import grade
from grader.report import Report
from grader.specs.exercise import read_exercise
from grader.submission.origin import Origin
from grader.submission.record import Submission
from grader.submission.variant import exercise_of
from grader.text.codes import REVEAL, Reveal
from grader.text.inert import Inert, inert
from grader.text.lists import listed
from grader.version import VERSION

_NOWHERE = Whereabouts((), "")


class RegradeError(GraderError):
    """The teacher must act: these results cannot be compared, or not in this way."""


class Graded(NamedTuple):
    """A finished run: what it was fixed by, its exercise, who handed in what, the rows."""

    terms: Terms
    exercise: Exercise
    hand_ins: tuple[HandIn, ...]
    rows: tuple[GradedRow, ...]


def finished(folder: str, journal: Journal) -> Graded:
    """Return the run of an open journal. Raises: RegradeError if there is no whole one."""
    terms = journal.terms()
    if TABLE in terms.terms:
        raise RegradeError(
            f"{inert(folder)} holds the run of a table, whose rows are not kept. Grade the table "
            "by the changed file, grade -e NEW.yaml TABLE -o NEW/, and compare: grader regrade "
            "OUT/ --with NEW/"
        )
    rows = tuple(row for _, row in journal.rows())
    if not terms.terms or len(rows) < len(terms.hand_ins):
        raise RegradeError(
            f"{inert(folder)} holds a run that is not finished ({len(rows):,} of "
            f"{len(terms.hand_ins):,} are graded); give its command again first"
        )
    id_ = terms.terms["exercise"]
    exercise = read_exercise(terms.spec, inert(id_, 255), id_)
    return Graded(terms, exercise, tuple(map(_hand_in, terms.hand_ins)), rows)


def opened(folder: str) -> Journal:
    """Open a run's journal. Raises: RegradeError if there is none; JournalError; OSError."""
    journal = journals.opened(folder)
    if journal is None:
        raise RegradeError(
            f"{inert(folder)} has no journal of a class run; name a folder that grade COLLECTION "
            "-o OUT/ wrote"
        )
    return journal


def _hand_in(text: str) -> HandIn:
    student, name, attempt, submitted, late, source = json.loads(text)
    return HandIn(Inert(student), Inert(name), attempt, submitted, late, Inert(source), _NOWHERE)


def under(before: Graded, exercise: Exercise, spec: bytes) -> Graded:
    """Return the run as another version of its exercise grades it.

    Raises: RegradeError if the numbers that were handed in do not suffice for that.
    """
    _check_same(before.exercise, exercise)
    reveal = _reveal(before.terms.terms)
    own = cache(lambda number: _own(exercise, number))
    graded = cache(lambda number, values: row_of(_report(own(number), values, reveal)))
    rows = tuple(
        graded(row.variant and row.variant.number, row.parameters)._replace(
            digest=row.digest, variant=row.variant
        )
        if row.status == "graded"
        else row
        for row in before.rows
    )
    terms = {**before.terms.terms, "exercise's file": exercise.digest, "version": VERSION}
    return Graded(before.terms._replace(terms=terms, spec=spec), exercise, before.hand_ins, rows)


def report_of(run: Graded, row: GradedRow, origin: Origin) -> Report:
    """Return the report on a row that was graded, as the run's exercise has it."""
    number = row.variant and row.variant.number
    named = dict(zip(run.exercise.free, map(Fraction, row.parameters), strict=True))
    own = _own(run.exercise, number)
    return grade(own, Submission(named, origin), reveal=_reveal(run.terms.terms))


def _own(exercise: Exercise, number: int | None) -> Exercise:
    """Return the exercise in the variant that a row was graded by."""
    variant = exercise.variant
    return exercise if number is None or variant is None else exercise_of(exercise, number, "draw")


def _report(exercise: Exercise, values: tuple[str, ...], reveal: Reveal | None) -> Report:
    named = dict(zip(exercise.free, map(Fraction, values), strict=True))
    return grade(exercise, Submission(named, Origin("-")), reveal=reveal)


def _reveal(terms: Mapping[str, str]) -> Reveal | None:
    return next((level for level in REVEAL if level == terms.get("--reveal")), None)


def _check_same(old: Exercise, new: Exercise) -> None:
    """See that the hand-ins themselves are not needed. Raises: RegradeError."""
    if old.id != new.id:
        raise RegradeError(
            f"the run was graded against {inert(old.id, 60)}, and this is {inert(new.id, 60)}: "
            "regrading compares two versions of one exercise, which have one id"
        )
    _check_same_list(old, new)
    others = list(_other_units(old, new))
    if others:
        raise RegradeError(
            f"{listed(others)}: the numbers in the journal do not suffice then, and the hand-ins "
            "are needed. Grade them, grade -e NEW.yaml COLLECTION -o NEW/, and compare: grader "
            "regrade OUT/ --with NEW/"
        )


def _check_same_list(old: Exercise, new: Exercise) -> None:
    """See that numbers of variants mean the same. Raises: RegradeError."""
    lists = [each.variant.digest if each.variant else "" for each in (old, new)]
    if lists[0] != lists[1]:
        was, is_ = (f"the list {each[:16]}" if each else "no variants" for each in lists)
        raise RegradeError(
            f"the run was graded by {was}, and this exercise has {is_}: a variant's number would "
            "mean another target. Change anything but names, choices and conditions"
        )


def _other_units(old: Exercise, new: Exercise) -> Iterator[str]:
    """Yield in words what a hand-in would have to name that it did not, or the other way round."""
    gone = [name for name in old.free if name not in new.free]
    come = [name for name in new.free if name not in old.free]
    if gone:
        yield f"{listed(gone)} {'is' if len(gone) == 1 else 'are'} free no more"
    if come:
        yield f"{listed(come)} {'is' if len(come) == 1 else 'are'} free now"
    for k, (before, after) in enumerate(zip(old.units, new.units, strict=False)):
        for letter in ("w", "b"):
            one, other = getattr(before, letter), getattr(after, letter)
            if one != other and None not in {one, other}:
                yield f"{letter}{k} is given as {other} and was {one}"
