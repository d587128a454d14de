import io
import os
import sys
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader import SubmissionError, read_submission
from grader.desk import intake
from grader.desk.intake import Received, entries, receive, sources
from grader.submission.origin import Origin
from lab import lab

RIGHT = b'{"w1": 1, "b1": -1, "w2": 2, "b2": -4}'


def refusal(path: Path | str) -> tuple[str, str]:
    with pytest.raises(SubmissionError) as caught:
        receive(os.fspath(path))
    return caught.value.code, caught.value.message


def test_a_file_is_read_once_with_its_name_and_digest(tmp_path: Path) -> None:
    (tmp_path / "a.JSON").write_bytes(RIGHT)
    origin = Origin("a.JSON", None, sha256(RIGHT).hexdigest())
    assert receive(str(tmp_path / "a.JSON")) == Received(RIGHT, "json", origin)
    assert read_submission(tmp_path / "a.JSON", lab()).origin == origin


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(RIGHT)))
    assert receive("-") == Received(RIGHT, "json", Origin("-", None, sha256(RIGHT).hexdigest()))


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    unreadable = (
        "unreadable",
        "the submission is not a regular file; hand in a file that an editor has saved",
    )
    os.mkfifo(tmp_path / "fifo.json")
    assert refusal(tmp_path / "fifo.json") == unreadable
    assert refusal("/dev/zero") == unreadable
    (tmp_path / "link.json").symlink_to(tmp_path / "a.json")
    assert refusal(tmp_path / "link.json") == (
        "unreadable",
        "the submission is a link; hand in the file itself or a copy of it",
    )


def test_one_mebibyte_is_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = (
        "too-large",
        "the submission is larger than 1 MiB; it needs only a few lines, so hand in only those",
    )
    path = tmp_path / "a.json"
    path.write_bytes(b" " * 2**20)
    assert len(receive(str(path)).data) == 2**20
    path.write_bytes(b" " * (2**20 + 1))
    assert refusal(path) == large
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b" " * 2**21)))
    assert refusal("-") == large


def test_standard_input_that_is_closed_or_has_nothing_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=SimpleNamespace(read=lambda _: None)))
    assert receive("-").data == b""
    monkeypatch.setattr("sys.stdin", None)
    assert refusal("-") == (
        "unreadable",
        "standard input is closed; name a file, or send JSON to standard input",
    )


def test_a_kind_that_lacks_what_it_needs_is_not_taken_for_json(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "json", None)
    monkeypatch.delitem(sys.modules, "grader.submission.sources.json", raising=False)
    with pytest.raises(ModuleNotFoundError, match="json"):
        entries(Received(b"{}", "json", Origin()))


def test_a_path_that_is_missing_or_a_folder_is_no_submission(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        receive(str(tmp_path / "none.json"))
    with pytest.raises(IsADirectoryError):
        receive(str(tmp_path))


@pytest.mark.parametrize("kind", ["json", "", "txt", "é", "..", "a.b"])
def test_what_has_no_kind_of_its_own_is_json(kind: str) -> None:
    assert list(entries(Received(b'{"w1": 1}', kind, Origin()))) == [("w1", 1.0)]


def test_an_exercise_that_does_not_exist_is_unknown_and_another_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for named, code in (("nowhere", "unknown-exercise"), ("relu-three-segments", "wrong-exercise")):
        path.write_text(f'{{"exercise": "{named}"}}', encoding="utf-8")
        with pytest.raises(SubmissionError) as caught:
            read_submission(path, lab())
        assert caught.value.code == code


def test_sources_are_the_shortest_ends_that_tell_paths_apart() -> None:
    assert sources(["m/A_1/s.json", "m/B_2/s.json", "t.json"]) == [
        "A_1/s.json",
        "B_2/s.json",
        "t.json",
    ]
    assert sources(["s.json", "s.json"]) == ["s.json", "s.json"]


def test_content_counts_where_the_name_does_not_say() -> None:
    def run(source: bytes, *_: object) -> list[tuple[str, object]]:
        return [("w1", source.count(b"return"))]

    notebook = b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "return"}]}'
    assert entries(Received(notebook, "json", Origin()), run) == [("w1", 1)]
    for kind in ("py", "txt", ""):
        code = b"def submission():\n    return 1\n"
        assert entries(Received(code, kind, Origin()), run) == [("w1", 1)]
    with pytest.raises(SubmissionError) as caught:
        entries(Received(b"[1]", "json", Origin()))
    assert caught.value.code == "not-an-object"


def test_a_kind_of_file_that_is_not_installed_is_no_students_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake, "member", lambda *_: None)
    with pytest.raises(ModuleNotFoundError):
        entries(Received(RIGHT, "json", Origin()))
