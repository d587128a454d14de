"""Text from outside made harmless to show: nothing in it can move a cursor or turn a line round."""

import unicodedata

# Cc control, Cf format (bidi, zero width), Cs surrogate, Co private, Cn unassigned, Zl/Zp breaks.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# More marks on one letter than any language uses paint over the neighbouring lines.
_MAX_MARKS = 4


def inert(text: str, limit: int = 200) -> str:
    r"""Return the text on one line, cut after `limit` characters, the unprintable spelled out.

    A control, format or surrogate character becomes its escape, as in \x1b or \u202e; a longer
    text ends in an ellipsis.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text
    shown: list[str] = []
    length = marks = 0
    for character in text[: limit + 1]:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > _MAX_MARKS:
            continue
        piece = _escaped(character) if category in _UNSAFE else character
        length += len(piece)
        if length > limit:
            shown.append("…")
            break
        shown.append(piece)
    return "".join(shown)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
