"""A block of submissions to the rows that a report on each would come to, by columns.

Only rows of which columns know everything are made here: few decimals, every credit an exact
quotient, every mistake known. The others are None and for `marking`, one by one.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np

from grader.cohort.columns.decimals import Column, Mask
from grader.cohort.columns.marks import BASES, Credits, Grader
from grader.cohort.columns.told_mistakes import Exact, Telling
from grader.cohort.columns.worth import counted
from grader.cohort.columns.wrong_columns import Blame
from grader.cohort.graded import GradedRow, MistakeRow, PointsRow
from grader.exact.rational import MAX_MAGNITUDE, from_double
from grader.exercise.record import Exercise
from grader.grading import lower
from grader.text.codes import Reveal

_REMEMBERED = 20_000  # rows, and results


class RowGrader:
    """Makes rows for one exercise."""

    def __init__(self, exercise: Exercise, reveal: Reveal | None) -> None:
        """Prepare what all blocks share; `reveal` can only lower what the exercise allows."""
        self._exercise = exercise
        self._grader = Grader(exercise)
        # Doubles are few and come often.
        self._exact: Exact = lru_cache(_REMEMBERED)(from_double)
        level = lower(exercise.reveal, reveal)
        self._telling: Telling | None = None
        if level != "verdict":
            self._telling = Telling(exercise, Blame(exercise), level, self._exact)
        self._known: dict[tuple[float, ...], GradedRow | None] = {}
        self._earned: dict[bytes, tuple[str, tuple[PointsRow, ...]]] = {}

    def rows(
        self, parameters: Sequence[Sequence[float]], digests: Sequence[str | None]
    ) -> list[GradedRow | None]:
        """Return the rows of submissions, given their parameters in the exercise's order."""
        distinct = list(dict.fromkeys(map(tuple, parameters)))
        new = [values for values in distinct if values not in self._known]
        if len(self._known) + len(new) > _REMEMBERED:
            self._known.clear()
            new = distinct
        if new:
            self._known.update(zip(new, self._new(new), strict=True))
        rows = [self._known[tuple(values)] for values in parameters]
        return [
            row and row._replace(digest=digest) for row, digest in zip(rows, digests, strict=True)
        ]

    def _new(self, parameters: Sequence[tuple[float, ...]]) -> list[GradedRow | None]:
        """Return the rows of distinct parameters, without digests."""
        table = np.array(parameters, np.float64)
        made: list[GradedRow | None] = [None] * len(table)
        near = np.flatnonzero((np.abs(table) <= MAX_MAGNITUDE).all(axis=1))
        columns = [np.ascontiguousarray(column) for column in table[near].T]
        for found in self._grader.credits(columns) if len(near) else ():
            known = ~found.open
            mistakes = self._mistakes(found, columns, known)
            earned = self._points(found)
            for place in np.flatnonzero(known).tolist():
                row = int(near[found.rows[place]])
                named = mistakes.get(place, ())
                score, points = earned[place]
                made[row] = GradedRow(
                    "graded",
                    score,
                    None,
                    points,
                    named,
                    "",
                    named[0].message if named else "",
                    tuple(str(self._exact(x)) for x in parameters[row]),
                )
        return made

    def _mistakes(
        self, found: Credits, columns: Sequence[Column], known: Mask
    ) -> dict[int, tuple[MistakeRow, ...]]:
        """Return the mistakes by a row's place; where they are not known, neither is the row."""
        if self._telling is None:
            return {}
        low = np.flatnonzero(known & ~found.passed)
        if not len(low):
            return {}
        below = [column[found.rows[low]] for column in columns]
        assigned = self._telling.blame.assigned(below)
        known[low[~assigned.known]] = False
        sure = np.flatnonzero(assigned.known)
        assigned = assigned._replace(codes=assigned.codes[:, sure], tasks=assigned.tasks[:, sure])
        rows = list(zip(*(column[sure].tolist() for column in below), strict=True))
        places: list[int] = low[sure].tolist()
        return dict(zip(places, self._telling.mistakes(found, places, assigned, rows), strict=True))

    def _points(self, found: Credits) -> list[tuple[str, tuple[PointsRow, ...]]]:
        """Return the score and the points of each found row, as exact texts."""
        parts = [part for each in found.credits for part in (each.above, each.below)]
        table = np.ascontiguousarray(np.vstack([*parts, found.bases]).T)
        texts = []
        for row in table:
            key = row.tobytes()
            text = self._earned.get(key)
            if text is None:
                if len(self._earned) >= _REMEMBERED:
                    self._earned.clear()
                text = self._earned[key] = self._counted(row.tolist())
            texts.append(text)
        return texts

    def _counted(self, numbers: list[float]) -> tuple[str, tuple[PointsRow, ...]]:
        checks = self._exercise.checks
        parts, bases = numbers[: 2 * len(checks)], numbers[2 * len(checks) :]
        credits_ = [
            Fraction(int(above), int(below))
            for above, below in zip(parts[::2], parts[1::2], strict=True)
        ]
        points, score = counted(checks, credits_)
        return str(score), tuple(
            PointsRow(check.id, str(point), str(credit), BASES[int(basis)])
            for check, point, credit, basis in zip(checks, points, credits_, bases, strict=True)
        )
