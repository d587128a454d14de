"""The lab exercise, built without a file."""

from fractions import Fraction as F

from grader.exact.network import UnitSpec
from grader.exact.piecewise import Segment
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.exercise.record import Exercise

RULES = Rules(Tolerance(F(1, 20), F(1, 20), F(1, 20)))
SEGMENTS = [
    Segment(F(0), F(1), F(-2), F(2)),
    Segment(F(1), F(2), F(1), F(-1)),
    Segment(F(2), F(3), F(3), F(-5)),
]
FREE = UnitSpec(None, None)


def lab(**changes: object) -> Exercise:
    """Return the exercise with some of its parts changed."""
    given = {
        "id": "lab",
        "title": "Lab",
        "segments": SEGMENTS,
        "units": [UnitSpec(F(-2), F(2)), FREE, FREE],
        "rules": RULES,
    }
    return build(**(given | changes))
