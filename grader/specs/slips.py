"""What to do about a YAML parser's complaint; the words of both parsers are known."""

import re

# Quoted text, comments and brackets: what decides how deep a flow collection is nested.
_FLOW = re.compile(
    r"""(?<![^\s\[{,:])(?:"(?:\\.|[^"\\])*+"?|'(?:''|[^'])*+'?)|(?<!\S)\#[^\n]*|[\[{\]}]""",
    re.DOTALL,
)

# What the complaint holds, and a hint; the first that is found counts.
_HINTS = (
    ("values are not allowed", "put text with a colon in it in quotes, and check the indent"),
    ("entries are not allowed", "begin a list in a line of its own, or write it as [1, 2]"),
    ("end of stream", "a quote is opened and not closed"),
    ("cannot start any token", "put text that begins with this character in quotes"),
    ("',' or", "a comma or the closing bracket is missing here or in the line above"),
    (
        "could not find expected ':'",
        "put a colon and a space after the key here or above",
    ),
    ("escape", "put the text in single quotes, where a backslash stands for itself"),
    ("expected", "check the indent, the quotes and the brackets, here and in the line above"),
)


def hint(complaint: str, line: str) -> str:
    """Return what to do about the complaint on this line, after a semicolon; or nothing."""
    if line.lstrip(" ").startswith("\t"):
        return "; indent with spaces, not with tabs"
    return next((f"; {advice}" for words, advice in _HINTS if words in complaint), "")


def nested(text: str, last: int, most: int) -> int | None:
    """Return the line, up to the last one to read, in which more than `most` brackets are open."""
    depth = 0
    until = "\n".join(text.split("\n")[:last])
    for found in _FLOW.finditer(until):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > most:
            return until.count("\n", 0, found.start()) + 1
    return None
