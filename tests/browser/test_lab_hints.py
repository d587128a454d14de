"""The lab's hints in a browser: what the report says, shown on request, and said aloud once."""

import json
import threading
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser_module import shown
from grader import grade, load_exercise
from grader.cli.grader import main
from grader.mistakes.table import DIAGNOSES
from grader.report import Diagnosis
from planted import plantings
from samples import EXERCISES

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser

LAB = "relu-three-segments"
# The wrong answers of contract section 5.
TABLE = (
    "1.04 -1.04 2 -4; 1 -1 2 -3.9; 1 -1 2.1 -4.2; 1 -1 3 -6; 1 -1 3 -5; 1 -1 2 -2; 0 0 0 0;"
    "1 -1.1 2 -4; 1 -0.9 2 -4; 1 -1 0 0; -1 1 2 -4; 1 0 2 -4; 2 -2 0 0"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lab at each level, with sliders that reach every mistake."""
    folder = tmp_path_factory.mktemp("hints")
    text = (EXERCISES / f"{LAB}.yaml").read_text("utf-8")
    wide = text.replace("min: -4, max: 4", "min: -20, max: 20")
    own = "messages: {unit-unset: Move it.}"
    for name, feedback in (
        ("hints", "reveal: hints"),
        ("answers", "reveal: answers"),
        ("own", f"reveal: answers, {own}"),
        ("checks", "live: checks"),
        ("verdict", "reveal: verdict"),
    ):
        spec = folder / name / f"{LAB}.yaml"
        spec.parent.mkdir()
        spec.write_text(f"{wide}\nfeedback: {{{feedback}}}\n", "utf-8")
        assert main(["lab", str(spec), "-o", str(folder / f"{name}.html")]) == 0
    return folder


def opened(browser: "Browser", page: Path) -> "Browser":
    browser.chrome.get("about:blank")
    browser.open(page, width=1280)
    browser.log()
    browser.run(
        "window.said = []; const line = document.querySelector('[role=status]');"
        "new MutationObserver(() => { if (line.textContent) window.said.push(line.textContent) })"
        ".observe(line, {childList: true})"
    )
    return browser


def put(browser: "Browser", values: Mapping[str, str]) -> None:
    """Set the values as a link does that is opened in the same window."""
    browser.run(
        "const { id, digest } = JSON.parse(document.getElementById('lab-facts').textContent);"
        "window.location.hash = ['lab1', id, digest.slice(0, 12), ...arguments[0]].join(';')",
        [f"{name}={text}" for name, text in values.items()],
    )
    threading.Event().wait(0.05)


def hint(browser: "Browser") -> None:
    browser.run("document.querySelector('.hint-ask button').click()")


def paragraphs(browser: "Browser") -> list[str]:
    """Return the hint's sentences as they stand there, empty while none is shown."""
    return [
        " ".join(text.split()).replace("\N{MINUS SIGN}", "-")
        for text in browser.run(
            "return [...document.querySelectorAll('.hint-words:not([hidden]) :is(p, dd)')]"
            ".map(e => e.textContent)"
        )
    ]


def told(diagnoses: tuple[Diagnosis, ...]) -> Iterator[str]:
    """Yield what the hint shows of a report's diagnoses, in the order in which it stands there."""
    for each in diagnoses:
        if each.parts is None:
            yield str(each.message)
        else:
            does, needed, witness, idea, look, answer = each.parts
            yield from filter(None, (does, needed, idea, f"{look} {answer}".strip(), witness))
        if each.also:
            yield f"It may also be this: {'; or: '.join(DIAGNOSES[code] for code in each.also)}."


def settings() -> dict[str, dict[str, str]]:
    """Return the contract's answers, and one more for each mistake that can be made here."""
    exercise = load_exercise(LAB)
    found = {
        row.strip(): dict(zip(exercise.free, row.split(), strict=True)) for row in TABLE.split(";")
    }
    for planted in islice(plantings(exercise), 200):
        values = {name: shown(value) for name, value in planted.parameters.items()}
        if all(abs(Fraction(text)) <= 20 for text in values.values()):
            found.setdefault(planted.code, values)
    return found


def test_hint_2_says_what_the_report_says(browser: "Browser", made: Path) -> None:
    opened(browser, made / "hints.html")
    hint(browser)
    hint(browser)
    codes = set()
    for name, values in settings().items():
        put(browser, values)
        report = grade(LAB, {key: float(text) for key, text in values.items()}, reveal="hints")
        assert report.diagnoses, name
        assert paragraphs(browser) == list(told(report.diagnoses)), name
        codes.update(each.code for each in report.diagnoses)
    assert codes >= {"copied-line", "wrong-side", "bias-sign", "dead-unit", "knot-off"}
    assert browser.log() == []


def test_one_more_with_each_press_and_said_once(browser: "Browser", made: Path) -> None:
    opened(browser, made / "hints.html")
    put(browser, {"w1": "1", "b1": "-1", "w2": "3", "b2": "-5"})
    assert paragraphs(browser) == []
    threading.Event().wait(0.8)
    browser.run("window.said.length = 0")
    hint(browser)
    (first,) = paragraphs(browser)
    assert first.startswith("The row \u201cneeds\u201d shows")
    hint(browser)
    report = grade(LAB, {"w1": 1, "b1": -1, "w2": 3, "b2": -5}, reveal="hints")
    aloud = str(report.diagnoses[0].message).replace("-", "\N{MINUS SIGN}")
    assert browser.run("return window.said") == [first, aloud]
    hint(browser)  # there is no third one here
    assert paragraphs(browser) == list(told(report.diagnoses))
    assert "The right value" not in " ".join(paragraphs(browser))
    put(browser, {"w1": "1", "b1": "-1", "w2": "2", "b2": "-4"})
    assert paragraphs(browser) == []


def test_while_a_slider_moves_the_hint_waits(browser: "Browser", made: Path) -> None:
    opened(browser, made / "hints.html")
    hint(browser)
    hint(browser)
    before = paragraphs(browser)
    move = (
        "const box = document.querySelector('.units input[type=range]'); box.value = 230;"
        "box.dispatchEvent(new Event('input', {bubbles: true}));"
    )
    look = "return getComputedStyle(document.querySelector('.diagnosis')).visibility"
    assert browser.run(move + look) == "hidden"
    assert paragraphs(browser) == before  # it keeps its place, unseen
    end = "box.dispatchEvent(new Event('change', {bubbles: true}));"
    assert browser.run(move + end + look) == "visible"
    assert paragraphs(browser) != before


@pytest.mark.parametrize("name", ["answers", "own"])
def test_hint_3_gives_values_where_answers_are_revealed(
    browser: "Browser", made: Path, name: str
) -> None:
    opened(browser, made / f"{name}.html")
    values = {"w1": "1", "b1": "-1", "w2": "0", "b2": "0"}
    put(browser, values)
    exercise = load_exercise(made / name / f"{LAB}.yaml")
    for press, reveal in ((1, None), (2, "hints"), (3, "answers"), (4, "answers")):
        hint(browser)
        if reveal is None:
            continue
        report = grade(exercise, {k: float(v) for k, v in values.items()}, reveal=reveal)
        assert paragraphs(browser) == list(told(report.diagnoses)), press
        has_values = "w2 = 2 and b2 = -4" in " ".join(paragraphs(browser))
        assert has_values == (reveal == "answers")


@pytest.mark.parametrize("name", ["checks", "verdict"])
def test_where_hints_are_hidden_the_page_has_none(
    browser: "Browser", made: Path, name: str
) -> None:
    opened(browser, made / f"{name}.html")
    assert browser.run("return document.querySelectorAll('.hint-ask').length") == 0
    facts = browser.run("return document.getElementById('lab-facts').textContent")
    assert json.loads(facts)["hints"] is None


def test_try_a_hint_after_12_changes_without_a_new_goal(browser: "Browser", made: Path) -> None:
    opened(browser, made / "hints.html")
    press = "document.querySelector('[aria-label=\"w1 one step up\"]').click();"
    nudge = "return document.querySelector('.nudge').textContent"
    for count in range(1, 13):
        assert browser.run(nudge) == "", count
        browser.run(press)
    assert browser.run(nudge) == "Try a hint?"
    threading.Event().wait(0.8)
    assert browser.run("return window.said").pop().endswith(" Try a hint?")
    hint(browser)
    assert browser.run(nudge) == ""
    for _ in range(30):
        browser.run(press)
    assert browser.run(nudge) == ""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_a_hint(
    browser: "Browser", made: Path, width: int, *, dark: bool
) -> None:
    browser.chrome.get("about:blank")
    browser.open(made / "answers.html", width=width, dark=dark)
    put(browser, {"w1": "3", "b1": "-5", "w2": "-1", "b2": "-9"})
    for _ in range(3):
        hint(browser)
    assert len(paragraphs(browser)) > 6
    assert browser.violations() == []
    wide = browser.run("return document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
