"""What is wrong with text that is not JSON, from the character that stands there.

The parser tells a place and what it expected; a student needs to hear which character it is, most
of all where it cannot be told apart by eye: typeset minus signs, spaces that no keyboard has,
digits of another script. What is no JSON at all (lines such as w1 = 1, a table, a Markdown fence)
is known by its look, whatever the parser stumbled over.
"""

import re
from json import JSONDecodeError

from grader.errors import SubmissionError
from grader.submission import characters, misnumbers
from grader.submission.encoding import utf8

_LOOK = '{"w1": 1, "b1": -1}'
_ONLY = f"hand in one JSON object and nothing else: {_LOOK}"
_NAMED = r"[\"']?[wWbB][ _]?\d+[\"']?"

# A hint for what the whole text looks like, whatever the parser stumbled over.
_LOOKS = (
    (r"[^{]{0,500}(?:```|~~~)",
     "delete the Markdown fence: the lines of ``` before and after the object"),
    (r".{0,4000}?^(?:<{7} |={7}$|>{7} )",
     "two versions stand in the file, with lines of <<<<<<< and =======; keep one version"),
    (rf"\s*{_NAMED}\s*[=:]\s*\S|\s*(?:export |let |var |const )?\s*[wb]\d+\s*=",
     f"lines such as w1 = 1 are not JSON; write one object: {_LOOK}"),
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
     f"delete what stands before the first {{ and after the last }}: {_ONLY}"),
    (r"---\s|\s*[A-Za-z_][\w-]*:\s|\s*\[\w+\]\s*\n",
     f"this looks like YAML or TOML; write one JSON object: {_LOOK}"),
    (r"\s*[^\s{\[\"/#'`\d-]", f"this is not a JSON object; {_ONLY}"),
)  # fmt: skip
# A hint for each slip that is common in files written by hand, by what stands before the place
# and at it; where there is no before, anything will do.
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
    ("}", "delete the } that is one too many"),
    ("{", "a second object begins here; keep one object with all the keys"),
    ("]", "delete the ] that is one too many"),
    ("`", "delete the Markdown fence: the lines of ``` before and after the object"),
    ("", "the object has ended before; delete what follows it"),
)
_SLIPS = {
    "Expecting property name": "put keys in double quotes, and no comma after the last value",
    "Expecting ',' delimiter": "put a comma between two values",
    "Expecting ':' delimiter": "put a colon between key and value",
    "Expecting value": "a value is missing or is not a JSON number, such as 1 or -0.5",
    "Invalid control character": "close the text with a double quote on the same line",
    "Unterminated string": "close the text with a double quote",
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
    if "\0" in error.doc:
        line = error.doc.count("\n", 0, error.doc.index("\0")) + 1
        return SubmissionError(
            "not-json",
            "the submission has NUL characters, so it was damaged when it was saved or uploaded; "
            "save it and hand it in again",
            f"line {line}",
        )
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
    """Return the hint of the first that has one: characters, looks, places, the parser's words."""
    text = error.doc
    rest = text[error.pos :].lstrip(" \t\r\n")
    here = rest[:1]
    hint = characters.character(here) or _look(text)
    if not hint and not here:
        hint = "the file ends too early; complete it and close the object with }"
    if not hint and here in "-+":
        hint = characters.character(rest[1:2])
    if not hint and error.msg.startswith("Extra data"):
        hint = next(hint for begins, hint in _AFTER if here.startswith(begins))
    if not hint and error.msg.startswith("Expecting"):
        hint = (
            _zeros(text, error.pos) or misnumbers.value(text, error.pos) or _place(text, error.pos)
        )
    return hint or _slip(error)


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


def _slip(error: JSONDecodeError) -> str:
    if error.msg.startswith("Invalid control") and error.doc.startswith("\t", error.pos):
        return "a tab stands between the quotes; delete it"
    return next((h for slip, h in _SLIPS.items() if error.msg.startswith(slip)), error.msg)
