"""The submissions that every platform's format is tried with."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import pairwise

from grader import Exercise, Report, grade, load_exercise
from grader.exact.network import UnitSpec
from grader.exact.piecewise import Segment
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.grading import failed, invalid
from grader.report import Diagnosis, Failure
from grader.submission.origin import Origin

LAB = "relu-three-segments"
MARKUP = "<script>alert('&')</script>\x1b[31m\x00\u202e]]> {{x}} %0A::error::x $`|` é 🙂"
ANSWERS = {
    "full": (1, -1, 2, -4),
    "partial": (1, -1.1, 2, -4),  # 62.5
    "thirds": (1, -1, 3, -6),  # 58.333...
    "guard": (1, 0, 2, -4),  # 20: what was right from the start is disturbed
    "blank": (0, 0, 0, 0),
    "huge": (1e9, 1e9, -1e9, 1),
}


def answered(values: tuple[float, ...], exercise: Exercise | None = None) -> Report:
    exercise = exercise or load_exercise(LAB)
    return grade(exercise, dict(zip(exercise.free, values, strict=True)))


def with_points(points: Fraction) -> Exercise:
    lab = load_exercise(LAB)
    return build(
        id=lab.id,
        title=lab.title,
        segments=lab.segments,
        units=lab.units,
        rules=lab.rules,
        points=points,
    )


def zigzag(segments: int) -> Exercise:
    """Return an exercise of so many segments of length 1, up and down, and one free unit."""
    heights = [Fraction(k % 2) for k in range(segments + 1)]
    pieces = [
        Segment(Fraction(k), Fraction(k + 1), right - left, left - (right - left) * k)
        for k, (left, right) in enumerate(pairwise(heights))
    ]
    tolerance = Tolerance(Fraction(1, 20), Fraction(1, 20), Fraction(1, 20))
    units = (UnitSpec(None, None),)
    rules = Rules(tolerance)
    return build(id="zigzag", title="Zigzag", segments=pieces, units=units, rules=rules)


def _marked_up() -> Report:
    report = answered(ANSWERS["partial"])
    exercise = report.exercise
    assert exercise is not None
    return report._replace(
        exercise=exercise._replace(title=MARKUP),
        origin=Origin(MARKUP, MARKUP, "0" * 64),
        diagnoses=(Diagnosis(1, "knot-off", MARKUP),),
        checks=tuple(check._replace(message=MARKUP * 40) for check in report.checks),
    )


CASES: dict[str, Callable[[], Report]] = {
    **{name: (lambda values=values: answered(values)) for name, values in ANSWERS.items()},
    "invalid": lambda: invalid(
        load_exercise(LAB),
        Origin("a.json"),
        Failure("not-json", f"is not JSON: {MARKUP}", "line 1"),
    ),
    "no-exercise": lambda: invalid(
        None, Origin("a.json"), Failure("unknown-exercise", "there is none")
    ),
    "timed-out": lambda: invalid(
        load_exercise(LAB),
        Origin("a.py"),
        Failure("timed-out", "ran longer than 10 seconds; look for a loop that never ends"),
    ),
    "markup": _marked_up,
    "seven-points": lambda: answered(ANSWERS["thirds"], with_points(Fraction(7))),
    "half-points": lambda: answered(ANSWERS["guard"], with_points(Fraction(5, 2))),
    "nearly": lambda: answered((1, -1, 2, -4.0000001), _exacting()),
    "long": lambda: answered((1, 0), zigzag(600)),
}


def _exacting() -> Exercise:
    """Return the lab at tolerance 0, where almost right is half right at most."""
    lab = load_exercise(LAB)
    none = Tolerance(Fraction(0), Fraction(0), Fraction(0))
    weights = {"breakpoint-1": Fraction(10**9)}
    rules = lab.rules._replace(tolerance=none)
    return build(
        id=lab.id,
        title=lab.title,
        segments=lab.segments,
        units=lab.units,
        rules=rules,
        weights=weights,
    )


@cache
def case(name: str) -> Report:
    return CASES[name]()


def failure() -> Report:
    return failed(load_exercise(LAB), Origin("a.py"), Failure("grader-fault", f"it died: {MARKUP}"))
