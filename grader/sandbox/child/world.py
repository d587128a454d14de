"""The same world in every run: the clock, luck, and what a process learns about where it is.

A mark must not depend on the second, on chance or on the machine. What a student's code asks about
these gets the same answer in every run and in every arrangement. This is not a wall: code that goes
past Python's functions to the kernel gets the kernel's answer, and no harm comes of it.
"""

import os
import random
import sys
import time
import timeit
import warnings
from collections.abc import Callable
from typing import Any

from grader.sandbox.child.dates import fix_dates, fix_numpy_dates

_START = 1_700_000_000_000_000_000  # nanoseconds since 1970 at which every run starts
_SECOND = 1_000_000_000
# Linux's numbers of clocks, most of which Python has no name for: those of the day with the coarse
# one, the one that sets alarms and TAI, and those that count from the start of the machine.
_OF_THE_DAY, _SINCE_THE_START = (0, 5, 8, 11), (1, 4, 6, 7, 9)

# Where a root folder was taken away there is no current folder; elsewhere it has another name.
_TOLD = {
    "getcwd": "/", "getcwdb": b"/", "getpid": 2, "getppid": 1, "getuid": 1000, "geteuid": 1000,
    "getgid": 1000, "getegid": 1000, "cpu_count": 1,
}  # fmt: skip


class Clock:
    """Nanoseconds since a run began."""

    def __init__(self) -> None:
        """Begin."""
        self._ticks = time.monotonic_ns
        self._first = self._ticks()

    def begin(self) -> None:
        """Begin anew."""
        self._first = self._ticks()

    def running(self) -> int:
        """Tell the time since the beginning."""
        return self._ticks() - self._first

    def now(self) -> int:
        """Tell the time since 1970, if every run began at one moment."""
        return _START + self._ticks() - self._first


def same_everywhere() -> Clock:
    """Put luck, clock and place into the helper; the clock is to begin anew in each child."""
    clock = Clock()
    warnings.formatwarning = _warning
    _fix_luck()
    _fix_clock(clock)
    for name, value in _TOLD.items():
        setattr(os, name, _constant(value))
    os.sched_getaffinity = lambda _pid, /: {0}
    os.getloadavg = lambda: (0.0, 0.0, 0.0)
    return clock


def _constant(value: object) -> Callable[[], object]:
    return lambda: value


def _warning(message: Warning | str, category: type[Warning], filename: str, lineno: int,
             line: str | None = None) -> str:  # fmt: skip
    """Word a warning without a path of the machine: what is blamed may be NumPy or our side."""
    place = filename.rpartition("site-packages/")[2] if "site-packages/" in filename else filename
    whose = "" if place.startswith("/") else f"{place}:{lineno}: "
    shown = f"\n  {line.strip()}" if line else ""
    return f"{whose}{category.__name__}: {message}{shown}\n"


def _fix_luck() -> None:
    """Draw everything that is not seeded from one stream, which starts anew in every run.

    The modules `random` and `secrets` and NumPy's generators all seed themselves from urandom.
    """
    stream = random.Random(0)  # noqa: S311 - it is to be foreseen

    def urandom(size: int, /) -> bytes:
        if size < 0:
            raise ValueError("negative argument not allowed")
        return stream.randbytes(size)

    draw = random.Random.seed

    def seed(self: random.Random, a: float | str | bytes | bytearray | None = None,
             version: int = 2) -> None:  # fmt: skip
        draw(self, int.from_bytes(urandom(32), "big") if a is None else a, version)

    os.urandom = urandom
    os.getrandom = lambda size, flags=0: urandom(size)  # noqa: ARG005 - its own signature
    vars(random)["_urandom"] = urandom
    random.Random.seed = seed  # type: ignore[method-assign]
    vars(random)["seed"] = vars(random)["_inst"].seed
    random.seed(0)
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed(0)


def _fix_clock(clock: Clock) -> None:
    now, running = clock.now, clock.running
    for name, read in (("time", now), ("monotonic", running), ("perf_counter", running)):
        setattr(time, f"{name}_ns", read)
        setattr(time, name, _in_seconds(read))
    for name in ("gmtime", "localtime", "ctime"):
        setattr(time, name, _from_now(getattr(time, name), now))
    _fix_strftime(now)
    _fix_numbered_clocks(clock)
    fix_dates()
    fix_numpy_dates(now)
    times = os.times
    os.times = lambda: type(times())((*times()[:4], running() / _SECOND))


def _fix_numbered_clocks(clock: Clock) -> None:
    """Answer the questions for a clock by its number, and what was bound before to a clock."""
    ask = time.clock_gettime_ns

    def gettime(number: int, /) -> int:
        if number in _OF_THE_DAY:
            return clock.now()
        return clock.running() if number in _SINCE_THE_START else ask(number)

    time.clock_gettime_ns = gettime
    time.clock_gettime = lambda number, /: gettime(number) / _SECOND
    bound, timeit.default_timer = timeit.default_timer, time.perf_counter
    for each in (timeit.Timer.__init__, timeit.timeit, timeit.repeat):
        given = each.__defaults__ or ()
        vars_of: Any = each
        vars_of.__defaults__ = tuple(time.perf_counter if one is bound else one for one in given)


def _in_seconds(clock: Callable[[], int]) -> Callable[[], float]:
    return lambda: clock() / _SECOND


def _from_now(made: Callable[[float], object], now: Callable[[], int]) -> Callable[..., object]:
    return lambda seconds=None, /: made(now() / _SECOND if seconds is None else seconds)


def _fix_strftime(now: Callable[[], int]) -> None:
    asctime, strftime, localtime = time.asctime, time.strftime, time.localtime
    here: Callable[[], time.struct_time] = lambda: localtime(now() / _SECOND)  # noqa: E731 - with its type
    time.asctime = lambda t=None, /: asctime(here() if t is None else t)
    time.strftime = lambda text, t=None, /: strftime(text, here() if t is None else t)
