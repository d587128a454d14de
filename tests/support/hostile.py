r"""Strings that have broken other programs, every place of a record where one can stand, readers.

A place is a field of type text of any record that a Report reaches, found by its annotation, so
that a new field is covered by itself:

- Literal: one of a closed list of our own words, left alone;
- Inert, InertLines, Name: put in by the record's constructor where it makes its text inert itself,
  or else by `inert` and `inert_lines`, which the type checker proves to be the only way;
- str: put in raw, unless OWN says why no text from outside can get there.
"""

import ast
import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from itertools import count
from typing import Any
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

from grader.text.inert import inert, inert_lines

FORGED = "Score 100 of 100"

STRINGS = (
    # What moves a cursor, sets a title, fills a clipboard or paints.
    "\x1b[2J\x1b[H", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]8;;http://x.test\x1b\\y\x1b]8;;\x1b\\",
    "\x1b]52;c;cm0gLXJmIH4=\x07", "\x1bP+q544e\x1b\\", "\x9b31m", "\x90q\x9c", "\x9d0;t\x9c",
    "\x84\x85\x8d", "\x08\x08\x08", "\x07", "\x0e\x0f", "\x7f", "\x1b", "\x1b(0",
    # What ends a line, or a string.
    f"a\r{FORGED}", f"a\n{FORGED}\n", f"a\r\n{FORGED}\r\n\r\n", f"a\x85{FORGED}", f"a\u2028{FORGED}",
    f"a\u2029{FORGED}", f"a\x0b\x0c\x1c\x1d\x1e{FORGED}", "a\x00b", "\t\t\t", f"{'a' * 79} {FORGED} {FORGED}",
    f"x {FORGED}\nStitch three line segments with ReLU units", FORGED, "No score",
    # What turns or hides text.
    "\u202eabc\u202c", "\u2066abc\u2067def\u2069", "\u200e\u200f\u061c", "\u200b\u200c\u200d\u2060\ufeff",
    "\ufeff", "\ud800", "\udc80\udfff", "\ufffe\uffff", "\U000e0041\U000e007f", "\ue000", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u05e2\u05d1\u05e8\u05d9\u05ea",
    "e" + "\u0301\u0489\u20dd" * 40, "\u3164\u115f\u2800", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    # What is long.
    "x" * 100_000, "\u00e9 " * 50_000, "\x1b[" * 20_000, "[" * 3_000, "\n" * 3_000, "<" * 3_000,
    # What templates, markup and readers of output take for their own.
    "{{{y}}}", "{{x}}", "{{", "}}", "{% raw %}", "<%= 7*7 %>", "#{7*7}", "${7*7}", "$HOME `id`", "%s%n%d%(x)s",
    "{0}{x!r}{__class__}", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onload="alert(1)',
    "' onload='alert(1)", "<![CDATA[", "]]>", "--><b>", "<!--", "<?xml version='1.0'?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "&amp;&lt;&#0;&#x1b;&bogus;", "</title></style></svg></script>", "javascript:alert(1)", "data:text/html,<b>x</b>",
    r"\(x^2\) \[y\] $$z$$ $a$", r"\input{/etc/passwd} \write18{id}", "```\n~~~\n# Head\n- item\n| a | b |\n|---|---|",
    "[text](http://x.test) ![i](http://x.test/i.png)", "**bold** _it_ ~~s~~ `code` <b>", "http://x.test www.x.test a@x.test",
    "@everyone #1 GH-1 org/repo#2", "1. a\n2. b\n\n    code\n> quote\n===\n---", "[x]: http://x.test 'y'", "- [ ] task",
    "::set-output name=a::b", "::error file=a,line=1::b", "::add-mask::***", "%0A::error::x%0D%25", "::stop-commands::t\n::error::x",
    "##[error]x", "##vso[task.complete result=Failed]", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", 'a,b;c\t"d"',
    "k: v\n- !!python/object/apply:os.system [id]\n&a *a <<: x", "yes", "null", "NaN", "~", "'; DROP TABLE s; --",
    "../../../etc/passwd", "-rf", "--output=x", "ready\nr:41\n.\n", '{"score": 100}', '"score": 100, "status": "graded"', "\\u001b[2J\\n", "\\",
)  # fmt: skip

# Text that only this program makes, or lets through only after it was checked: why it is safe.
OWN = {
    ("Exercise", "id"): "letters, digits and hyphens: specs.exercise.is_id",
    ("Exercise", "digest"): "hexadecimal",
    ("Origin", "digest"): "hexadecimal",
    ("CheckResult", "id"): "exercise.build.check_ids",
    ("Check", "id"): "exercise.build.check_ids",
    ("Change", "id"): "exercise.build.check_ids",
    ("Change", "name"): "words.wording.name, by kind and number",
    ("Failure", "code"): "a row of text.codes.ERROR_CODES",
    ("Diagnosis", "code"): "a row of mistakes.table",
    ("Diagnosis", "also"): "rows of mistakes.table",
    ("Exercise", "free"): "names of parameters: a letter and a number",
    ("Report", "parameters"): "names of the exercise's free parameters",
}

