"""When something was due, how late it came, and what that takes off.

Theory of operation. A time that is due always says where on Earth: by an offset from UTC or by the
name of a time zone. A hand-in's time is what the platform wrote; where it has no offset it is read
in the due time's zone, because platforms write local times. Lateness is counted from the due time
in whole seconds, rounded up, and is none within the grace. A deduction is a share of full marks for
each interval that has started; it never takes a score below the floor, and one that is below it
anyway stays. Canvas's late policies compute the same (instructure/canvas-lms, late_policy.rb).
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

from grader.errors import GraderError
from grader.text.inert import inert

ZERO = Fraction(0)
_SECOND = timedelta(seconds=1)
_UNITS = {"s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60}
_UNITS |= {"h": 3600, "hour": 3600, "d": 86400, "day": 86400, "week": 604800}
_PIECE = re.compile(r"(\d{1,6}) ?([a-z]+?)s?(?: |(?=\d)|$)")
_PERCENT = r"(\d{1,3}(?:\.\d{1,6})?) ?%"
_RULE = re.compile(rf"{_PERCENT} ?(?:/|per) ?(\d[^%]*?|[a-z]+)(?:,? floor {_PERCENT})?")
_ZONED = re.compile(r"(.*\d) ([A-Za-z][\w+-]*(?:/[\w+-]+){0,2})")
# As names of files have it, which may hold no colon.
_LOOSE = re.compile(r"(\d{4}-\d\d-\d\d)[-_T ](\d\d)[-:.](\d\d)(?:[-:.](\d\d))?( ?(?:Z|UTC))?")
_HUNDRED = 100


class DeadlineError(GraderError):
    """The teacher must act: a time or a rule for late work cannot be read."""


class LateRule(NamedTuple):
    """What late work loses: a share of full marks for each started interval, down to a floor."""

    share: Fraction
    interval: int  # seconds
    floor: Fraction = ZERO


class Deadline(NamedTuple):
    """When an exercise is due, for all and for some; the grace in seconds; the rule, if any."""

    due: datetime | None = None
    grace: int = 0
    rule: LateRule | None = None
    own: Mapping[str, datetime] = {}

    def of(self, student: str) -> datetime | None:
        """Return when it is due for a student."""
        return self.own.get(student, self.due)

    def options(self) -> dict[str, str]:
        """Return what is due when, as the options say it; nothing where nothing is due."""
        due, rule = self.due, self.rule
        options = {"--due": due and due.isoformat(), "--grace": self.grace and f"{self.grace}s"}
        options["--late"] = rule and (
            f"{_percent(rule.share)}/{rule.interval}s floor {_percent(rule.floor)}"
        )
        return {name: text for name, text in options.items() if text}


NONE = Deadline()


def _percent(share: Fraction) -> str:
    """Return a share as `read_rule` reads it; it has six decimals at most."""
    percent = share * _HUNDRED
    return f"{Decimal(percent.numerator) / percent.denominator}%"


def read_time(text: str, zone: tzinfo | None = None) -> datetime:
    """Return a due time, as in 2026-11-20 23:59 Europe/Berlin or 2026-11-20T23:59+01:00.

    `zone` is meant where the text names none. Raises: DeadlineError.
    """
    stated = _ZONED.fullmatch(text.strip())
    plain = stated[1] if stated else text.strip()
    try:
        time = datetime.fromisoformat(plain)
    except ValueError:
        time = None
    if time is None or ":" not in plain or (stated and time.tzinfo is not None):
        raise DeadlineError(
            f'"{inert(text, 60)}" is not a time; write the date, the time and the zone, as in '
            '"2026-11-20 23:59 Europe/Berlin" or "2026-11-20T23:59+01:00"'
        )
    if stated:
        zone = read_zone(stated[2])
    if time.tzinfo is None and zone is None:
        raise DeadlineError(
            f'"{inert(text, 60)}" does not say in which time zone; add one, as in '
            f'"{inert(plain, 40)} Europe/Berlin" or "{inert(plain, 40)}+01:00"'
        )
    return time if time.tzinfo is not None else time.replace(tzinfo=zone)


def read_zone(name: str) -> tzinfo:
    """Return the time zone of this name. Raises: DeadlineError."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise DeadlineError(
            f'"{inert(name, 60)}" is not a time zone on this machine; write a name such as '
            "Europe/Berlin, or times with an offset such as 2026-11-20T23:59+01:00"
        ) from None


def read_duration(text: str) -> int:
    """Return the seconds of a time such as 15m, 1h 30m or 2 days. Raises: DeadlineError."""
    whole = text.strip().lower()
    seconds, at = 0, 0
    while at < len(whole) and (piece := _PIECE.match(whole, at)) and piece[2] in _UNITS:
        seconds += int(piece[1]) * _UNITS[piece[2]]
        at = piece.end()
    if not whole or at < len(whole):
        raise DeadlineError(
            f'"{inert(text, 40)}" is not a length of time; write it as in 15m, 1h 30m or 2 days'
        )
    return seconds


def read_rule(text: str) -> LateRule:
    """Return a rule such as 10%/day floor 40%. Raises: DeadlineError."""
    found = _RULE.fullmatch(" ".join(text.lower().split()))
    if found is None:
        raise _no_rule(text)
    share, floor = (Fraction(each or 0) / _HUNDRED for each in (found[1], found[3]))
    length = found[2] if found[2][0].isdigit() else f"1 {found[2]}"
    try:
        interval = read_duration(length)
    except DeadlineError:
        raise _no_rule(text) from None
    if share > 1 or floor > 1 or not share or not interval:
        raise _no_rule(text)
    return LateRule(share, interval, floor)


def _no_rule(text: str) -> DeadlineError:
    return DeadlineError(
        f'"{inert(text, 60)}" is not a rule for late work; write how much of full marks it loses '
        'for each interval that has started, and how low that may go, as in "10%/day floor 40%" or '
        '"5%/12 hours"'
    )


def seconds_late(submitted: str, due: datetime, grace: int) -> int | None:
    """Return how many seconds after the due time this came, 0 if within the grace.

    None if the platform wrote no time, or none that can be read.
    """
    time = handed_in_at(submitted, due.tzinfo)
    if time is None:
        return None
    seconds = -((due - time) // _SECOND)  # what has begun counts
    return seconds if seconds > grace else 0


def handed_in_at(submitted: str, zone: tzinfo | None) -> datetime | None:
    """Return when this came, as platforms write it, in UTC; `zone` is meant where none is named.

    In UTC, since two times of one zone are subtracted as their clocks show them. None if it is no
    time, or none that can be read.
    """
    loose = _LOOSE.fullmatch(submitted.strip())
    stated = submitted
    if loose:
        stated = f"{loose[1]}T{loose[2]}:{loose[3]}:{loose[4] or '00'}{'Z' if loose[5] else ''}"
    try:
        time = datetime.fromisoformat(stated)
        return (time if time.tzinfo else time.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def taken_off(rule: LateRule, seconds: int, score: Fraction, most: Fraction) -> Fraction:
    """Return what the rule takes off a score out of `most`; never more than down to the floor."""
    intervals = -(-seconds // rule.interval)
    return max(ZERO, min(rule.share * intervals * most, score - rule.floor * most))
