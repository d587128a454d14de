"""Classroom 50 and GitHub Classroom: a folder of repositories, ASSIGNMENT-USERNAME each.

The folder around them says the assignment's name; scores.csv beside them, of Classroom 50, says
names, times and who was late.

Source: foundation50/classroom50, cli/gh-teacher; GitHub Classroom's classroom download.
"""

import csv
import re
from io import StringIO

from grader.cohort.layouts import Claim, Contents, Understood, most

TITLE = "Classroom 50 or GitHub Classroom, downloaded repositories"
_ROOT = re.compile(
    r"(?P<prefix>.+)(?:_submissions_\d{4}_\d\d_\d\d_T_\d\d_\d\d_\d\d(?: ?\(\d+\))?|-submissions)"
)
_OWN = {"result.json", "results.json", "scores.csv"}


def read(contents: Contents) -> Understood | None:
    """Return the claims, or None if no folder on the way is named as such a download."""
    claims = []
    own: dict[str, str] = {}
    scores: dict[str, dict[str, str]] = {}
    for member in contents.members:
        parts = contents.parts(member)
        at = next((k for k, part in enumerate(parts[:-1]) if _ROOT.fullmatch(part)), None)
        if at is None:
            continue
        prefix = _ROOT.fullmatch(parts[at])
        below = parts[at + 1 :]
        if below[-1] in _OWN and len(below) <= 2:
            own[member.path] = "Classroom 50's own list of results"
            if below == ("scores.csv",):
                scores = _scores(contents.text(member))
        elif prefix and below[0].startswith(f"{prefix['prefix']}-") and len(below) > 1:
            uid = below[0][len(prefix["prefix"]) + 1 :]
            claims.append(Claim(member, uid, file="/".join(below[1:])))
    if not claims or not most(contents, [*claims, *own]):
        return None
    return Understood(tuple(_completed(claim, scores.get(claim.student)) for claim in claims), own)


def _completed(claim: Claim, row: dict[str, str] | None) -> Claim:
    if row is None:
        return claim
    name = f"{row.get('first_name') or ''} {row.get('last_name') or ''}".strip()
    late = (row.get("late") or "").strip().lower() in ("true", "1", "yes")
    return claim._replace(name=name, submitted=(row.get("datetime") or "").strip(), late=late)


def _scores(text: str) -> dict[str, dict[str, str]]:
    try:
        rows = list(csv.DictReader(StringIO(text, newline="")))
    except csv.Error:
        return {}
    return {row["username"]: row for row in rows if row.get("username")}
