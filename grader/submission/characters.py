"""Characters that JSON has no place for: what each is called, and what to type instead."""

import re
import unicodedata

# Dashes have a category of their own; these look like a minus sign and are in another one.
_LIKE_MINUS = "\u2212\u207b\u208b\u02d7\u23af\u2796\u00af"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
QUOTES = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u00b4`"
# What is typed in place of a character that looks like it or means it in another script.
_PLAIN = {
    "\u2044": "/", "\u2215": "/", "\u00f7": "/", "\u060c": ",", "\u3001": ",", "\u066b": ".",
    "\u00b7": ".", "\u2236": ":", "\u05c3": ":", "\ua789": ":", "\u2795": "+",
}  # fmt: skip

# How to write a number that was given as text; the first that fits.
_AWAY = "take the quotes away"
_QUOTED = (
    (r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", _AWAY),
    (r"[-+]?[\d.]+\s*/\s*[\d.]+",
     f"JSON has no fractions: {_AWAY} and write a decimal, as near as the exercise needs"),
    (r"[-+]?\d{1,3}([ ']\d{3})+(\.\d*)?",
     f"{_AWAY} and write the digits without anything between them"),
    (r"[-+]?\d*,\d+", f"{_AWAY} and write a decimal point in place of the comma"),
    (r"[-+]?\s*[\d.,]+\s*\D{1,3}", f"{_AWAY} and write the number alone"),
    (r"", "write the number in place of the quotes"),
)  # fmt: skip


def is_minus(here: str) -> bool:
    """Tell whether a character is a dash or looks like one, and is not the minus sign."""
    return here != "-" and (here in _LIKE_MINUS or unicodedata.category(here) == "Pd")


def plain_minus(text: str) -> str:
    """Return the text with the minus sign in place of every dash."""
    return "".join("-" if is_minus(each) else each for each in text)


def character(here: str) -> str:
    """Tell what a character is that JSON has no place for; empty for every other one."""
    if not here or here in QUOTES or (here.isprintable() and here.isascii()) or here in "\t\n\r":
        return ""
    return _described(here, f"U+{ord(here):04X}")


def _described(here: str, code: str) -> str:
    category = unicodedata.category(here)
    plain = _PLAIN.get(here) or unicodedata.normalize("NFKC", here)
    rows = (
        (is_minus(here),
         f"the character {code} is not the minus sign -; type the - of the keyboard"),
        (here in _INVISIBLE or category == "Cf",
         f"an invisible character, {code}, got in here; delete it"),
        (category[0] == "Z" or here in "\x85\v\f",
         f"a special space, {code}, got in here; replace it with an ordinary space"),
        (category == "Cc", f"a control character, {code}, got in here; delete it"),
        (here.isdigit(),
         f"the character {code} is not an ordinary digit; type {unicodedata.digit(here, 0)}"),
        (len(plain) == 1 and plain.isascii(),
         f"the character {code} is not {plain}; type the {plain} of the keyboard"),
        (here.isnumeric(),
         f"the character {code} is not a number in JSON; write a decimal, such as 0.5"),
    )  # fmt: skip
    other = f"the character {code} is not allowed here; delete it"
    return next((advice_for for holds, advice_for in rows if holds), other)


def number_in_text(text: str) -> str:
    """Tell how to write a number that was given as text; empty where the text holds none."""
    strange = next((each for each in text if character(each)), "")
    plain = unicodedata.normalize("NFKC", plain_minus(text)).replace("\u2044", "/").strip()
    advice = next(
        (advice_for for look, advice_for in _QUOTED if re.fullmatch(look, plain, re.ASCII)), ""
    )
    return f"{advice}; {character(strange)}" if advice and strange else advice
