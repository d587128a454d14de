"""What changed since an earlier report, and every way in which there is none."""

import json
import tracemalloc
from pathlib import Path

import pytest

import showcase
from grader.cli.grade import main
from grader.desk.earlier import since
from grader.plain import as_data
from grader.since import NotComparable, compare, summary


def earlier(*values: float) -> dict[str, object]:
    data: dict[str, object] = json.loads(json.dumps(as_data(showcase.report(*values))))
    return data


def test_gained_and_lost() -> None:
    changes = compare(showcase.report(1, -1.5, 2, -4), earlier(1, -1, 3, -6))
    assert summary(changes) == [
        "The score went from 58.33 to 25.",
        "Gained: Breakpoint 2 (in part).",
        "Lost: Segment 2, Breakpoint 1.",
    ]
    assert [change.id for change in changes.lost] == ["segment-2", "breakpoint-1"]


@pytest.mark.parametrize("piece", ["[],", "{},", "0,", "["])
def test_many_values_take_little_memory(tmp_path: Path, piece: str) -> None:
    path = tmp_path / "r.json"
    path.write_text("[" + piece * (2**25 // len(piece) - 3) + "0]")
    tracemalloc.start()
    try:
        assert since(showcase.report(1, -1, 2, -4), str(path)) is None
        assert tracemalloc.get_traced_memory()[1] < 2**27
    finally:
        tracemalloc.stop()


def test_of_what_could_not_be_graded_no_check_is_spoken_of() -> None:
    for report, before in (
        (showcase.refused(showcase.lab()), earlier(1, -1, 3, -6)),
        (showcase.report(1, -1, 2, -4), as_data(showcase.refused(showcase.lab()))),
    ):
        (sentence,) = summary(compare(report, before))
        assert sentence.startswith("The score went from ")


def test_nothing_changed() -> None:
    assert summary(compare(showcase.report(1, -1, 3, -6), earlier(1, -1, 3, -6))) == [
        "The score stayed at 58.33.",
        "No check changed.",
    ]


def test_an_earlier_submission_that_could_not_be_read() -> None:
    data = as_data(showcase.refused(showcase.lab()))
    changes = compare(showcase.report(1, -1, 2, -4), data)
    assert summary(changes)[0] == "The score went from 0 to 100."
    data = as_data(showcase.refused(None, by_grader=True))
    assert summary(compare(showcase.report(1, -1, 2, -4), data))[0] == (
        "One of the two has no score."
    )


WRITTEN = "name a file that grade --format json wrote for one submission"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 2}, f"is not a report: look at $.format; {WRITTEN}"),
        ({"status": []}, f"is not a report: look at $.status; {WRITTEN}"),
        ({"checks": None}, f"is not a report: look at $.checks; {WRITTEN}"),
        ({"exercise": 1}, f"is not a report: look at $.exercise; {WRITTEN}"),
        ({"checks": [1]}, f"is not a report: look at $.checks[0]; {WRITTEN}"),
        ({"checks": [{"credit": 1}]}, f"is not a report: look at $.checks[0].id; {WRITTEN}"),
        (
            {"checks": [{"id": "segment-1", "credit": True}]},
            f"is not a report: look at $.checks[0].credit; {WRITTEN}",
        ),
        (
            {"checks": [{"id": "segment-1", "credit": 1}]},
            f'is not a report of this exercise: its checks lack "segment-2"; {WRITTEN}',
        ),
        ({"score": float("inf")}, f"is not a report: look at $.score; {WRITTEN}"),
        ({"score": 10**400}, f"is not a report: look at $.score; {WRITTEN}"),
        (
            {"exercise": {"id": "other", "title": "Other", "digest": "0" * 64}},
            "is about another exercise than relu-three-segments; name an earlier report of this one",
        ),
        (
            {"exercise": {"id": "relu-three-segments", "title": "", "digest": "0" * 64}},
            "was made before the exercise relu-three-segments was changed; grade the earlier "
            "submission again and name that report",
        ),
    ],
)
def test_what_is_no_earlier_report_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(NotComparable) as caught:
        compare(showcase.report(1, -1, 2, -4), earlier(1, -1, 3, -6) | change)
    assert str(caught.value) == message


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    path = tmp_path / "submission.json"
    path.write_text('{"w1": 1, "b1": -1, "w2": 2, "b2": -4}')
    return path


@pytest.mark.parametrize("format_", ["terminal", "html", "markdown"])
def test_the_command_says_it_in_every_format_for_people(
    format_: str, submission: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps(earlier(1, -1, 3, -6)))
    assert main(["--since", str(report), "-f", format_, str(submission)]) == 0
    written = capsys.readouterr()
    assert "The score went from 58.33 to 100." in written.out
    assert "Gained: Segment 3, Breakpoint 2 (in part)." in written.out
    assert not written.err


def test_the_json_names_the_checks(
    submission: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps(earlier(1, -1, 3, -6)))
    assert main(["--since", str(report), "-f", "json", str(submission)]) == 0
    assert json.loads(capsys.readouterr().out)["since"] == {
        "score": 58.333333333333336,
        "gained": ["segment-3", "breakpoint-2"],
        "lost": [],
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is not JSON; name a file that grade --format json wrote"),
        (b"\xff\xfe\x00", "is not JSON; name a file that grade --format json wrote"),
        (b"[" * 100_000, "is not JSON; name a file that grade --format json wrote"),
        (b"9" * 5_000, "is not JSON; name a file that grade --format json wrote"),
        (b'{"score": NaN}', "is not JSON; name a file that grade --format json wrote"),
        (b"[]", f"is not a report: look at $; {WRITTEN}"),
        (b"{}", f"is not a report: look at $.format; {WRITTEN}"),
        (b" " * (32 * 2**20 + 1), "is over 32 MiB, larger than any report; name an earlier report"),
    ],
)
def test_a_file_that_is_no_report(
    content: bytes, message: str, submission: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = tmp_path / "report.json"
    path.write_bytes(content)
    assert main(["--since", str(path), str(submission)]) == 2
    assert capsys.readouterr() == ("", f"{path} {message}\n")


def test_no_file_a_folder_and_several_submissions(
    submission: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing.json"
    assert main(["--since", str(missing), str(submission)]) == 2
    assert capsys.readouterr().err == (
        f"{missing}: No such file or directory; name an earlier report after --since\n"
    )
    assert main(["--since", str(tmp_path), str(submission)]) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path}: Is a directory; name an earlier report after --since\n"
    )
    assert main(["--since", str(missing), str(submission), str(submission)]) == 2
    assert capsys.readouterr().err == (
        "--since compares one submission with its earlier report; grade one at a time\n"
    )


def test_a_picture_holds_one_report(submission: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-f", "svg", str(submission), str(submission)]) == 2
    assert capsys.readouterr().err == (
        "svg holds one report; grade one submission at a time, or use json, jsonl, html, markdown, "
        "junit or terminal for several\n"
    )
    assert main(["-f", "html", str(submission), str(submission)]) == 0
    assert capsys.readouterr().out.count("<article id=") == 2
