"""No label of a picture covers a line, a mark or another label: 200 exercises, right and wrong."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, pairwise
from random import Random
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from cases import built, random_graded
from grader.exercise.evidence import Evidence
from grader.exercise.record import Exercise
from grader.grading import grade
from grader.pictures.lettering import breadth
from grader.pictures.overview import NARROW, WIDE, overview
from grader.pictures.unit import WIDTH as UNIT_WIDTH
from grader.pictures.unit import shown_units, unit_picture
from grader.pictures.view import extent
from grader.words.shapes import seen
from shares import one_in

SVG = "{http://www.w3.org/2000/svg}"
ABOVE, BELOW = 0.74, 0.23  # of a letter's size, over and under its line
DRAWN = {"network", "target", "a", "a given", "z", "bracket", "hatch-line"}
BOLD = ("name ", "needed", "sum")
LARGE = ("name ", "a-name", "z-name")


class Box(NamedTuple):
    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: "Box") -> bool:
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        down = min(self.y1, other.y1) - max(self.y0, other.y0)
        return across > 0 and down > 0

    def crossed(self, a: tuple[float, float], b: tuple[float, float]) -> bool:
        """Tell whether a straight line goes through the box (Liang and Barsky)."""
        low, high = 0.0, 1.0
        for start, end, least, most in (
            (a[0], b[0], self.x0, self.x1),
            (a[1], b[1], self.y0, self.y1),
        ):
            if start == end:
                if not least < start < most:
                    return False
                continue
            one, other = sorted(((least - start) / (end - start), (most - start) / (end - start)))
            low, high = max(low, one), min(high, other)
        return low < high


def labels(picture: ET.Element) -> Iterator[Box]:
    badges = [group for group in picture.iter(f"{SVG}g") if str(group.get("class"))[:5] == "badge"]
    inner = [text for group in badges for text in group.iter(f"{SVG}text")]
    goals = [group for group in picture.iter(f"{SVG}g") if str(group.get("class"))[:4] == "goal"]
    inside = [text for group in goals for text in group.iter(f"{SVG}text")]
    for element in picture.iter(f"{SVG}text"):
        kind = str(element.get("class"))
        if element in inner:  # a number that stands in its own disc
            continue
        text = "".join(element.itertext())
        size = 14 if kind.startswith(LARGE) else 13
        width = breadth(text, size, bold=kind.startswith(BOLD) or element in inside)
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        start = (
            x - width * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor", "start")]
        )
        yield Box(text, start, y - ABOVE * size, start + width, y + BELOW * size)


def lines(picture: ET.Element) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    for element in picture.iter(f"{SVG}line"):
        if element.get("class") in DRAWN:
            x0, y0, x1, y1 = (float(element.get(name, 0)) for name in ("x1", "y1", "x2", "y2"))
            yield (x0, y0), (x1, y1)
    for element in picture.iter(f"{SVG}path"):
        if element.get("class") in DRAWN:
            for run in element.get("d", "").split("M")[1:]:
                points = [tuple(map(float, each.split())) for each in run.rstrip("Z").split("L")]
                yield from pairwise(points)  # type: ignore[misc]


def marks(picture: ET.Element) -> Iterator[Box]:
    for element in picture.iter(f"{SVG}circle"):
        x, y, r = (float(element.get(name, 0)) for name in ("cx", "cy", "r"))
        yield Box("knot", x - r, y - r, x + r, y + r)
    for element in picture.iter(f"{SVG}rect"):
        if str(element.get("class"))[:4] == "knot":
            x, y, width, height = (
                float(element.get(name, 0)) for name in ("x", "y", "width", "height")
            )
            yield Box("given knot", x, y, x + width, y + height)
    for element in picture.iter(f"{SVG}path"):
        if element.get("class") in {"turn", "shape"}:  # the second kind of a goal
            numbers = list(map(float, re.findall(r"-?[\d.]+", element.get("d", ""))))
            xs, ys = numbers[::2], numbers[1::2]
            yield Box("turn", min(xs), min(ys), max(xs), max(ys))


def faults(svg: str, width: float) -> list[str]:
    picture = ET.fromstring(svg)  # noqa: S314 - our own
    boxes = list(labels(picture))
    height = float(picture.get("height", 0))
    found = [f"{a.text} / {b.text}" for a, b in combinations(boxes, 2) if a.meets(b)]
    found += [f"{a.text} / {b.text}" for a in boxes for b in marks(picture) if a.meets(b)]
    drawn = list(lines(picture))
    found += [f"{a.text} / a line" for a in boxes for b in drawn if a.crossed(*b)]
    outside = [b for b in boxes if b.x0 < 0 or b.x1 > width or b.y0 < 0 or b.y1 > height]
    return [*found, *(f"{box.text} leaves" for box in outside)]


def submissions(random: Random, right: Mapping[str, Fraction]) -> Iterator[dict[str, Fraction]]:
    yield dict(right)
    yield dict.fromkeys(right, Fraction(0))
    yield {
        name: value + random.choice([0, 0, Fraction(1, 10), -1]) for name, value in right.items()
    }
    yield {name: value * random.choice([-1, 1, 10, 1000]) for name, value in right.items()}
    yield {name: random.choice([-1, 1]) * Fraction(10) ** random.randint(-9, 9) for name in right}


def stretched(random: Random, seed: int) -> tuple[Exercise, dict[str, Fraction]]:
    """Return an exercise, of every third one the axes go far, or hardly anywhere."""
    case, exercise, given, _ = random_graded(seed)
    if seed % 3:
        return exercise, given
    across, up = (Fraction(10) ** random.randint(-6, 6) / random.choice([1, 1, 7]) for _ in "xy")
    segments = tuple(
        (left * across, right * across, slope * up / across, intercept * up)
        for left, right, slope, intercept in case.segments
    )
    value, x, slope = case.tolerance
    tolerance = (value * up, x * across, slope * up / across)
    return built(case._replace(segments=segments, tolerance=tolerance)), given


def stays(exercise: Exercise, network: Evidence) -> bool:
    """Tell whether the network stays within a target's height above and below the target."""
    low, high = extent(exercise.target)
    lowest, highest = extent(network.function)
    return low - (high - low) <= lowest and highest <= high + (high - low)


@pytest.mark.parametrize("seed", one_in(8, range(200)))
def test_labels_cover_nothing(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same cases every time
    exercise, given = stretched(random, seed)
    found = []
    for values in submissions(random, given):
        if max(map(abs, values.values())) > 10**9:
            continue
        report = grade(exercise, values)
        network = seen(report)
        for width in (WIDE, NARROW):
            picture, _ = overview(report, network, width)
            found += faults(picture, width)
            if network and stays(exercise, network):
                assert "beyond" not in picture
        for unit in shown_units(report):
            found += faults(unit_picture(report, unit), UNIT_WIDTH)
    assert found == [], "@@".join(found)
