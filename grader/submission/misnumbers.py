"""What is wrong with a value that is not a JSON number, from all that was written in its place."""

import re

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_PLAIN = "write a plain decimal number: 1000 or 0.5"
_NO_COMMENT = "delete the comment; JSON has none"
_NO_ARITHMETIC = "JSON does no arithmetic; work it out and write the number alone"

# What fills the place of a value, up to the next comma, brace or line end; the first that fits.
_ROWS = (
    (rf"(?:{_NUMBER})?\s*(?://|/\*|#).*", _NO_COMMENT),
    (r"[-+]?[\d.]+\s*/\s*[-+]?[\d.]+", "JSON has no fractions; write a decimal: 0.5, not 1/2"),
    (r"\+[\d.]\S*", "write the number without the plus sign"),
    (r"-\s+[\d.].*", "write the minus sign directly before the number: -1, not - 1"),
    (r"[-+]{2,}\s*[\d.].*", "write one minus sign or none"),
    (r"-?\.\d+(?:[eE][-+]?\d+)?", "write a 0 before the decimal point: 0.5, not .5"),
    (r"-?\d+\.(?:[eE][-+]?\d+)?", "write digits on both sides of the decimal point: 0.5, 1.0"),
    (r"-?0+\d+(?:\.\d*)?", "write the number without the 0 before it: 1, not 01"),
    (r"-?0[xXoObB]\w*|-?\d[\d_]*_[\d_.]*|-?[\d.]+[eE][-+]?\w*", _PLAIN),
    (r"-?\d{1,3}(?:[ '\u2019]\d{3})+(?:\.\d*)?",
     "write the digits without anything between them: 1000"),
    (r"(?i:[-+]?(?:nan|inf|infinity))", "only ordinary numbers count here, such as 1 or -0.5"),
    (r"True|False|TRUE|FALSE", "write a number, not true or false"),
    (r"None|undefined|nil|N/?A|null|true|false|Null|NULL|\?+|\.{3}|_+|-",
     "a number is missing here; write one, such as 1 or -0.5"),
    (r"-?[\d.]*\.[\d.]*", "a number has one decimal point, with digits on both sides: 0.5"),
    (r"[-+]?[A-Za-z_][\w.]*\s*\(.*", "JSON has no functions; write the number alone"),
    (rf"['\"`\u2018\u2019\u201c\u201d]\s*{_NUMBER}\s*['\"`\u2018\u2019\u201c\u201d]",
     "a number takes no quotes; remove them"),
    (r"['\"`\u2018\u2019\u201c\u201d].*", 'use straight double quotes: "w1"'),
    (rf"{_NUMBER};", "write a comma in place of the semicolon"),
    (rf"{_NUMBER}\s*(?:[a-zA-Z%$\u00b0]{{1,8}}|\\n)", "delete what follows the number"),
    (r"[-+*/^().\d\s\w]*[-+*/^(][-+*/^().\d\s\w]*", _NO_ARITHMETIC),
    (r"[A-Za-z_]\w*", "write a number here, not a name or a word"),
    (r"<.*>|\$.*\$", "write the number alone, without anything around it"),
)  # fmt: skip
_VALUE = re.compile(r":[ \t]*([^,}\]\n]*)\Z")
_ABOUT = re.compile(r'"(?:student|exercise)"[ \t]*:[ \t]*[^,}\]\n]*\Z')
_REST = re.compile(r"[^,}\]\n\"]*")


def value(text: str, at: int) -> str:
    """Tell what is wrong with the value at a place; empty where a key or nothing known is there."""
    before = _VALUE.search(text, max(0, at - 200), at)
    if before is None:
        return ""
    rest = _REST.match(text, at)
    written = (before[1] + (rest[0] if rest else "")).strip()
    if _ABOUT.search(text, max(0, at - 200), at):
        is_word = re.match(r"[^\W\d]", written)
        return "put the text in double quotes, or leave the key out" if is_word else ""
    return next((hint for look, hint in _ROWS if re.fullmatch(look, written, re.DOTALL)), "")
