"""Blackboard: assignment, user name, _attempt_ and a time, the file; and a text file of the same.

The text file says the user's name, which tells where an assignment's name with _ ends and a user
name with _ begins, and holds what was typed into the platform.

Source: kwurst/bb-file-cleanup; Blackboard's documentation of Download Assignments.
"""

import re
from typing import TYPE_CHECKING

from grader.cohort.layouts import Claim, Contents, Understood, matched, most
from grader.cohort.typed import field_of

if TYPE_CHECKING:
    from grader.cohort.manifest import Form

TITLE = "Blackboard, downloaded submissions"
_NAMED = re.compile(
    r"(?P<before>[^/]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>[^/]+)|\.txt)"
)
_LONGEST_HEAD = 2000
_WHO = re.compile(r"Name:[ \t]*(?P<name>.*?)[ \t]*\((?P<uid>[^()\n]+)\)[ \t]*\r?\n")


def read(contents: Contents) -> Understood | None:
    """Return the claims, or None if this is not Blackboard's naming."""
    found = matched(contents, _NAMED)
    if not most(contents, found):
        return None
    people: dict[str, tuple[str, str]] = {}
    own: dict[str, str] = {}
    typed: set[str] = set()
    for member, match in found:
        if match["file"] is None:
            text = contents.text(member)
            who = _WHO.match(text[:_LONGEST_HEAD])
            if who and match["before"].endswith(f"_{who['uid']}"):
                people[match["before"]] = (who["uid"], who["name"])
            if field_of(text):
                typed.add(member.path)
            else:
                own[member.path] = "Blackboard's note on the attempt, with no text typed in"
    claims = []
    for member, match in found:
        if member.path in own:
            continue
        uid, name = people.get(match["before"], (match["before"].rpartition("_")[2], ""))
        form: Form = "field" if match["file"] is None else "file"
        file = match["file"] or "typed.txt"
        time = _iso(match["time"])
        claims.append(Claim(member, uid, name, file, submitted=time, form=form))
    return Understood(tuple(claims), own)


def _iso(time: str) -> str:
    """Return 2026-11-20-09-00-12 as 2026-11-20T09:00:12."""
    parts = time.split("-")
    return f"{'-'.join(parts[:3])}T{':'.join(parts[3:])}"
