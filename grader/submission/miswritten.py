"""What is wrong with text that is not JSON, from the character that stands there.

The parser tells a place and what it expected; a student needs to hear which character it is, most
of all where it cannot be told apart by eye: typeset minus signs, spaces that no keyboard has,
digits of another script. What is no JSON at all (lines such as w1 = 1, a table, a Markdown fence)
is known by its look, whatever the parser stumbled over.
"""

import re
import unicodedata
from json import JSONDecodeError

from grader.errors import SubmissionError
from grader.submission.encoding import utf8

MINUS_SIGNS = "\u2212\u2013\u2014\u2010\u2011\uff0d\ufe63\u207b"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
_QUOTES = "\u2018\u2019\u201a\u201c\u201d\u201e"
_LOOK = '{"w1": 1, "b1": -1}'

# A hint for what the whole text looks like, whatever the parser stumbled over.
_LOOKS = (
    (r"\s*(?:```|~~~)", "delete the Markdown fence: the lines of ``` before and after the object"),
    (r"\s*[wb]\d+\s*[=:]\s*\S", f"lines such as w1 = 1 are not JSON; write one object: {_LOOK}"),
    (
        r"\s*\{\s*[\"']?[wb]\d+[\"']?\s*=",
        f"put keys in double quotes and a colon between key and value: {_LOOK}",
    ),
    (
        r"\s*\"?\w+\"?[ \t]*[,;\t][^\n{}]*\n[^\n{}]*[,;\t]",
        f"this looks like CSV, a table; write one JSON object: {_LOOK}",
    ),
    (r"\s*<", f"this looks like HTML, a web page; write one JSON object: {_LOOK}"),
    (
        r"\s*(?:def|import|from|class)\s",
        "this looks like Python; give the file a name that ends in .py",
    ),
)
# A hint for each slip that is common in files written by hand, by what stands before the place
# and at it; where there is no before, anything will do.
_PLACES = (
    (",", "}]", "delete the comma after the last value"),
    (",", ",", "delete one of the commas"),
    (",", "0123456789", "write a decimal point, not a comma: 0.5, not 0,5"),
    ("0123456789", ".", "write digits on both sides of the decimal point: 0.5, 1.0"),
    ("0123456789", "/", "JSON has no fractions; write a decimal: 0.5, not 1/2"),
    ("0", "0123456789", "write the number without the 0 before it: 1, not 01"),
    ("0123456789", "eExXoObB_", "write a plain decimal number: 1000 or 0.5"),
    ("", "]", "close the object with }, not with ]"),
    ("", "/#", "delete the comment; JSON has none"),
    ("", "'" + _QUOTES, 'use straight double quotes: "w1"'),
    ("", "+", "write the number without the plus sign"),
    ("", ".", "write a 0 before the decimal point: 0.5, not .5"),
)
_SLIPS = {
    "Expecting property name": "put keys in double quotes, and no comma after the last value",
    "Expecting ',' delimiter": "put a comma between two values",
    "Expecting ':' delimiter": "put a colon between key and value",
    "Expecting value": "a value is missing or is not a JSON number, such as 1 or -0.5",
    "Invalid control character": "close the text with a double quote on the same line",
    "Unterminated string": "close the text with a double quote",
    "Extra data": "the object has ended before; delete what follows it",
    "Invalid \\": "in text write two backslashes for one",
    "Unexpected UTF-8 BOM": "delete the second byte-order mark",
}


def refusal(error: JSONDecodeError, data: bytes) -> SubmissionError:
    """Return the error for text that the parser has refused."""
    if b"\0" in data[:4]:
        try:
            utf8(data)
        except SubmissionError as named:
            return named
    error = _placed(error)
    line, column, hint = error.lineno, error.colno, _hint(error)
    return SubmissionError(
        "not-json", f"the submission is not JSON at line {line}, column {column}: {hint}",
        f"line {line}",
    )  # fmt: skip


def _placed(error: JSONDecodeError) -> JSONDecodeError:
    """Return the error where every CPython reports it.

    From 3.13 on a comma too many is reported where it stands, before that where what follows does.
    """
    if not error.msg.startswith("Illegal trailing comma"):
        return error
    after = error.doc[error.pos + 1 :]
    blanks = len(after) - len(after.lstrip(" \t\r\n"))
    return JSONDecodeError("Expecting property name", error.doc, error.pos + 1 + blanks)


def _hint(error: JSONDecodeError) -> str:
    text = error.doc
    found = next((hint for look, hint in _LOOKS if re.match(look, text)), None)
    if found:
        return found
    rest = text[error.pos :].lstrip(" \t\r\n")
    before, here = text[: error.pos].rstrip(" \t\r\n")[-1:], rest[:1]
    if not here:
        return "the file ends too early; complete it and close the object with }"
    if hint := character(here) or (character(rest[1:2]) if here in "-+" else ""):
        return hint
    if digits := re.search(r'"(?:student|exercise)"\s*:\s*(0+)$', text[: error.pos]):
        number = re.match(r"\w*", rest)
        return f'put it in quotes: "{digits[1]}{number[0][:40] if number else ""}"'
    if not error.msg.startswith("Extra data"):
        for left, right, hint in _PLACES:
            if here in right and (not left or (before and before in left)):
                return hint
    return next((h for slip, h in _SLIPS.items() if error.msg.startswith(slip)), error.msg)


def character(here: str) -> str:
    """Tell what a character is that JSON has no place for; empty for every other one."""
    if not here or here.isascii() or here in _QUOTES:
        return ""
    return _described(here, f"U+{ord(here):04X}")


def _described(here: str, code: str) -> str:
    if here in MINUS_SIGNS:
        return f"the character {code} is not the minus sign -; type the - of the keyboard"
    if here in _INVISIBLE or unicodedata.category(here) == "Cf":
        return f"an invisible character, {code}, stands here; delete it"
    if unicodedata.category(here)[0] == "Z" or here == "\x85":
        return f"a special space, {code}, stands here; replace it by an ordinary space"
    if here.isdigit():
        return f"the character {code} is not an ordinary digit; type {unicodedata.digit(here)}"
    plain = unicodedata.normalize("NFKC", here)
    if len(plain) == 1 and plain.isascii():
        return f"the character {code} is not {plain}; type the {plain} of the keyboard"
    return f"the character {code} has no place here; delete it"


def number_in_text(text: str) -> str:
    """Tell how to write a number that was given as text; empty where the text holds none."""
    signed = text.strip()
    signs = [sign for sign in MINUS_SIGNS if sign in signed]
    plain = re.sub(f"[{MINUS_SIGNS}]", "-", signed)
    away = "take the quotes away"
    if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", plain, re.ASCII):
        advice = away
    elif re.fullmatch(r"[-+]?\d+\s*/\s*\d+", plain, re.ASCII):
        advice = f"JSON has no fractions: {away} and write a decimal, as near as the exercise needs"
    elif re.fullmatch(r"[-+]?\d*,\d+", plain, re.ASCII):
        advice = f"{away} and write a decimal point in place of the comma"
    else:
        return ""
    return f"{advice}; {character(signs[0])}" if signs else advice
