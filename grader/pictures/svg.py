"""The few SVG elements that the pictures are made of; the style sheet says how each class looks."""

from grader.pictures.frame import pixel
from grader.text.markup import text as escaped

_LONGEST = 400
_SIGNS = {
    "right": ((-4, 0), (-1.2, 3), (4, -3.4)),
    "given": ((-4, 0), (-1.2, 3), (4, -3.4)),
    "wrong": ((-3.4, -3.4), (3.4, 3.4), (3.4, -3.4), (-3.4, 3.4)),
}


def opening(kind: str, width: float, height: float, title: str, description: str) -> str:
    """Return the start of a picture that can stand alone or inside a page: no id, no reference."""
    return (
        f'<svg class="{kind}" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {pixel(width)} {pixel(height)}" '
        f'width="{pixel(width)}" height="{pixel(height)}">'
        f"<title>{escaped(title)}</title><desc>{escaped(description, _LONGEST)}</desc>"
    )


def line(kind: str, x0: float, y0: float, x1: float, y1: float) -> str:
    """Return a straight line."""
    start, end = (f'{pixel(x0)}" y1="{pixel(y0)}', f'{pixel(x1)}" y2="{pixel(y1)}')
    return f'<line class="{kind}" x1="{start}" x2="{end}"/>'


def box(kind: str, x: float, y: float, size: tuple[float, float], round_: float = 0) -> str:
    """Return a rectangle of a width and a height, its corners rounded by so much."""
    corners = f' rx="{pixel(round_)}"' if round_ else ""
    width, height = map(pixel, size)
    return (
        f'<rect class="{kind}" x="{pixel(x)}" y="{pixel(y)}" '
        f'width="{width}" height="{height}"{corners}/>'
    )


def square(kind: str, x: float, y: float, side: float) -> str:
    """Return a square around a point."""
    return box(kind, x - side / 2, y - side / 2, (side, side), 1)


def curve(kind: str, d: str) -> str:
    """Return a path; nothing for an empty one."""
    return f'<path class="{kind}" d="{d}"/>' if d else ""


def words(kind: str, x: float, y: float, content: str, anchor: str = "") -> str:
    """Return text whose baseline begins, ends or is centred (middle) at a point."""
    where = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{kind}" x="{pixel(x)}" y="{pixel(y)}"{where}>{escaped(content)}</text>'


def diamond(kind: str, x: float, y: float, size: float) -> str:
    """Return the mark of a place where the target turns."""
    return curve(
        kind,
        f"M{pixel(x)} {pixel(y - size)}L{pixel(x + size)} {pixel(y)}"
        f"L{pixel(x)} {pixel(y + size)}L{pixel(x - size)} {pixel(y)}Z",
    )


def disc(kind: str, x: float, y: float, size: float) -> str:
    """Return the mark of a knot."""
    return f'<circle class="{kind}" cx="{pixel(x)}" cy="{pixel(y)}" r="{pixel(size)}"/>'


def sign(state: str, x: float, y: float) -> str:
    """Return the sign of a goal's state: a tick, a cross, a half disc."""
    if state == "partly":
        half = f"M{pixel(x)} {pixel(y - 4)}A4 4 0 0 1 {pixel(x)} {pixel(y + 4)}Z"
        drawn = f'<circle cx="{pixel(x)}" cy="{pixel(y)}" r="4"/><path class="half" d="{half}"/>'
    else:
        points = [f"{pixel(x + dx)} {pixel(y + dy)}" for dx, dy in _SIGNS[state]]
        parts = [points] if state != "wrong" else [points[:2], points[2:]]
        drawn = f'<path d="{"".join("M" + "L".join(part) for part in parts)}"/>'
    return f'<g class="mark {state}">{drawn}</g>'
