"""The Markdown report: read by a Markdown reader, and safe on a code host."""

import re

import pytest
from markdown_it import MarkdownIt

import showcase
from grader.grading import invalid
from grader.report import Failure
from grader.reports import Layout
from grader.reports.markdown import escaped, render
from grader.submission.origin import Origin

REPORTS = showcase.all_reports()
TAGS = {"h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "code"}
READER = MarkdownIt("gfm-like", {"html": True, "linkify": True})
# Code hosts link what has a protocol or begins with www., not any a.b: HOST looks for these.
READER.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
# What a code host looks for in the finished text, where escapes are gone.
HOST = re.compile(r"@\w|\w@\w|#\d|\bGH-\d|https?://|www\.\w|:\+1:", re.IGNORECASE)


def tags_of(markdown: str) -> list[str]:
    rendered = READER.render(markdown)
    tags = re.findall(r"<(\w+)", rendered)
    assert set(tags) <= TAGS
    return tags


def shown(markdown: str) -> str:
    return re.sub(r"<[^>]*>", "", READER.render(markdown))


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_read_as_headings_lists_and_tables(name: str) -> None:
    tags_of(render(REPORTS[name], Layout()))


@pytest.mark.parametrize("text", showcase.NASTY)
@pytest.mark.parametrize("make", [showcase.hostile, showcase.hostile_error])
def test_text_from_outside_formats_links_and_mentions_nothing(make: object, text: str) -> None:
    tame = tags_of(render(make("tame"), Layout()))  # type: ignore[operator]
    markdown = render(make(text), Layout())  # type: ignore[operator]
    assert [tag for tag in tags_of(markdown) if tag != "p"] == [tag for tag in tame if tag != "p"]
    assert not HOST.search(shown(markdown))
    assert all(character == "\n" or character.isprintable() or character == "\u2060"
               for character in markdown)  # fmt: skip


@pytest.mark.parametrize("text", showcase.NASTY)
@pytest.mark.parametrize("before", ["", "- ", "| a |\n|---|\n| "])
def test_escaped_text_is_plain_text_wherever_it_stands(text: str, before: str) -> None:
    plain = tags_of(f"{before}tame")
    assert tags_of(f"{before}{escaped(text)}") == plain


def test_escaped_text_reads_as_it_was() -> None:
    assert shown(escaped("*a* <b> [c](d) 1 | 2 & \\ `e`")).strip() == (
        "*a* &lt;b&gt; [c](d) 1 | 2 &amp; \\ `e`"
    )


def test_a_comment_holds_it() -> None:
    assert len(render(showcase.crowd(1_000), Layout())) < 65_536
    assert len(render(showcase.hostile("`|" * 5_000), Layout())) < 65_536


def test_of_neither_a_name_nor_an_exercise_nothing_is_said() -> None:
    report = invalid(None, Origin(), Failure("unknown-exercise", "There is none."))
    assert render(report, Layout()).startswith("## Score 0\n\n### This could not be graded\n")
