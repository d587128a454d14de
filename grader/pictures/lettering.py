"""How wide a text gets in a browser, for labels that must not cover anything.

The widths are those of DejaVu Sans, the widest font that browsers take for a plain sans serif, in
thousandths of the font's size; letters of about one width share the larger.
"""

from collections.abc import Iterator

_SIZE, _BOLD = 12, 1.13
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
        ("w\u221e#+<=>\u2248", 835),
    )
    for character in characters
}
_WIDEST = 1000


def breadth(text: str, *, bold: bool = False) -> float:
    """Return the most pixels that a text takes."""
    width = sum(_WIDTHS.get(character, _WIDEST) for character in text) * _SIZE / 1000
    return width * _BOLD if bold else width


def wrapped(text: str, room: float) -> Iterator[str]:
    """Yield the lines of a bold text, broken at spaces so that each fits where its words do."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and breadth(longer, bold=True) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


def inside(middle: float, text: str, left: float, right: float, *, bold: bool = False) -> float:
    """Return where the middle of a text goes so that it stays between two columns."""
    half = breadth(text, bold=bold) / 2
    return min(max(middle, left + half), right - half)
