"""grader lab EXERCISE --roster FILE: one page for a class whose students have variants."""

import argparse
from collections.abc import Callable
from typing import Protocol

from grader.cohort.alike_ids import odd_ids
from grader.cohort.progress import Progress
from grader.cohort.roster import people_of
from grader.console.lookup import exercise_or_none
from grader.console.variant_options import whose
from grader.desk.files import complain, deliver
from grader.desk.overwrite import refusal
from grader.errors import GraderError, SpecError
from grader.exercise.record import Exercise
from grader.exercise.variants import draw
from grader.labs.class_lab import OwnPage, class_lab, used
from grader.submission.variant import exercise_of
from grader.task.page import task_parts
from grader.text.inert import inert

_FAILED = 2


class _Parts(Protocol):
    @property
    def facts(self) -> dict[str, object]:
        """What the page's module knows."""

    @property
    def answer(self) -> str:
        """The right answer where it may be told."""


def whole_class(
    parser: argparse.ArgumentParser,
    options: argparse.Namespace,
    parts: Callable[[Exercise], _Parts | None],
) -> int:
    """Write the page and return the exit status; `parts` gives what a variant's page is made of."""
    if options.student is not None or options.variant is not None or options.all:
        parser.error("--roster, --student, --variant and --all exclude each other")
    if options.secret_file is None or options.output is None:
        parser.error("--roster needs --secret-file, and -o with a file")
    known = whose(options)
    exercise = known and _varied(options)
    if known is None or exercise is None:
        return _FAILED
    try:
        numbers = _numbers(options.roster, exercise, known.secret or b"")
        pages = _pages(exercise, numbers, parts)
    except GraderError as error:
        complain("\n".join(error.lines()) if isinstance(error, SpecError) else str(error))
    except OSError as error:
        complain(f"{inert(options.roster)}: {error.strerror}; name a CSV file after --roster")
    else:
        if pages is not None:
            return _delivered(class_lab(exercise, numbers, pages, options.hand_in), options.output)
    return _FAILED


def _varied(options: argparse.Namespace) -> Exercise | None:
    """Return the exercise; None, with a message, where there is no page for all to be made."""
    reason = refusal(options.output, [options.exercise, options.roster, options.secret_file])
    if reason:
        complain(reason)
        return None
    exercise = exercise_or_none(options.exercise)
    if exercise is None or exercise.is_open:
        return exercise
    complain(f"{exercise.id} has no variants; make one page for all, without --roster")
    return None


def _delivered(text: str, path: str) -> int:
    return 0 if deliver(text, path) else _FAILED


def _numbers(roster: str, exercise: Exercise, secret: bytes) -> dict[str, int]:
    """Return everybody's number by id, and say what is odd about the ids. Raises: GraderError."""
    persons = people_of(roster, set()).persons
    for note in odd_ids(persons):
        complain(f"note: {note}")
    count = exercise.variant.of if exercise.variant is not None else 1
    return {p.student: draw(secret, exercise.id, p.student, count) for p in persons}


def _pages(
    exercise: Exercise, numbers: dict[str, int], parts: Callable[[Exercise], _Parts | None]
) -> dict[int, OwnPage] | None:
    """Return what the page holds of each variant that somebody has; None if one suits no page."""
    made: dict[int, OwnPage] = {}
    wanted = used(numbers)
    progress = Progress(len(wanted), quiet=False, done="made")
    try:
        for number in wanted:
            one = exercise_of(exercise, number, "draw")
            part = parts(one)
            if part is None:
                return None
            task = task_parts(one, 2, styled=False, pictured=False)
            made[number] = OwnPage(part.facts, task, part.answer)
            progress.step()
    finally:
        progress.close()
    return made
