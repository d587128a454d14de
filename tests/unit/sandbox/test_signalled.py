"""A child or a helper that somebody else signals, stops or kills is no student's zero."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from grader.errors import SandboxError
from grader.sandbox.grader_side.sandbox import Sandbox
from grader.sandbox.protocol.limits import Limits
from sandboxes import RIGHT, SLOW, children_of, helper_of, innermost
from shares import always

BRIEF = b"import time\ndef submission():\n    time.sleep(0.02)\n    return {'w1': 1}\n"
# It computes: what sleeps may be done between two stops.
BUSY = b"for _ in range(2 * 10**7):\n    pass\n" + RIGHT
FEW = {signal.SIGTERM, signal.SIGXCPU}  # the test command tries these, the others are thorough
OUTSIDE = [
    signal.SIGHUP, signal.SIGINT, signal.SIGUSR1, signal.SIGALRM, signal.SIGTERM, signal.SIGXCPU,
    signal.SIGRTMIN + 3,
]  # fmt: skip


@contextmanager
def signals_sent(helper: int, number: int, times: int) -> Iterator[list[int]]:
    """Send a signal to so many children, each a moment after it was made."""
    sent: list[int] = []

    def send() -> None:
        deadline = time.monotonic() + 20
        while len(sent) < times and time.monotonic() < deadline:
            time.sleep(0.02)
            for child in children_of(helper):
                if child not in sent:
                    time.sleep(0.2)
                    os.kill(child, number)
                    sent.append(child)

    thread = threading.Thread(target=send)
    thread.start()
    yield sent
    thread.join()


@pytest.mark.parametrize("number", always(FEW, OUTSIDE))
def test_a_signal_that_somebody_else_sent_is_no_students_zero(number: int) -> None:
    with Sandbox() as sandbox, signals_sent(innermost(helper_of(sandbox)), number, 1) as sent:
        assert sandbox.run(SLOW).status == "returned"
    assert len(sent) == 1


def test_a_child_that_somebody_stops_goes_on() -> None:
    helper = Sandbox()
    with helper as sandbox, signals_sent(innermost(helper_of(sandbox)), signal.SIGSTOP, 1) as sent:
        assert sandbox.run(SLOW, limits=Limits(wall=3)).status == "returned"
    assert len(sent) == 1


def test_a_child_that_is_stopped_until_its_time_is_up_is_tried_again() -> None:
    with Sandbox() as sandbox:
        first = helper_of(sandbox)
        serving, ended = innermost(first), threading.Event()

        def stop() -> None:
            while not ended.wait(0.002):
                for child in children_of(serving):
                    with suppress(ProcessLookupError):
                        os.kill(child, signal.SIGSTOP)

        thread = threading.Thread(target=stop)
        thread.start()
        try:
            assert sandbox.run(BUSY, limits=Limits(wall=4)).status == "returned"
            assert helper_of(sandbox) != first
        finally:
            ended.set()
            thread.join()


@pytest.mark.parametrize("runs", always([20], [20, 100]))
def test_whatever_is_killed_nobody_gets_a_false_zero(runs: int) -> None:
    luck = random.Random(runs)  # noqa: S311 - to be repeated
    ended = threading.Event()

    def kill(sandbox: Sandbox) -> None:
        while not ended.wait(luck.uniform(0.01, 0.3)):
            helper = sandbox._process  # noqa: SLF001 - there is no other way to its process
            if helper is None:
                continue
            serving = innermost(helper.spawned.pid)
            targets = [serving, *children_of(serving)]
            with suppress(ProcessLookupError):
                os.kill(luck.choice(targets), signal.SIGKILL)

    counts = Counter[str]()
    with Sandbox() as sandbox:
        thread = threading.Thread(target=kill, args=(sandbox,))
        thread.start()
        for _ in range(runs):
            try:
                assert sandbox.run(BRIEF).items == (("w1", 1.0),)
                counts["graded"] += 1
            except SandboxError:
                counts["failed"] += 1
        ended.set()
        thread.join()
    assert counts.total() == runs
    assert counts["graded"] > 0
