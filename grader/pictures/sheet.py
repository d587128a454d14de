"""All pictures of a report on one sheet, as one SVG that stands alone."""

from collections.abc import Iterator

from grader.pictures import svg
from grader.pictures.lettering import NAMED, SIZE, minus, wrapped
from grader.pictures.overview import WIDE, overview
from grader.pictures.unit import HEIGHT, shown_units, unit_name, unit_picture
from grader.pictures.unit import WIDTH as UNIT_WIDTH
from grader.report import Report
from grader.style import joined
from grader.words.shapes import description, key, seen, title, unit_summary

_LINE, _EDGE, _GAP, _MOST_COLUMNS = 18, 12, 12, 3


def sheet(report: Report, width: float = WIDE) -> str:
    """Return target and network, and below them one small plot per unit, as SVG.

    At most `unit.MOST` units are drawn; a line says how many more there are.
    """
    if report.exercise is None:
        said = description(report, None)
        return _whole(80, width, (title(report, None), said), [_note(40, said)])
    evidence = seen(report)
    main, height = overview(report, evidence, width)
    parts = [_at(0, _GAP / 2, main)]
    height += _GAP
    if report.checks:
        for line in wrapped(key(report, evidence), width - 2 * _EDGE):
            height += _LINE
            parts.append(_note(height - 4, line))
        height += _GAP
    units, height = _units(report, height, width)
    named = (title(report, evidence), description(report, evidence))
    return _whole(height, width, named, [*parts, *units])


def _units(report: Report, top: float, width: float) -> tuple[list[str], float]:
    """Return the units' plots with what they compute and do, and where they end."""
    parts: list[str] = []
    shown = shown_units(report)
    columns = min(_MOST_COLUMNS, int(width // (UNIT_WIDTH + _EDGE)))
    room = width / columns
    for first in range(0, len(shown), columns):
        row = shown[first : first + columns]
        headings = [list(_heading(report, index, room)) for index in row]
        lines = max(map(len, headings))
        for place, (index, heading) in enumerate(zip(row, headings, strict=True)):
            x = place * room + _EDGE
            parts += [
                svg.words("name", x, top + _LINE * (line + 1) - 4, text)
                for line, text in enumerate(heading)
            ]
            parts.append(_at(x, top + _LINE * lines, unit_picture(report, index, room - _EDGE)))
            line = minus(unit_summary(report, index))
            parts.append(svg.words("tick", x, top + _LINE * (lines + 1) + HEIGHT - 4, line))
        top += _LINE * (lines + 1) + HEIGHT + _GAP
    more = len(report.units) - len(shown)
    if more:
        parts.append(
            _note(top + _GAP, f"{more:,} more {'units are' if more > 1 else 'unit is'} not drawn")
        )
        top += _LINE + _GAP
    return parts, top


def _heading(report: Report, index: int, room: float) -> Iterator[str]:
    """Yield the lines of a unit's heading, each as wide as its column at most."""
    name = minus(unit_name(report, index))
    return wrapped(name, (room - _EDGE) * SIZE / NAMED, bold=True)


def _whole(height: float, width: float, named: tuple[str, str], parts: list[str]) -> str:
    head = svg.opening("relu", width, height, *named)
    background = svg.box("sheet", 0, 0, (width, height))
    style = joined("tokens", "plots")
    # The style sheet speaks of pictures inside of what has its class.
    return f"{head}<style>{style}</style>{background}<svg>{''.join(parts)}</svg></svg>\n"


def _at(x: float, y: float, picture: str) -> str:
    """Return a picture moved to a place on the sheet."""
    return picture.replace("<svg ", f'<svg x="{x:g}" y="{y:g}" ', 1)


def _note(y: float, text: str) -> str:
    return svg.words("tick", _EDGE, y, text)
