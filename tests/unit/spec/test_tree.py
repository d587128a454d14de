"""YAML as plain data, with both of PyYAML's parsers."""

from time import process_time
from typing import NoReturn

import pytest
import yaml

from grader.errors import SpecError
from grader.specs import tree
from grader.specs.slips import nested
from grader.specs.tree import Entry, Mapping, Node, Scalar, Sequence, parse

PARSERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=PARSERS, autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_LOADER", request.param)


def refused(data: str | bytes, source: str = "x.yaml") -> str:
    given = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    before = process_time()
    with pytest.raises(SpecError) as caught:
        parse(given, source)
    assert process_time() - before < 3  # the parser in Python, with coverage measured
    return str(caught.value).removeprefix(f"{source}:")


def test_text_stays_as_it_was_written() -> None:
    text = "a: 0.1\nb: no\n'on': [1.10, '1', ~]\nd: {}\n"
    assert parse(text.encode(), "x.yaml") == Mapping(
        1,
        (
            Entry(1, "a", Scalar(1, "0.1", plain=True)),
            Entry(2, "b", Scalar(2, "no", plain=True)),
            Entry(
                3,
                "on",
                Sequence(
                    3,
                    (
                        Scalar(3, "1.10", plain=True),
                        Scalar(3, "1", plain=False),
                        Scalar(3, "~", plain=True),
                    ),
                ),
            ),
            Entry(4, "d", Mapping(4, ())),
        ),
    )


LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "1: the file is empty; an exercise starts with: format: 1"),
        ("# nothing\n", "1: the file is empty; an exercise starts with: format: 1"),
        (LAUGHS, "1: an anchor (&name) is not allowed; delete it"),
        ("a: 1\nb: *a", "2: an alias (*name) is not allowed; write the value out"),
        ("a: 1\n<<: {b: 1}", "2: a merge key (<<) is not allowed"),
        (
            "a: !!python/object/apply:os.system [ls]",
            "1: a tag (tag:yaml.org,2002:python/object/apply:os.system) is not allowed; delete it",
        ),
        ("a: !!str 1", "1: a tag (tag:yaml.org,2002:str) is not allowed; delete it"),
        ("a: ! 1", "1: a tag (!) is not allowed; delete it"),
        ("a: 1\nb: 2\na: 3", "3: a: the key appears twice, first on line 1; keep one"),
        ("a: {b: 1, 'b': 2}", "1: b: the key appears twice, first on line 1; keep one"),
        ("a: 1\n---\nb: 2", "2: a second document starts here; keep one exercise per file"),
        ("? [a]\n: 1", "1: a key must be text, not a list or a mapping"),
        ("a: \x1b", "1: is not YAML: there is a control character here; delete it"),
        ("ä: öüß\nb: ü\nc: \x00\nd: 1\ne: 1", "3: is not YAML: there is a control character here; delete it"),
        (b"a: 1\nb: \xff", "2: is not UTF-8 text; save the file as UTF-8"),
        ("a: \ud800", "1: is not UTF-8 text; save the file as UTF-8"),
        ("[" * 100_000, "1: is nested more than 20 levels deep"),
        ("{a: " * 100_000, "1: is nested more than 20 levels deep"),
        ("- " * 100_000, "1: is nested more than 20 levels deep"),
        ("? " * 100_000, "1: is nested more than 20 levels deep"),
        ("[a,\n[b," + "[{" * 100_000, "2: is nested more than 20 levels deep"),
        ("a:\n - '[[['\n - " + "[" * 100_000, "3: is nested more than 20 levels deep"),
        (b" " * (4 * 2**20 + 1), "1: the file is larger than 4 MiB"),
    ],
)  # fmt: skip
def test_what_is_no_plain_data_is_refused_at_once(data: str | bytes, message: str) -> None:
    assert refused(data) == message


