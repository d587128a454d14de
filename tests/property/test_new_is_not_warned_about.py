"""What `grader new` writes is never warned about by `grader lint`, whatever it is asked for."""

from fractions import Fraction as F
from random import Random

import pytest

from grader.authoring.linting.lint import lint
from grader.authoring.linting.subject import INFORMATION
from grader.authoring.making.design import Impossible, Wishes, designed
from grader.authoring.making.scaffold import scaffold
from grader.exact.piecewise import PiecewiseLinear

TITLES = [
    "Made",
    "A # in it",
    "Unit 1: the weight",
    "w*x + b is 0",
    "C:\\x {y}",
    "\N{SNOWMAN}: yes",
]


def asked(random: Random) -> tuple[list[tuple[F, F]], Wishes]:
    """Return points, steep and flat ones, near and far, some in line; and what is wished."""
    count = random.choice([2, 2, 3, 3, 4, 5])
    scale = random.choice([F(1), F(1), F(1), F(10), F(1000), F(1, 100)])
    parts = random.choice([1, 1, 2, 3, 7, 1000])
    x, points = F(random.randint(-5, 3)), []
    for _ in range(count):
        points.append((x * scale, F(random.randint(-6, 6) * random.choice([1, 1, 10]), parts)))
        x += F(random.randint(1, 4), random.choice([1, 1, 2, 50]))
    weights = [random.choice([F(1), F(1), F(-1), F(2), F(1, 3)]) for _ in range(count)]
    return points, Wishes(
        weights if random.random() < 0.3 else None,
        F(random.randint(-3, 3), 2) if random.random() < 0.3 else None,
        all_free=random.random() < 0.4,
    )


def check(seeds: range) -> None:
    written = 0
    for seed in seeds:
        random = Random(seed)  # noqa: S311 - the same cases every time
        points, wishes = asked(random)
        try:
            design = designed(PiecewiseLinear.from_points(points), wishes)
            made = scaffold("made", random.choice(TITLES), points, design)
        except Impossible:
            continue
        found = lint(made.spec.encode(), "made.yaml", "made")
        assert {finding.level for finding in found} <= {INFORMATION}, (seed, found)
        written += 1
    assert written > len(seeds) / 2


def test_the_shortest_line() -> None:
    points = [(F(0), F(0)), (F(1), F(1))]
    made = scaffold("made", "Made", points, designed(PiecewiseLinear.from_points(points)))
    assert [one for one in made.findings if one.level != INFORMATION] == []


def test_points_in_line_are_no_breakpoints() -> None:
    points = [(F(0), F(0)), (F(1), F(1)), (F(2), F(2)), (F(3), F(0))]
    made = scaffold("made", "Made", points, designed(PiecewiseLinear.from_points(points)))
    assert "points: [[0, 0], [2, 2], [3, 0]]" in made.spec


def test_a_title_that_gives_a_right_value_away_is_refused() -> None:
    points = [(F(0), F(0)), (F(1), F(2))]
    with pytest.raises(Impossible, match="the title says w0 = 2, which is right"):
        scaffold("made", "w0 = 2", points, designed(PiecewiseLinear.from_points(points)))


def test_what_is_written_is_not_warned_about() -> None:
    check(range(12))


@pytest.mark.thorough
def test_what_is_written_is_not_warned_about_a_hundred_times() -> None:
    check(range(100, 200))
