"""A score below full marks is shown below full marks, however near: in every format and platform."""

import json
import re
from collections.abc import Callable
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import restated
from grader import Exercise, Report, grade, load_exercise
from grader.console.delivery import platform, platforms
from grader.exercise.build import build
from grader.exercise.checks import Tolerance
from grader.notebook import check
from grader.platforms import Settings
from grader.reports import Layout, html, jsonl, markdown, terminal
from grader.reports import json as json_form
from grader.words.standing import score
from grader.words.wording import points

LAB = load_exercise("relu-three-segments")
NONE = Tolerance(Fraction(0), Fraction(0), Fraction(0))
HUGE = st.integers(1, 10**40)


def exercise(full: Fraction, heavy: int, light: int) -> Exercise:
    """Return the lab with no tolerance, where breakpoint-2 weighs next to nothing."""
    return build(
        id=LAB.id,
        title=LAB.title,
        segments=LAB.segments,
        units=LAB.units,
        rules=LAB.rules._replace(tolerance=NONE),
        points=full,
        weights={
            "breakpoint-1": Fraction(heavy),
            "breakpoint-2": Fraction(1, light),
            "segment-2": Fraction(heavy),
            "segment-3": Fraction(1, light),
        },
    )


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def first_line(text: str) -> str:
    return text.partition("\n")[0]


def first_words(page: str) -> str:
    words = _Words()
    words.feed(page[page.index("<h1 ") : page.index("</h1>")])
    return "".join(words.found)


def stands(text: str, full: Fraction) -> bool:
    """Tell whether a head such as "Score 99.99 of 100" says less than full marks."""
    found = re.search(r"Score ([\d.,]+) of ([\d.,]*\d)", text)
    assert found, text
    return found[1] != found[2] and found[2] == points(full)


HEADS: dict[str, Callable[[Report], str]] = {
    "terminal": lambda report: first_line(terminal.render(report, Layout())),
    "markdown": lambda report: first_line(markdown.render(report)),
    "html": lambda report: first_words(html.render(report, Layout())),
    "words": score,
    "junit": lambda report: platform("junit").answer(report, Settings())["junit.xml"],  # type: ignore[union-attr]
    "github": lambda report: platform("github").answer(report, Settings())["-"],  # type: ignore[union-attr]
    "gradescope": lambda report: json.loads(
        platform("gradescope").answer(report, Settings())["results/results.json"]  # type: ignore[union-attr]
    )["output"],
}


@settings(max_examples=12)
@given(
    full=st.one_of(st.integers(1, 10**9).map(Fraction), st.fractions(Fraction(1, 100), 1000)),
    heavy=HUGE,
    light=HUGE,
)
def test_less_than_full_marks_is_never_shown_as_full(
    full: Fraction, heavy: int, light: int
) -> None:
    # Unit 2 is a little off: only what depends on the last segment suffers.
    report = grade(exercise(full, heavy, light), {"w1": 1, "b1": -1, "w2": 3, "b2": -6})
    assert report.score is not None
    assert report.score < full
    for name, head in HEADS.items():
        assert stands(head(report), full), name
    data = json.loads(json_form.render(report, Layout()))
    assert data["score"] <= data["max_score"]
    assert json.loads(jsonl.render(report, Layout()))["score"] <= data["max_score"]
    for name in platforms():
        answers(name, report, full)


def answers(name: str, report: Report, full: Fraction) -> None:
    module = platform(name)
    assert module is not None
    files = module.answer(report, Settings())
    shown = restated.VALIDATORS[name](files)
    if name in {"gradescope", "classroom50"}:
        assert shown[0] < shown[1]  # type: ignore[index]
    elif name in ("coursera", "prairielearn", "open-edx"):
        assert shown < 1  # type: ignore[operator]
    elif name == "check50":
        result = json.loads(next(iter(files.values())))["results"][0]["data"]
        assert result["score"] < float(full)
    if name == "prairielearn":
        assert json.loads(files["results/results.json"])["score"] < 1


def test_full_marks_are_shown_as_full() -> None:
    report = grade(exercise(Fraction(100), 10**40, 10**40), {"w1": 1, "b1": -1, "w2": 2, "b2": -4})
    assert report.score == 100
    for name, head in HEADS.items():
        assert "Score 100 of 100" in head(report), name


@pytest.mark.parametrize("light", [1, 10**3, 10**9, 10**40])
def test_in_a_notebook(
    light: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hard = exercise(Fraction(100), 10**9, light)
    monkeypatch.setattr("grader.notebook.load_exercise", lambda _: hard)
    got = check("hard", w1=1, b1=-1, w2=3, b2=-6)
    assert got < 100
    assert "Score 100 of" not in capsys.readouterr().out
