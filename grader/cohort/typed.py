"""What a student typed into a platform's own editor: HTML, or a part of a text file, to plain text.

Where a browser shows a new line there is a new line, and hard spaces, with which editors indent,
become spaces. What the student typed is not touched: it is read as JSON or Python as it is.
"""

import re
from html.parser import HTMLParser

from grader.text.unicode import as_utf8

_LINES = frozenset((
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
))  # fmt: skip
_UNSEEN = frozenset(("script", "style", "template"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(r"<(?:[a-zA-Z/!])")
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
    reader.feed(page)
    reader.close()
    return reader.text()


def field_of(text: str) -> str:
    """Return the part of Blackboard's text file that the student typed in, "" if there is none."""
    found = _FIELD.search(text)
    typed = found["text"].strip() if found else ""
    return "" if typed == _EMPTY_FIELD else typed


class _Page(HTMLParser):
    """Collects a page's text, line by line as a browser breaks it.

    A heading that says what the title says is the platform's own.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self.title = ""
        self.unseen = self.kept = 0
        self.in_title = False
        self.heading = 0

    def text(self) -> str:
        return "\n".join(line.replace("\xa0", " ").rstrip() for line in self.lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag == "title":
            self.in_title = True
        elif tag in _LINES:
            self._end_line(always=tag == "br")
        if tag == "pre":
            self.kept += 1
        elif tag == "h1":
            self.heading = len(self.lines) - 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag == "title":
            self.in_title = False
        elif tag == "h1" and _same(" ".join(self.lines[self.heading :]), self.title):
            self.lines[self.heading :] = [""]
        elif tag in _LINES and tag != "br":
            self._end_line()
        if tag == "pre":
            self.kept = max(0, self.kept - 1)

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data
        elif self.kept and not self.unseen:
            first, *others = data.replace("\r\n", "\n").split("\n")
            self.lines[-1] += first
            self.lines += others
        elif not self.unseen:
            shown = _SPACES.sub(" ", data)
            self.lines[-1] += shown if self.lines[-1] else shown.lstrip(" ")

    def _end_line(self, *, always: bool = False) -> None:
        if always or self.lines[-1]:
            self.lines.append("")


def _same(one: str, other: str) -> bool:
    return _SPACES.sub(" ", one).strip() == _SPACES.sub(" ", other).strip() != ""
