"""The HTML report and the pictures as a browser shows them."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import showcase
from grader.reports import Layout
from grader.reports.html import document, fragment, render
from grader.reports.svg import render as picture

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser

REPORTS = showcase.all_reports() | {
    f"hostile-{k}": showcase.hostile(text) for k, text in enumerate(showcase.NASTY)
}
REPORTS["copied"] = showcase.report(1, -1, 3, -5)
FEW = ("diagnosed", "perfect", "huge", "verdict", "invalid", "unknown")


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, report in REPORTS.items():
        page = folder / f"{name}.html"
        page.write_text(render(report, Layout()), "utf-8")
    many = Layout(one_of_many=True)
    each = [render(REPORTS[name], many) for name in FEW]
    (folder / "many.html").write_text("".join(document(each)), "utf-8")
    notebook = fragment(REPORTS["diagnosed"]) + fragment(REPORTS["perfect"])
    head = '<!DOCTYPE html><html lang="en"><title>Notebook</title><main><h1>Notebook</h1>'
    (folder / "notebook.html").write_text(f"{head}{notebook}</main>", "utf-8")
    (folder / "picture.svg").write_text(picture(REPORTS["diagnosed"], Layout()), "utf-8")
    return folder


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", [*showcase.all_reports(), "many", "notebook", "hostile-2"])
def test_axe_finds_no_fault(browser: "Browser", pages: Path, name: str, *, dark: bool) -> None:
    browser.open(pages / f"{name}.html", dark=dark)
    assert browser.violations() == []


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("media", ["screen", "print", "forced"])
def test_axe_finds_no_fault_at_any_width(
    browser: "Browser", pages: Path, width: int, media: str
) -> None:
    browser.open(
        pages / "copied.html",
        width=width,
        media="print" if media == "print" else "",
        forced=media == "forced",
    )
    assert browser.violations() == []


def test_the_labs_report_is_half_as_long_as_it_was(browser: "Browser", pages: Path) -> None:
    """It was 2,511 pixels long."""
    for dark in (False, True):
        browser.open(pages / "copied.html", width=1280, dark=dark)
        assert browser.run("return document.documentElement.scrollHeight") <= 1100


def test_paper_shows_what_is_folded(browser: "Browser", pages: Path) -> None:
    shown = (
        "return document.querySelector('.marked').checkVisibility({contentVisibilityAuto: true})"
    )
    browser.open(pages / "copied.html", width=1280)
    assert not browser.run(shown)
    browser.open(pages / "copied.html", width=1280, media="print")
    assert browser.run(shown)


@pytest.mark.parametrize("width", [360, 480, 768, 1024, 1160, 1280])
def test_pictures_are_shown_as_large_as_they_are_drawn(
    browser: "Browser", pages: Path, width: int
) -> None:
    browser.open(pages / "copied.html", width=width)
    scales = browser.run(
        "return [...document.querySelectorAll('.report svg')].filter(s => s.checkVisibility())"
        ".map(s => s.getBoundingClientRect().width / s.viewBox.baseVal.width)"
    )
    assert scales == [1] * 4


def test_a_narrow_page_keeps_the_table_a_table(browser: "Browser", pages: Path) -> None:
    browser.open(pages / "copied.html", width=360)
    tree = browser.command("Accessibility.getFullAXTree", {})["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert roles.count("table") == 1
    assert roles.count("row") == 6
    assert roles.count("rowheader") == 5


@pytest.mark.parametrize("name", [*REPORTS, "many", "notebook"])
def test_360_pixels_are_wide_enough(browser: "Browser", pages: Path, name: str) -> None:
    browser.open(pages / f"{name}.html", width=360)
    browser.run("for (const d of document.querySelectorAll('details')) d.open = true")
    assert browser.run("return document.documentElement.scrollWidth") <= 360
    outside = browser.run(
        "return [...document.querySelectorAll('body *')].filter(e => !e.closest('svg') && "
        "e.getBoundingClientRect().right > 360.5).map(e => e.outerHTML.slice(0, 80))"
    )
    assert outside == []


def test_axe_finds_a_fault_where_one_is(browser: "Browser", pages: Path) -> None:
    faulty = pages / "faulty.html"
    faulty.write_text('<!DOCTYPE html><title>x</title><p style="color:#ddd">pale</p>', "utf-8")
    browser.open(faulty)
    found = [violation.partition(":")[0] for violation in browser.violations()]
    assert {"color-contrast", "html-has-lang"} <= set(found)


def test_axe_finds_no_fault_where_it_is_narrow(browser: "Browser", pages: Path) -> None:
    browser.open(pages / "diagnosed.html", width=360, dark=True)
    assert browser.violations() == []


@pytest.mark.parametrize("name", REPORTS)
def test_every_word_of_a_picture_is_inside_it_and_large_enough(
    browser: "Browser", pages: Path, name: str
) -> None:
    for width in (360, 900):
        browser.open(pages / f"{name}.html", width=width)
        cut_off = browser.run(
            "return [...document.querySelectorAll('svg')].flatMap(s => {"
            "const box = s.getBoundingClientRect();"
            "if (!box.width) return [];"
            "return [...s.querySelectorAll('text')].filter(t => {"
            "const b = t.getBoundingClientRect();"
            "return b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 1"
            " || b.bottom > box.bottom + 1 || b.height < 12 }).map(t => t.textContent)})"
        )
        assert cut_off == []


def test_nothing_is_requested_and_the_policy_blocks_nothing_of_ours(
    browser: "Browser", pages: Path
) -> None:
    for name in ("diagnosed", "hostile-0", "hostile-1", "hostile-3"):
        browser.open(pages / f"{name}.html")
        assert browser.run("return performance.getEntriesByType('resource').length") == 0
        assert browser.run("return document.scripts.length") == 0
        assert browser.run("return getComputedStyle(document.body).margin") == "0px"
    assert browser.log() == []


def test_light_and_dark_look_different(browser: "Browser", pages: Path) -> None:
    colours = []
    for dark in (False, True):
        browser.open(pages / "diagnosed.html", dark=dark)
        colours.append(
            browser.run(
                "return [getComputedStyle(document.body).backgroundColor, "
                "getComputedStyle(document.querySelector('.network')).stroke]"
            )
        )
    assert colours[0][0] == "rgb(246, 246, 243)"
    assert all(light != dark for light, dark in zip(*colours, strict=True))


def test_paper_is_white_even_where_the_screen_is_dark(browser: "Browser", pages: Path) -> None:
    browser.open(pages / "diagnosed.html", dark=True, media="print")
    assert browser.run("return getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert browser.run(
        "return getComputedStyle(document.querySelector('text.target-name')).fill"
    ) == ("rgb(26, 29, 33)")
    assert browser.pdf().count(b"/Type /Page\n") <= 3


def test_a_picture_alone_is_shown(browser: "Browser", pages: Path) -> None:
    browser.open(pages / "picture.svg")
    assert browser.run("return document.documentElement.getBoundingClientRect().width") == 672
    assert browser.run("return document.getElementsByTagName('parsererror').length") == 0


def test_a_screen_reader_is_told_what_a_picture_shows(browser: "Browser", pages: Path) -> None:
    browser.open(pages / "diagnosed.html")
    tree = browser.command("Accessibility.getFullAXTree", {})["nodes"]
    images = [node for node in tree if node["role"]["value"] in {"img", "image"}]
    assert len(images) == 4  # of the two drawings of one picture, one is shown
    assert images[0]["name"]["value"] == "Target and your network from x = 0 to x = 3"
    assert images[0]["description"]["value"].endswith("at x = 3, by 1: more than is allowed.")
    assert [image["name"]["value"] for image in images[1:]] == [
        "Unit 0: z = \N{MINUS SIGN}2x + 2",
        "Unit 1: z = x \N{MINUS SIGN} 1",
        "Unit 2: z = 3x \N{MINUS SIGN} 6",
    ]
