"""Every attack gets its right answer, in every arrangement that this machine can make.

`tests/attacks/cases/manifest.json` tells for each file what has to come of it (`expect`, `score`,
`also_ok`) and what must hold besides (`must_hold`). What is about other forms of report than these
two belongs to the tests of those forms.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from attacks.arrangements import ARRANGEMENTS, possible
from attacks.conftest import MANIFEST, SECRET, Result
from attacks.worker import LIMITS

LIMIT_CODES = {"timed-out", "out-of-memory", "crashed"}
BY_OTHER_FORMS = {"html-escaped", "markdown-escaped", "csv-safe", "csv-one-record", "log-one-line"}
BY_THE_WHOLE_RUN = {
    "canary-unwritten", "disk-bounded", "memory-bounded", "no-connection", "no-file-outside",
    "no-process-left", "batch-completes",
}  # fmt: skip
ALWAYS = ("as-installed",)  # the others are thorough
# Each of these uses up its time, so the README's command sets one in four free.
LIMITED = [case["file"] for case in MANIFEST if case["expect"] == "limit"]
PATIENT = [*LIMITED[1::4], *LIMITED[2::4], *LIMITED[3::4]]
MEBIBYTE = 1 << 20

Results = Callable[[str], Result]


def _cases() -> list[Any]:
    """Pair the data with one arrangement, and the code with all: two at once, the rest in CI."""
    return [
        pytest.param(name, case, id=f"{name}-{case['file']}", marks=_marks(name, case["file"]))
        for name in possible()
        for case in MANIFEST
        if case["kind"] == "python" or name == ALWAYS[0]
    ]


def _marks(name: str, file: str = "") -> tuple[Any, ...]:
    return () if name in ALWAYS and file not in PATIENT else (pytest.mark.thorough,)


def _arrangements() -> list[Any]:
    return [pytest.param(name, marks=_marks(name)) for name in possible()]


@pytest.mark.parametrize(("arrangement", "case"), _cases())
def test_an_attack_gets_its_right_answer(
    arrangement: str, case: dict[str, Any], results: Results
) -> None:
    row = results(arrangement).rows[case["file"]]
    assert _came_of_it(case, row) & {case["expect"], *case.get("also_ok", [])}
    if case["kind"] == "yaml":
        assert row["computing"] < 1
        assert not any(_unsafe(line) for line in row["lines"])
        return
    if _is_full(row) or row["report"]["status"] == "graded":
        assert case.get("score") in {None, "full" if _is_full(row) else "not-full"}
    for name in case["must_hold"]:
        if name not in BY_OTHER_FORMS | BY_THE_WHOLE_RUN:
            HOLDS[name](case, row, results(arrangement))


@pytest.mark.parametrize("arrangement", _arrangements())
def test_the_grader_is_where_it_was_after_all_attacks(arrangement: str, results: Results) -> None:
    summary = results(arrangement).summary
    assert summary["place"] == ARRANGEMENTS[arrangement].place
    assert summary["children"] == 0
    assert summary["peak"] < 256 * MEBIBYTE
    assert not summary["changed"]
    assert summary["visitors"] == 0


def _came_of_it(case: dict[str, Any], row: dict[str, Any]) -> set[str]:
    """Tell every name of the manifest's for what came of a case."""
    if case["kind"] == "yaml":
        return {row["status"]}
    report = row["report"]
    if report["status"] == "graded":
        not_full = set() if _is_full(row) else {"any-but-full-score"}
        return {"graded", "full-by-tolerance"} | not_full
    assert report["status"] == "invalid", report["error"]
    limited = report["error"]["code"] in LIMIT_CODES
    return {"any-but-full-score", "limit" if limited else "invalid"}


def _is_full(row: dict[str, Any]) -> bool:
    return bool(row["report"]["score"] == row["report"]["max_score"])


def _unsafe(text: str) -> bool:
    kinds = {"Cc", "Cf", "Cs", "Co"}
    return any(unicodedata.category(c) in kinds and c != "\n" for c in text)


def _message(row: dict[str, Any]) -> str:
    return row["report"]["error"]["message"] if row["report"]["error"] else ""


def _first_of_the_kind(case: dict[str, Any], whole: Result) -> dict[str, Any]:
    kind = case["file"].rpartition(".")[2]
    return next(row for name, row in whole.rows.items() if name.endswith(kind))


def _grader_survives(case: dict[str, Any], row: dict[str, Any], whole: Result) -> None:
    assert row["descriptors"] == _first_of_the_kind(case, whole)["descriptors"]


def _next_unaffected(case: dict[str, Any], row: dict[str, Any], whole: Result) -> None:
    assert json.loads(row["after"])["score"] == 100
    assert row["after"] == _first_of_the_kind(case, whole)["after"]


def _within_wall(_case: dict[str, Any], row: dict[str, Any], _whole: Result) -> None:
    # Room above the limit, since as many attacks as there are cores run side by side.
    assert row["seconds"] < LIMITS.wall + 5


def _fast(_case: dict[str, Any], row: dict[str, Any], _whole: Result) -> None:
    assert row["computing"] < 1  # of the grader's own; wall time would measure the machine


def _message_clean(_case: dict[str, Any], row: dict[str, Any], _whole: Result) -> None:
    assert not _unsafe(_message(row).replace("\n", "?"))


def _message_bounded(_case: dict[str, Any], row: dict[str, Any], _whole: Result) -> None:
    assert len(_message(row)) <= 500


def _terminal_clean(_case: dict[str, Any], row: dict[str, Any], _whole: Result) -> None:
    assert not _unsafe(row["terminal"])
    assert not any(_unsafe(text) for text in row["shown"])


def _no_secret(_case: dict[str, Any], row: dict[str, Any], _whole: Result) -> None:
    everything = "\n".join([row["text"], row["terminal"], *row["shown"]])
    assert not re.search(rf"{SECRET}|CANARY-KEY|root:x?:0|PATH=", everything)


def _valid(_case: dict[str, Any], row: dict[str, Any], _whole: Result) -> None:
    row["text"].encode("utf-8")


def _name_verbatim(case: dict[str, Any], row: dict[str, Any], _whole: Result) -> None:
    student = row["report"]["submission"]["student"]
    assert student is None or (case["expect"], bool(student)) == ("graded", True)


HOLDS: dict[str, Callable[[dict[str, Any], dict[str, Any], Result], None]] = {
    "grader-survives": _grader_survives,
    "next-unaffected": _next_unaffected,
    "within-wall": _within_wall,
    "fast": _fast,
    "message-clean": _message_clean,
    "message-bounded": _message_bounded,
    "terminal-clean": _terminal_clean,
    "no-secret-in-message": _no_secret,
    "report-valid-utf8": _valid,
    "report-valid-json": _valid,
    "report-written": _valid,
    "name-verbatim": _name_verbatim,
}
