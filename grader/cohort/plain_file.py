"""A plain JSON file's parameters, read by msgspec; any other file goes to the usual reader.

A file is plain if it is an object of the free parameters as numbers, each once, and at most this
exercise's id and a student's name in plain characters. msgspec is strict about types and unknown
keys, but takes the last of two equal keys; a repeated one shows by its quotation marks.
"""

from collections.abc import Callable
from operator import attrgetter

from grader.cohort.tables.json_lines import PlainLine, decoders
from grader.exercise.record import Exercise

_LONGEST = 4096  # bytes
_MARKS = 2  # quotation marks of a key, or of a text

Plain = Callable[[bytes], tuple[float, ...] | None]


def plain_reader(exercise: Exercise) -> Plain | None:
    """Return what reads plain files, and gives None for others; None if msgspec is missing."""
    free = tuple(exercise.free)
    made = decoders(free)
    if made is None:
        return None
    several = attrgetter(*free)

    def read(data: bytes) -> tuple[float, ...] | None:
        if len(data) > _LONGEST or b"\\" in data:
            return None
        try:
            line = made.one(data)
        except made.refused:
            return None
        about = _marks_about(line, exercise.id)
        if about is None or data.count(b'"') != about + _MARKS * len(free):
            return None
        row: tuple[float, ...] = several(line) if len(free) > 1 else (several(line),)
        return row

    return read


def _marks_about(line: PlainLine, id_: str) -> int | None:
    """Return how many quotation marks name student and exercise; None if a name is not plain."""
    student, exercise = line.student, line.exercise
    if exercise is not None and exercise != id_:
        return None
    if student is not None and not (
        isinstance(student, str) and student.isascii() and student.isprintable()
    ):
        return None
    return 2 * _MARKS * ((student is not None) + (exercise is not None))
