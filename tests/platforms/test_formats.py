"""Every platform's format, for every kind of report, against what the platform accepts."""

import json
import math
import re
from collections.abc import Mapping
from fractions import Fraction
from importlib import import_module
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

import readme
import restated
from grader import Report, grade, load_exercise
from grader.console.delivery import platform, platforms
from grader.platforms import Settings
from grader.words.wording import points as in_words
from reports import MARKUP, case
from shares import one_in

PRINTED = f"a.py printed:\n| {MARKUP}"
SETTINGS = [
    Settings(),
    Settings(alone=True),
    Settings(Fraction(20)),
    Settings(aside=PRINTED * 1000),
]


def answer(name: str, report: Report, settings: Settings = SETTINGS[0]) -> Mapping[str, str]:
    module = platform(name)
    assert module is not None
    files: Mapping[str, str] = module.answer(report, settings)
    return files


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


@pytest.mark.parametrize("points", [None, Fraction(20), Fraction(1, 3)])
def test_gradescope_shows_the_reports_score(report: Report, points: Fraction | None) -> None:
    shown, full = restated.gradescope(answer("gradescope", report, Settings(points)))
    exact = restated_score(report, points)
    assert math.isclose(shown, exact, rel_tol=1e-12, abs_tol=1e-9)
    assert math.isclose(full, points or report.max_score or 100, rel_tol=1e-12)


def restated_score(report: Report, points: Fraction | None) -> Fraction:
    assert report.score is not None
    if not report.max_score or points is None:
        return report.score
    return report.score / report.max_score * points


def test_codios_wrapper_shows_a_whole_percent_and_never_rounds_up(report: Report) -> None:
    files = answer("gradescope", report, Settings(Fraction(20), whole=True))
    restated.gradescope(files)
    assert report.score is not None
    exact = report.score / (report.max_score or 100) * 100
    assert restated.codio(files) == math.floor(exact)
    failed, passed = restated.codios_lists(files)
    assert not set(failed) & set(passed)
    assert bool(failed) == (report.score != report.max_score)


def test_codios_wrapper_reads_what_gradescope_reads(report: Report) -> None:
    percent = restated.codio(answer("gradescope", report))
    assert report.score is not None
    exact = report.score / (report.max_score or 100) * 100
    assert percent == math.ceil(exact) or math.isclose(percent, exact, abs_tol=1e-6)


@pytest.mark.parametrize("character", one_in(4, ["\n", '"', "\\", "<", "\N{PILE OF POO}", "x"]))
@pytest.mark.parametrize("kind", ["partial", "long", "invalid"])
def test_open_edx_stays_short_however_much_is_escaped(character: str, kind: str) -> None:
    for environment in ({}, {"SUBMISSION_CODE": ""}):
        aside = f"{character * 80}\n" * 2000
        files = answer("open-edx", case(kind), Settings(environment=environment, aside=aside))
        restated.open_edx(files)


def test_open_edx_validator_refuses_a_longer_reply() -> None:
    files = {
        "-": json.dumps({"correct": False, "score": 0, "msg": f"<p>{'x' * 65_500}</p>"}) + "\n"
    }
    with pytest.raises(AssertionError, match="the watcher hangs"):
        restated.open_edx(files)


def test_open_edx_in_a_container_shows_tests_and_errors() -> None:
    told = {
        kind: json.loads(
            answer("open-edx", case(kind), Settings(environment={"SUBMISSION_CODE": ""}))["-"]
        )
        for kind in ("partial", "invalid", "full")
    }
    assert [row[2] for row in told["partial"]["tests"]].count(False) > 1
    assert told["partial"]["tests"][-1][0] == "What to look at next"
    assert [row[2] for row in told["full"]["tests"]] == [True] * 5
    assert {row[3] for row in told["full"]["tests"]} == {"25 of 25 points", "right from the start"}
    assert all(row[3] == row[4] for row in told["full"]["tests"])
    assert told["invalid"]["tests"] == []
    assert told["invalid"]["errors"][0].startswith("is not JSON")


