"""How wide a text gets in a browser, for labels that must not cover anything.

The widths are those of DejaVu Sans, the widest font that browsers take for a plain sans serif, in
thousandths of the font's size; letters of about one width share the larger.
"""

from collections.abc import Iterator

SIZE, NAMED = 13, 14  # pixels: of plain text, and of a name
_BOLD = 1.13
_WIDTHS = {
    character: width
    for characters, width in (
        ("'ijlIJ", 285),
        (" ,./:;\\|", 335),
        ("f-()[]t!r", 390),
        ("*_`sz?c", 525),
        ("LFkvxyPTYoae", 600),
        ("hnuSbdgpq0123456789", 636),
        ("KAVXZBRC", 690),
        ("UNHDGOQ\u25b2\u25bc", 780),
        ("w\u221e#+<=>\u2248\u2212", 838),
    )
    for character in characters
}
_WIDEST = 1000


def breadth(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Return the most pixels that a text takes."""
    width = sum(_WIDTHS.get(character, _WIDEST) for character in text) * size / 1000
    return width * _BOLD if bold else width


def minus(text: str) -> str:
    """Return a number or a formula with the sign that is as wide as a plus."""
    return text.replace("-", "\u2212")


def signed(text: str) -> str:
    """Return a number's text with its sign, a plus as well."""
    return minus(text) if text.startswith(("-", "\u2248-")) else f"+{text}"


def wrapped(text: str, room: float, *, bold: bool = False) -> Iterator[str]:
    """Yield the lines of a text, broken at spaces so that each fits where its words do."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and breadth(longer, bold=bold) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


def inside(middle: float, width: float, left: float, right: float) -> float:
    """Return where the middle of a text goes so that it stays between two columns."""
    return min(max(middle, left + width / 2), right - width / 2)
