"""Seconds of the slowest of 40 exercises with four free units and four breakpoints to solve."""

from fractions import Fraction
from itertools import product
from time import perf_counter

from grader.authoring.solving.solve import solve
from grader.exact.network import UnitSpec
from grader.exact.piecewise import PiecewiseLinear
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.exercise.record import Exercise

WEIGHTS = ((1, 1, 1, 1), (1, 1, 1, -1), (1, -1, 1, -1), (2, 1, -1, 3))
STARTS = ((0, 0), (1, 0), (3, 1), (0, -1), (2, -2))
CHANGES = ((1, 2, 1, 2), (1, -2, 3, -1))


def exercises() -> list[Exercise]:
    """Return the exercises, most of which have no right answer: that takes longest."""
    exact = Rules(Tolerance(Fraction(0), Fraction(0), Fraction(0)))
    made = []
    for weights, (y, slope), changes in product(WEIGHTS, STARTS, CHANGES):
        points = [(Fraction(0), Fraction(y))]
        steepness = slope
        for x, change in enumerate((0, *changes), 1):
            steepness += change
            points.append((Fraction(x), points[-1][1] + steepness))
        target = PiecewiseLinear.from_points(points)
        units = [UnitSpec(None, None, Fraction(v)) for v in weights]
        made.append(build(id="x", title="x", segments=target.segments, units=units, rules=exact))
    return made


def main() -> None:
    """Print the longest time."""
    longest = 0.0
    for exercise in exercises():
        start = perf_counter()
        solve(exercise)
        longest = max(longest, perf_counter() - start)
    print(longest)


if __name__ == "__main__":
    main()
