"""The pictures: well-formed, bounded, true to the numbers, the same bytes every time."""

import re
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

import showcase
from grader.exact.network import Unit
from grader.pictures.frame import Frame, cut, ticks
from grader.pictures.hatch import hatch, row_at
from grader.pictures.sheet import sheet
from grader.pictures.unit import reach, unit_picture
from grader.report import Report
from grader.words.labels import label, tick_labels
from grader.words.shapes import description, line, rows, seen, unit_effect, unit_formula

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "style", "text", "path", "line", "rect", "circle", "g"}
REPORTS = showcase.all_reports()
SLACK = Fraction(1, 20)


def parsed(report: Report) -> ET.Element:
    return ET.fromstring(sheet(report))  # noqa: S314 - this is our own picture


def texts(root: ET.Element) -> str:
    return "\n".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_a_picture_that_is_well_formed_and_refers_to_nothing(name: str) -> None:
    root = parsed(REPORTS[name])
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        assert not {"id", "href", "style", "onload"} & set(element.attrib)
    pictures = [svg for svg in root.iter(f"{SVG}svg") if svg.attrib]
    assert len(pictures) == len(list(root.iter(f"{SVG}svg"))) - 1  # one groups what is on the sheet
    for picture in pictures:
        assert picture.get("role") == "img"
        assert [child.tag for child in picture][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert all(child.text for child in list(picture)[:2])


@pytest.mark.parametrize("name", REPORTS)
def test_every_coordinate_is_a_number_near_the_picture(name: str) -> None:
    for element in parsed(REPORTS[name]).iter():
        for key in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"):
            assert -50 <= float(element.get(key, 0)) <= 1500
        for number in re.findall(r"-?[\d.]+(?:e[-+]?\d+)?", element.get("d", "")):
            assert -50 <= float(number) <= 1500


@pytest.mark.parametrize("name", REPORTS)
def test_at_most_30_kib(name: str) -> None:
    assert len(sheet(REPORTS[name]).encode()) <= 30 * 1024


@pytest.mark.thorough
def test_thousands_of_segments_and_units_are_drawn_in_bounded_space() -> None:
    picture = sheet(showcase.crowd(5_000))
    assert len(picture.encode()) <= 64 * 1024
    assert "4,988 more units are not drawn" in picture


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("huge", "▲ up to ≈3e9"),
        ("low", "▲ up to ≈1e9"),
    ],
)
def test_a_network_that_leaves_is_said_to_and_the_target_stays_legible(
    name: str, said: str
) -> None:
    root = parsed(REPORTS[name])
    assert said in texts(root)
    target = next(p for p in root.iter(f"{SVG}path") if p.get("class") == "target")
    rows_ = [float(point.split()[1]) for point in target.get("d", "")[1:].split("L")]
    assert max(rows_) - min(rows_) > 80


def test_a_network_far_below() -> None:
    units = showcase.lab().units
    exercise = showcase.lab()._replace(
        units=(*units[:2], units[2]._replace(v=Fraction(-1))),
    )
    found = showcase.report(0, 0, 1e9, 0, exercise=exercise)
    assert "▼ down to \N{MINUS SIGN}3e9" in texts(parsed(found))


def test_what_is_too_far_off_is_hatched_and_measured() -> None:
    wrong, right = parsed(REPORTS["diagnosed"]), parsed(REPORTS["perfect"])
    kinds = [path.get("class") for path in wrong.iter(f"{SVG}path")]
    assert kinds.count("hatch-line") == 1
    assert kinds.count("bracket") == 1
    assert "1 off" in texts(wrong)
    assert {"hatch-line", "bracket"}.isdisjoint(p.get("class") for p in right.iter(f"{SVG}path"))
    assert " off" not in texts(right).replace("0.05 off", "")


def test_the_hatch_stays_between_target_and_network() -> None:
    for found in (REPORTS["diagnosed"], REPORTS["near"], showcase.crowd(8), showcase.crowd(400)):
        network = seen(found)
        assert found.exercise is not None
        assert network is not None
        frame = Frame(*found.exercise.domain, Fraction(-200), Fraction(300), 50, 10, 550, 340)
        target, net = frame.curve(found.exercise.target), frame.curve(network.function)
        strokes = hatch(frame, network.error, Fraction(1, 20), target, net)
        assert len(strokes) < 1000
        for (ax, ay), (bx, by) in strokes:
            assert ax + ay == pytest.approx(bx + by)
            x, y = (ax + bx) / 2, (ay + by) / 2
            rows_ = sorted((row_at(target, x), row_at(net, x)))
            assert rows_[0] - 0.1 <= y <= rows_[1] + 0.1


