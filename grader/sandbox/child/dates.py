"""The present moment as a date, by the clock that starts anew in every run.

What asks for it is made to ask that clock: datetime's own classes, and NumPy's, which goes past all
of Python's clocks to the C library.
"""

import datetime as dt
import sys
import time
from collections.abc import Callable
from typing import Any

_SECOND = 1_000_000_000


class _Real(type):
    """What C code makes is of the real class, and counts as one of ours."""

    def __instancecheck__(cls, instance: object) -> bool:
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, other: type) -> bool:
        real = cls.__mro__[1] if cls.__module__ in {"datetime", "numpy"} else cls
        return type.__subclasscheck__(real, other)


def fix_dates() -> None:
    """Let datetime's own questions for the present moment ask the same clock."""
    clock, real_time, real_date = time.time, dt.datetime, dt.date

    class _DateTime(real_time, metaclass=_Real):  # type: ignore[valid-type, misc]
        def __repr__(self) -> str:
            return f"{'datetime.' * (type(self) is _DateTime)}{real_time.__repr__(self)}"

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> object:
            return cls.fromtimestamp(clock(), tz)

        @classmethod
        def today(cls) -> object:
            return cls.fromtimestamp(clock())

        @classmethod
        def utcnow(cls) -> object:
            return cls.fromtimestamp(clock(), dt.UTC).replace(tzinfo=None)

    class _Date(real_date, metaclass=_Real):  # type: ignore[valid-type, misc]
        def __repr__(self) -> str:
            return f"{'datetime.' * (type(self) is _Date)}{real_date.__repr__(self)}"

        @classmethod
        def today(cls) -> object:
            return cls.fromtimestamp(clock())

    for name, made in (("datetime", _DateTime), ("date", _Date)):
        made.__module__, made.__qualname__, made.__name__ = "datetime", name, name
        setattr(dt, name, made)


def fix_numpy_dates(now: Callable[[], int]) -> None:
    """Let np.datetime64("now") and "today" tell this moment; what they make is NumPy's own.

    Text that NumPy turns into dates by itself, as in np.array(["now"], "M8[s]"), is out of reach.
    """
    numpy: Any = sys.modules.get("numpy")
    if numpy is None:
        return
    real = numpy.datetime64

    class _Moment(real, metaclass=_Real):  # type: ignore[valid-type, misc]
        def __new__(cls, *given: object) -> object:  # type: ignore[misc]
            made = real if cls is _Moment else lambda *own: real.__new__(cls, *own)
            word = given[0].lower() if given and isinstance(given[0], str) else ""
            if word not in {"now", "today"}:
                return made(*given)
            seconds = real(now() // _SECOND, "s")
            return made(seconds if word == "now" else seconds.astype("M8[D]"), *given[1:])

    _Moment.__module__, _Moment.__qualname__, _Moment.__name__ = "numpy", "datetime64", "datetime64"
    numpy.datetime64 = _Moment
