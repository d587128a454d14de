"""No string from outside changes what a report is, in any place of any record, in any format."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

import grader.reports
import hostile
import restated
from grader import Report
from grader.console.delivery import platform, platforms
from grader.platforms import Settings
from grader.report import Change, Changes
from grader.reports import Layout, html
from grader.text.inert import inert_lines
from hostile import STRINGS, Next, in_turn
from reports import ANSWERS, answered, case, failure

KINDS: dict[str, Callable[[], Report]] = {
    "partial": lambda: case("partial"),
    "right": lambda: answered(ANSWERS["full"]),
    "swapped": lambda: answered((2, -4, 1, -1)),
    "invalid": lambda: case("invalid"),
    "failed": failure,
}
LINES = {("p",), ("br",)}  # more than one where a text has several lines
# What Markdown makes of an author's description, which is meant to be read as Markdown.
AUTHORS = {
    *(("h2",), ("h3",), ("h4",), ("h5",), ("h6",), ("hr",), ("blockquote",), ("ul",), ("ol",)),
    *(("li",), ("pre",), ("code",), ("em",), ("strong",), ("a", "href"), ("table",), ("thead",)),
    *(("tbody",), ("tr",), ("th",), ("td",)),
}
HTML, TOO_LONG_FOR_HTML = "coursera, told: htmlFeedback.html", "coursera, told: txtFeedback.txt"
SHARE = 4  # rounds in the README's command; all of them are thorough
ROUNDS = [
    pytest.param(start, marks=() if start % (len(STRINGS) // SHARE) == 0 else pytest.mark.thorough)
    for start in range(len(STRINGS))
]


class _Anything(Mapping[str, str]):
    """An environment in which every name means something hostile."""

    def __init__(self, following: Next) -> None:
        self._following = following

    def __getitem__(self, name: str) -> str:
        return self._following()

    def __iter__(self) -> Iterator[str]:
        return iter(("SUBMISSION_CODE",))

    def __len__(self) -> int:
        return 1


@cache
def _changes() -> Changes:
    return Changes(None, None, (Change("segment-1", "Segment 1", wholly=True),))


def planted(kind: str, following: Next) -> tuple[Report, list[str]]:
    """Return the report with strings in every place but one, and the places' names.

    That one is the description, which is meant to be read as Markdown.
    """
    report, places = hostile.planted(KINDS[kind]()._replace(since=_changes()), following)
    assert report.exercise is not None
    calm = report.exercise._replace(description=inert_lines("What is asked."))
    return report._replace(exercise=calm), places


def texts(report: Report, following: Next) -> dict[str, str]:
    """Return what every format and every platform makes of the report, by name."""
    found = {}
    for name in (module.name for module in iter_modules(grader.reports.__path__)):
        module = import_module(f"grader.reports.{name}")
        found[name] = module.render(report, Layout())
        if hasattr(module, "document"):
            text = module.render(report, Layout(one_of_many=True))
            found[f"{name}, document"] = "".join(module.document([text, text]))
    for name in platforms():
        form = platform(name)
        assert form is not None
        for way, settings in {
            "alone": Settings(alone=True),
            "told": Settings(environment=_Anything(following), aside=following()),
        }.items():
            for file, text in form.answer(report, settings).items():
                found[f"{name}, {way}: {file}"] = text
        if hasattr(form, "document"):
            (text,) = form.answer(report, Settings(alone=True, compact=True)).values()
            found[f"{name}, document"] = "".join(form.document([text, text]))
    return found


def heads(text: str) -> list[str]:
    """Return the lines that look like a report's first one."""
    return [line for line in text.split("\n") if line.startswith(("Score", "No score"))]


def github(text: str) -> object:
    """Return the kinds of the annotations."""
    return restated.github({"-": text, "$GITHUB_STEP_SUMMARY": "x"})


def parsed(text: str) -> object:
    """Return the shape of JSON."""
    return hostile.shape(json.loads(text))


READERS: dict[str, Callable[[str], object]] = {
    r"jsonl.*": hostile.json_lines,
    r"json.*|.*json|open-edx.*": parsed,
    r"svg|junit.*": hostile.xml,
    r"html.*|.*html": hostile.html,
    r"markdown|.*\.md|.*SUMMARY": hostile.markdown,
    r"github.*": github,
    r"terminal|coursera.*txt": heads,
}


def read(name: str, text: str) -> object:
    """Return the structure of a text, by the format's own reader."""
    return next(reader for names, reader in READERS.items() if re.fullmatch(names, name))(text)


@cache
def tame(kind: str) -> dict[str, str]:
    """Return the same texts with nothing hostile in them."""
    report, _ = planted(kind, lambda: "tame words\nand more")
    return texts(report, lambda: "tame")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("start", ROUNDS)
def test_no_string_changes_what_a_report_is(kind: str, start: int) -> None:
    following = in_turn(start)
    report, places = planted(kind, following)
    assert {"Origin.source", "Origin.student", "Exercise.title"} <= set(places)
    found = texts(report, following)
    expected = tame(kind)
    text = found.pop(TOO_LONG_FOR_HTML, None)
    assert found.keys() == expected.keys() - ({HTML} if text else set())
    assert text is None or hostile.is_calm(text)
    for name, text in found.items():
        compare(name, text, expected[name])


@pytest.mark.parametrize("text", STRINGS, ids=range(len(STRINGS)))
def test_a_description_is_markdown_and_no_more(text: str) -> None:
    report = KINDS["partial"]()
    assert report.exercise is not None
    described = report.exercise._replace(description=inert_lines(text))
    calm = html.render(report, Layout())
    page = html.render(report._replace(exercise=described), Layout())
    assert hostile.is_calm(page)
    assert hostile.html(page) - hostile.html(calm) <= LINES | AUTHORS
    assert not re.search('href="(?!https?://x.test|mailto:)', page)


def compare(name: str, text: str, calm: str) -> None:
    assert hostile.is_calm(text), name
    new, old = read(name, text), read(name, calm)
    if isinstance(new, set) and isinstance(old, set):
        assert new - old <= LINES, name
    else:
        assert new == old, name
    if text.startswith("{") and not name.startswith("json"):
        # Of our own JSON, programs get names as they came: they are ASCII only in the file.
        compare_inside(name, json.loads(text), json.loads(calm))


def compare_inside(name: str, new: object, old: object) -> None:
    """Compare texts inside a platform's JSON, which shows those that hold elements as HTML."""
    found, expected = (dict(hostile.words_by_place(each)) for each in (new, old))
    assert all(map(hostile.is_calm, found.values())), name
    for place, words in expected.items():
        if words.startswith("<"):
            assert hostile.html(found[place]) - hostile.html(words) <= LINES, (name, place)


def test_every_field_of_text_is_a_place() -> None:
    _, places = planted("invalid", lambda: "x")
    graded = planted("partial", lambda: "x")[1]
    assert set(places) | set(graded) >= {
        "Report.chosen", "Origin.source", "Origin.student", "Failure.message", "Failure.where",
        "Exercise.title", "Exercise.description", "CheckResult.message", "Diagnosis.message",
    }  # fmt: skip
    assert len(STRINGS) >= 100


def test_a_new_field_of_raw_text_would_be_found() -> None:
    report: Any = KINDS["partial"]()
    assert report.exercise is not None
    raw = report._replace(exercise=report.exercise._replace(title="\x1b[2J"))
    text = texts(raw, lambda: "x")["terminal"]
    assert not hostile.is_calm(text)
