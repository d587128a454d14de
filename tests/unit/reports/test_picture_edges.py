"""Pictures of odd exercises: no tolerance, level targets, no room for a label, very many errors."""

from fractions import Fraction

import pytest

import showcase
from grader import Exercise, grade
from grader.exact.network import UnitSpec
from grader.exact.piecewise import lines_through
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.pictures import unit
from grader.pictures.frame import Frame
from grader.pictures.overview import overview
from grader.pictures.sheet import sheet
from grader.pictures.unit import unit_picture
from grader.pictures.view import fitting, heights
from grader.reports import Layout, markdown, svg
from grader.reports.html import sections
from grader.submission.origin import Origin
from grader.words.shapes import rows, unit_effect

NOWHERE = showcase.refused(None)


def exercise(points: list[tuple[int, int]], tolerance: Fraction, *units: UnitSpec) -> Exercise:
    return build(
        id="odd",
        title="Odd",
        segments=lines_through([(Fraction(x), Fraction(y)) for x, y in points]),
        units=units,
        rules=Rules(Tolerance(tolerance, tolerance, tolerance)),
    )


def test_a_level_target_without_tolerance_stands_in_the_middle() -> None:
    level = exercise([(0, 2), (1, 2)], Fraction(0), UnitSpec(None, None))
    low, high = heights(level, None)
    assert low < 2 < high
    assert high - 2 == 2 - low


def test_where_no_label_fits_only_the_ends_are_named() -> None:
    ends = Fraction(10**8) + Fraction(1, 3), Fraction(10**8) + Fraction(2, 3)
    frame = Frame(*ends, Fraction(0), Fraction(1), 0, 0, 20, 10)
    assert [tick.x for tick in fitting(frame, 20)] == list(ends)


def test_a_thousand_errors_are_hatched_in_bounded_space() -> None:
    teeth = [(x, 1 if x % 2 else -1) for x in range(1001)]
    zigzag = exercise(teeth, Fraction(1, 20), UnitSpec(None, None))
    assert len(sheet(grade(zigzag, {"w0": 0, "b0": 0})).encode()) < 64 * 1024


def test_a_unit_without_output_weight_adds_nothing() -> None:
    silent = UnitSpec(None, None, Fraction(0))
    hat = exercise([(0, 0), (1, 0), (2, 1)], Fraction(1, 20), UnitSpec(None, None), silent)
    report = grade(hat, {"w0": 1, "b0": -1, "w1": 1, "b1": 0})
    assert unit_effect(report, 1) == "Its output weight is 0, so this unit adds nothing."


def test_without_an_exercise_there_is_nothing_to_draw() -> None:
    blank = showcase.report(1, 1, 1, 1)
    with pytest.raises(TypeError, match="nothing to draw"):
        overview(NOWHERE, None)
    with pytest.raises(TypeError, match="no units to draw"):
        unit_picture(NOWHERE, 0)
    with pytest.raises(TypeError, match="units belong to an exercise"):
        unit_effect(blank._replace(exercise=None), 1)
    assert rows(NOWHERE, None).rows == ()


def test_svg_is_the_sheet() -> None:
    assert svg.render(NOWHERE, Layout()) == sheet(NOWHERE)


def test_markdown_of_standard_input_without_a_student_names_nobody() -> None:
    text = markdown.render(NOWHERE._replace(origin=Origin("-")))
    assert text.splitlines()[2] != ""
    assert "submission.json" not in text


def test_where_one_tick_alone_would_fit_the_ends_are_named() -> None:
    ends = Fraction(1, 10), Fraction(3, 10)
    frame = Frame(*ends, Fraction(0), Fraction(1), 0, 0, 60, 10)
    assert [tick.x for tick in fitting(frame, 60)] == list(ends)


def test_a_narrow_plot_of_a_unit_names_its_ends_all_the_same() -> None:
    frame = Frame(Fraction(1, 3), Fraction(2, 3), Fraction(-1), Fraction(1), 0, 0, 20, 10)
    drawn = unit._axes(frame, Fraction(1), 20)  # noqa: SLF001 - the smallest plot of all
    assert ">1/3<" in drawn
    assert ">2/3<" in drawn


def test_without_a_network_there_are_no_units() -> None:
    right = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
    bare = grade("relu-three-segments", right)._replace(network=None)
    with pytest.raises(TypeError, match="no units to draw"):
        unit.unit_name(bare, 0)
    with pytest.raises(TypeError, match="no units to draw"):
        sections._unit(bare, 0)  # noqa: SLF001 - nobody gets there by the public way
    assert sections._units(bare, 2) == ""  # noqa: SLF001 - the same
