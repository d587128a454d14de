"""The HTML report: valid, self-contained, and nothing in it made by a submission."""

import base64
import hashlib
import re
from urllib.parse import urlsplit

import html5lib
import pytest

import showcase
from grader.display import ShownReport
from grader.grading import grade
from grader.report import Diagnosis
from grader.reports import Layout
from grader.reports.html import document, fragment, render
from grader.text.rendered import rendered
from grader.words.goals import goals

XHTML = "{http://www.w3.org/1999/xhtml}"
ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "main",
    "section",
    "footer",
    "div",
    "span",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "figure",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "bdi",
    "code",
    "details",
    "summary",
    "a",
    "article",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "i",
    "svg",
    "g",
    "desc",
    "text",
    "path",
    "line",
    "rect",
    "circle",
}
ATTRIBUTES = {
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "aria-hidden",
    "dir",
    "scope",
    "xmlns",
    "role",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "d",
    "cx",
    "cy",
    "r",
    "rx",
    "text-anchor",
}
# What Markdown makes of an author's description.
AUTHORED = {"pre", "em", "strong", "ol", "ul", "li", "blockquote", "hr", "h5", "h6"}
DESCRIPTION = re.compile(
    r'<div class="relu-author" dir="auto">\n.*?\n</div>(?=\n<table class="marked">)', re.DOTALL
)
REPORTS = showcase.all_reports()


def parse(page: str) -> object:
    parser = html5lib.HTMLParser(strict=True)
    return parser.parse(page.encode("utf-8"), transport_encoding="utf-8")


def check_elements(page: str) -> list[str]:
    for description in DESCRIPTION.findall(page):
        check_description(description)
    page = DESCRIPTION.sub("", page)
    tags = []
    for element in parse(page).iter():  # type: ignore[attr-defined]
        tag = element.tag.rpartition("}")[2]
        assert tag in ELEMENTS
        names = {key.rpartition("}")[2] for key in element.attrib}
        assert names - {"href", "id"} <= ATTRIBUTES
        assert element.attrib.get("href", "#report-").startswith("#report-")
        tags.append(tag)
    return tags


def check_description(description: str) -> None:
    for element in parse(f"<!DOCTYPE html><title>x</title>{description}").iter():  # type: ignore[attr-defined]
        assert element.tag.rpartition("}")[2] in ELEMENTS | AUTHORED
        assert set(element.attrib) <= {"class", "dir", "href", "title", "start"}
        assert urlsplit(element.attrib.get("href", "")).scheme in {"", "http", "https", "mailto"}


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_valid_html_of_known_elements(name: str) -> None:
    page = render(REPORTS[name], Layout())
    check_elements(page)
    beside_the_policy = re.sub(r"<meta http-equiv[^>]*>", "", DESCRIPTION.sub("", page))
    assert not re.search(r"(src|href|action|url\(|@import|javascript:)", beside_the_policy)


@pytest.mark.parametrize("text", showcase.NASTY)
@pytest.mark.parametrize("make", [showcase.hostile, showcase.hostile_error])
def test_text_from_outside_makes_no_element_and_no_attribute(make: object, text: str) -> None:
    tame = check_elements(render(make("tame"), Layout()))  # type: ignore[operator]
    page = render(make(text), Layout())  # type: ignore[operator]
    found = check_elements(page)
    assert [tag for tag in found if tag != "p"] == [tag for tag in tame if tag != "p"]
    for character in page:
        assert character == "\n" or character.isprintable()
    assert len(page) < 60_000


def test_text_from_outside_is_shown_as_it_is() -> None:
    page = render(showcase.hostile("<b>&</b>"), Layout())
    body = parse(page).find(f"{XHTML}body")  # type: ignore[attr-defined]
    assert "".join(body.itertext()).count("<b>&</b>") == 5


def test_direction_of_outside_text_ends_with_it() -> None:
    page = render(showcase.hostile("\u05e9\u05dc\u05d5\u05dd \u202e"), Layout())
    assert page.count("<bdi>\u05e9\u05dc\u05d5\u05dd \\u202e</bdi>") == 3
    assert '<p dir="auto">\u05e9' in page


def test_the_policy_allows_the_page_s_own_style_and_nothing_else() -> None:
    page = render(REPORTS["diagnosed"], Layout())
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert (
        f"content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        f"form-action 'none'\">"
    ) in page


