"""The page of a class as a browser shows it: no script, light, dark, narrow, on paper."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.cohort.analysis.class_page import page
from grader.desk.catalogue import known_ids, load_exercise
from results_made import COPIED, RIGHT, UNSET, USUAL, class_of, hand, run_of, unread

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser

NASTY = "<script>alert(1)</script>\u202e\"'&amp; a-very-long-name-without-any-place-to-break-it"
AGAIN = [hand(f"s{k:03}", RIGHT, 2) for k in range(14, 24)]
EVERY = {
    "usual": [run_of([*class_of(USUAL), *AGAIN, unread("zoe")])],
    "few": [run_of(class_of([(3, COPIED), (1, RIGHT)]))],
    "nobody": [run_of([unread(NASTY)])],
    "nasty": [run_of([hand(NASTY, COPIED), unread(NASTY, "raised", 2)], NASTY)],
    "many": [run_of(class_of([(k, ("1", "-1", "2", str(-k / 8))) for k in range(1, 60)]))],
    "terms": [
        run_of(class_of([(30, RIGHT), (10, UNSET)]), "autumn"),
        run_of(class_of([(12, RIGHT), (28, UNSET)]), NASTY),
    ],
}
for name in known_ids():
    exercise = load_exercise(name)
    if exercise.variant is not None:
        continue
    blank = tuple("0" for _ in exercise.free)
    ones = tuple("1" for _ in exercise.free)
    EVERY[name] = [run_of(class_of([(5, blank), (7, ones)], exercise), "", exercise)]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class-pages")
    for name, runs in EVERY.items():
        (folder / f"{name}.html").write_text(page(runs, anonymous=False), "utf-8")
    return folder


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("look", ["light", "dark", "print", "forced"])
@pytest.mark.parametrize("name", ["usual", "few", "nobody", "nasty", "many", "terms"])
def test_axe_finds_no_fault(
    browser: "Browser", pages: Path, name: str, look: str, width: int
) -> None:
    browser.open(
        pages / f"{name}.html",
        width=width,
        dark=look == "dark",
        media="print" if look == "print" else "",
        forced=look == "forced",
    )
    browser.run("for (const d of document.querySelectorAll('details')) d.open = true")
    assert browser.violations() == []


@pytest.mark.parametrize("name", EVERY)
def test_360_pixels_are_wide_enough(browser: "Browser", pages: Path, name: str) -> None:
    browser.open(pages / f"{name}.html", width=360)
    browser.run("for (const d of document.querySelectorAll('details')) d.open = true")
    outside = browser.run(
        "return [...document.querySelectorAll('body *')].filter(e => !e.closest('svg') && "
        "e.getBoundingClientRect().right > 360.5).map(e => e.outerHTML.slice(0, 80))"
    )
    assert outside == []
    assert browser.run("return document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", EVERY)
def test_words_of_pictures_are_inside_and_apart(browser: "Browser", pages: Path, name: str) -> None:
    for width in (360, 1280):
        browser.open(pages / f"{name}.html", width=width)
        cut_off = browser.run(
            "return [...document.querySelectorAll('svg')].flatMap(s => {"
            "const box = s.getBoundingClientRect();"
            "if (!box.width) return [];"
            "return [...s.querySelectorAll('text')].filter(t => {"
            "const b = t.getBoundingClientRect();"
            "return b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 1"
            " || b.bottom > box.bottom + 1 || b.height < 11 }).map(t => t.textContent)})"
        )
        assert cut_off == []
        met = browser.run(
            "return [...document.querySelectorAll('svg')].flatMap(s => {"
            "const all = [...s.querySelectorAll('text')].map(t => [t.textContent,"
            " t.getBoundingClientRect()]).filter(([, b]) => b.width);"
            "return all.flatMap(([one, a], k) => all.slice(k + 1).filter(([, b]) =>"
            " a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3"
            " && b.top < a.bottom - 3).map(([other]) => [one, other]))})"
        )
        assert met == []


def test_pictures_are_shown_as_large_as_they_are_drawn(browser: "Browser", pages: Path) -> None:
    for width in (360, 480, 768, 1024, 1280):
        browser.open(pages / "usual.html", width=width)
        scales = browser.run(
            "return [...document.querySelectorAll('svg')].filter(s => s.checkVisibility())"
            ".map(s => s.getBoundingClientRect().width / s.viewBox.baseVal.width)"
        )
        assert set(scales) == {1}


def test_nothing_is_requested_and_nothing_runs(browser: "Browser", pages: Path) -> None:
    for name in ("usual", "nasty", "terms"):
        browser.open(pages / f"{name}.html")
        assert browser.run("return performance.getEntriesByType('resource').length") == 0
        assert browser.run("return document.scripts.length") == 0
    assert browser.log() == []


def test_paper_is_white_and_takes_few_pages(browser: "Browser", pages: Path) -> None:
    browser.open(pages / "usual.html", dark=True, media="print")
    assert browser.run("return getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert browser.pdf().count(b"/Type /Page\n") <= 4


def test_a_screen_reader_gets_tables_lists_and_named_pictures(
    browser: "Browser", pages: Path
) -> None:
    browser.open(pages / "usual.html", width=1280)
    tree = browser.command("Accessibility.getFullAXTree", {})["nodes"]
    named = [
        node["name"]["value"]
        for node in tree
        if not node["ignored"] and node["role"]["value"] in {"img", "image"}
    ]
    assert "All networks over the target" in named
    assert "How many have which score" in named
    assert all(named)
