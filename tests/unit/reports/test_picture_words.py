"""What pictures write: numbers, labels, ticks, what each unit does."""

from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

import showcase
from grader.exact.network import Unit
from grader.pictures.frame import ticks
from grader.pictures.sheet import sheet
from grader.pictures.unit import reach, unit_picture
from grader.words.labels import label, tick_labels
from grader.words.shapes import description, line, rows, seen, unit_effect, unit_formula
from svg_trees import REPORTS, SVG, parsed, texts


def test_words_say_what_the_picture_shows() -> None:
    found = REPORTS["diagnosed"]
    assert description(found, seen(found)) == (
        "The target's slope changes at x = 1 and 2. Units turn at x = 1 and 2. "
        "The network is furthest from the target at x = 3, by 1: more than is allowed."
    )
    assert [
        (row.x, row.place, row.target, row.network, row.outside)
        for row in rows(found, seen(found)).rows
    ] == [
        (0, "left end", 2, 2, False),
        (1, "the target turns; units 0 and 1 turn", 0, 0, False),
        (2, "the target turns; unit 2 turns", 1, 1, False),
        (3, "right end", 4, 5, True),
    ]


@pytest.mark.parametrize(
    ("slope", "intercept", "expected"),
    [
        (Fraction(-1), Fraction(2), "-x + 2"),
        (Fraction(1), Fraction(0), "x"),
        (Fraction(0), Fraction(-3), "-3"),
        (Fraction(1, 3), Fraction(-1), "1/3*x - 1"),
        (Fraction(10**9), Fraction(1, 10**9), "1e9*x + 1e-9"),
        (Fraction(5, 2), Fraction(0), "2.5x"),
    ],
)
def test_a_line_is_written_as_by_hand(slope: Fraction, intercept: Fraction, expected: str) -> None:
    assert line(slope, intercept) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 7), "1/7"),
        (Fraction(1, 13), "≈0.07692"),
        (Fraction(10**9), "1e9"),
        (Fraction(999_999_999), "≈1e9"),
        (Fraction(10) ** 400, "∞"),
    ],
)
def test_labels_are_short_and_say_when_they_are_rounded(value: Fraction, expected: str) -> None:
    assert label(value) == expected


def test_ticks_are_round_and_few() -> None:
    assert ticks(Fraction(0), Fraction(3), 7) == [Fraction(k, 2) for k in range(7)]
    assert ticks(Fraction(-7, 10), Fraction(43, 10), 6) == [0, 1, 2, 3, 4]
    assert ticks(Fraction(0), Fraction(1, 10**12), 3)[0] == 0


def test_ticks_far_from_zero_are_told_apart() -> None:
    far = [Fraction(10**9 + k) for k in range(3)]
    assert tick_labels(far) == ["1000000000", "1000000001", "1000000002"]


@pytest.mark.parametrize(
    ("w", "b", "v", "effect"),
    [
        (0, 1, 1, "z is above 0 in the whole interval, so it adds one straight line"),
        (0, -1, 1, "z is nowhere above 0 in the interval, so this unit adds nothing."),
        (1, -1, 0, "Its output weight is 0, so this unit adds nothing."),
        (-2, 2, -3, "z is above 0 from x = 0 to x = 1; at x = 1 the slope changes by -6."),
    ],
)
def test_what_a_unit_does(w: int, b: int, v: int, effect: str) -> None:
    lab = showcase.lab()
    units = (*lab.units[:2], lab.units[2]._replace(v=Fraction(v)))
    found = showcase.report(1, -1, w, b, exercise=lab._replace(units=units))
    assert unit_effect(found, 2).startswith(effect)
    assert (f"times {v}".replace("-", "\N{MINUS SIGN}") in unit_picture(found, 2)) == (v != 1)


def test_many_units_at_one_place_are_counted() -> None:
    lab = showcase.lab()
    units = (lab.units[0], *[lab.units[1]] * 9)
    free = {f"{letter}{k}": (k, letter) for k in range(1, 10) for letter in "wb"}
    exercise = lab._replace(units=units, free=free, free_units=frozenset(range(1, 10)))
    found = showcase.report(*[1, -1] * 9, exercise=exercise)
    assert rows(found, seen(found)).rows[1].place == (
        "the target turns; units 0, 1, 2, 3, 4 and 5 more turn"
    )
    assert "+11" in texts(parsed(found))
    badges = [g.get("class") for g in parsed(found).iter(f"{SVG}g")]
    assert badges.count("badge") == 5  # and the given one: six at the most


def test_a_unit_says_what_it_adds_with_its_output_weight() -> None:
    assert unit_formula(Unit(Fraction(2), Fraction(-1))) == "relu(2x - 1)"
    assert unit_formula(Unit(Fraction(2), Fraction(-1), Fraction(-3))) == "-3 * relu(2x - 1)"


def test_notes_stand_above_the_plot_where_they_cover_nothing() -> None:
    noted = 0
    for found in REPORTS.values():
        root = parsed(found)
        main = root.find(f"{SVG}svg/{SVG}svg")
        if main is None:
            continue
        top = min((float(e.get("y1", 0)) for e in main.iter(f"{SVG}line")), default=0.0)
        notes = [
            e
            for before, e in pairwise(main.iter())
            if e.get("text-anchor") == "middle"
            and str(e.get("class")).startswith("name ")
            and before.get("class") != "plate"  # what has a ground of its own stands where it says
        ]
        rows_ = sorted(float(note.get("y", 0)) for note in notes)
        noted += len(rows_)
        assert all(row <= top for row in rows_), (rows_, top)
        assert all(after - before in {0, 18} for before, after in pairwise(rows_))
    assert noted >= 2


def test_the_units_plots_share_one_scale() -> None:
    assert reach(showcase.report(1, -1, 3, -6)) == 10
    assert reach(showcase.report(1, -1, 1, -1)) == 5
    assert reach(showcase.report(0, 0, Fraction(1, 10**6), 0)) == 5


def test_units_beyond_the_twelfth_are_counted() -> None:
    assert "1 more unit is not drawn" in sheet(showcase.crowd(13))


def test_without_units_or_with_huge_ones_there_is_a_scale() -> None:
    assert reach(showcase.refused(None)) == 1
    assert reach(REPORTS["huge"]) >= 10**9


@pytest.mark.parametrize(
    ("w", "b", "names"),
    [
        (1, -1, ["a = z"]),
        (-1, 1, ["a", "z"]),
        (1, -3, ["a = z"]),
        (1, Fraction(-301, 100), ["a", "z"]),
    ],
)
def test_a_and_z_share_a_name_only_where_they_are_the_same(
    w: Fraction, b: Fraction, names: list[str]
) -> None:
    found = parsed_svg(unit_picture(showcase.report(w, b, 100, -400), 1))
    assert [text for text in found if text in {"a", "z", "a = z"}] == names


def parsed_svg(picture: str) -> list[str]:
    return ["".join(e.itertext()) for e in ET.fromstring(picture).iter(f"{SVG}text")]  # noqa: S314
