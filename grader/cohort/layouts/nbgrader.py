"""nbgrader: submitted/STUDENT/ASSIGNMENT/FILES with timestamp.txt; other stages are its own.

Source: jupyter/nbgrader, submission layout and timestamp.txt.
"""

import re

from grader.cohort.holding import CollectionError
from grader.cohort.layouts import Claim, Contents, Understood, matched, most
from grader.cohort.layouts.gradescope import iso
from grader.text.inert import inert
from grader.text.lists import listed

TITLE = "nbgrader, submitted assignments"
_NAMED = re.compile(r"submitted/(?P<uid>[^/]+)/(?P<assignment>[^/]+)/(?P<file>.+)")
_STAGES = re.compile(
    r"(?P<stage>autograded|feedback|release|source)/.+|(?:gradebook\.db|nbgrader_config\.py)"
)


def read(contents: Contents) -> Understood | None:
    """Return the claims, or None if this is not nbgrader's course.

    Raises: CollectionError if there are several assignments.
    """
    found = matched(contents, _NAMED)
    own = {
        member.path: "nbgrader's own, not what was handed in"
        for member, _ in matched(contents, _STAGES)
        if not _NAMED.fullmatch(member.path)
    }
    if not found or not most(contents, [*found, *own]):
        return None
    assignments = sorted({match["assignment"] for _, match in found})
    if len(assignments) > 1:
        raise CollectionError(
            f"nbgrader's folder holds {len(assignments)} assignments "
            f"({listed(inert(each, 40) for each in assignments)}); choose one, as in "
            f"--names 'submitted/(?P<id>[^/]+)/{inert(assignments[0], 40)}/(?P<file>.+)'"
        )
    times = {
        match["uid"]: iso(contents.text(member))
        for member, match in found
        if match["file"] == "timestamp.txt"
    }
    own |= {
        member.path: "nbgrader's time of the hand-in"
        for member, match in found
        if match["file"] == "timestamp.txt"
    }
    claims = (
        Claim(member, match["uid"], file=match["file"], submitted=times.get(match["uid"], ""))
        for member, match in found
        if member.path not in own
    )
    return Understood(tuple(claims), own)