@pytest.mark.parametrize("name", ["coursera", "open-edx"])
def test_a_fraction_is_1_for_full_marks_alone(name: str, report: Report) -> None:
    shown = restated.VALIDATORS[name](answer(name, report))
    assert isinstance(shown, float)
    assert report.score is not None
    assert math.isclose(shown, report.score / (report.max_score or 100), abs_tol=1e-12)
    assert (shown == 1) == (report.score == report.max_score)


def test_prairielearn_shows_the_reports_score(report: Report) -> None:
    shown = restated.prairielearn(answer("prairielearn", report))
    if report.error:
        assert shown is None
    else:
        assert report.score is not None
        assert report.max_score
        assert shown is not None
        assert math.isclose(shown, report.score / report.max_score, abs_tol=1e-12)
        assert (shown == 1) == (report.score == report.max_score)


def test_classroom_50_drops_fractions_and_never_rounds_up(report: Report) -> None:
    score, full = restated.classroom50(answer("classroom50", report))
    assert report.score is not None
    assert score == math.floor(report.score / (report.max_score or 100) * full)
    assert full == (7 if report.max_score == 7 else 100)
    assert (score == full) == (report.score == report.max_score)


ENVIRONMENT = {
    "CLASSROOM": "ml",
    "ASSIGNMENT": "relu",
    "ASSIGNMENT_TYPE": "group",
    "OWNER": "student",
    "SUBMISSION_TAG": "submit/2026-11-23T09-30-00Z-0a1b2c3",
    "COMMIT_URL": "https://example.org/c",
    "RELEASE_URL": "https://example.org/r",
    "REVIEW_URL": "https://example.org/v",
}


def test_classroom_50_takes_what_it_is_told(report: Report) -> None:
    files = answer("classroom50", report, Settings(environment=ENVIRONMENT))
    restated.classroom50(files)
    data = json.loads(files["result.json"])
    assert [data[key] for key in ("classroom", "assignment", "assignment_type", "owner")] == [
        "ml",
        "relu",
        "group",
        "student",
    ]
    assert data["submission"] == ENVIRONMENT["SUBMISSION_TAG"]
    assert data["datetime"] == "2026-11-23T09:30:00Z"
    assert (data["commit"], data["review"]) == ("https://example.org/c", "https://example.org/v")


@pytest.mark.parametrize("tag", ["submit/", "submit/x-y", "submit/20269999T999999Z-abc"])
def test_classroom_50_without_a_time_in_the_tag(tag: str, report: Report) -> None:
    files = answer("classroom50", report, Settings(environment={"SUBMISSION_TAG": tag}))
    restated.classroom50(files)
    assert json.loads(files["result.json"])["datetime"] == "1970-01-01T00:00:00Z"


def test_junit_counts_what_lost_points(report: Report) -> None:
    tests, failures, errors = restated.junit(answer("junit", report))
    assert errors == 0
    assert (failures == 0) == (report.score == report.max_score)
    assert tests == (min(len(report.checks), 200) or 1)


def test_junit_and_github_say_the_reports_score(report: Report) -> None:
    assert report.score is not None
    suites = ET.fromstring(answer("junit", report)["junit.xml"])  # noqa: S314 - our own output
    values = {each.attrib["name"]: each.attrib["value"] for each in suites.iter("property")}
    files = answer("github", report)
    told = f"Score {in_words(report.score)}"
    assert files["$GITHUB_STEP_SUMMARY"].startswith(f"## {told}")
    if report.max_score is not None:
        assert values["score"] == in_words(report.score)
        assert report.error or files["-"].startswith(f"::notice title={told} of ")


@pytest.mark.parametrize("name", platforms())
def test_what_is_too_long_is_cut_with_a_note(name: str) -> None:
    files = answer(name, case("long"), Settings(aside=PRINTED * 1000))
    assert re.search(r"\[cut|\u2026|more checks|longer than fits", "".join(files.values()))


def test_check50_has_our_points_in_data(report: Report) -> None:
    data = json.loads(answer("check50", report)["check50.json"])
    assert report.score is not None
    assert math.isclose(data["results"][0]["data"]["score"], report.score, abs_tol=1e-9)
    earned = math.fsum(result["data"]["points"] for result in data["results"])
    assert math.isclose(earned, report.score, abs_tol=1e-6)


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
