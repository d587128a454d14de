"""What a program, a prompt and a notebook see of the records that the library hands out."""

import json
from fractions import Fraction

import pytest

import grader
from grader.grading import failed, invalid
from grader.report import Failure
from grader.reports import Layout, terminal
from grader.reports.html import fragment
from grader.submission.origin import Origin
from grader.submission.record import read_parameters

LAB = grader.load_exercise("relu-three-segments")
HALF = {"w1": 1, "b1": -1, "w2": 0, "b2": 0}


def test_the_report_of_the_library_has_its_texts() -> None:
    report = grader.grade(LAB, HALF)
    assert isinstance(report, grader.Report)
    assert report.to_text() == terminal.render(report, Layout())
    assert max(map(len, report.to_text(width=50).splitlines())) <= 50
    assert report.to_html().startswith("<!DOCTYPE html>")
    assert report.to_markdown().startswith("## Score 50 of 100\n")
    assert json.loads(report.to_json())["score"] == 50


def test_a_notebook_shows_it_with_pictures() -> None:
    report = grader.grade(LAB, HALF)
    assert report._repr_html_() == fragment(report)
    assert "<svg" in report._repr_html_()
    assert report._repr_markdown_() == report.to_markdown()


def test_what_is_made_of_such_a_report_still_shows_itself() -> None:
    changed = grader.grade(LAB, HALF)._replace(reveal="verdict")
    assert changed.to_markdown().startswith("## Score 50 of 100\n")


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (LAB, "<Exercise relu-three-segments: 3 segments, 3 units, 4 free>"),
        (
            read_parameters(tuple(HALF.items()), LAB, Origin("a.json")),
            "<Submission a.json: w1=1, b1=-1, w2=0, b2=0>",
        ),
        (grader.grade(LAB, HALF), "<Report on relu-three-segments: graded, 50.00 of 100 points>"),
        (
            invalid(None, Origin(), Failure("not-json", "it is not JSON")),
            "<Report on no exercise: invalid>",
        ),
        (
            failed(LAB, Origin(), Failure("grader-fault", "try again")),
            "<Report on relu-three-segments: failed>",
        ),
    ],
)
def test_a_record_shows_itself_in_one_line(record: object, line: str) -> None:
    assert repr(record) == line


def test_a_score_is_never_shown_as_more_than_it_is() -> None:
    report = grader.grade(LAB, HALF)._replace(score=LAB.points - Fraction(1, 10**9))
    assert "99.99 of 100" in repr(report)


def test_no_name_from_outside_breaks_the_line() -> None:
    hostile = LAB._replace(id="a\nb\x1b[31m" * 50)
    origin = Origin("\u202e\n" * 300)
    for record in (
        hostile,
        grader.grade(hostile, HALF),
        read_parameters(tuple(HALF.items()), LAB, origin),
    ):
        assert repr(record).isprintable()
        assert len(repr(record)) <= 200