def test_an_error_equal_to_the_tolerance_is_not_hatched() -> None:
    found = showcase.report(1, -0.95, 2, -4.05)
    root = parsed(found)
    assert "hatch-line" not in [path.get("class") for path in root.iter(f"{SVG}path")]
    exact = showcase.report(1, -0.95, 0, 0)
    shown = seen(exact)
    assert shown is not None
    assert not next(row for row in rows(exact, shown).rows if row.x == 1).outside


def test_right_or_wrong_only_shows_nothing_of_the_network_beside_the_target() -> None:
    root = parsed(REPORTS["verdict"])
    main = next(root.iter(f"{SVG}svg"))
    assert "network" not in "".join(main[0].itertext())
    assert "network\n" not in texts(root)
    drawn = {path.get("class") for path in root.iter(f"{SVG}path")}
    assert drawn.isdisjoint({"hatch-line", "bracket", "network"})
    assert {"goals", "needs", "adds"} & set(texts(root).split("\n")) == {"goals"}
    shown = rows(REPORTS["verdict"], None).rows
    assert all(row.network is None and row.off is None for row in shown)


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


def test_a_curve_is_cut_where_it_leaves() -> None:
    parts = list(cut([(0, 0), (10, 100), (20, 0)], 0, 50))
    assert parts == [[(0, 0), (5, 50)], [(15, 50), (20, 0)]]
    assert not list(cut([(0, -5), (10, -5)], 0, 50))


@pytest.mark.parametrize("height", [Fraction(0), Fraction(7), Fraction(1, 10**9)])
@pytest.mark.parametrize("slack", [Fraction(0), SLACK, Fraction(10**9)])
def test_flat_targets_and_odd_tolerances_have_a_picture(height: Fraction, slack: Fraction) -> None:
    lab = showcase.lab()
    flat = lab.target.from_points([(Fraction(0), height), (Fraction(3), height)])
    rules = lab.rules._replace(tolerance=lab.rules.tolerance._replace(value=slack))
    exercise = lab._replace(target=flat, segments=flat.segments, checks=(), rules=rules)
    for values in [(0, 0, 0, 0), (1, -1, 2, -4), (1e9, 0, 0, 0)]:
        assert "target" in texts(parsed(showcase.report(*values, exercise=exercise)))


@pytest.mark.parametrize("slack", [Fraction(3), Fraction(10**9)])
def test_a_tolerance_wider_than_the_target_fills_the_picture_and_no_more(slack: Fraction) -> None:
    lab = showcase.lab()
    rules = lab.rules._replace(tolerance=lab.rules.tolerance._replace(value=slack))
    root = parsed(showcase.report(1, -1, 2, -4, exercise=lab._replace(rules=rules)))
    (band,) = (path for path in root.iter(f"{SVG}path") if path.get("class") == "band")
    rows_ = [float(point.split()[1]) for point in band.get("d", "").strip("MZ").split("L")]
    grid = [float(each.get("y1", 0)) for each in root.iter(f"{SVG}line")]
    assert min(rows_) >= min(grid)
    assert max(rows_) <= max(float(each.get("y2", 0)) for each in root.iter(f"{SVG}line"))


def test_a_number_too_large_for_a_double_is_drawn_all_the_same() -> None:
    lab = showcase.lab()
    units = (lab.units[0], *(unit._replace(v=Fraction(10) ** 400) for unit in lab.units[1:]))
    root = parsed(showcase.report(1, 0, 1, 0, exercise=lab._replace(units=units)))
    assert "\N{INFINITY}" in texts(root)


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
            for e in main.iter(f"{SVG}text")
            if e.get("text-anchor") == "middle" and str(e.get("class")).startswith("name ")
        ]
        rows_ = sorted(float(note.get("y", 0)) for note in notes)
        noted += len(rows_)
        assert all(row <= top for row in rows_), (rows_, top)
        assert all(after - before in {0, 18} for before, after in pairwise(rows_))
    assert noted >= 5


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
