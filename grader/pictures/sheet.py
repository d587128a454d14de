"""All pictures of a report on one sheet, as one SVG that stands alone."""

from grader.pictures import svg
from grader.pictures.overview import WIDTH, overview
from grader.pictures.style import STYLE
from grader.pictures.unit import HEIGHT, shown_units, unit_picture
from grader.pictures.unit import WIDTH as UNIT_WIDTH
from grader.report import Report
from grader.words.shapes import description, seen, title

_LINE = 18


def sheet(report: Report) -> str:
    """Return target and network, and below them one small plot per unit, as SVG.

    At most `unit.MOST` units are drawn; a line says how many more there are.
    """
    if report.exercise is None:
        said = description(report, None)
        return _placed(80, title(report, None), said, [_note(40, said)])
    evidence = seen(report)
    main, height = overview(report, evidence)
    parts = [_at(0, 0, main)]
    shown = shown_units(report)
    for place, index in enumerate(shown):
        column, row = place % 2, place // 2
        parts.append(
            _at(column * (WIDTH - UNIT_WIDTH), height + row * HEIGHT, unit_picture(report, index))
        )
    height += (len(shown) + 1) // 2 * HEIGHT
    more = len(report.units) - len(shown)
    if more:
        height += _LINE
        parts.append(
            _note(height - 6, f"{more:,} more {'units are' if more > 1 else 'unit is'} not drawn")
        )
    return _placed(height, title(report, evidence), description(report, evidence), parts)


def _placed(height: float, name: str, text: str, parts: list[str]) -> str:
    head = svg.opening(WIDTH, height, name, text)
    background = svg.box("bg", 0, 0, WIDTH, height)
    return f"{head}<style>{STYLE}</style>{background}{''.join(parts)}</svg>\n"


def _at(x: float, y: float, picture: str) -> str:
    """Return a picture moved to a place on the sheet."""
    return picture.replace("<svg ", f'<svg x="{x:g}" y="{y:g}" ', 1)


def _note(y: float, text: str) -> str:
    return svg.words("soft", WIDTH / 2, y, text, "middle")
