"""How many rows of a chunk have what: the counts that a table's results.sqlite is made of."""

from collections import Counter

import numpy as np

from grader.cohort.columns.marks import BASES, Marks
from grader.cohort.columns.unit_columns import CODES, Codes
from grader.cohort.graded import GradedRow
from grader.exercise.record import Exercise

Tally = Counter[tuple[str, str]]
_BINS = 100


def of_columns(exercise: Exercise, marks: Marks, codes: Codes) -> Tally:
    """Return the counts of rows that were graded as columns."""
    counts: Tally = Counter({("status", "graded"): len(marks.score)})
    percent = (marks.score / float(exercise.points) * _BINS).astype(np.intp)
    for value, number in enumerate(np.bincount(percent, minlength=1).tolist()):
        counts["percent", str(value)] = number
    for check, bases in zip(exercise.checks, marks.bases, strict=True):
        for basis, number in zip(BASES, np.bincount(bases, minlength=len(BASES)), strict=True):
            counts[f"basis {check.id}", basis] = int(number)
    for code, number in zip(*np.unique(codes[codes >= 0], return_counts=True), strict=True):
        counts["mistake", CODES[code]] = int(number)
    return +counts


def of_row(exercise: Exercise, row: GradedRow) -> Tally:
    """Return the counts of a row that was read by itself."""
    counts: Tally = Counter({("status", row.status): 1})
    if row.error:
        counts["error", row.error] = 1
        return counts
    for check in row.points:
        counts[f"basis {check.check}", check.basis] = 1
    if row.exact is not None:
        counts["percent", str(int(row.exact / exercise.points * _BINS))] = 1
    if row.mistakes:
        counts["mistake", row.mistakes[0].code] = 1
    return counts
