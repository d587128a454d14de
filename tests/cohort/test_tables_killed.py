"""A table's run ended at any moment: the same command goes on, and ends with the same bytes."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from classes_made import outputs
from command import LAB, grade
from dying import DEAD, die_at
from grader.cohort import journal
from grader.cohort.tables import recognised_table, table_run
from grader.cohort.tables.chunks import chunks
from grader.cohort.tables.table_worker import ChunkGrader
from grader.console.arguments import read
from grader.console.classes import run_class
from rows_made import json_lines, some_rows

_STEPS = (
    (os, ("fsync", "fdatasync", "replace", "rename")),
    (journal.Journal, ("commit", "keep_chunk", "begin")),
)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "t.jsonl"
    path.write_text(json_lines(some_rows(120)))
    return path


@pytest.fixture(scope="module")
def unbroken(table: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("unbroken") / "out"
    assert grade("-e", LAB, table, "-o", f"{out}/").status == 0
    return outputs(out)


def _here(task: object, exercise: object, waiting: Iterator[object]) -> Iterator[object]:
    """Grade all chunks in this process."""
    grader = ChunkGrader(task, exercise)  # type: ignore[arg-type]
    for chunk in waiting:
        yield chunk, grader.part(chunk)  # type: ignore[arg-type]


def _child(table: Path, out: Path, before: Callable[[], None]) -> int:
    """Start the command in a child, with many small chunks; return its number."""
    child = os.fork()
    if child:
        return child
    status = 70
    with suppress(BaseException):
        recognised_table.chunks = partial(chunks, size=700)  # type: ignore[assignment]
        table_run.parts = _here  # type: ignore[assignment]
        before()
        options = read(["-e", LAB, str(table), "-o", f"{out}/", "--quiet"])
        if options.of_class is not None:
            status = run_class(options, options.of_class)
    os._exit(status)


def _ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _nothing() -> None:
    """Let the run live."""


@pytest.mark.parametrize("kills", [3, pytest.param(100, marks=pytest.mark.thorough)])
def test_killed_at_random_times(
    kills: int, table: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    luck = random.Random(kills)  # noqa: S311 - to be repeated
    killed = 0
    for round_ in count():
        out, ended, longest = tmp_path / f"out{round_}", False, 0.15
        while not ended and killed < kills:
            child = _child(table, out, _nothing)
            time.sleep(luck.uniform(0, longest))
            os.kill(child, signal.SIGKILL)
            ended = _ended(child) == 0
            killed += not ended
            longest *= 1.1
        assert _ended(_child(table, out, _nothing)) == 0
        assert outputs(out) == unbroken
        if killed >= kills:
            return


@pytest.mark.thorough
def test_dead_at_every_step_on_the_disk(
    table: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    few = tmp_path / "t.jsonl"
    few.write_text("".join(table.read_text().splitlines(keepends=True)[:30]))
    whole = tmp_path / "whole"
    assert grade("-e", LAB, few, "-o", f"{whole}/").status == 0
    for k in count(1):
        out = tmp_path / f"out{k}"
        status = _ended(_child(few, out, partial(die_at, k, _STEPS)))
        if status != DEAD:
            break
        _ended(_child(few, out, partial(die_at, 4 + k % 5, _STEPS)))  # once more on the way
        assert _ended(_child(few, out, _nothing)) == 0
        assert outputs(out) == outputs(whole)
    assert (status, k > 15) == (0, True)
    assert len(unbroken) == 2


def test_a_part_that_is_not_what_the_journal_says_is_kept(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    child = _child(table, out, partial(die_at, 20, _STEPS))
    assert _ended(child) == DEAD
    part = out / "gradebook.csv.part"
    data = bytearray(part.read_bytes())
    data[300] ^= 1
    part.write_bytes(data)
    answer = grade("-e", LAB, table, "-o", f"{out}/")
    assert answer.status == 2
    assert f"{part} is not what the journal says; it is kept as it is." in answer.err
    assert part.read_bytes() == data
    assert grade("-e", LAB, table, "-o", f"{out}/", "--restart").status == 0