def test_a_parser_that_refuses_depth_itself_changes_no_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Source: PyYAML 6.0.4, which has a limit of its own; older ones have none."""

    def refusing(*_words: object, **_named: object) -> NoReturn:
        raise yaml.MarkedYAMLError(problem_mark=yaml.Mark("", 0, 1, 0, None, None))

    monkeypatch.setattr(yaml, "parse", refusing)
    assert refused("a:\n" + "[" * 100) == "2: is nested more than 20 levels deep"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_with_a_mark_is_read_in_any_encoding(encoding: str) -> None:
    text = "t\u00eft: \U0001f600\nb: 1\n"
    assert parse(text.encode(encoding), "x.yaml") == parse(text.encode(), "x.yaml")
    assert parse(b"\xfe\xff" + "a: 1".encode("utf-16-be"), "x.json").line == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a: 1".encode("utf-16-le"), "is UTF-16 text without a byte-order mark; save the file as UTF-8"),
        ("a: 1".encode("utf-32-be"), "is UTF-32 text without a byte-order mark; save the file as UTF-8"),
        (b"\xff\xfea", "begins as UTF-16 but does not go on as UTF-16; save the file as UTF-8"),
        (b"\xff\xfe\0\xd8", "begins as UTF-16 but does not go on as UTF-16; save the file as UTF-8"),
        (b"\0a", "is not YAML: there is a control character here; delete it"),
        (b"\xff", "is not UTF-8 text; save the file as UTF-8"),
    ],
)  # fmt: skip
def test_text_in_another_encoding_is_named(data: bytes, message: str) -> None:
    assert refused(data) == f"1: {message}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[" * 4, 1),
        ("[[\n[[", 2),
        ("[[[", None),
        ("[[[]]][[[", None),
        ('[ \'[[[[\', "[\\"[[[", # [[[\n [', None),
        ("it's [[[[", 1),
        ("a\nb\nc\n[[[[", None),
    ],
)
def test_brackets_are_counted_where_the_parser_would(text: str, line: int | None) -> None:
    assert nested(text, 3, 3) == line


INDENT = "the line does not fit what is above it; check the indent, the quotes and the brackets, here and in the line above"
BRACKET = "a comma or a closing bracket is missing, here or in the line above; add it"
TABS = "a tab indents this line; indent with spaces, not with tabs"
KEY = "a key has no colon; put a colon and a space after it, here or in the line above"
COLON = "there is a second colon in the line; put text with a colon in it in quotes"
LIST = "a list starts after a key; start it on a line of its own, or write it as [1, 2]"
OPEN = "a quote is opened and not closed; close it, or delete it"
AFTER = "text goes on after its closing quote; in single quotes, write '' for an apostrophe"
ESCAPE = "a backslash begins an escape that YAML does not know; put the text in single quotes, in which a backslash is only a backslash"


def begins(character: str) -> str:
    return f"a text cannot begin with {character}; put it in quotes"


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: @x", 2, begins("@")),
        ("a: [1, `x`]", 1, begins("`")),
        ("a: **b**\n", 1, begins("*")),
        ("a: >5 apples\n", 1, begins(">")),
        ("a: b: c", 1, COLON),
        ("a: \x85b: c: d", 2, COLON),
        ("a: it's b: c", 1, COLON),
        ("a: 'x'\nb: c: d", 2, COLON),
        ("a: - b", 1, LIST),
        ("a: 1\n\tb: 2", 2, TABS),
        ("a:\n \tb: 2", 2, TABS),
        ("a: 'b\nc: 1", 1, OPEN),
        ('a: 1\nb: "c\nd: 1\n\n', 2, OPEN),
        ("a: |\n  'b\n  [c\nd: [1, 2\n", 4, BRACKET),
        ("a: [1, 2\nb: 3", 2, BRACKET),
        ("a: {w: free b: free}", 1, BRACKET),
        ("a: 1\nb\nc: 2", 3, KEY),
        ("a: 1\nb\n", 2, KEY),
        ("a:\n  b: 1\n c: 2", 3, INDENT),
        ("a: 'it's'", 1, AFTER),
        ('a: "b" c', 1, AFTER),
        ("a: 1\n...\nb: 2", 3, INDENT),
        ('a: "\\q"', 1, ESCAPE),
        ('a: ["\\\\", "c:\\q"]', 1, ESCAPE),
    ],
)  # fmt: skip
def test_what_is_no_yaml_names_the_line_and_what_to_do(
    text: str, line: int, words: str, parser: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "_LOADER", parser)
    assert refused(text) == f"{line}: is not YAML: {words}"


def test_nothing_depends_on_how_the_parser_words_its_complaint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def parse_with(*_: object, **__: object) -> NoReturn:
        raise yaml.MarkedYAMLError("??", None, "??", yaml.Mark("", 0, 1, 0, None, 0))

    monkeypatch.setattr(yaml, "parse", parse_with)
    assert refused("a: 1\nb: @x") == f"2: is not YAML: {begins('@')}"


@pytest.mark.parametrize("parser", PARSERS)
def test_an_escape_beyond_unicode(parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_LOADER", parser)
    assert refused('a: "\\UFFFFFFFF"').startswith("1: is not YAML: ")


def test_half_a_character_is_refused() -> None:
    assert refused('a: "\\ud800"').startswith("1: ")
    assert refused('{"a": "\\ud800"}', "x.json").startswith("1: ")
    assert refused('{"a": "\\ude00\\ud83d"}', "x.json").startswith("1: ")


CORPUS = [
    "a: 1",
    "---\na: 1\n...\n",
    "\ufeffa: 1",
    "a: 1\r\nb: [2,\r\n 3]\r\n",
    "a: |\n  x\n  y\nb: >-\n  x\n  y\nc: 'it''s'\nd: \"\\x41\\u00e9\\n\"\n",
    "- a\n- - b\n  - c\n- {d: e, f: [g, h]}\n-\n",
    '{"a":1,"b":[1,2],"c":{"d":"\\/"}}',
    "a: {b, c: }\n? d\n: e\n",
    "é: ü\n😀: x # comment\n",
    "plain text",
    "[]",
    "a: 'x\n\n  y'\nb: x\n  y\n",
    "%TAG ! tag:x\n---\na: 1",
    "a: 1\x85b: 2\u2028c: 3",
]


@pytest.mark.parametrize("text", CORPUS)
def test_both_parsers_give_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    trees: list[Node] = []
    for parser in PARSERS:
        monkeypatch.setattr(tree, "_LOADER", parser)
        trees.append(parse(text.encode(), "x.yaml"))
    assert trees == trees[:1] * len(PARSERS)
