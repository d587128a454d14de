"""How far a run is: a line that moves on a terminal, a plain line now and then anywhere else."""

import sys
import time
from importlib import import_module
from typing import Protocol

from grader.desk.files import complain

_ON_A_PIPE, _ON_A_TERMINAL = 15.0, 2.0  # seconds between plain lines


class _Bar(Protocol):
    """What is used of tqdm's."""

    def update(self, n: int) -> object: ...

    def close(self) -> None: ...


class Progress:
    """Counts hand-ins on standard error; tqdm draws the line where it is installed."""

    def __init__(self, total: int, *, quiet: bool, already: int = 0, done: str = "graded") -> None:
        """Say nothing yet; `already` are from an earlier run and no part of the rate."""
        self.done = done
        self.total = total
        self.count = self.already = already
        self.began = self.last = time.monotonic()
        is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self.every = _ON_A_TERMINAL if is_terminal else _ON_A_PIPE
        self.quiet = quiet
        self.bar: _Bar | None = None
        if is_terminal and not quiet:
            self.bar = _bar(total, already)

    def step(self, count: int = 1) -> None:
        """Count some more."""
        self.count += count
        if self.bar is not None:
            self.bar.update(count)
        elif not self.quiet and time.monotonic() - self.last >= self.every:
            self.last = time.monotonic()
            complain(self.line())

    def line(self) -> str:
        """Return how far it is, how fast, and how long it will take at that rate."""
        seconds = max(time.monotonic() - self.began, 1e-9)
        rate = (self.count - self.already) / seconds
        left = f", {duration((self.total - self.count) / rate)} left" if rate else ""
        return f"{self.count:,} of {self.total:,} {self.done}, {rate:,.0f} a second{left}"

    def close(self) -> None:
        """Leave the line as it is."""
        if self.bar is not None:
            self.bar.close()


def duration(seconds: float) -> str:
    """Return a time as a person says it."""
    whole = round(seconds)
    if whole < 100:
        return f"{whole} s"
    minutes = round(whole / 60)
    return f"{minutes} min" if minutes < 100 else f"{round(minutes / 60)} h"


def _bar(total: int, already: int) -> _Bar | None:
    try:
        module = import_module("tqdm")
    except ImportError:  # it belongs to an extra
        return None
    bar: _Bar = module.tqdm(total=total, initial=already, unit=" files", dynamic_ncols=True)
    return bar
