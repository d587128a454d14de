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

# What stands in the line at fault and was copied along with the code; SyntaxErrors only.
COPIED = (
    Hint(
        r"\s*(<{7}|={7}|>{7}|\|{7})(\s|$)",
        "The file holds two versions, with lines of <<<<<<< and =======; keep one version.",
    ),
    Hint(r"\s*(>>>|\.\.\.:?|In ?\[\d*\] ?:|Out ?\[\d*\] ?:)(\s|$)",
         "Take away the prompts, such as >>> and In [1]:, in every line."),
    Hint(r"\s*(```|~~~)", "Take away the lines of ```, which belong to Markdown."),
    Hint(r"\s*\d+[.:|]?\s+(def|import|from|return|class|if|for|while|@|#|\w+ *=)",
         "Take away the numbers in front of the lines."),
    Hint(r"\s*(\{\\rtf|<(!DOCTYPE|html|p|div|pre|span|br)\b)",
         "This is a formatted document: save the code as plain text."),
)  # fmt: skip

_BLANK = "Put your code in place of this line, or take it away where the code is there already."

HINTS = (
    Hint(r"ModuleNotFoundError|ImportError", f"What can be imported: {importable()}."),
    Hint(
        r"(PermissionError|FileNotFoundError)(?=: \[Errno).*: '",
        "No file can be read, written or made here: put the numbers it needs into the file itself.",
    ),
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
    Hint(
        r"SyntaxError: source code (string )?cannot contain null bytes",
        "The file holds bytes that are no text: save it again as plain text, UTF-8.",
    ),
    Hint(r"SyntaxError", "Run the file yourself before you hand it in: Python shows the place."),
    Hint(r"NameError", "Define the name above the line that uses it, and check its spelling."),
    Hint(
        r"TypeError: .* missing \d+ required positional",
        "The function is called without arguments: give its parameters default values.",
    ),
    Hint(
        r"TypeError: 'module' object is not callable",
        "Call what is in the module: after import tqdm, say, tqdm.tqdm(...).",
    ),
    Hint(r"RecursionError", "The function calls itself without an end: add the case that stops."),
    Hint(r"SystemExit", "Do not end the program: return the values."),
    Hint(r"EOFError", "No one can type an answer here: put the numbers into the file."),
)


def advice(kind: str, text: str, source: str = "") -> str:
    """Find the advice for an error in this line of the source; empty if none applies."""
    told = f"{kind}: {text}"
    found = _first(HINTS, told)
    if kind == "NotImplementedError" and source.lstrip().startswith(f"raise {kind}"):
        return _BLANK
    if kind == "SyntaxError":
        return _character(told) or _first(COPIED, source) or found
    return _nearest(told) + _refused(told, source) + found


def _first(rows: tuple[Hint, ...], text: str) -> str:
    return next((row.advice for row in rows if re.match(row.pattern, text)), "")


def _refused(told: str, source: str) -> str:
    """Name the call that the system refused, where the line makes one such call alone."""
    if not told.startswith("PermissionError: [Errno"):
        return ""
    calls = set(re.findall(r"\bos\.(?!get)[a-z_]\w{0,30}(?=\()", source))
    return f"{calls.pop()}() is refused. " if len(calls) == 1 else ""


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
