"""A census of an exercise: what all settings of its sliders earn and show, on all cores."""

import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from multiprocessing.connection import Connection
from typing import NamedTuple

import numpy as np

from grader.cohort.columns.marks import Grader
from grader.cohort.columns.settings import Scores, scores
from grader.cohort.columns.shown import shown
from grader.cohort.columns.slider_grid import SliderGrid, settings
from grader.cohort.workers import cores
from grader.desk.catalogue import load_exercise
from grader.exercise.record import Exercise
from grader.mistakes.answers import right_answers

_FEW = 300_000  # settings that one process counts before others have started
_BEGIN = (
    "import sys; sys.path[:] = {path!r}; from grader.cohort.columns.census import serve; "
    "serve({line})"
)


class Landscape(NamedTuple):
    """Scores over two parameters, the others as in a right answer: a row for each of the first."""

    names: tuple[str, str]
    values: tuple[float, ...]
    scores: tuple[tuple[float, ...], ...]


class Census(NamedTuple):
    """How many settings earn each score, and in how many some unit shows a mistake.

    `mistakes` is None where they cannot be counted, `landscape` where no right answer is known or
    there are not two parameters.
    """

    given: SliderGrid
    scores: Counter[float]
    mistakes: Counter[str] | None
    landscape: Landscape | None

    def at_least(self, points: float) -> int:
        """Return how many settings earn at least so many points."""
        return sum(count for score, count in self.scores.items() if score >= points)

    @property
    def mean(self) -> float:
        """The mean score."""
        total = sum(Fraction(score) * count for score, count in self.scores.items())
        return float(total / self.given.total)

    def best_of(self, tries: int) -> float:
        """Return the best score of so many random settings, on average."""
        total, below = 0.0, 0
        for score, count in sorted(self.scores.items()):
            upto = below + count
            share = (upto / self.given.total) ** tries - (below / self.given.total) ** tries
            total, below = total + score * share, upto
        return total


def census(
    name: str, exercise: Exercise, values: Sequence[float], of: tuple[str, str] | None
) -> Census:
    """Return the census of an exercise of this name or path; `of` are the landscape's parameters.

    Raises: OSError.
    """
    given = settings(exercise, values)
    scape = _landscape(exercise, given.values, of) if of else None
    if given.total <= _FEW or cores() == 1:
        found = scores(given)
        return Census(given, found.counts, shown(given, found.passed), scape)
    counts, mistakes = _shared(name, given, cores())
    return Census(given, counts, mistakes, scape)


def _shared(name: str, given: SliderGrid, parts: int) -> tuple[Counter[float], Counter[str] | None]:
    """Let each core count a share."""
    crew = [_begun() for _ in range(parts)]
    try:
        for part, (_, line) in enumerate(crew):
            line.send((name, given.values, (part, parts)))
        found: list[Scores] = [line.recv() for _, line in crew]
        passed = tuple(row for each in found for row in each.passed)
        for _, line in crew:
            line.send(passed)
        named: list[Counter[str] | None] = [line.recv() for _, line in crew]
    except EOFError:
        raise OSError(None, "a process that counts settings has ended early") from None
    finally:
        for process, line in crew:
            line.close()
            process.wait()
    counts: Counter[float] = Counter()
    mistakes: Counter[str] = Counter()
    for each, codes in zip(found, named, strict=True):
        counts.update(each.counts)
        mistakes.update(codes or {})
    return counts, None if None in named else mistakes


def _begun() -> tuple[subprocess.Popen[bytes], Connection]:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN.format(path=sys.path, line=theirs.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
    return process, Connection(ours.detach())


def serve(descriptor: int) -> None:
    """Count a share of the settings, then the mistakes in it, for the parent."""
    line: Connection = Connection(descriptor)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        name, values, share = line.recv()
        given = settings(load_exercise(name), values)
        line.send(scores(given, share))
        line.send(shown(given, line.recv(), share))


def _landscape(
    exercise: Exercise, values: Sequence[float], of: tuple[str, str]
) -> Landscape | None:
    """Return the scores over two parameters beside the first right answer."""
    answers = right_answers(exercise.target, exercise.units, exercise.bias)
    right = next(islice(answers, 1), None)
    if right is None:
        return None
    grid = np.array(values)
    columns = []
    for name, (k, letter) in exercise.free.items():
        column = np.full(len(grid) ** 2, float(getattr(right[k], letter)))
        if name == of[0]:
            column = np.repeat(grid, len(grid))
        elif name == of[1]:
            column = np.tile(grid, len(grid))
        columns.append(column)
    table = Grader(exercise).marks(columns).score.reshape(len(grid), len(grid))
    return Landscape(of, tuple(values), tuple(map(tuple, table.tolist())))
