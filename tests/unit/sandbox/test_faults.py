"""The helper's faults are the grader's."""

import os
import resource
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from grader.errors import SandboxError
from grader.sandbox.grader_side import process, verdict
from grader.sandbox.grader_side import sandbox as module
from grader.sandbox.grader_side.process import Process
from grader.sandbox.grader_side.sandbox import EVERYWHERE, Sandbox
from grader.sandbox.grader_side.spawning import Spawned
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.protocol.packets import HelperSettings, Reply
from sandboxes import RIGHT, SLOW, innermost

ENDLESS = b"import time\ndef submission():\n    time.sleep(60)\n"


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
