"""The first free place of a label: right, left, above, below; none where curves leave no room."""

from fractions import Fraction as F

import pytest

from grader.pictures.frame import Frame, Point
from grader.pictures.plate import HEIGHT, Plate, plate

FRAME = Frame(F(0), F(1), F(0), F(1), 0, 0, 400, 200)
BEAM = (200.0, 80.0, 120.0)
FAR = 60 / 2 + 8


@pytest.mark.parametrize(
    ("curves", "expected"),
    [
        ([[(0, 10), (400, 10)]], Plate(200 + FAR, 100, 60)),
        ([[(0, 190), (206, 190), (208, 100), (400, 100)]], Plate(200 - FAR, 100, 60)),
        ([[(0, 80), (400, 80)], [(0, 120), (400, 120)]], Plate(200, 80 - 12 - HEIGHT / 2, 60)),
        ([[(0, 20), (400, 20)], [(0, 120), (400, 120)]], Plate(200, 120 + 12 + HEIGHT / 2, 60)),
        ([[(0, 20), (400, 20)], [(0, 180), (400, 180)]], None),
    ],
)
def test_the_first_free_place(curves: list[list[Point]], expected: Plate | None) -> None:
    assert plate(FRAME, curves, BEAM, 60) == expected


def test_a_label_stays_in_the_frame() -> None:
    curves: list[list[Point]] = [[(0, 80), (400, 80)], [(0, 120), (400, 120)]]
    found = plate(FRAME, curves, (398, 80, 120), 60)
    assert found == Plate(370, 58, 60)
