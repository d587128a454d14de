"""What a student typed into a platform's own editor: HTML, or a part of a text file, to plain text.

Where a browser shows a new line there is a new line, and hard spaces, with which editors indent,
become spaces. What the student typed is not touched: it is read as JSON or Python as it is. Tags
are found by one expression that never goes back: html.parser takes half a minute for 64 KiB of
unfinished ones.

Source: HTML Living Standard, 13.2.5, as far as what is shown depends on it.
"""

import re
from collections.abc import Iterator
from html import unescape

from grader.text.unicode import as_utf8

_LINES = frozenset((
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
))  # fmt: skip
_UNSEEN = frozenset(("script", "style", "template"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TOKEN = re.compile(
    r"<!--(?:(?!-->).)*+(?:-->|\Z)|<[!?][^>]*+(?:>|\Z)"
    r"|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9:-]*+)"
    r"(?:[^>\"']|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+(?:>|\Z)",
    re.DOTALL,
)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*+>")
_LONG_NUMBER = re.compile(r"&#\d{8,};?")  # no character, and too long for int()
_FIELD = re.compile(
    r"^Submission Field:[ \t]*\r?\n(?P<text>.*?)(?=^(?:Comments|Files):[ \t]*\r?$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_EMPTY_FIELD = "There is no student submission text data for this assignment."


def text_of(data: bytes) -> str:
    """Return what a page shows as text; what has no tags stays as it is."""
    return shown(decoded(data))


def decoded(data: bytes) -> str:
    """Return the text in the bytes; what is not UTF-8 is what old Western systems write."""
    raw = as_utf8(data)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def shown(page: str) -> str:
    """Return the text that a browser shows of a page."""
    if not _TAG.search(page):
        return page
    reader = _Page()
    for end, tag, data in _tokens(page):
        if data:
            reader.data(unescape(_LONG_NUMBER.sub("\N{REPLACEMENT CHARACTER}", data)))
        elif end:
            reader.end(tag)
        else:
            reader.start(tag)
    return reader.text()


def _tokens(page: str) -> Iterator[tuple[bool, str, str]]:
    """Yield tags, as whether one ends and its name, and the text between them.

    What a browser does not show, scripts and styles, is left out.
    """
    at = 0
    while at < len(page):
        token = _TOKEN.search(page, at)
        if token is None:
            yield False, "", page[at:]
            return
        if token.start() > at:
            yield False, "", page[at : token.start()]
        at = token.end()
        tag = (token["tag"] or "").lower()
        if tag in _UNSEEN and not token["end"]:
            close = re.compile(f"</{tag}", re.IGNORECASE).search(page, at)
            at = close.start() if close else len(page)
        elif tag:
            yield bool(token["end"]), tag, ""


def field_of(text: str) -> str:
    """Return the part of Blackboard's text file that the student typed in, "" if there is none."""
    found = _FIELD.search(text)
    typed = found["text"].strip() if found else ""
    return "" if typed == _EMPTY_FIELD else typed


class _Page:
    """Collects a page's text, line by line as a browser breaks it.

    A heading that says what the title says is the platform's own.
    """

    def __init__(self) -> None:
        self.lines = [""]
        self.title = ""
        self.kept = 0
        self.in_title = False
        self.heading: int | None = None

    def text(self) -> str:
        return "\n".join(line.replace("\xa0", " ").rstrip() for line in self.lines).strip("\n")

    def start(self, tag: str) -> None:
        if tag == "title":
            self.in_title = True
        elif tag in _LINES:
            self._end_line(always=tag == "br")
        if tag == "pre":
            self.kept += 1
        elif tag == "h1" and self.title:
            self.heading = len(self.lines) - 1

    def end(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        elif tag == "h1" and self.heading is not None:
            if _same(" ".join(self.lines[self.heading :]), self.title):
                self.lines[self.heading :] = [""]
            self.title, self.heading = "", None  # the first one alone
            self._end_line()
        elif tag in _LINES and tag != "br":
            self._end_line()
        if tag == "pre":
            self.kept = max(0, self.kept - 1)

    def data(self, data: str) -> None:
        if self.in_title:
            self.title += data
        elif self.kept:
            first, *others = data.replace("\r\n", "\n").split("\n")
            self.lines[-1] += first
            self.lines += others
        else:
            shown = _SPACES.sub(" ", data)
            self.lines[-1] += shown if self.lines[-1] else shown.lstrip(" ")

    def _end_line(self, *, always: bool = False) -> None:
        if always or self.lines[-1]:
            self.lines.append("")


def _same(one: str, other: str) -> bool:
    return _SPACES.sub(" ", one).strip() == _SPACES.sub(" ", other).strip() != ""
