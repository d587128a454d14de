"""YAML text to a tree of plain data that knows its lines: no tags, anchors, aliases or merges.

It is built from the parser's events, so nothing is ever constructed or expanded: an alias bomb is
refused at its first anchor. Scalars stay the text that was written; what is a number is decided
where a number is asked for.
"""

import re
from collections.abc import Iterator

import yaml

from grader.errors import Problem, SpecError
from grader.named import NamedTuple
from grader.text.inert import inert

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import NoReturn

MAX_BYTES = 4 * 2**20  # 10,000 segments and units of 40-character numbers fit
MAX_DEPTH = 20  # a spec needs five
_TOO_DEEP = f"is nested more than {MAX_DEPTH} levels deep"

# libyaml where it was built, else the same parser in Python: the events are the same.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SURROGATE_PAIR = r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\."


class Scalar(NamedTuple):
    """Text as it was written; `plain` if it has no quotes."""

    line: int
    text: str
    plain: bool


class Sequence(NamedTuple):
    """A list."""

    line: int
    items: tuple["Node", ...]


class Entry(NamedTuple):
    """A key of a mapping, with its line, and its value."""

    line: int
    key: str
    value: "Node"


class Mapping(NamedTuple):
    """Keys and values in the order of the file; no key appears twice."""

    line: int
    entries: tuple[Entry, ...]


Node = Scalar | Sequence | Mapping


class Spec(NamedTuple):
    """A file's tree, the file's name and the name without its ending, and SHA-256 of its bytes."""

    tree: Node
    source: str
    stem: str | None
    digest: str


def parse(data: bytes, source: str, what: str = "an exercise") -> Node:
    """Return the document's tree; `what` it describes is for messages.

    Raises: SpecError with one problem, if the bytes are not one document of plain data.
    """
    if len(data) > MAX_BYTES:
        _refuse(source, 1, f"the file is larger than {MAX_BYTES // 2**20} MiB")
    text = _text(data, source)
    if source.endswith(".json"):
        text = _json_as_yaml(text)
    events = _events(text, source)
    next(events)  # the stream starts
    event = next(events)
    if isinstance(event, yaml.StreamEndEvent):
        _refuse(source, 1, f"the file is empty; {what} starts with: format: 1")
    node = _Builder(source, events).node(next(events), 0)
    next(events)  # the document ends
    event = next(events)
    if not isinstance(event, yaml.StreamEndEvent):
        _refuse(source, _line(event), "a second document starts here; keep one exercise per file")
    return node


def _text(data: bytes, source: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data[:1] not in (b"\xff", b"\xfe", b"\0"):
            line = data.count(b"\n", 0, error.start) + 1
            _refuse(source, line, "is not UTF-8 text; save the file as UTF-8")
    else:
        if "\0" not in text[:4]:
            return text
    from grader.text.unicode import EncodingError, utf8

    try:
        return utf8(data).decode()
    except EncodingError as error:
        _refuse(source, 1, str(error))
    except UnicodeDecodeError:
        _refuse(source, 1, "is not UTF-8 text; save the file as UTF-8")


def _json_as_yaml(text: str) -> str:
    """Return JSON as the YAML that means the same: no tabs, no escaped surrogate pairs."""

    def join(match: re.Match[str]) -> str:
        if not match[1]:
            return match[0]
        return bytes.fromhex(match[1] + match[2]).decode("utf-16-be")

    return re.sub(_SURROGATE_PAIR, join, text.replace("\t", " "))


def _events(text: str, source: str) -> Iterator[yaml.Event]:
    """Yield the parser's events; its complaints become SpecErrors."""
    if control := yaml.reader.Reader.NON_PRINTABLE.search(text):  # libyaml would count its bytes
        line = text.count("\n", 0, control.start()) + 1
        _refuse(source, line, "is not YAML: there is a control character here; delete it")
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        from grader.specs.slips import explained, nested

        # The parser looks ahead and, since PyYAML 6.0.4, has a limit of its own.
        if deep := nested(text, line, MAX_DEPTH + 1):
            _refuse(source, deep, _TOO_DEEP)
        line, complaint = explained(text, line)
        _refuse(source, line, f"is not YAML: {complaint}")
    except (ValueError, OverflowError):  # an escape such as \UFFFFFFFF
        _refuse(source, 1, "is not YAML: an escape names no character")


class _Builder:
    """Turns events into nodes."""

    def __init__(self, source: str, events: Iterator[yaml.Event]) -> None:
        self.source = source
        self.events = events

    def node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            _refuse(self.source, line, "an alias (*name) is not allowed; write the value out")
        if event.anchor is not None:
            _refuse(
                self.source,
                line,
                "an anchor (&name) is not allowed; delete it",
            )
        if event.tag is not None:
            _refuse(self.source, line, f"a tag ({inert(event.tag, 60)}) is not allowed; delete it")
        if depth > MAX_DEPTH:
            _refuse(self.source, line, _TOO_DEEP)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, line)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
                items.append(self.node(item, depth + 1))
            return Sequence(line, tuple(items))
        return Mapping(line, self.entries(depth))

    def scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        if not event.value.isascii() and any("\ud800" <= c <= "\udfff" for c in event.value):
            _refuse(self.source, line, "an escape names half a character (a lone surrogate)")
        return Scalar(line, event.value, not event.style)

    def entries(self, depth: int) -> tuple[Entry, ...]:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key, Scalar):
                _refuse(self.source, key.line, "a key must be text, not a list or a mapping")
            shown = inert(key.text, 40)
            if key.plain and key.text == "<<":
                _refuse(self.source, key.line, "a merge key (<<) is not allowed")
            if key.text in entries:
                first = entries[key.text].line
                _refuse(
                    self.source,
                    key.line,
                    f"the key appears twice, first on line {first}; keep one",
                    shown,
                )
            entries[key.text] = Entry(key.line, key.text, self.node(next(self.events), depth + 1))
        return tuple(entries.values())


def _line(event: yaml.Event) -> int:
    """Return the line that an event starts in, from 1; every event of a parser has one."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _refuse(source: str, line: int, message: str, key: str = "") -> "NoReturn":
    raise SpecError(source, (Problem(line, key, message),)) from None
