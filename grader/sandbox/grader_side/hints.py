"""What to do about the commonest mistakes: one row, one expression on an error's type and text."""

import difflib
import re
from typing import NamedTuple

from grader.sandbox.protocol.modules import STANDARD, importable
from grader.submission import characters


class Hint(NamedTuple):
    """An expression that the error's `Type: text` begins with, and the advice."""

    pattern: str
    advice: str


RULE = (
    "return a dict such as {'w1': 1, 'b1': -1}, or the values of the free parameters in order "
    "as a tuple, a list or a one-dimensional array"
)

HINTS = (
    Hint(r"ModuleNotFoundError|ImportError", f"What can be imported: {importable()}."),
    Hint(
        r"(PermissionError|FileNotFoundError|OSError|BlockingIOError)\b",
        "The code runs without files, network and other processes: put the numbers it needs into "
        "the file itself.",
    ),
    Hint(
        r"RuntimeError: can't start new thread",
        "The code runs without threads: do one thing after the other.",
    ),
    Hint(r"(TabError|IndentationError)", "Indent every line of a block by the same four spaces."),
    Hint(r"SyntaxError: Missing parentheses in call to 'print'", "This is Python 2: print(...)."),
    Hint(r"SyntaxError", "Run the file yourself before you hand it in: Python shows the place."),
    Hint(r"NameError", "Define the name above the line that uses it, and check its spelling."),
    Hint(
        r"TypeError: .* missing \d+ required positional",
        "The function is called without arguments: give its parameters default values.",
    ),
    Hint(r"RecursionError", "The function calls itself without an end: add the case that stops."),
    Hint(r"SystemExit", "Do not end the program: return the values."),
    Hint(r"EOFError", "No one can type an answer here: put the numbers into the file."),
)


def advice(kind: str, text: str) -> str:
    """Find the advice for an error; empty if none applies."""
    told = f"{kind}: {text}"
    found = next((row.advice for row in HINTS if re.match(row.pattern, told)), "")
    return _character(told) or _nearest(told) + found


def _character(told: str) -> str:
    """Tell what to type in place of a character that Python has no use for."""
    strange = re.match(r"SyntaxError: invalid .*\bU\+([0-9A-F]{4,6})\b", told)
    if not strange:
        return ""
    here = chr(int(strange[1], 16))
    hint = "use straight quotes: 'w1'" if here in characters.QUOTES else characters.character(here)
    return f"{hint[:1].upper()}{hint[1:]}."


def _nearest(told: str) -> str:
    """Ask whether a module with a like name is meant, where one could not be found."""
    missing = re.match(r"ModuleNotFoundError: No module named '(\w{1,40})'$", told)
    if not missing or missing[1] in ("numpy", *STANDARD):
        return ""
    near = difflib.get_close_matches(missing[1], ("numpy", *STANDARD), 1)
    return f"Did you mean {near[0]}? " if near else ""
