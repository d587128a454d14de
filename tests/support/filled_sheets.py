"""A teacher's file, filled."""

from fractions import Fraction

from grader.cohort.scores import Mark

HUNDRED = Fraction(100)
HALF = Fraction(175, 2)


def mark(student: str, score: Fraction | None = HALF, feedback: str = "", name: str = "") -> Mark:
    return Mark(student, name, score, HUNDRED, feedback)
