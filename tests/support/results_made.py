"""Made-up results of a class, from the numbers that were handed in."""

from collections.abc import Sequence
from fractions import Fraction

from grader.cohort.analysis.facts import Facts, facts
from grader.cohort.analysis.hands import Hand, Results
from grader.cohort.analysis.several import Run
from grader.cohort.graded import row_of
from grader.desk.catalogue import load_exercise
from grader.exercise.record import Exercise
from grader.grading import grade

LAB = load_exercise("relu-three-segments")
TERMS = {"version": "VERSION", "--keep": "last"}
# What comes often: right, right with the units exchanged, a copied line, a unit left at 0...
RIGHT = ("1", "-1", "2", "-4")
SWAPPED = ("2", "-4", "1", "-1")
COPIED = ("1", "-1", "3", "-5")
UNSET = ("1", "-1", "0", "0")
STEEP = ("1", "-1", "3", "-6")
BESIDE = ("1", "-1", "2", "-3.9")
NOTHING = ("0", "0", "0", "0")
ODD = ("1.7", "-0.337", "2.123", "-3.071")
USUAL = (
    (10, RIGHT),
    (4, SWAPPED),
    (8, COPIED),
    (6, UNSET),
    (4, STEEP),
    (3, BESIDE),
    (2, ("-1", "1", "2", "-4")),
    (1, NOTHING),
    (2, ODD),
)


def hand(
    student: str,
    values: Sequence[str],
    attempt: int = 1,
    exercise: Exercise = LAB,
    **more: str | bool,
) -> Hand:
    """Return a hand-in of these numbers, graded."""
    named = dict(zip(exercise.free, map(Fraction, values), strict=True))
    row = row_of(grade(exercise, named))
    made = Hand(
        student,
        "",
        attempt,
        late=False,
        counts=True,
        source=f"{student}/{attempt}.json",
        digest=None,
        status="graded",
        error="",
        score=row.exact or Fraction(0),
        credits=tuple(Fraction(point.credit) for point in row.points),
        mistakes=tuple((mistake.unit, mistake.code) for mistake in row.mistakes),
        parameters=tuple(named.values()),
    )
    return made._replace(**more)


def unread(student: str, code: str = "not-json", attempt: int = 1) -> Hand:
    """Return a hand-in that could not be read."""
    empty = hand(student, RIGHT, attempt)._replace(status="invalid", error=code, mistakes=())
    return empty._replace(score=Fraction(0), credits=(), parameters=())


def class_of(
    kinds: Sequence[tuple[int, Sequence[str]]], exercise: Exercise = LAB
) -> tuple[Hand, ...]:
    """Return so many hand-ins of each kind, each by a student of its own."""
    made = {values: hand("", values, exercise=exercise) for _, values in kinds}
    every = [made[values] for times, values in kinds for _ in range(times)]
    return tuple(
        each._replace(student=f"s{k:03}", source=f"s{k:03}/1.json") for k, each in enumerate(every)
    )


def counted(
    hands: Sequence[Hand], exercise: Exercise = LAB, missing: Sequence[tuple[str, str]] = ()
) -> Facts:
    """Return what is counted of them."""
    return facts(Results(exercise, tuple(hands), tuple(missing), TERMS))


def run_of(hands: Sequence[Hand], label: str = "", exercise: Exercise = LAB) -> Run:
    """Return a run of them."""
    return Run(label, counted(hands, exercise), TERMS)
