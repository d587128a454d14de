"""Code of a class on several processes: what is graded, and what becomes of one that dies."""

import json
import os
import random
import signal
from fractions import Fraction
from functools import partial

import pytest

from command import LAB
from grader.cohort.marking import Criteria, Marked, Marker, job_of
from grader.cohort.workers import Errand, Workers
from grader.desk.catalogue import load_exercise
from grader.desk.intake import Received
from grader.submission.origin import Origin

SLOW = b"import time\ntime.sleep(0.7)\ndef submission():\n    return 1, -1, 2, -4\n"


def errand(seq: int, data: bytes = SLOW) -> Errand:
    return Errand(seq, data, "py", "submission.py", f"s{seq}/submission.py", f"{seq}")


def graded(kills: int, errands: int) -> dict[int, Marked]:
    """Grade on one worker, which is killed so often while it is at its first hand-in."""
    criteria = Criteria(LAB)
    workers = Workers(job_of(criteria, load_exercise(LAB)), count=1)
    found: dict[int, Marked] = {}
    try:
        for seq in range(errands):
            found |= {done.seq: marked for done, marked in workers.submit(errand(seq))}
        while workers.at_work:
            if kills and workers._workers:  # noqa: SLF001 - the victim
                kills -= 1
                os.kill(workers._workers[0].process.pid, signal.SIGKILL)  # noqa: SLF001 - the victim
            found |= {done.seq: marked for done, marked in workers.finished(0.3)}
    finally:
        workers.close()
    return found


@pytest.mark.parametrize(("kills", "failing"), [(0, []), (1, []), (2, [0])])
def test_a_worker_that_dies_costs_at_most_the_one_it_was_at(kills: int, failing: list[int]) -> None:
    found = graded(kills, 2)
    assert [seq for seq in sorted(found) if found[seq].row.status == "failed"] == failing
    for seq, marked in found.items():
        score = None if seq in failing else Fraction(100)
        assert (marked.row.exact, marked.row.digest) == (score, str(seq))
    assert sorted(found) == [0, 1]


def test_rows_of_a_batch_are_what_one_file_is_told() -> None:
    exercise, luck = load_exercise(LAB), random.Random(3)  # noqa: S311 - to be repeated
    criteria = Criteria(LAB, reports=("json",))
    texts = ["{", "[]", '{"w1": 1}', '{"w1": 1e400, "b1": 0, "w2": 0, "b2": 0}']
    for _ in range(120):
        values = [round(luck.uniform(-4, 4), luck.randrange(3)) for _ in range(4)]
        texts.append(json.dumps(dict(zip(("w1", "b1", "w2", "b2"), values, strict=True))))
    errands = [
        Errand(seq, text.encode(), "json", "s.json", f"s{seq}/s.json", f"{seq}")
        for seq, text in enumerate(texts)
    ]
    workers = Workers(job_of(criteria, exercise), count=2, takes_all=True)
    found: dict[int, Marked] = {}
    try:
        for each in errands:
            found |= {done.seq: marked for done, marked in workers.submit(each)}
        while workers.at_work:
            found |= {done.seq: marked for done, marked in workers.finished()}
    finally:
        workers.close()
    here = Marker.here(criteria, exercise)
    for each in errands:
        received = Received(each.data, each.kind, Origin(each.source, digest=each.digest))
        assert found[each.seq] == here.without_code(partial(_same, received), each.source)


def _same(received: Received) -> Received:
    return received


def test_a_batch_that_is_not_full_is_given_out_when_it_is_waited_for() -> None:
    workers = Workers(job_of(Criteria(LAB), load_exercise(LAB)), count=1, takes_all=True)
    task = errand(0, b'{"w1": 1, "b1": -1, "w2": 2, "b2": -4}')._replace(kind="json")
    found: list[int] = []
    try:
        assert not list(workers.submit(task))
        for _ in range(100):  # 30 seconds at most
            found += [done.seq for done, _ in workers.finished(0.3)]
            if not workers.at_work:
                break
    finally:
        workers.close()
    assert found == [0]
