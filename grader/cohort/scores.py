"""What a student's hand-in is worth, and how a course platform's file of grades writes it.

Two decimals, rounded half to even from the exact fraction, because that is what platforms compare;
and never up to full marks, because full marks say that everything is right.
"""

import re
from fractions import Fraction
from math import ceil
from typing import NamedTuple

_NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,9}))?")
_THOUSANDS = re.compile(r"\d{1,3}(?:(?:,\d{3})+\.|(?:\.\d{3})+,)\d{1,9}")
CENT = Fraction(1, 100)


class Mark(NamedTuple):
    """The hand-in that counts for a student; `score` is None where the grader failed on it.

    `off` is what lateness has taken off the score already, `others` what else a roster says of the
    student, other systems' ids among it.
    """

    student: str
    name: str
    score: Fraction | None
    most: Fraction
    feedback: str = ""
    off: Fraction = Fraction(0)
    others: tuple[str, ...] = ()

    def undeducted(self) -> "Mark":
        """Return the same without what lateness took off."""
        score = None if self.score is None else self.score + self.off
        return self._replace(score=score, off=Fraction(0))


def points(mark: Mark, most: Fraction | None) -> Fraction | None:
    """Return the score on the file's own scale, whose full marks are `most` if it says so."""
    if mark.score is None or not most or not mark.most:
        return mark.score
    return mark.score / mark.most * most


def two_decimals(score: Fraction, most: Fraction, sign: str = ".") -> str:
    """Return the score with two decimals, half to even; below full marks it never reaches them."""
    cents = round(score / CENT)
    if score < most and cents * CENT >= most:
        cents = max(0, ceil(most / CENT) - 1)
    whole, rest = divmod(cents, 100)
    return f"{whole}{sign}{rest:02}"


def number(text: str) -> Fraction | None:
    """Return the number in a cell, with either decimal sign; None if it is none.

    Signs between thousands are read where another one before the decimals shows what they are.
    """
    cell = text.strip()
    if _THOUSANDS.fullmatch(cell):
        cell = re.sub(r"[.,](?=.*[.,])", "", cell)
    found = _NUMBER.fullmatch(cell)
    return Fraction(f"{found[1]}.{found[2] or 0}") if found else None