def test_several_reports_are_one_page() -> None:
    layout = Layout(one_of_many=True)
    page = "".join(document(render(each, layout) for each in REPORTS.values()))
    tags = check_elements(page)
    assert tags.count("article") == len(REPORTS)
    assert tags.count("h1") == tags.count("main") == 1
    for number in range(1, len(REPORTS) + 1):
        assert page.count(f'<a href="#report-{number}">') == 1
        assert page.count(f'id="report-{number}"') == 1
    assert page.index("</table>") < page.index("<article")
    assert "<td>58.33 of 100</td>" in page


def test_a_notebook_shows_the_report() -> None:
    found = ShownReport.of(REPORTS["diagnosed"])
    assert found._repr_html_() == fragment(found)
    check_elements(f"<!DOCTYPE html><title>x</title>{found._repr_html_()}")
    assert found._repr_markdown_().startswith("## Score 58.33 of 100\n")


def test_the_page_says_what_was_found() -> None:
    page = render(REPORTS["diagnosed"], Layout())
    for text in (
        '<h1 class="score"><span class="unseen">Score </span>58.33 of 100</h1>',
        "Unit 2 turns at x = 2, the right place.",
        "It may also be this: turns at the right place, the slope changes by another amount.",
        "The score went from 50 to 58.33.",
        "Lost: Breakpoint 2 (in part).",
        '◐</span>Breakpoint 2<span class="unseen">: partly right</span>',
        "<td>5</td><td>1, too far</td>",
        'class="yours off wrong">1 off at <i>x</i> = 3</td>',
    ):
        assert text in page


def test_of_more_than_two_mistakes_all_but_the_first_are_folded() -> None:
    found = REPORTS["diagnosed"]
    for many in (1, 2, 3, 60):
        each = found._replace(
            diagnoses=tuple(Diagnosis(k, "knot-off", f"Unit {k} is odd.") for k in range(many))
        )
        page = render(each, Layout())
        before, fold, inside = page.partition('<details class="link">')
        assert bool(fold) == (many > 2)
        assert before.count(" is odd.") == (many if many < 3 else 1)
        assert inside.count(" is odd.") == (min(many - 1, 50) if many > 2 else 0)
    assert "9 more units have a mistake." in page


def test_goals_are_in_order_of_x_and_say_what_else_there_is_to_know() -> None:
    rows, more = goals(showcase.report(1, -1, 3, -5), 200)
    assert [(row.where, row.found, row.note, row.worth) for row in rows] == [
        ("0 to 1", "exact", "right before you began", "given"),
        ("1", "by 3", "", "25 of 25"),
        ("1 to 2", "1 off at x = 2", "right on 68 % of its length", "0 of 25"),
        ("2", "stays the same", "", "0 of 25"),
        ("2 to 3", "2 off at x = 3", "right nowhere", "0 of 25"),
    ]
    assert more == 0
    few, more = goals(showcase.report(1, -1, 3, -5), 2)
    assert [row.name for row in few] == ["Segment 2", "Segment 3"]
    assert more == 3
    lost, _ = goals(showcase.report(-1, 1, 2, -4), 200)
    assert lost[0].note == "was right before you began; your units disturb it"


def test_at_verdict_the_marking_does_not_promise_hints() -> None:
    page = render(REPORTS["verdict"], Layout())
    assert "Feedback says which checks are right, and no more." in page


def test_diagnoses_are_not_shown_where_only_right_or_wrong_is_said() -> None:
    found = ShownReport.of(REPORTS["diagnosed"]._replace(reveal="verdict"))
    assert "absolute-slope" not in render(found, Layout())
    assert "right place" not in found._repr_markdown_().replace("at the right place, but", "")


def test_thousands_of_checks_stay_readable() -> None:
    page = render(showcase.crowd(1_000), Layout())
    assert "1,799 more checks are not shown here." in page
    assert "988 more units are not shown." in page
    assert len(page) < 200_000


def test_the_same_report_gives_the_same_bytes() -> None:
    exercise = showcase.lab()
    pages = {
        render(grade(exercise, {"w1": 1, "b1": -1, "w2": 3, "b2": -6}), Layout()) for _ in range(3)
    }
    assert len(pages) == 1


@pytest.mark.parametrize("entity", ["&#x202e;", "&#27;", "&#0;", "&ZeroWidthSpace;", "&#xd800;"])
def test_an_entity_in_the_authors_text_becomes_no_character_that_moves_others(entity: str) -> None:
    page = rendered(f"# a{entity}b\n\n`{entity}` [x{entity}](https://example.org/{entity})")
    assert all(character == "\n" or character.isprintable() for character in page)
    parse(f"<!DOCTYPE html><title>x</title>{page}")
