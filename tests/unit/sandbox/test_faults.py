"""The helper's faults are the grader's, and nothing of a run stays behind."""

import os
import resource
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.errors import SandboxError
from grader.sandbox import sandbox as module
from grader.sandbox import verdict
from grader.sandbox.limits import Limits
from grader.sandbox.packets import Reply
from grader.sandbox.sandbox import EVERYWHERE, Sandbox

RIGHT = b"def submission():\n    return {'w1': 1}\n"
SLOW = b"import time\ndef submission():\n    time.sleep(0.6)\n    return {'w1': 1}\n"


def helper_of(sandbox: Sandbox) -> int:
    sandbox.start(numpy=False)
    assert sandbox._process is not None  # noqa: SLF001 - there is no other way to its process
    return sandbox._process.pid  # noqa: SLF001 - the same


def kill_later(sandbox: Sandbox, times: int) -> threading.Thread:
    def kill() -> None:
        for _ in range(times):
            time.sleep(0.3)
            os.kill(helper_of(sandbox), signal.SIGKILL)
            time.sleep(0.4)

    helper_of(sandbox)
    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def test_a_run_whose_helper_dies_is_tried_once_more() -> None:
    with Sandbox() as sandbox:
        killer = kill_later(sandbox, 1)
        assert sandbox.run(SLOW).status == "returned"
        killer.join()


def test_a_helper_that_dies_twice_is_the_graders_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox() as sandbox:
        asked = []

        def die(helper: object, *_: object) -> None:
            asked.append(helper)
            raise module._HelperDiedError("the helper died")  # noqa: SLF001 - its own error

        sandbox.start(numpy=False)
        monkeypatch.setattr(sandbox, "_proved", lambda **_: sandbox._process)  # noqa: SLF001
        monkeypatch.setattr(sandbox, "_started", lambda **_: None)
        monkeypatch.setattr(sandbox, "_ask", die)
        with pytest.raises(SandboxError) as caught:
            sandbox.run(RIGHT)
        monkeypatch.undo()
    assert len(asked) == 2
    assert caught.value.code == "grader-fault"
    assert caught.value.message == "The code could not be run: the helper died."


def test_no_descriptor_left_is_the_graders_fault() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Sandbox() as sandbox:
        sandbox.start(numpy=False)
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
        (Reply("fault", reason="no child could be made: x"), b"", "no child could be made: x"),
        (Reply("exit", 1), b"fault 6162\n", "the walls could not be put up (ab)"),
        (Reply("exit", 1), b"", "the child died before any of the student's code ran"),
        (Reply("signal", 9), b"ready\n", "the child was killed from outside"),
        (Reply("signal", 9, late=True), b"ready\n", None),
        (Reply("signal", 9, cpu=5.0), b"ready\n", None),
        (Reply("signal", 9, peak=600 << 20), b"ready\n", None),
        (Reply("signal", 11), b"ready\n", None),
    ],
)
def test_what_counts_as_a_fault(reply: Reply, said: bytes, reason: str | None) -> None:
    assert verdict.fault(verdict.Heard(reply, said, b"", 0), Limits()) == reason


def test_an_escape_ends_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_escapes", lambda _: "the test of the walls got through: a door")
    with pytest.raises(SandboxError) as caught:
        Sandbox().run(RIGHT)
    assert caught.value.code == "sandbox-unavailable"
    assert caught.value.message == (
        "Python submissions cannot be run safely on this system: the test of the walls got "
        f"through: a door. {EVERYWHERE}"
    )


def test_another_system_has_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "platform", "darwin")
    with pytest.raises(SandboxError) as caught:
        Sandbox().run(RIGHT)
    assert caught.value.message == (
        f"Python submissions cannot be run safely on this system: this is darwin. {EVERYWHERE}"
    )


def test_many_runs_leave_nothing_behind() -> None:
    with Sandbox() as sandbox:
        for _ in range(100):
            sandbox.run(RIGHT)
        descriptors = len(os.listdir("/proc/self/fd"))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(2000):
            assert sandbox.run(RIGHT).status == "returned"
        assert len(os.listdir("/proc/self/fd")) == descriptors
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss <= before * 1.05
        children = f"/proc/self/task/{os.getpid()}/children"
        with open(children, encoding="ascii") as file:
            assert len(file.read().split()) == 1
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
