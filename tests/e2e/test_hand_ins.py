"""What students really hand in, and what must be true of each: a row of hand_ins/cases.json."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from command import BIN, environment

INPUTS = Path(__file__).parent / "hand_ins"
CASES: list[dict[str, Any]] = json.loads((INPUTS / "cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_must_hold(tmp_path: Path, case: dict[str, Any]) -> None:
    must = case["must"]
    folder = tmp_path / case["case"]
    shutil.copytree(INPUTS / case["case"], folder) if case["files"] else folder.mkdir()
    before = set(os.listdir(folder))
    name, *arguments = case["command"]
    done = subprocess.run(
        [BIN / name, *arguments],
        capture_output=True,
        cwd=folder,
        env=environment() | must.get("env", {}),
        timeout=60,
        check=False,
    )
    told = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
    assert "Traceback" not in told
    if "exit" in must:
        assert done.returncode == must["exit"], told
    if must.get("fails"):
        assert done.returncode != 0, told
    if "score" in must:
        score = json.loads(done.stdout)["score"] if "json" in arguments else None
        assert score == must["score"] or told.startswith(f"Score {must['score']} "), told
    assert [word for word in must.get("words", []) if word.lower() not in told.lower()] == []
    assert [word for word in must.get("never", []) if word in told] == []
    if "utf8" in must:
        assert must["utf8"] in done.stdout.decode("utf-8")
    if must.get("xml_or_refused") and done.returncode != 2:
        fromstring(done.stdout)  # noqa: S314 - our own document
    made = set(os.listdir(folder)) - before
    assert made == set(must.get("made", {}))
    for path, beginning in must.get("made", {}).items():
        assert (folder / path).read_text(encoding="utf-8").lower().startswith(beginning.lower())
    assert [path for path in must.get("absent", []) if (folder / path).exists()] == []
