"""What is wrong where YAML cannot be read, and what to do: from the text, in our own words.

A parser says only in which line it gave up. How it words its complaint differs between PyYAML and
libyaml and from version to version, so nothing here reads it.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

# Quoted text, comments and brackets: what decides how deep a flow collection is nested.
_FLOW = re.compile(
    r"""(?<![^\s\[{,:])(?:"(?:\\.|[^"\\])*+"?|'(?:''|[^'])*+'?)|(?<!\S)\#[^\n]*|[\[{\]}]""",
    re.DOTALL,
)
_DEEPER = {"[": 1, "{": 1, "]": -1, "}": -1}
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML counts as the end of a line
# A text after | or >, in which quotes and brackets mean themselves.
_BLOCK = re.compile(r"^( *+)([^\n#]*[|>][-+\d]*[ ]*)\n((?:\1 [^\n]*\n|[ ]*+\n)*+)", re.MULTILINE)
_VALUE = re.compile(r"[ ]*(?:-[ ]+)*(?:[^\s:'\"\[{][^:]*:[ ]+)?(.*)")
_NO_ESCAPE = re.compile(r'(?<!\\)(?:\\\\)*\\[^0abtnvfreNLP_xuU\s"/\\]')
_AFTER_QUOTE = re.compile(r"""(?:"(?:\\.|[^"\\])*+"|'(?:''|[^'])*+')[ ]*[^\s#:,\]}]""")
_RESERVED = re.compile(r"(?:^|[\[{,])[ ]*([@`%*&!|>])")


class _Place(NamedTuple):
    """The line in which the parser gave up, and what is open there.

    `value` is what follows a key or a dash, `reserved` a character in it with which no text can
    begin, `quotes` are the quoted texts that touch the line, `unclosed` is the line of a quote that
    never ends, and `in_brackets` tells whether a part of the line is in brackets.
    """

    number: int
    line: str
    above: str
    value: str
    reserved: str
    quotes: tuple[str, ...]
    unclosed: int | None
    in_brackets: bool


def explained(text: str, line: int) -> tuple[int, str]:
    """Return the line to look at, and what is wrong there and what to do about it."""
    place = _place(text, line)
    complaint = next((message for applies, message in _COMPLAINTS if applies(place)), _OTHERWISE)
    return place.unclosed or place.number, complaint.format(place.reserved)


def _has_no_key(place: _Place) -> bool:
    return ":" not in place.line or not (
        ":" in place.above or place.above.startswith(("...", "---"))
    )


# The first that applies counts; {} is the reserved character.
_COMPLAINTS: tuple[tuple[Callable[[_Place], object], str], ...] = (
    (lambda place: place.unclosed, "a quote is opened and not closed; close it, or delete it"),
    (
        lambda place: place.line.lstrip(" ").startswith("\t"),
        "a tab indents this line; indent with spaces, not with tabs",
    ),
    (
        lambda place: any(quote[0] == '"' and _NO_ESCAPE.search(quote) for quote in place.quotes),
        (
            "a backslash begins an escape that YAML does not know; put the text in single quotes, "
            "in which a backslash is only a backslash"
        ),
    ),
    (lambda place: place.reserved, "a text cannot begin with {}; put it in quotes"),
    (
        lambda place: place.in_brackets,
        "a comma or a closing bracket is missing, here or in the line above; add it",
    ),
    (
        lambda place: _AFTER_QUOTE.match(place.value),
        "text goes on after its closing quote; in single quotes, write '' for an apostrophe",
    ),
    (
        lambda place: place.value.startswith("- "),
        "a list starts after a key; start it on a line of its own, or write it as [1, 2]",
    ),
    (
        lambda place: re.search(r":(?:\s|$)", place.value),
        "there is a second colon in the line; put text with a colon in it in quotes",
    ),
    (
        _has_no_key,
        "a key has no colon; put a colon and a space after it, here or in the line above",
    ),
)
_OTHERWISE = (
    "the line does not fit what is above it; check the indent, the quotes and the brackets, here "
    "and in the line above"
)


def _place(text: str, number: int) -> _Place:
    lines = [*_BREAK.split(text), ""]
    last = max(k for k, each in enumerate(lines, 1) if each or k == 1)
    number = min(number, last)
    start = sum(len(each) + 1 for each in lines[: number - 1])
    end = start + len(lines[number - 1])
    whole = _BLOCK.sub(lambda m: f"{m[1]}{m[2]}\n{_blank(m[3])}", "\n".join(lines))
    quotes: list[str] = []
    depth = 0
    in_brackets = False
    unclosed = None
    for found in _FLOW.finditer(whole[:end]):
        here = found.end() > start
        depth += _DEEPER.get(found[0], 0)
        in_brackets = in_brackets or (here and (depth > 0 or found[0] in _DEEPER))
        if found[0][0] not in "'\"":
            continue
        if here:
            quotes.append(found[0])
        is_open = len(found[0]) == 1 or found[0][-1] != found[0][0]
        if is_open and number == last:
            unclosed = whole.count("\n", 0, found.start()) + 1
    line = lines[number - 1]
    above = next((each for each in reversed(lines[: number - 1]) if each.strip()), ":")
    value = "".join(_VALUE.findall(line)[:1])
    reserved = "".join(_RESERVED.findall(value)[:1])
    in_brackets = in_brackets or depth > 0
    return _Place(number, line, above, value, reserved, tuple(quotes), unclosed, in_brackets)


def _blank(block: str) -> str:
    """Return as many characters and lines, with nothing in them."""
    return re.sub(r"[^\n]", " ", block)


def nested(text: str, last: int, most: int) -> int | None:
    """Return the line, up to the last one to read, in which more than `most` brackets are open."""
    depth = 0
    until = "\n".join(text.split("\n")[:last])
    for found in _FLOW.finditer(until):
        depth += _DEEPER.get(found[0], 0)
        if depth > most:
            return until.count("\n", 0, found.start()) + 1
    return None
