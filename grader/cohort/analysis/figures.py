"""Counts and shares of a class in words, each as precise as its size allows."""

from fractions import Fraction

from grader.cohort.analysis.shares import FEW, SOME, Interval, newcombe, wilson
from grader.exercise.record import Check


def percent(share: float) -> str:
    """Return a share in whole percents; neither end is reached by rounding."""
    whole = round(share * 100)
    if (whole, share > 0) == (0, True):
        return "under 1"
    return "over 99" if whole == 100 and share < 1 else str(whole)


def between(interval: Interval) -> str:
    """Return "26 to 58 %"."""
    return f"{percent(interval.low)} to {percent(interval.high)} %"


def likely(count: float, n: int) -> str:
    """Return "41 %, likely 26 to 58 %", for fewer hand-ins less, for a handful nothing."""
    if n < FEW:
        return ""
    interval = wilson(count, n)
    said = f"likely {between(interval)}"
    return f"{percent(interval.estimate)} %, {said}" if n >= SOME else said


def of(count: int, n: int) -> str:
    """Return "14 of 34 (41 %, likely 26 to 58 %)"."""
    return f"{count:,} of {n:,}{in_brackets(likely(count, n))}"


def in_brackets(said: str) -> str:
    """Return the words in brackets after a blank; "" for none."""
    return f" ({said})" if said else ""


def apart(one: tuple[int, int], other: tuple[int, int]) -> str:
    """Return "42 points apart, likely 24 to 57"."""
    found = newcombe(one, other)
    size, low, high = (round(abs(end) * 100) for end in found)
    return f"{size} points apart, likely {low} to {high}"


def mean(credit: Fraction, n: int) -> float:
    """Return the mean credit."""
    return float(credit / n)


def called(check: Check) -> str:
    """Return a check's name as a teacher reads it: breakpoint 2."""
    kind, _, place = check.id.partition("-")
    return f"{kind} {place}"


def capital(text: str) -> str:
    """Return a sentence from its words."""
    return text[:1].upper() + text[1:]
