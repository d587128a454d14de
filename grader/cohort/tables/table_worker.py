"""A worker of a table's run: reads a chunk, grades it, answers with its part of the gradebook."""

import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

import numpy as np

from grader.cohort.columns.marks import Grader, Marks
from grader.cohort.columns.unit_columns import NOBODY
from grader.cohort.columns.wrong_columns import Blame
from grader.cohort.graded import GradedRow
from grader.cohort.marking import Marker
from grader.cohort.tables import csv_rows, parquet_rows
from grader.cohort.tables.chunks import Chunk
from grader.cohort.tables.gradebook_rows import ChunkPart, Result, RowWriter
from grader.cohort.tables.json_lines import LineReader
from grader.cohort.tables.table_rows import TableRows
from grader.cohort.tables.table_task import TableTask
from grader.desk.catalogue import load_exercise
from grader.desk.choice import given
from grader.desk.intake import Received
from grader.errors import SubmissionError
from grader.exercise.record import Exercise
from grader.grading import lower
from grader.submission.origin import Origin

BLOCK = 32_768  # rows: what fits the processor's caches


class ChunkGrader:
    """Grades chunks of one table."""

    def __init__(self, task: TableTask, exercise: Exercise) -> None:
        """Prepare what all chunks share."""
        self._task = task
        self._exercise = exercise
        self._free = tuple(exercise.free)
        self._lines = LineReader(self._free, exercise.id)
        self._marker = Marker(task.marking, given(task.marking.exercise, exercise))
        self._grader = Grader(exercise)
        names_mistakes = lower(exercise.reveal, task.marking.reveal) != "verdict"
        self._blame = Blame(exercise) if names_mistakes else None
        self._writer = RowWriter(exercise, task.style)

    def part(self, chunk: Chunk) -> ChunkPart:
        """Return a chunk's part of the gradebook. Raises: OSError."""
        rows = self._rows(chunk)
        word = "line" if self._task.kind == "jsonl" else "row"
        hard = tuple(
            (each.row, self._alone(each.data, f"{word} {chunk.first + each.row}"))
            for each in rows.hard
        )
        return self._writer.part(rows, self._graded(rows, hard), chunk.first, word)

    def _rows(self, chunk: Chunk) -> TableRows:
        task = self._task
        if task.kind == "parquet":
            return parquet_rows.rows(task.path, task.heading, self._free, (chunk.start, chunk.end))
        with open(task.path, "rb") as file:
            file.seek(chunk.start)
            data = file.read(chunk.end - chunk.start)
        if task.kind == "csv":
            return csv_rows.rows(data, task.heading, self._free, chunk.first)
        return self._lines.rows(data, chunk.first)

    def _alone(self, data: bytes | SubmissionError, source: str) -> GradedRow:
        if isinstance(data, SubmissionError):
            return self._marker.unreadable(data, source).row
        received = Received(data, "json", Origin(source))
        marked = self._marker.without_code(lambda: received, source)
        return (marked or self._marker.fault(source, None)).row

    def _graded(self, rows: TableRows, hard: tuple[tuple[int, GradedRow], ...]) -> Result:
        """Grade the plain rows, block by block."""
        count = len(rows.columns[0]) if rows.columns else 0
        marks: list[Marks] = []
        units, codes = np.full(count, -1), np.full(count, NOBODY, np.int8)
        for start in range(0, count, BLOCK):
            block = [column[start : start + BLOCK] for column in rows.columns]
            found = self._grader.marks(block)
            marks.append(found)
            low = np.flatnonzero(~found.passed)
            if self._blame is not None and len(low):
                blamed = self._blame.named([column[low] for column in block])
                units[start + low], codes[start + low] = blamed.first()
        return Result(_joined(marks, len(self._exercise.checks)), units, codes, hard)


def _joined(marks: list[Marks], checks: int) -> Marks:
    if not marks:
        nothing = np.zeros((checks, 0))
        return Marks(np.zeros(0), nothing, nothing.astype(np.int8), np.zeros(0, np.bool_))
    if len(marks) == 1:
        return marks[0]
    return Marks(*(np.concatenate(parts, axis=-1) for parts in zip(*marks, strict=True)))


def serve(descriptor: int) -> None:
    """Be a worker: answer each chunk until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    line: Connection = Connection(descriptor)
    task: TableTask = line.recv()
    grader = ChunkGrader(task, load_exercise(task.marking.exercise))
    with suppress(EOFError, OSError):
        while True:
            chunk: Chunk = line.recv()
            line.send(grader.part(chunk))


Grade = Callable[[Chunk], ChunkPart]
Counts = Counter[tuple[str, str]]
