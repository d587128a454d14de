"""Every platform's format, for every kind of report, against what the platform accepts."""

import json
import math
import re
from fractions import Fraction
from importlib import import_module

import pytest
from markdown_it import MarkdownIt

import readme
import restated
from grader import Report, grade, load_exercise
from grader.console.delivery import platform, platforms
from grader.platforms import Settings
from platform_answers import PRINTED, SETTINGS, answer
from reports import case
from shares import one_in


@pytest.mark.parametrize("name", platforms())
def test_every_platform_is_documented_and_has_a_validator(name: str) -> None:
    module = platform(name)
    assert module is not None
    assert set(module.SHOWS) == {"score", "checks", "diagnoses", "picture"}
    assert re.search(r"Source: .*read in\s+[A-Z][a-z]+ 20\d\d", module.__doc__ or "", re.DOTALL)
    assert hasattr(module, "ROOT") == hasattr(module, "handed_over")
    assert name in restated.VALIDATORS


@pytest.mark.parametrize("settings", one_in(3, SETTINGS))
@pytest.mark.parametrize("name", platforms())
def test_the_platform_accepts_every_report(name: str, settings: Settings, report: Report) -> None:
    files = answer(name, report, settings)
    restated.VALIDATORS[name](files)
    assert sum(len(text.encode()) for text in files.values()) <= 2**20


@pytest.mark.parametrize("environment", [{}, {"SUBMISSION_CODE": "{}"}])
@pytest.mark.parametrize("name", platforms())
def test_other_mistakes_that_it_may_be_are_shown(name: str, environment: dict[str, str]) -> None:
    report = grade(load_exercise("relu-three-segments"), {"w1": 0, "b1": 0, "w2": 2, "b2": -4})
    assert [found.also for found in report.diagnoses] == [("dead-unit",)]
    shown = "".join(answer(name, report, Settings(environment=environment)).values())
    assert "It may also be" in " ".join(shown.replace("\\n", " ").split())
    assert "dead-unit" in shown or "active nowhere inside the domain" in shown


@pytest.mark.parametrize("kind", ["partial", "timed-out"])
@pytest.mark.parametrize("name", platforms())
def test_what_the_code_printed_is_shown_and_harmless(name: str, kind: str) -> None:
    shown = "".join(answer(name, case(kind), Settings(aside=PRINTED)).values())
    assert shown.count("a.py printed:") == (2 if name == "coursera" else 1)
    raw = {"gradescope", "prairielearn", "check50", "classroom50", "github", "coursera"}
    assert ("<script>" in shown) == (name in raw)  # as text in JSON, as code in Markdown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_what_the_code_printed_is_code_in_markdown() -> None:
    files = answer("github", case("timed-out"), Settings(aside=PRINTED))
    (fence,) = [
        token
        for token in MarkdownIt().parse(files["$GITHUB_STEP_SUMMARY"])
        if token.type == "code_block"
    ]
    assert fence.content.startswith("a.py printed:\n| <script>")


def test_what_the_code_printed_is_text_on_courseras_page() -> None:
    files = answer("coursera", case("partial"), Settings(aside=PRINTED))
    assert "| &lt;script&gt;alert" in files["htmlFeedback.html"]
    assert "<script" not in files["htmlFeedback.html"]


@pytest.mark.parametrize("name", one_in(3, platforms()))
def test_the_same_report_gives_the_same_bytes(name: str, report: Report) -> None:
    assert answer(name, report) == answer(name, report)


@pytest.mark.parametrize(
    "name", ["gradescope", "coursera", "prairielearn", "open-edx", "classroom50"]
)
def test_a_fault_of_the_grader_leaves_no_answer(name: str, fault: Report) -> None:
    assert answer(name, fault) == {}


def test_a_fault_of_the_grader_is_an_error_where_there_is_one(fault: Report) -> None:
    assert restated.junit(answer("junit", fault)) == (1, 0, 1)
    assert restated.github(answer("github", fault)) == ["error"]
    told = json.loads(answer("check50", fault)["check50.json"])
    assert told["results"] == []
    assert told["error"]["type"] == "grader-fault"


@pytest.mark.parametrize("name", ["coursera", "open-edx"])
def test_a_fraction_is_1_for_full_marks_alone(name: str, report: Report) -> None:
    shown = restated.VALIDATORS[name](answer(name, report))
    assert isinstance(shown, float)
    assert report.score is not None
    assert math.isclose(shown, report.score / (report.max_score or 100), abs_tol=1e-12)
    assert (shown == 1) == (report.score == report.max_score)


@pytest.mark.parametrize("name", platforms())
def test_what_is_too_long_is_cut_with_a_note(name: str) -> None:
    files = answer(name, case("long"), Settings(aside=PRINTED * 1000))
    assert re.search(r"\[cut|\u2026|more checks|longer than fits", "".join(files.values()))


def test_no_platform_needs_another_one() -> None:
    for name in platforms():
        module = import_module(f"grader.platforms.{name.replace('-', '_')}")
        others = {each.replace("-", "_") for each in platforms()} - {name.replace("-", "_")}
        assert not others & set(vars(module))


@pytest.mark.parametrize("name", platforms())
def test_the_readme_says_what_is_shown_where(name: str) -> None:
    module = platform(name)
    assert module is not None
    row = " | ".join([name, *module.SHOWS.values()])
    assert f"\n| {row} |\n" in readme.everything()


@pytest.mark.parametrize("points", [None, Fraction(20), Fraction(7, 3)])
@pytest.mark.parametrize("weight", [Fraction(1, 10**30), Fraction(10**30), Fraction(1, 10**16)])
@pytest.mark.parametrize("lost", ["segment-2", "breakpoint-2", "segment-3"])
def test_a_hair_below_full_marks_is_not_full_marks(
    points: Fraction | None, weight: Fraction, lost: str
) -> None:
    report = with_lost_points(lost, weight)
    assert report.score is not None
    assert report.max_score is not None
    assert 0 < report.score < report.max_score
    shown, full = restated.gradescope(answer("gradescope", report, Settings(points)))
    assert shown < full
    data = json.loads(answer("check50", report, Settings(points))["check50.json"])
    assert data["results"][0]["data"]["score"] < full
    for name in ("coursera", "open-edx"):
        part = restated.VALIDATORS[name](answer(name, report, Settings(points)))
        assert isinstance(part, float)
        assert part < 1


def with_lost_points(check: str, weight: Fraction) -> Report:
    """Return the lab graded with one goal of another weight, of which a hair was lost."""
    report = case("full")
    weights = {each.id: Fraction(1) for each in report.checks if each.role == "goal"}
    weights[check] = weight
    unit = (report.max_score or Fraction(0)) / sum(weights.values(), Fraction(0))
    hair = Fraction(1, 10**20)
    checks = tuple(
        each._replace(
            max_points=unit * weights.get(each.id, 0),
            points=unit * weights.get(each.id, 0) * (1 - hair * (each.id == check)),
            credit=each.credit - hair * (each.id == check),
        )
        for each in report.checks
    )
    return report._replace(checks=checks, score=sum((each.points for each in checks), Fraction(0)))
