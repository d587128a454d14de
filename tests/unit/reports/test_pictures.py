"""The pictures: well-formed, bounded, true to the numbers, the same bytes every time."""

import re
from fractions import Fraction

import pytest

import showcase
from grader.pictures.frame import Frame, cut
from grader.pictures.hatch import hatch, row_at
from grader.pictures.sheet import sheet
from grader.words.shapes import rows, seen
from svg_trees import REPORTS, SVG, parsed, texts

ALLOWED = {"svg", "title", "desc", "style", "text", "path", "line", "rect", "circle", "g"}
SLACK = Fraction(1, 20)


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