Next = Callable[[], str]


def planted(record: Any, following: Next) -> tuple[Any, list[str]]:  # noqa: ANN401 - any record
    """Return the record with a string in every place, and the places' names, in order."""
    planter = _Planter(following)
    return planter.record(record), planter.places


@cache
def annotations(kind: type) -> dict[str, str]:
    """Return the fields with their types as they are written: at run time they are less precise."""
    written = {}
    for each in reversed(kind.__mro__[: kind.__mro__.index(tuple)]):
        (body,) = ast.parse(inspect.getsource(each)).body
        assert isinstance(body, ast.ClassDef)
        written |= {
            ast.unparse(line.target): ast.unparse(line.annotation)
            for line in body.body
            if isinstance(line, ast.AnnAssign)
        }
    return written


class _Planter:
    def __init__(self, following: Next) -> None:
        self.following = following
        self.places: list[str] = []

    def record(self, record: Any) -> Any:  # noqa: ANN401 - any record
        kind = type(record)
        # Its own constructor, and not the one that every named tuple has.
        self_made = kind.__new__.__module__ == kind.__module__
        changed = {
            name: self.value(getattr(record, name), written, f"{kind.__name__}.{name}", self_made)
            for name, written in annotations(kind).items()
            if (kind.__name__, name) not in OWN
        }
        return record._replace(**changed)

    def value(self, value: Any, written: str, place: str, self_made: bool) -> Any:  # noqa: ANN401, FBT001
        if hasattr(value, "_fields"):
            return self.record(value)
        if isinstance(value, Mapping):
            of_values = written.partition(", ")[2]
            return {key: self.value(x, of_values, place, self_made) for key, x in value.items()}
        if isinstance(value, tuple):
            return tuple(self.value(each, written, place, self_made) for each in value)
        text = re.search(r"\b(?:InertLines|Inert|Name|str)\b", written)
        if text and (value is None or isinstance(value, str)):
            self.places.append(place)
            return self.text("str" if self_made else text[0])
        return value

    def text(self, kind: str) -> str:
        hostile = self.following()
        if kind == "Inert":
            return inert(hostile, len(hostile))
        return inert_lines(hostile) if kind == "InertLines" else hostile


def in_turn(start: int) -> Next:
    """Return what gives the strings one after the other, from the one with this number on."""
    numbers = count(start)
    return lambda: STRINGS[next(numbers) % len(STRINGS)]


# Readers: each returns the structure of a text, which no string may change.


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *sorted(name for name, _ in attrs)))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("!", decl))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("!", data))

    def handle_comment(self, data: str) -> None:
        self.found.append(("--", data))

    def handle_pi(self, data: str) -> None:
        self.found.append(("?", data))


def html(text: str) -> set[tuple[str, ...]]:
    """Return the kinds of elements, each with its attributes' names, and comments and the like."""
    parser = _Elements()
    parser.feed(text)
    parser.close()
    return set(parser.found)


def xml(text: str) -> list[tuple[str, ...]]:
    """Return the elements in order, each with its attributes' names."""
    tree = ET.fromstring(text.encode())  # noqa: S314 - our own output
    return [(node.tag, *sorted(node.attrib)) for node in tree.iter()]


def markdown(text: str) -> set[tuple[str, ...]]:
    """Return the kinds of elements that a code host makes of it, raw HTML and links included."""
    return html(MarkdownIt("gfm-like", {"html": True}).render(text))


def shape(value: object) -> object:
    """Return JSON without its words: keys and kinds; a list is the kinds of its items."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value if not isinstance(each, str)]
    return "number" if isinstance(value, (int, float)) else "text or null"


def words_by_place(value: object, place: tuple[object, ...] = ()) -> Iterator[tuple[object, str]]:
    """Yield every text in JSON with the keys and positions that lead to it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, (dict, list)):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in pairs:
            yield from words_by_place(each, (*place, key))


def json_lines(text: str) -> list[object]:
    """Return the shape of each line of JSON."""
    return [shape(json.loads(line)) for line in text.splitlines()]


def is_calm(text: str) -> bool:
    """Tell whether nothing in it moves a cursor or turns a line round."""
    joiner = "\u2060"  # by which Markdown reports keep code hosts from linking
    return all(line.isprintable() for line in text.replace(joiner, "").split("\n"))
