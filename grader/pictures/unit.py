"""The small plot of one unit: z = w*x + b dotted, a = relu(z) solid, shaded where it is off."""

from fractions import Fraction

from grader.exact.network import ZERO, Unit
from grader.exact.piecewise import PiecewiseLinear, Segment
from grader.pictures import svg
from grader.pictures.frame import Frame, cut, path
from grader.pictures.lettering import breadth, inside, minus
from grader.report import Report
from grader.words.labels import label
from grader.words.shapes import line, unit_effect

WIDTH, HEIGHT = 140, 126
MOST = 12
_TOP, _BOTTOM = 6, 106
_LEFT, _RIGHT, _WIDEST = 30, 44, 72
_EDGE, _LINE = 2, 16  # pixels: free left and right; a line of text


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


def unit_name(report: Report, index: int) -> str:
    """Return what the unit computes: Unit 2: z = 3x - 5, times -1."""
    if report.network is None:
        raise TypeError("without a network there are no units to draw")
    unit = report.network.units[index]
    weight = "" if unit.v == 1 else f", times {label(unit.v)}"
    return f"Unit {index}: z = {line(unit.w, unit.b)}{weight}"


def unit_picture(report: Report, index: int, width: float = WIDTH) -> str:
    """Return the plot of one unit of a report that has a network; all share one scale."""
    if report.exercise is None or report.network is None:
        raise TypeError("without a network there are no units to draw")
    unit, fixed = report.network.units[index], report.units[index].fixed
    left, right = report.exercise.domain
    most = reach(report)
    margin = max(_LEFT, 10 + max(breadth(minus(label(each))) for each in (-most, most)))
    frame = Frame(left, right, -most, most, min(margin, _WIDEST), _TOP, width - _RIGHT, _BOTTOM)
    name = minus(unit_name(report, index))
    parts = [
        svg.opening("unit-plot", width, HEIGHT, name, unit_effect(report, index)),
        _shade(frame, unit.active(left, right)),
        _axes(frame, most, width),
        _curves(frame, unit, given=fixed),
    ]
    knot = unit.knot
    if knot is not None and left <= knot <= right:
        x, row = frame.x(knot), frame.y(ZERO)
        parts.append(svg.square("knot given", x, row, 8) if fixed else svg.disc("knot", x, row, 5))
    return "".join(parts) + "</svg>"


def _shade(frame: Frame, on: tuple[Fraction, Fraction] | None) -> str:
    """Return the shade where the unit is off, named where there is room."""
    start, end = (frame.x(on[0]), frame.x(on[1])) if on else (frame.x1, frame.x1)
    parts = []
    for a, b in ((frame.x0, start), (end, frame.x1)):
        if b - a >= 1:
            parts.append(svg.box("shade", a, frame.y0, (b - a, frame.y1 - frame.y0)))
        if b - a >= breadth("off") + 4:
            parts.append(svg.words("tick x", (a + b) / 2, frame.y0 + 14, "off", "middle"))
    return "".join(parts)


def _axes(frame: Frame, most: Fraction, width: float) -> str:
    for digits in (4, 2, 1):
        first, last = (minus(label(x, digits)) for x in (frame.left, frame.right))
        if breadth(first) + breadth(last) < width - 4 * _EDGE:
            break
    # Long numbers keep apart.
    wide, other = breadth(first), breadth(last)
    left = inside(frame.x0, wide, _EDGE, width - other - 3 * _EDGE)
    right = inside(frame.x1, other, left + wide / 2 + _EDGE, width - _EDGE)
    row = frame.y(ZERO)
    parts = [
        svg.line("axis", frame.x0, row, frame.x1, row),
        svg.words("tick x", left, frame.y1 + 17, first, "middle"),
        svg.words("tick x", right, frame.y1 + 17, last, "middle"),
    ]
    for value, drop in ((most, 8), (ZERO, 4), (-most, 0)):
        row = frame.y(value) + drop
        parts.append(svg.words("tick y", frame.x0 - 7, row, minus(label(value)), "end"))
    return "".join(parts)


def _curves(frame: Frame, unit: Unit, *, given: bool) -> str:
    z, a = Segment(frame.left, frame.right, unit.w, unit.b), Unit(unit.w, unit.b)
    ends = [z.left, *((unit.knot,) if unit.knot is not None else ()), z.right]
    points = [(frame.x(x), frame.y(a.a(x))) for x in ends if z.left <= x <= z.right]
    drawn = frame.curve(PiecewiseLinear.continuous([z]))
    parts = [
        svg.curve("a given" if given else "a", path(list(cut(points, frame.y0, frame.y1)))),
        svg.curve("z", path([drawn])),
    ]
    above, below = frame.y(a.a(z.right)), frame.y(z.value(z.right))
    if a.a(z.right) == z.value(z.right):
        row = max(above + 4, frame.y0 + 12)
        return "".join([*parts, svg.words("a-name", frame.x1 + 5, row, "a = z")])
    low = min(max(above + _LINE, below + 4), frame.y1 + 2)
    return "".join(
        [
            *parts,
            svg.words("a-name", frame.x1 + 5, min(above + 4, low - _LINE), "a"),
            svg.words("z-name", frame.x1 + 5, low, "z"),
        ]
    )
