"""Chunks graded on all cores, their parts in the chunks' order; one chunk is graded right here."""

import subprocess
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import wait

from grader.cohort.peer import peer
from grader.cohort.tables.chunks import Chunk
from grader.cohort.tables.gradebook_rows import ChunkPart
from grader.cohort.tables.table_rows import TableError
from grader.cohort.tables.table_task import TableTask
from grader.cohort.tables.table_worker import ChunkGrader
from grader.cohort.workers import cores
from grader.exercise.record import Exercise

_TRIES = 2
_LEAVE = 2.0  # seconds that a worker gets to end


class _Hand:
    """A process and the chunks that it has been given, in order; as in `cohort.workers`."""

    def __init__(self, task: TableTask) -> None:
        self.process, self.line = peer("grader.cohort.tables.table_worker", task)
        self.chunks: deque[Chunk] = deque()

    def take(self, chunk: Chunk) -> None:
        self.chunks.append(chunk)
        with suppress(OSError):  # it died; that is seen when its answer is waited for
            self.line.send(chunk)

    def end(self) -> None:
        self.line.close()
        try:
            self.process.wait(_LEAVE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def parts(
    task: TableTask, exercise: Exercise, chunks: Iterable[Chunk]
) -> Iterator[tuple[Chunk, ChunkPart]]:
    """Yield each chunk with its part, in order. Raises: TableError where workers die; OSError."""
    waiting = iter(chunks)
    first, second = next(waiting, None), next(waiting, None)
    if first is None:
        return
    if second is None:
        yield first, ChunkGrader(task, exercise).part(first)
        return
    yield from _Crew(task).parts(_with(first, second, waiting))


def _with(first: Chunk, second: Chunk, others: Iterator[Chunk]) -> Iterator[Chunk]:
    yield first
    yield second
    yield from others


class _Crew:
    """As many workers as there are cores, each with at most two chunks."""

    def __init__(self, task: TableTask) -> None:
        self._task = task
        self._hands = [_Hand(task) for _ in range(cores())]
        self._tries: dict[int, int] = {}
        self._done: dict[int, tuple[Chunk, ChunkPart]] = {}

    def parts(self, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, ChunkPart]]:
        """Yield parts in order; what is finished early waits, so at most a few are in memory."""
        try:
            order: deque[int] = deque()
            while True:
                most = 3 * len(self._hands)
                while len(order) < most and (hand := self._free()):
                    chunk = next(chunks, None)
                    if chunk is None:
                        break
                    order.append(chunk.n)
                    hand.take(chunk)
                if not order:
                    return
                self._finished()
                while order and order[0] in self._done:
                    yield self._done.pop(order.popleft())
        finally:
            for hand in self._hands:
                hand.end()

    def _free(self) -> _Hand | None:
        hand = min(self._hands, key=lambda each: len(each.chunks))
        return hand if len(hand.chunks) < 2 else None

    def _finished(self) -> None:
        """Wait for answers, where there is nothing yet."""
        busy = [hand for hand in self._hands if hand.chunks]
        if not busy:
            return
        ready = wait([hand.line for hand in busy])
        for hand in busy:
            if hand.line not in ready:
                continue
            try:
                part: ChunkPart = hand.line.recv()
            except (EOFError, OSError):
                self._replaced(hand)
            else:
                chunk = hand.chunks.popleft()
                self._done[chunk.n] = (chunk, part)

    def _replaced(self, hand: _Hand) -> None:
        """Let another worker do what a dead one had. Raises: TableError the second time."""
        self._hands.remove(hand)
        hand.end()
        chunk = hand.chunks[0]
        self._tries[chunk.n] = self._tries.get(chunk.n, 0) + 1
        if self._tries[chunk.n] >= _TRIES:
            raise TableError(
                f"a worker died twice at the chunk that begins in line {chunk.first:,}; what is "
                "graded is kept. Look into its log, and run the same command again"
            )
        other = _Hand(self._task)
        self._hands.append(other)
        for each in hand.chunks:
            other.take(each)
