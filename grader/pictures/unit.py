"""The small plot of one unit: z = w*x + b and a = relu(z) over the domain."""

from fractions import Fraction

from grader.exact.network import Unit
from grader.exact.piecewise import PiecewiseLinear, Segment
from grader.pictures import svg
from grader.pictures.frame import Frame, cut, path
from grader.report import Report
from grader.words.labels import label
from grader.words.shapes import line, unit_effect

WIDTH, HEIGHT = 196, 150
MOST = 12
_TOP, _BOTTOM, _RIGHT = 26, 128, 162


def shown_units(report: Report) -> list[int]:
    """Return the indices of the units to draw: of many those with a mistake, then the free ones."""
    wrong = {diagnosis.unit for diagnosis in report.diagnoses}
    order = sorted(report.units, key=lambda unit: (unit.unit not in wrong, unit.fixed, unit.unit))
    return sorted(unit.unit for unit in order[:MOST])


def unit_picture(report: Report, index: int) -> str:
    """Return the plot of one unit of a report that has a network."""
    if report.exercise is None or report.network is None:
        raise TypeError("without a network there are no units to draw")
    unit = report.network.units[index]
    left, right = report.exercise.domain
    z = Segment(left, right, unit.w, unit.b)
    ends = (z.value(left), z.value(right))
    low, high = min(*ends, Fraction(0)), max(*ends, Fraction(0))
    if low == high:
        low, high = Fraction(-1), Fraction(1)
    margin = (high - low) / 10
    margin_left = 10 + 7.6 * max(len(label(low)), len(label(high)))
    frame = Frame(
        left, right, low - margin, high + margin, min(margin_left, 90), _TOP, _RIGHT, _BOTTOM
    )
    parts = [
        svg.opening(
            WIDTH, HEIGHT, f"Unit {index}: z = {line(*unit[:2])}", unit_effect(report, index)
        ),
        svg.words("name", 4, 15, _heading(index, unit)),
        _axes(frame, low, high),
        _curves(frame, unit, z),
    ]
    knot = unit.knot
    if knot is not None and left <= knot <= right:
        parts.append(svg.disc(frame.x(knot), frame.y(Fraction(0)), size=4))
    return "".join(parts) + "</svg>"


def _heading(index: int, unit: Unit) -> str:
    weight = "" if unit.v == 1 else f", times {label(unit.v)}"
    return f"Unit {index}: z = {line(unit.w, unit.b)}{weight}"


def _axes(frame: Frame, low: Fraction, high: Fraction) -> str:
    zero = frame.y(Fraction(0))
    parts = [
        svg.line("axis", frame.x0, zero, frame.x1, zero),
        svg.line("grid", frame.x0, frame.y0, frame.x0, frame.y1),
        svg.words("soft", frame.x0, frame.y1 + 15, label(frame.left), "middle"),
        svg.words("soft", frame.x1, frame.y1 + 15, label(frame.right), "middle"),
    ]
    rows: list[float] = []
    for value in (Fraction(0), high, low):
        row = frame.y(value)
        if all(abs(row - other) > 11 for other in rows):  # noqa: PLR2004 - a line of text
            parts.append(svg.words("soft", frame.x0 - 5, row + 4, label(value), "end"))
            rows.append(row)
    return "".join(parts)


def _curves(frame: Frame, unit: Unit, z: Segment) -> str:
    function = PiecewiseLinear.continuous([z])
    a = Unit(unit.w, unit.b)
    ends = [z.left, *((unit.knot,) if unit.knot is not None else ()), z.right]
    points = [(frame.x(x), frame.y(a.a(x))) for x in ends if z.left <= x <= z.right]
    at_end = (frame.y(a.a(z.right)), frame.y(z.value(z.right)))
    parts = [
        svg.curve("net", path(list(cut(points, frame.y0, frame.y1)))),
        svg.curve("z", path([frame.curve(function)])),
        svg.words("name net", frame.x1 + 5, at_end[0] + 4, "a"),
    ]
    if abs(at_end[0] - at_end[1]) > 11:  # noqa: PLR2004 - a line of text
        parts.append(svg.words("name", frame.x1 + 5, at_end[1] + 4, "z"))
    else:
        parts[-1] = svg.words("name net", frame.x1 + 5, at_end[0] + 4, "a=z")
    return "".join(parts)
