"""The few SVG elements that the pictures are made of."""

from grader.pictures.frame import pixel
from grader.text.markup import text as escaped

_LONGEST = 400


def opening(width: float, height: float, title: str, description: str) -> str:
    """Return the start of a picture that can stand alone or inside a page: no id, no reference."""
    return (
        f'<svg class="rg" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {pixel(width)} {pixel(height)}" '
        f'width="{pixel(width)}" height="{pixel(height)}">'
        f"<title>{escaped(title)}</title><desc>{escaped(description, _LONGEST)}</desc>"
    )


def line(kind: str, x0: float, y0: float, x1: float, y1: float) -> str:
    """Return a straight line."""
    return (
        f'<line class="rg-{kind}" x1="{pixel(x0)}" y1="{pixel(y0)}" '
        f'x2="{pixel(x1)}" y2="{pixel(y1)}"/>'
    )


def box(kind: str, x: float, y: float, width: float, height: float) -> str:
    """Return a rectangle."""
    return (
        f'<rect class="rg-{kind}" x="{pixel(x)}" y="{pixel(y)}" '
        f'width="{pixel(width)}" height="{pixel(height)}"/>'
    )


def curve(kind: str, d: str) -> str:
    """Return a path; nothing for an empty one."""
    return f'<path class="rg-{kind}" d="{d}"/>' if d else ""


def words(kind: str, x: float, y: float, content: str, anchor: str = "start") -> str:
    """Return text whose baseline begins, ends or is centred (middle) at a point."""
    classes = " ".join(f"rg-{part}" for part in kind.split())
    return (
        f'<text class="{classes}" x="{pixel(x)}" y="{pixel(y)}" text-anchor="{anchor}">'
        f"{escaped(content)}</text>"
    )


def diamond(x: float, y: float, size: float = 5) -> str:
    """Return the mark of a place where the target turns."""
    return curve(
        "turn",
        f"M{pixel(x)} {pixel(y - size)}L{pixel(x + size)} {pixel(y)}"
        f"L{pixel(x)} {pixel(y + size)}L{pixel(x - size)} {pixel(y)}Z",
    )


def disc(x: float, y: float, content: str = "", size: float = 7.5) -> str:
    """Return the mark of a knot, with the unit's number inside where it has its own row."""
    mark = f'<circle class="rg-knot" cx="{pixel(x)}" cy="{pixel(y)}" r="{pixel(size)}"/>'
    return mark + (words("in", x, y + 3.8, content, "middle") if content else "")
