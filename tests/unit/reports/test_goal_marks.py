"""The row of goals under the picture: a mark for each check that has room for one."""

from fractions import Fraction

from grader import grade
from grader.exact.network import UnitSpec
from grader.pictures.overview import overview
from samples.networks import through


def test_a_segment_too_narrow_for_a_bar_has_none() -> None:
    made = through([(0, 0), (1, 2), (30, 3)], *(UnitSpec(None, None),) * 2)
    report = grade(made, dict.fromkeys(made.free, Fraction(0)))
    assert [check.id for check in report.checks] == ["segment-1", "segment-2", "breakpoint-1"]
    picture, _ = overview(report, None)
    assert picture.count('<g class="goal ') == 2
