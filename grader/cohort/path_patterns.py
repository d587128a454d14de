"""Paths of an unknown platform, read by a regular expression that a teacher writes.

A bad expression can take for ever, and nothing in Python stops one: it runs in a process of its
own, which is ended after some seconds.
"""

import json
import re
import subprocess
import sys

from grader.cohort.holding import CollectionError
from grader.cohort.layouts import Claim, Contents, Understood
from grader.text.inert import inert
from grader.text.lists import did_you_mean, listed

_GROUPS = ("student", "id", "time", "file", "attempt", "late")
_LONGEST = 1000
_SECONDS = 10
_MATCHING = """\
import json, re, sys
given = json.load(sys.stdin)
pattern = re.compile(given["pattern"])
print(json.dumps([m and m.groupdict("") for m in map(pattern.fullmatch, given["paths"])]))
"""


def by_names(contents: Contents, names: str) -> Understood:
    """Return the claims of the members whose whole path the expression matches.

    Raises: CollectionError if it is not a regular expression, has other groups, takes too long or
    matches nothing.
    """
    _check(names)
    paths = [member.path for member in contents.members]
    matches = _matches(names, paths)
    claims = []
    for member, match in zip(contents.members, matches, strict=True):
        if match is None or not (match.get("id") or match.get("student")):
            continue
        claims.append(
            Claim(
                member,
                match.get("id") or match["student"],
                match.get("student", "") if match.get("id") else "",
                match.get("file") or member.path.rpartition("/")[2],
                match.get("attempt", ""),
                match.get("time", ""),
                late=bool(match.get("late")),
            )
        )
    if not claims:
        some = listed([inert(path, 60) for path in paths], "and", 2) or "no file at all"
        raise CollectionError(
            f"--names: {inert(names, 200)} matches none of the paths, which are as {some}; it has "
            "to match a whole path inside the collection"
        )
    return Understood(tuple(claims))


def _check(names: str) -> None:
    if len(names) > _LONGEST:
        raise CollectionError(f"--names: write at most {_LONGEST:,} characters")
    groups = re.findall(r"\(\?P<(\w+)>", names)
    for group in groups:
        if group not in _GROUPS:
            meant = did_you_mean(group, _GROUPS, otherwise="")
            raise CollectionError(
                f'--names: unknown group "{inert(group, 40)}"{meant or "."} The groups are '
                f"{listed(_GROUPS, most=9)}"
            )
    if "id" not in groups and "student" not in groups:
        raise CollectionError(
            "--names: name the part of a path that says whose it is, as in "
            r"(?P<id>\d+); (?P<student>...) may be the name beside it"
        )


def _matches(names: str, paths: list[str]) -> list[dict[str, str] | None]:
    """Return the groups of each path, None where it does not match. Raises: CollectionError."""
    shown = inert(names, 200)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-W", "ignore", "-c", _MATCHING],
            input=json.dumps({"pattern": names, "paths": paths}).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CollectionError(
            f"--names: {shown} takes longer than {_SECONDS} seconds; write [^/]* or \\d+ in place "
            "of parts such as (.*)* that can match in many ways"
        ) from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = lines[-1].partition(": ")[2] if lines else "it ended at once"
        raise CollectionError(f"--names: {shown} is not a regular expression: {inert(reason, 200)}")
    matches: list[dict[str, str] | None] = json.loads(done.stdout)
    return matches
