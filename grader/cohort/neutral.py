"""Text that no spreadsheet computes: an apostrophe before what it would take for a formula.

Source: OWASP ASVS 1.2.10. Spreadsheets skip blanks and characters that cannot be seen before they
look for a sign, and some read full-width and other forms of a sign as the sign.
"""

import unicodedata

_COMPUTED = frozenset("=+-@\N{MINUS SIGN}")
_UNSAFE = ("\t", "\r", "\n", "\0")
_SKIPPED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
# Characters of other categories that show nothing (Unicode, Default_Ignorable_Code_Point).
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)


def safe(text: str) -> str:
    """Return a text that no spreadsheet computes."""
    if text.startswith(_UNSAFE):
        return f"'{text}"
    for character in text:
        if character not in _UNSEEN and unicodedata.category(character) not in _SKIPPED:
            plain = unicodedata.normalize("NFKC", character)
            return f"'{text}" if plain[0] in _COMPUTED else text
    return text
