"""The small plot of one unit: z = w*x + b and a = relu(z) over the domain."""

from fractions import Fraction

from grader.exact.network import ZERO, Unit
from grader.exact.piecewise import PiecewiseLinear, Segment
from grader.pictures import svg
from grader.pictures.frame import Frame, cut, path
from grader.pictures.lettering import breadth, inside, wrapped
from grader.report import Report
from grader.words.labels import label
from grader.words.shapes import line, unit_effect

WIDTH, HEIGHT = 196, 168
MOST = 12
_TOP, _BOTTOM, _RIGHT = 40, 142, 162
_EDGE, _LINE = 4, 14  # pixels: free left and right; a line of text


def shown_units(report: Report) -> list[int]:
    """Return the indices of the units to draw; of many, mistaken ones first, then free ones."""
    wrong = {diagnosis.unit for diagnosis in report.diagnoses}
    order = sorted(report.units, key=lambda unit: (unit.unit not in wrong, unit.fixed, unit.unit))
    return sorted(unit.unit for unit in order[:MOST])


def reach(report: Report) -> Fraction:
    """Return how far up and down from 0 the plots of all units reach: 1, 2 or 5 times 10**n."""
    if report.exercise is None or report.network is None:
        return Fraction(1)
    units = [report.network.units[k] for k in shown_units(report)]
    most = max((abs(unit.z(x)) for unit in units for x in report.exercise.domain), default=ZERO)
    power = Fraction(1)
    while power * 10 < most:
        power *= 10
    while most and power >= most:
        power /= 10
    return next((n * power for n in (1, 2, 5, 10) if n * power >= most), power) if most else power


def unit_picture(report: Report, index: int) -> str:
    """Return the plot of one unit of a report that has a network; all share one scale."""
    if report.exercise is None or report.network is None:
        raise TypeError("without a network there are no units to draw")
    unit = report.network.units[index]
    left, right = report.exercise.domain
    z = Segment(left, right, unit.w, unit.b)
    most = reach(report)
    units = report.network.units
    most_lines = max(len(_heading(k, units[k])) for k in {*shown_units(report), index})
    top = max(_TOP, 12 + _LINE * most_lines)
    margin_left = 8 + max(breadth(label(-most)), breadth(label(most)))
    frame = Frame(left, right, -most, most, min(margin_left, 90), top, _RIGHT, _BOTTOM)
    heading = _heading(index, unit)
    parts = [
        svg.opening(
            WIDTH, HEIGHT, f"Unit {index}: z = {line(*unit[:2])}", unit_effect(report, index)
        ),
        *(svg.words("name", _EDGE, 15 + _LINE * row, text) for row, text in enumerate(heading)),
        _axes(frame, most),
        _curves(frame, unit, z),
    ]
    knot = unit.knot
    if knot is not None and left <= knot <= right:
        parts.append(svg.disc(frame.x(knot), frame.y(Fraction(0)), size=4))
    return "".join(parts) + "</svg>"


def _heading(index: int, unit: Unit) -> list[str]:
    """Return the heading: one line if it fits, else the unit's name and the lines it takes."""
    weight = "" if unit.v == 1 else f", times {label(unit.v)}"
    name, formula = f"Unit {index}:", f"z = {line(unit.w, unit.b)}{weight}"
    room = WIDTH - 2 * _EDGE
    if breadth(f"{name} {formula}", bold=True) <= room:
        return [f"{name} {formula}"]
    return [name, *wrapped(formula, room)]


def _axes(frame: Frame, most: Fraction) -> str:
    first, last = label(frame.left), label(frame.right)
    # Long numbers keep apart: each has at most its half of the picture.
    left = inside(frame.x0, first, _EDGE, max(WIDTH / 2, frame.x0 + breadth(first) / 2))
    right = inside(frame.x1, last, left + breadth(first) / 2 + _EDGE, WIDTH - _EDGE)
    parts = [
        svg.line("grid", frame.x0, frame.y0, frame.x0, frame.y1),
        svg.words("soft", left, frame.y1 + 19, first, "middle"),
        svg.words("soft", right, frame.y1 + 19, last, "middle"),
    ]
    for value in (-most, -most / 2, Fraction(0), most / 2, most):
        row = frame.y(value)
        parts.append(svg.line("grid" if value else "axis", frame.x0, row, frame.x1, row))
        if value in {-most, Fraction(0), most}:
            parts.append(svg.words("soft", frame.x0 - 5, row + 4, label(value), "end"))
    return "".join(parts)


def _curves(frame: Frame, unit: Unit, z: Segment) -> str:
    function = PiecewiseLinear.continuous([z])
    a = Unit(unit.w, unit.b)
    ends = [z.left, *((unit.knot,) if unit.knot is not None else ()), z.right]
    points = [(frame.x(x), frame.y(a.a(x))) for x in ends if z.left <= x <= z.right]
    parts = [
        svg.curve("net", path(list(cut(points, frame.y0, frame.y1)))),
        svg.curve("z", path([frame.curve(function)])),
    ]
    above, below = a.a(z.right), z.value(z.right)
    if above == below:
        return "".join([*parts, _named(frame, "name net", frame.y(above), "a=z")])
    row, low = frame.y(above), frame.y(below)
    apart = max(_LINE - (low - row), 0) / 2  # where the lines end too near each other
    parts += [_named(frame, "name net", row - apart, "a"), _named(frame, "name", low + apart, "z")]
    return "".join(parts)


def _named(frame: Frame, kind: str, row: float, name: str) -> str:
    """Write a line's name beside its right end."""
    return svg.words(kind, frame.x1 + 5, row + 4, name)
