"""What is particular to one platform's format."""

import json
import math
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

import restated
from grader import Report
from grader.platforms import Settings
from grader.words.wording import points as in_words
from platform_answers import answer
from reports import case
from shares import one_in


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


def test_check50_has_our_points_in_data(report: Report) -> None:
    data = json.loads(answer("check50", report)["check50.json"])
    assert report.score is not None
    assert math.isclose(data["results"][0]["data"]["score"], report.score, abs_tol=1e-9)
    earned = math.fsum(result["data"]["points"] for result in data["results"])
    assert math.isclose(earned, report.score, abs_tol=1e-6)
