"""How far a run says it is: on a terminal, on a pipe, not at all."""

import io
import sys
from types import ModuleType

import pytest

from grader.cohort.progress import Progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Bar:
    made: list["Bar"] = []  # noqa: RUF012 - of this test alone

    def __init__(self, total: int, initial: int, **_: object) -> None:
        self.count, self.total, self.is_open = initial, total, True
        Bar.made.append(self)

    def update(self, n: int) -> None:
        self.count += n

    def close(self) -> None:
        self.is_open = False


def test_tqdm_draws_the_line_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("tqdm")
    setattr(module, "tqdm", Bar)  # noqa: B010 - a module has no such attribute for mypy
    monkeypatch.setitem(sys.modules, "tqdm", module)
    monkeypatch.setattr(sys, "stderr", Terminal())
    progress = Progress(10, quiet=False, already=4)
    progress.step(3)
    progress.close()
    (bar,) = Bar.made
    assert (bar.count, bar.total, bar.is_open) == (7, 10, False)


@pytest.mark.parametrize(
    ("quiet", "stream"), [(False, io.StringIO), (False, Terminal), (True, Terminal)]
)
def test_without_it_there_are_plain_lines_now_and_then(
    quiet: bool,  # noqa: FBT001 - a parameter of the test
    stream: type[io.StringIO],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setattr(sys, "stderr", stream())
    clock = iter(range(0, 1000, 5))
    monkeypatch.setattr("time.monotonic", lambda: float(next(clock)))
    progress = Progress(1000, quiet=quiet)
    for _ in range(8):
        progress.step(100)
    progress.close()
    assert isinstance(sys.stderr, stream)
    lines = sys.stderr.getvalue().splitlines()
    assert bool(lines) != quiet
    assert len(lines) < 8 or stream is Terminal
    if lines:
        assert lines[-1].startswith("800 of 1,000 graded, ") or lines[-1].startswith("700 of")
        assert lines[-1].endswith(" s left")


def test_durations() -> None:
    assert [duration(s) for s in (0.4, 99, 100, 3600, 36000)] == [
        "0 s",
        "99 s",
        "2 min",
        "60 min",
        "10 h",
    ]
