"""Due times, grace and what lateness takes off, against an oracle that counts interval by interval."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cohort.deadlines import (
    Deadline,
    DeadlineError,
    LateRule,
    read_duration,
    read_rule,
    read_time,
    seconds_late,
    taken_off,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = 86400


@pytest.mark.parametrize(
    ("text", "hours", "seconds"),
    [
        ("2026-11-20T13:00+01:00", 0, 0),
        ("2026-11-20 12:00:30Z", 0, 30),
        ("2026-11-20 13:00 Europe/Berlin", 0, 0),
        (" 2026-07-20 14:00 Europe/Berlin ", -24 * 123, 0),
        ("2026-11-20 04:00 America/Los_Angeles", 0, 0),
        ("2026-11-20 12:00 UTC", 0, 0),
    ],
)
def test_a_due_time_says_where_on_earth(text: str, hours: int, seconds: int) -> None:
    assert read_time(text) == NOON + timedelta(hours=hours, seconds=seconds)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "2026-11-20 23:59",
            '"2026-11-20 23:59" does not say in which time zone; add one, as in '
            '"2026-11-20 23:59 Europe/Berlin" or "2026-11-20 23:59+01:00"',
        ),
        (
            "20.11.2026 23:59",
            '"20.11.2026 23:59" is not a time; write the date, the time and the zone, as in '
            '"2026-11-20 23:59 Europe/Berlin" or "2026-11-20T23:59+01:00"',
        ),
        (
            "2026-11-20 23:59 Europe/Belrin",
            '"Europe/Belrin" is not a time zone on this machine; write a name such as '
            "Europe/Berlin, or times with an offset such as 2026-11-20T23:59+01:00",
        ),
    ],
)
def test_a_due_time_that_nobody_can_tell_is_refused(text: str, reason: str) -> None:
    with pytest.raises(DeadlineError) as caught:
        read_time(text)
    assert str(caught.value) == reason


@pytest.mark.parametrize("text", ["2026-11-20", "", "soon", "2026-11-20 23:59+01:00 UTC"])
def test_a_date_alone_is_no_time(text: str) -> None:
    with pytest.raises(DeadlineError, match="is not a time"):
        read_time(text)


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/passwd", "Europe/" + "x" * 300])
def test_a_zone_reads_no_file(zone: str) -> None:
    with pytest.raises(DeadlineError):
        read_time(f"2026-11-20 23:59 {zone}")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("15m", 900),
        ("90s", 90),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        ("2 days", 2 * DAY),
        ("1 week", 7 * DAY),
        ("0m", 0),
    ],
)
def test_a_length_of_time(text: str, seconds: int) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "15", "m", "-5m", "1.5h", "15 parsecs", "1h later"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(DeadlineError, match="write it as in 15m, 1h 30m or 2 days"):
        read_duration(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("10%/day floor 40%", LateRule(Fraction(1, 10), DAY, Fraction(2, 5))),
        ("10 % per day, floor 40 %", LateRule(Fraction(1, 10), DAY, Fraction(2, 5))),
        ("2.5%/12 hours", LateRule(Fraction(1, 40), DAY // 2)),
        ("100%/1s", LateRule(Fraction(1), 1)),
    ],
)
def test_a_rule(text: str, rule: LateRule) -> None:
    assert read_rule(text) == rule


@pytest.mark.parametrize("text", ["10%/day floor 40%", "2.5%/12 hours", "0.000001%/1s floor 99.9%"])
def test_what_a_run_tells_of_its_policies_can_be_given_again(text: str) -> None:
    deadline = Deadline(read_time("2026-11-20 23:59 Europe/Berlin"), 900, read_rule(text))
    told = deadline.options()
    assert read_time(told["--due"]) == deadline.due
    assert read_duration(told["--grace"]) == 900
    assert read_rule(told["--late"]) == deadline.rule


@pytest.mark.parametrize(
    "text", ["", "10%", "10/day", "0%/day", "101%/day", "10%/0h", "10%/fortnight", "5%/day floor"]
)
def test_what_is_no_rule_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DeadlineError, match='as in "10%/day floor 40%" or "5%/12 hours"'):
        read_rule(text)


@pytest.mark.parametrize(
    ("submitted", "grace", "late"),
    [
        ("2026-11-20T12:00:00+00:00", 0, 0),
        ("2026-11-20T12:00:00.000001+00:00", 0, 1),
        ("2026-11-20T12:15:00Z", 900, 0),
        ("2026-11-20T12:15:01Z", 900, 901),
        ("2026-11-20T11:00:00", 0, 0),
        ("2026-11-20T12:00:07", 0, 7),
        ("2026-11-20T13:00:00+02:00", 0, 0),
        ("0001-01-01T00:00:00+12:00", 0, None),
        ("2026-11-20-12-00-09", 0, 9),
        ("2026-11-20_12.01", 0, 60),
        ("2026-11-20 12:00:03 UTC", 0, 3),
        ("2026-11-20-99-00-00", 0, None),
        ("yesterday", 0, None),
        ("", 0, None),
    ],
)
def test_late_is_past_due_and_grace(submitted: str, grace: int, late: int | None) -> None:
    assert seconds_late(submitted, NOON, grace) == late


def test_a_clock_that_is_put_back_in_between_costs_nothing() -> None:
    due = read_time("2026-10-25 01:30 Europe/Berlin")
    assert seconds_late("2026-10-25T03:30:00", due, 0) == 3 * 3600


@given(
    st.fractions(0, 100),
    st.integers(1, 40 * DAY),
    st.fractions("0.001", 1, max_denominator=1000),
    st.integers(1, 9 * DAY),
    st.fractions(0, 1, max_denominator=100),
)
def test_each_started_interval_takes_its_share_and_never_below_the_floor(
    score: Fraction, seconds: int, share: Fraction, interval: int, floor: Fraction
) -> None:
    interval = max(interval, seconds // 500)  # so that the oracle is quick
    left, begun = score, 0
    while begun < seconds and left > floor * 100:
        left = max(left - share * 100, min(left, floor * 100))
        begun += interval
    assert (
        score - taken_off(LateRule(share, interval, floor), seconds, score, Fraction(100)) == left
    )


@given(st.integers(-50_000_000, 50_000_000), st.integers(0, 4000), st.integers(-14, 14))
def test_lateness_is_the_same_in_every_zone(late: int, grace: int, hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    submitted = (NOON + timedelta(seconds=late)).astimezone(zone).isoformat()
    assert seconds_late(submitted, NOON.astimezone(zone), grace) == (late if late > grace else 0)
