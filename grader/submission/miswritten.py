"""What is wrong with text that is not JSON, from the character that is there.

The parser tells a place and what it expected; a student needs to hear which character it is, most
of all where it looks the same to the eye: typeset minus signs, spaces that no keyboard has,
digits of another script. What is not JSON at all (lines such as w1 = 1, a table, a Markdown fence)
is known by its look, whatever the parser stumbled over.
"""

import re

from grader.errors import SubmissionError
from grader.submission import characters, misnumbers
from grader.submission.encoding import utf8
from grader.submission.expected import Expected, expected, placed

_LOOK = '{"w1": 1, "b1": -1}'
_ONLY = f"hand in one JSON object and nothing else: {_LOOK}"
_NAMED = r"[\"']?[wWbB][ _]?\d+[\"']?"

# A hint for what the whole text looks like, whatever the parser stumbled over.
_LOOKS = (
    (r"[^{]{0,500}(?:```|~~~)",
     "delete the Markdown fence: the lines of ``` before and after the object"),
    (r".{0,4000}?^(?:<{7} |={7}$|>{7} )",
     "the file holds two versions, with lines of <<<<<<< and =======; keep one version"),
    (rf"\s*{_NAMED}\s*[=:]\s*\S|\s*(?:export |let |var |const )?\s*[wb]\d+\s*=",
     f"lines such as w1 = 1 or w1: 1 are not JSON; write one object: {_LOOK}"),
    (rf"\s*{_NAMED}[ \t]+[-\d.]", f"lines such as w1 1 are not JSON; write one object: {_LOOK}"),
    (rf"\s*\{{\s*{_NAMED}\s*=",
     f"put keys in double quotes and a colon between key and value: {_LOOK}"),
    (r"\s*\{\s*\\\"", 'delete the backslashes before the quotes: "w1", not \\"w1\\"'),
    (r"\s*\{\s*&(?:quot|#34);", 'the quotes were turned into &quot;; write them as "'),
    (r"\s*(?:https?://|www\.)\S+\s*$",
     f"this is a link; hand in what it leads to: one JSON object such as {_LOOK}"),
    (r"\s*\"?\w+\"?[ \t]*[,;\t][^\n{}]*\n[^\n{}]*[,;\t]",
     f"this looks like CSV, a table; write one JSON object: {_LOOK}"),
    (r"\s*[\[(]?\s*[-+]?[\d.]+\s*[,;\s]\s*[-+]?[\d.]+(?:\s*[,;\s]\s*[-+]?[\d.]+)*\s*[\])]?\s*$",
     f"these are numbers without names; write one object: {_LOOK}"),
    (r"\s*<", f"this looks like HTML or XML; write one JSON object: {_LOOK}"),
    (r"\s*(?:def|import|from|class)\s",
     "this looks like Python; give the file a name that ends in .py"),
    (r"\s*(?:dict|OrderedDict|print|Object)\s*\(",
     f"this looks like Python; write the object alone, as JSON has it: {_LOOK}"),
    (r"[^{\"\n]{1,80}[=:(]\s*\{|\s*return\s*\{",
     f"delete everything before the first {{ and after the last }}: {_ONLY}"),
    (r"---\s|\s*[A-Za-z_][\w-]*:\s|\s*\[\w+\]\s*\n",
     f"this looks like YAML or TOML; write one JSON object: {_LOOK}"),
    (r"\s*[^\s{\[\"/#'`\d-]", f"this is not a JSON object; {_ONLY}"),
)  # fmt: skip
# A hint for each slip that is common in files written by hand, by the characters before the place
# and at it; where none is given before it, any will do.
_PLACES = (
    (",", "}]", "delete the comma after the last value"),
    (",{", ",", "delete one of the commas"),
    (",", "0123456789", "write a decimal point, not a comma: 0.5, not 0,5"),
    ("", "/#", "delete the comment; JSON has none"),
    (",", ".\u2026", "replace the dots by the keys and values that they stand for"),
    ("", "]", "close the object with }, not with ]"),
    ("", ";", "write a comma in place of the semicolon"),
    ("", "=", "put a colon between key and value, in place of ="),
    ("", "'" + characters.QUOTES, 'use straight double quotes: "w1"'),
)
_AFTER = (
    ("}", "delete the extra }"),
    ("{", "a second object begins here; keep one object with all the keys"),
    ("]", "delete the extra ]"),
    ("`", "delete the Markdown fence: the lines of ``` before and after the object"),
    ("", "the object ended earlier; delete everything after it"),
)
# Else a hint for what JSON expects there.
_EXPECTED: dict[Expected, str] = {
    "key": "put keys in double quotes, and no comma after the last value",
    "colon": "put a colon between key and value",
    "value": "a value is missing or is not a JSON number, such as 1 or -0.5",
    "comma": "put a comma between two values",
    "text": "close the text with a double quote on the same line",
}


def refusal(text: str, position: int, data: bytes) -> SubmissionError:
    """Return the error for text that the parser has refused at this position."""
    if b"\0" in data[:4]:
        try:
            utf8(data)
        except SubmissionError as named:
            return named
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return SubmissionError(
            "not-json",
            "the submission has NUL characters, so it was damaged when it was saved or uploaded; "
            "save it and hand it in again",
            f"line {line}",
        )
    position = placed(text, position)
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    hint = _hint(text, position)
    return SubmissionError(
        "not-json", f"the submission is not JSON at line {line}, column {column}: {hint}",
        f"line {line}",
    )  # fmt: skip


def _hint(text: str, position: int) -> str:
    """Return the hint of the first that has one: characters, looks, places, what is expected."""
    wanted = expected(text[:position])
    rest = text[position:].lstrip(" \t\r\n")
    here = rest[:1]
    if wanted == "text" or (here == '"' and wanted in {"key", "value"}):
        return _look(text) or _in_text(text, position, wanted)
    hint = characters.character(here) or _look(text)
    if not hint and not here:
        hint = "the file ends too early; complete it and close the object with }"
    if not hint and here in "-+":
        hint = characters.character(rest[1:2])
    if not hint and wanted == "end":
        hint = next(hint for begins, hint in _AFTER if here.startswith(begins))
    return (
        hint
        or _zeros(text, position)
        or misnumbers.value(text, position)
        or _place(text, position)
        or _EXPECTED[wanted]
    )


def _look(text: str) -> str:
    rows = (h for look, h in _LOOKS if re.match(look, text, re.DOTALL | re.MULTILINE))
    return next(rows, "")


def _zeros(text: str, at: int) -> str:
    """Tell how to write a student's number that begins with zeros; empty for anything else."""
    digits = re.search(r'"(?:student|exercise)"\s*:\s*(-?0+)\Z', text[max(0, at - 200) : at])
    number = re.compile(r"\s*(\w*)").match(text, at)
    return f'put it in quotes: "{digits[1]}{number[1][:40]}"' if digits and number else ""


def _place(text: str, at: int) -> str:
    before, here = text[:at].rstrip(" \t\r\n")[-1:], text[at:].lstrip(" \t\r\n")[:1]
    rows = (h for left, right, h in _PLACES if here in right and (not left or before in left))
    return next(rows, "")


def _in_text(text: str, position: int, wanted: Expected) -> str:
    """Tell what is wrong in a text, or, at its first quote, with its end."""
    if wanted != "text":
        return "close the text with a double quote"
    if text.startswith("\t", position):
        return "there is a tab between the quotes; delete it"
    if "\\" in text[max(0, position - 1) : position + 1]:
        return "in text write two backslashes for one"
    return _EXPECTED["text"]
