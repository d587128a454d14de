import copy
import pickle
from typing import NamedTuple

import pytest

from grader.errors import Problem
from grader.report import Diagnosis, Failure
from grader.submission.origin import Origin
from grader.submission.record import Unnumber
from grader.text.inert import inert, inert_lines, shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("José 東京 🙂", "José 東京 🙂"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nb\tc", r"a\nb\tc"),
        ("a\u202eb", r"a\u202eb"),
        ("\ud800", r"\ud800"),
        ("\u2028", r"\u2028"),
        ("\ue000", r"\ue000"),
        ("\x7f", r"\x7f"),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 4),
    ],
)
def test_nothing_in_it_moves_a_cursor(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_long_text_is_cut() -> None:
    assert inert("a" * 10, 10) == "a" * 10
    assert inert("a" * 11, 10) == "a" * 10 + "…"
    assert inert("é" * 11, 10) == "é" * 10 + "…"
    assert inert("aaaa\n" * 10, 9) == "aaaa\\naaa…"
    assert len(inert("\x00" * 10**6, 40)) <= 41


def test_lines_stay_lines() -> None:
    assert inert_lines("a\r\nb\rc\td\x1b") == "a\nb\nc   d\\x1b"
    assert inert_lines("a\u2028b\x85c") == "a\\u2028b\\x85c"
    assert inert_lines("aaaa\nbbbb\ncccc", 9) == "aaaa\nbbbb\n…"
    assert inert_lines("") == ""


def test_what_is_inert_stays_as_it_is() -> None:
    for text in ("a" * 500, "\x1b" * 500, "e" + "\u0301" * 9, "\ud800\n"):
        once = inert(text, 40)
        assert inert(once, 40) == once
        lines = inert_lines(text, 40)
        assert inert_lines(lines, 41) == lines
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "abc…"


RAW = "a\x1b[2J\u202e\nScore 100"
RECORDS: list[NamedTuple] = [
    Origin(RAW, RAW),
    Failure("raised", RAW, RAW),
    Problem(1, RAW, RAW),
    Unnumber(RAW),
    Diagnosis(None, "knot-off", RAW),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_no_record_holds_raw_text(record: NamedTuple) -> None:
    raw = {name: RAW for name, value in record._asdict().items() if "Score" in str(value)}
    assert raw
    for made in (record, record._replace(**raw), record._make(record), copy.deepcopy(record)):
        assert type(made) is type(record)
        assert made == record
        for name in raw:
            value = str(getattr(made, name))
            assert "\x1b" not in value
            assert "\u202e" not in value
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own


def test_programs_get_a_name_as_it_came() -> None:
    origin = Origin("a.json", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
    assert origin.student is not None
    assert "\u200c" not in origin.student
    for same in (origin, origin._replace(source="b.json"), copy.deepcopy(origin)):
        assert same.student.verbatim == "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
