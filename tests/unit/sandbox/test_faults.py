"""The helper's faults are the grader's, and nothing of a run stays behind."""

import os
import random
import resource
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from grader.errors import SandboxError
from grader.sandbox.grader_side import process, verdict
from grader.sandbox.grader_side import sandbox as module
from grader.sandbox.grader_side.process import Process
from grader.sandbox.grader_side.sandbox import EVERYWHERE, Sandbox
from grader.sandbox.grader_side.spawning import Spawned
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.protocol.packets import HelperSettings, Reply

RIGHT = b"def submission():\n    return {'w1': 1}\n"
SLOW = b"import time\ndef submission():\n    time.sleep(0.6)\n    return {'w1': 1}\n"


BRIEF = b"import time\ndef submission():\n    time.sleep(0.02)\n    return {'w1': 1}\n"
ENDLESS = b"import time\ndef submission():\n    time.sleep(60)\n"


def helper_of(sandbox: Sandbox) -> int:
    sandbox.start()
    assert sandbox._process is not None  # noqa: SLF001 - there is no other way to its process
    return sandbox._process.spawned.pid  # noqa: SLF001 - the same


def innermost(pid: int) -> int:
    """Tell the process that serves: in a namespace it is a child of the one that was started."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        inside = file.read().split()
    return int(inside[0]) if inside else pid


def resident(pid: int) -> int:
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1])


@contextmanager
def helpers_killed(sandbox: Sandbox, times: int) -> Iterator[list[int]]:
    """Kill so many helpers, each while it runs something."""
    killed: list[int] = []

    def kill() -> None:
        deadline = time.monotonic() + 20
        while len(killed) < times and time.monotonic() < deadline:
            time.sleep(0.3)
            helper = sandbox._process  # noqa: SLF001 - starting one is the sandbox's business here
            if helper is not None and helper.spawned.pid not in killed:
                killed.append(helper.spawned.pid)
                os.kill(helper.spawned.pid, signal.SIGKILL)

    sandbox.start()
    thread = threading.Thread(target=kill)
    thread.start()
    yield killed
    thread.join()


def test_a_run_whose_helper_dies_is_tried_once_more() -> None:
    with Sandbox() as sandbox, helpers_killed(sandbox, 1) as killed:
        assert sandbox.run(SLOW).status == "returned"
    assert len(killed) == 1


def test_a_helper_that_dies_twice_is_the_graders_fault() -> None:
    with (
        Sandbox() as sandbox,
        helpers_killed(sandbox, 2) as killed,
        pytest.raises(SandboxError) as caught,
    ):
        sandbox.run(ENDLESS)
    assert len(killed) == 2
    assert caught.value.code == "grader-fault"
    assert caught.value.message == "The code could not be run: the helper died."


@pytest.mark.parametrize(
    ("kind", "bound"),
    [(resource.RLIMIT_NOFILE, 5), (resource.RLIMIT_AS, 1 << 20)],
    ids=["descriptors", "memory"],
)
def test_a_helper_that_runs_out_is_the_graders_fault(
    monkeypatch: pytest.MonkeyPatch, kind: int, bound: int
) -> None:
    started = Sandbox._started  # noqa: SLF001 - there is no other way to each helper

    def starved(sandbox: Sandbox, numpy: tuple[str, ...], reader: str = "") -> Process:
        helper = started(sandbox, numpy, reader)
        resource.prlimit(innermost(helper.spawned.pid), kind, (bound, bound))
        return helper

    with Sandbox() as sandbox:
        monkeypatch.setattr(Sandbox, "_started", starved)
        with pytest.raises(SandboxError) as caught:
            sandbox.run(RIGHT)
        assert caught.value.code == "grader-fault"
        monkeypatch.undo()
        assert sandbox.run(RIGHT).status == "returned"


@pytest.mark.parametrize(
    "source",
    [
        b"import numpy\n",
        b"from numpy.random import rand\n",
        b"try:\n    import numpy as np\nexcept ImportError:\n    np = None\nnp.array([1])\n",
    ],
)
def test_numpy_missing_is_the_graders_fault(monkeypatch: pytest.MonkeyPatch, source: bytes) -> None:
    monkeypatch.setattr(module, "numpy_paths", tuple)
    with Sandbox() as sandbox:
        with pytest.raises(SandboxError) as caught:
            sandbox.run(source + RIGHT)
        assert caught.value.code == "grader-fault"
        assert "NumPy is not installed" in caught.value.message
        assert sandbox.run(b"# without numpy\n" + RIGHT).status == "returned"


def test_no_descriptor_left_is_the_graders_fault() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Sandbox() as sandbox:
        sandbox.start()
        held = len(os.listdir("/proc/self/fd"))
        resource.setrlimit(resource.RLIMIT_NOFILE, (held, hard))
        try:
            with pytest.raises(SandboxError) as caught:
                sandbox.run(RIGHT)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert caught.value.code in {"grader-fault", "sandbox-unavailable"}
        assert sandbox.run(RIGHT).status == "returned"


@pytest.mark.parametrize(
    ("reply", "said", "reason"),
    [
        (
            Reply("fault", reason="no process could be started for it: x"),
            b"",
            "no process could be started for it: x",
        ),
        (Reply("exit", 1), b"fault 6162\n", "the sandbox could not be set up (ab)"),
        (Reply("exit", 1), b"", "the child died before any of the student's code ran"),
        (Reply("signal", 9), b"ready\n", "the child was ended from outside by SIGKILL"),
        (Reply("signal", 15), b"ready\n", "the child was ended from outside by SIGTERM"),
        (Reply("signal", 10), b"ready\n", "the child was ended from outside by SIGUSR1"),
        (Reply("signal", 24, cpu=1.0), b"ready\n", "the child was ended from outside by SIGXCPU"),
        (Reply("signal", 41), b"ready\n", "the child was ended from outside by signal 41"),
        (Reply("signal", 24, cpu=5.0), b"ready\n", None),
        (Reply("signal", 24, cpu=3.0), b"ready\n", None),  # the kernel counts ticks
        (Reply("signal", 9, late=True), b"ready\n", None),
        (Reply("signal", 9, cpu=5.0), b"ready\n", None),
        (Reply("signal", 9, peak=600 << 20), b"ready\n", None),
        (Reply("signal", 11), b"ready\n", None),
    ],
)
def test_what_counts_as_a_fault(reply: Reply, said: bytes, reason: str | None) -> None:
    assert verdict.fault(verdict.Heard(reply, said, b"", 0), Limits()) == reason


def test_an_escape_ends_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_escapes", lambda _: "the sandbox's self-test broke out: a door")
    with pytest.raises(SandboxError) as caught:
        Sandbox().run(RIGHT)
    assert caught.value.code == "sandbox-unavailable"
    assert caught.value.message == (
        "Python submissions cannot be run safely on this system: the sandbox's self-test broke "
        f"out: a door. {EVERYWHERE}"
    )


def test_another_system_has_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "platform", "darwin")
    with pytest.raises(SandboxError) as caught:
        Sandbox().run(RIGHT)
    assert caught.value.message == (
        f"Python submissions cannot be run safely on this system: this is darwin. {EVERYWHERE}"
    )


@pytest.mark.parametrize("runs", [300, pytest.param(2000, marks=pytest.mark.thorough)])
def test_many_runs_leave_nothing_behind(runs: int) -> None:
    children = f"/proc/self/task/{os.getpid()}/children"
    with Sandbox() as sandbox:
        files = set(os.listdir(tempfile.gettempdir()))
        helper = innermost(helper_of(sandbox))
        for _ in range(100):
            sandbox.run(RIGHT)
        descriptors = len(os.listdir("/proc/self/fd"))
        before = resident(os.getpid()), resident(helper)
        for _ in range(runs):
            assert sandbox.run(RIGHT).status == "returned"
        after = resident(os.getpid()), resident(helper)
        assert all(then <= 1.05 * first for first, then in zip(before, after, strict=True))
        assert len(os.listdir("/proc/self/fd")) == descriptors
        with open(children, encoding="ascii") as file:
            assert len(file.read().split()) == 1
        assert innermost(helper_of(sandbox)) == helper
        new = set(os.listdir(tempfile.gettempdir())) - files
        assert not [name for name in new if name.startswith("grader-empty")]
    with open(children, encoding="ascii") as file:
        assert file.read().split() == []


def test_a_hundred_at_once() -> None:
    def one(number: int) -> float:
        with Sandbox() as sandbox:
            source = f"def submission():\n    return [{number}]".encode()
            ((_, value),) = sandbox.run(source).items
        return float(str(value))

    with ThreadPoolExecutor(100) as pool:
        assert list(pool.map(one, range(100))) == [float(n) for n in range(100)]


FEW = {signal.SIGTERM, signal.SIGXCPU}  # the test command tries these, the others are thorough
OUTSIDE = [
    signal.SIGHUP, signal.SIGINT, signal.SIGUSR1, signal.SIGALRM, signal.SIGTERM, signal.SIGXCPU,
    signal.SIGRTMIN + 3,
]  # fmt: skip


def children(pid: int) -> list[int]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]
    except FileNotFoundError:
        return []


@contextmanager
def signals_sent(helper: int, number: int, times: int) -> Iterator[list[int]]:
    """Send a signal to so many children, each a moment after it was made."""
    sent: list[int] = []

    def send() -> None:
        deadline = time.monotonic() + 20
        while len(sent) < times and time.monotonic() < deadline:
            time.sleep(0.02)
            for child in children(helper):
                if child not in sent:
                    time.sleep(0.2)
                    os.kill(child, number)
                    sent.append(child)

    thread = threading.Thread(target=send)
    thread.start()
    yield sent
    thread.join()


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(number, marks=[] if number in FEW else pytest.mark.thorough)
        for number in OUTSIDE
    ],
)
def test_a_signal_that_somebody_else_sent_is_no_students_zero(number: int) -> None:
    with Sandbox() as sandbox, signals_sent(innermost(helper_of(sandbox)), number, 1) as sent:
        assert sandbox.run(SLOW).status == "returned"
    assert len(sent) == 1


def test_a_child_that_somebody_stops_goes_on() -> None:
    helper = Sandbox()
    with helper as sandbox, signals_sent(innermost(helper_of(sandbox)), signal.SIGSTOP, 1) as sent:
        assert sandbox.run(SLOW, limits=Limits(wall=3)).status == "returned"
    assert len(sent) == 1


# It computes: what sleeps may be done between two stops.
BUSY = b"for _ in range(2 * 10**7):\n    pass\n" + RIGHT


def test_a_child_that_is_stopped_until_its_time_is_up_is_tried_again() -> None:
    with Sandbox() as sandbox:
        first = helper_of(sandbox)
        serving, ended = innermost(first), threading.Event()

        def stop() -> None:
            while not ended.wait(0.002):
                for child in children(serving):
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


@pytest.mark.parametrize("size", [0, 100, 5000])
def test_a_source_that_cannot_be_written_whole_is_not_run(size: int) -> None:
    source = b"def submission():\n    return {'w1': 0}\n" + b"#" * 6000 + b"\n" + RIGHT
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Sandbox() as sandbox:
        sandbox.start()
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            with pytest.raises(SandboxError) as caught:
                sandbox.run(source)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert caught.value.code in {"grader-fault", "sandbox-unavailable"}
        assert sandbox.run(source).items == (("w1", 1.0),)


def test_a_helper_that_is_killed_while_it_starts_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spawn, killed = process.spawn, []

    def killing(settings: HelperSettings) -> Spawned:
        made = spawn(settings)
        if not killed:
            killed.append(made.pid)
            os.kill(made.pid, signal.SIGKILL)
        return made

    monkeypatch.setattr(process, "spawn", killing)
    with Sandbox() as sandbox:
        assert sandbox.run(RIGHT).status == "returned"
    assert len(killed) == 1


def test_a_helper_that_never_starts_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    spawn = process.spawn

    def killing(settings: HelperSettings) -> Spawned:
        made = spawn(settings)
        os.kill(made.pid, signal.SIGKILL)
        return made

    monkeypatch.setattr(process, "spawn", killing)
    with Sandbox() as sandbox, pytest.raises(SandboxError) as caught:
        sandbox.run(RIGHT)
    assert caught.value.code == "sandbox-unavailable"
    assert "the helper ended while it started" in caught.value.message


@pytest.mark.parametrize("runs", [20, pytest.param(100, marks=pytest.mark.thorough)])
def test_whatever_is_killed_nobody_gets_a_false_zero(runs: int) -> None:
    luck = random.Random(runs)  # noqa: S311 - to be repeated
    ended = threading.Event()

    def kill(sandbox: Sandbox) -> None:
        while not ended.wait(luck.uniform(0.01, 0.3)):
            helper = sandbox._process  # noqa: SLF001 - there is no other way to its process
            if helper is None:
                continue
            serving = innermost_or(helper.spawned.pid)
            targets = [serving, *children(serving)]
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


def innermost_or(pid: int) -> int:
    inside = children(pid)
    return inside[0] if inside else pid
