"""Every hand-in graded once: here or by a crew of workers, all rows into the journal.

Rows are committed in groups: a hundred, or what came in a fifth of a second. Reports are on the
disk before their rows are, so a row that stays has its report.
"""

import json
import os
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from grader.cohort.journal import Journal
from grader.cohort.manifest import HandIn
from grader.cohort.marking import ENDINGS, Marked, Marker
from grader.cohort.outputs import REPORTS, put_reports, report_names
from grader.cohort.progress import Progress
from grader.cohort.together import GradedTogether, WaitingFiles
from grader.cohort.workers import Answer, Done, Errand
from grader.desk.intake import Received
from grader.errors import SubmissionError
from grader.submission.origin import Origin

GROUP, MOMENT = 100, 0.2  # hand-ins, seconds: what a kill may cost
_REMEMBERED = 4096  # hand-ins of the same bytes that are graded once
_REMEMBERED_WITH_REPORTS = 64  # which may be long
Read = Callable[[HandIn], Received]


class Crew(Protocol):
    """Who grades elsewhere than in this process; `takes_all`: also what is not code."""

    takes_all: bool

    @property
    def at_work(self) -> bool:
        """Whether there is something that is not finished."""

    def submit(self, errand: Errand) -> Done:
        """Take an errand, after what must be finished first; yield that."""

    def finished(self, patience: float | None = None) -> Done:
        """Wait until something is finished, so many seconds at most; yield what there is."""


class _Key(NamedTuple):
    """What two hand-ins have alike that get the same row and the same reports."""

    digest: str | None
    kind: str
    name: str
    source: str
    student: str = ""


class Grading:
    """The part of a run that takes long; it can be left at any moment and begun again."""

    def __init__(
        self,
        folder: str,
        journal: Journal,
        marker: Marker,
        hand_ins: tuple[HandIn, ...],
        progress: Progress,
    ) -> None:
        """Take what is fixed for the run; `journal` says what is done."""
        self.folder = folder
        self.journal = journal
        self.marker = marker
        self.hand_ins = hand_ins
        self.progress = progress
        self.called = dict(marker.marking.called)
        self.names = report_names(hand_ins)
        self.known: dict[_Key, Marked] = {}
        self.awaited: dict[_Key, list[int]] = {}
        self.together: WaitingFiles | None = None
        self.group: list[tuple[int, Marked]] = []
        self.last = time.monotonic()

    def grade(
        self, read: Read, left: Iterable[int], crew: Crew, together: WaitingFiles | None = None
    ) -> None:
        """Grade the hand-ins with these numbers. What is finished when it is interrupted is kept.

        `together` grades plain files instead of the crew, and what the crew has read only.

        Raises: OSError, sqlite3.OperationalError if nothing more can be written; NotOurs.
        """
        self.together = together
        try:
            for seq in left:
                self._one(seq, self.hand_ins[seq], read, crew)
            while crew.at_work:
                self._take(crew.finished(MOMENT))
            self._grade_together()
        finally:
            self._commit()

    def _one(self, seq: int, hand_in: HandIn, read: Read, crew: Crew) -> None:
        source = str(hand_in.source)
        try:
            received = _received(read, hand_in)
        except SubmissionError as error:
            self._keep(seq, self.marker.unreadable(error, source))
            return
        key = self._key(received, hand_in)
        if key in self.awaited:
            self.awaited[key].append(seq)
            return
        task = Errand(seq, received.data, received.kind, key.name, source, key.digest, key.student)
        marked = self.known.get(key)
        if marked is None and self.together is not None and self.together.take(task):
            self.awaited[key] = [seq]
            self._grade_if_due()
            return
        if marked is None and not crew.takes_all and received.kind != "py":
            marked = self.marker.without_code(lambda: received, source, key.student)
        if marked is not None:
            self._remember(key, marked)
            self._keep(seq, marked)
            return
        self.awaited[key] = [seq]
        self._take(crew.submit(task))
        self._take(crew.finished(0))

    def _grade_together(self) -> None:
        """Grade what waits as columns, and what these leave open alone."""
        for each in self.together.graded() if self.together is not None else ():
            row = each.row
            self._put(each.errand, self._alone(each) if row is None else Marked(row))

    def _alone(self, each: GradedTogether) -> Marked:
        """Return the row of a hand-in by its parameters, which are all that it depends on."""
        task, named = (
            each.errand,
            zip(self.marker.chosen.exercise.free, each.parameters, strict=True),
        )
        data = task.data if task.kind == "json" else json.dumps(dict(named)).encode()
        received = Received(data, "json", Origin(task.source, digest=task.digest))
        marked = self.marker.without_code(lambda: received, task.source, task.student)
        return marked or self.marker.fault(task.source, task.digest)

    def _key(self, received: Received, hand_in: HandIn) -> _Key:
        source = str(hand_in.source) if self.marker.marking.reports else ""
        name = os.path.basename(received.origin.source)
        return _Key(received.origin.digest, received.kind, name, source, self._student(hand_in))

    def _student(self, hand_in: HandIn) -> str:
        """Return the id that a variant is drawn by; "" where nobody's differs."""
        student = str(hand_in.student)
        return self.called.get(student, student) if self.marker.marking.whose else ""

    def _take(self, answers: Iterable[tuple[Errand, Answer]]) -> None:
        """Take what is finished."""
        for task, answer in answers:
            if isinstance(answer, Marked):
                self._put(task, answer)
            elif self.together is not None:
                self.together.add(task, answer.parameters)
        self._grade_if_due()

    def _grade_if_due(self) -> None:
        """Grade what waits when there is enough of it, or it has waited long enough."""
        if self.together is not None and (self.together.is_full or self._is_time):
            self._grade_together()

    def _put(self, task: Errand, marked: Marked) -> None:
        source = task.source if self.marker.marking.reports else ""
        key = _Key(task.digest, task.kind, task.name, source, task.student)
        self._remember(key, marked)
        for seq in self.awaited.pop(key):
            self._keep(seq, marked)

    @property
    def _is_time(self) -> bool:
        return time.monotonic() - self.last >= MOMENT

    def _remember(self, key: _Key, marked: Marked) -> None:
        most = _REMEMBERED_WITH_REPORTS if marked.texts else _REMEMBERED
        if len(self.known) >= most:
            self.known.clear()
        self.known[key] = marked

    def _keep(self, seq: int, marked: Marked) -> None:
        self.group.append((seq, marked))
        self.progress.step()
        if len(self.group) >= GROUP or self._is_time:
            self._commit()

    def _commit(self) -> None:
        if self.group:
            self._write_reports()
            self.journal.add((seq, marked.row) for seq, marked in self.group)
            self.journal.commit()
            self.group.clear()
        self.last = time.monotonic()

    def _write_reports(self) -> None:
        files = {
            f"{REPORTS}/{self.names[seq]}{ENDINGS[form]}": text.encode("utf-8", "backslashreplace")
            for seq, marked in self.group
            for form, text in zip(self.marker.marking.reports, marked.texts, strict=True)
        }
        put_reports(self.folder, files, self.journal)


def _received(read: Read, hand_in: HandIn) -> Received:
    """Read a hand-in. Raises: SubmissionError, also where the system does not let it be read."""
    try:
        return read(hand_in)
    except OSError as error:
        raise SubmissionError(
            "unreadable", f"the submission cannot be read: {error.strerror or 'the system refuses'}"
        ) from error
