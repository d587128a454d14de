"""Brightspace: user id and file id, name, time, the file; flat or a folder for each hand-in.

The month's name follows the teacher's language; a time that is not read stays in the path and
attempts are then told apart by the file's id.

Source: D2L's documentation of Download submissions; named_regexp of nbgrader's users.
"""

import re

from grader.cohort.layouts import Claim, Contents, Understood, matched, most

TITLE = "Brightspace, downloaded submissions"
_NAMED = re.compile(
    r"(?P<uid>\d+)-(?P<dp>\d+) ?- ?(?P<name>[^/]*?) ?- "
    r"(?P<time>[^/-]*?\b\d{4}\b[^/-]*?\d{3,4}(?: ?[AaPp]\.?[Mm]\.?)?)(?: ?- |/)(?P<file>.+)"
)
_TIME = re.compile(
    r"(?:(?P<month>[^\W\d]{3})\w*\.? (?P<day>\d{1,2})"
    r"|(?P<day2>\d{1,2})\.? (?P<month2>[^\W\d]{3})\w*\.?)"
    r",? (?P<year>\d{4}) (?P<hour>\d{1,2})(?P<minute>\d\d)(?: ?(?P<half>[AP])\.?M\.?)?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(contents: Contents) -> Understood | None:
    """Return the claims, or None if this is not Brightspace's naming."""
    found = matched(contents, _NAMED)
    own = {
        member.path: "Brightspace's own page, not a hand-in"
        for member in contents.members
        if member.path.rpartition("/")[2] == "index.html"
    }
    if not most(contents, [*found, *own]) or not found:
        return None
    claims = (
        Claim(
            member,
            match["uid"],
            match["name"],
            match["file"],
            attempt="" if iso(match["time"]) else match["time"],
            submitted=iso(match["time"]),
        )
        for member, match in found
    )
    return Understood(tuple(claims), own)


def iso(time: str) -> str:
    """Return "Nov 20, 2026 130 PM" as 2026-11-20T13:30, "" for a time in another language."""
    match = _TIME.fullmatch(time.strip())
    month = (match["month"] or match["month2"]).lower() if match else ""
    if match is None or month not in _MONTHS:
        return ""
    hour, half = int(match["hour"]), (match["half"] or "").upper()
    if half:
        hour = hour % 12 + (12 if half == "P" else 0)
    day = int(match["day"] or match["day2"])
    number = _MONTHS.index(month) + 1
    return f"{match['year']}-{number:02}-{day:02}T{hour:02}:{match['minute']}"
